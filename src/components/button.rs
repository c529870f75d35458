//! Buttons: one primary in a view; what a button says is what it does to what.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do in this view.
    Primary,
    /// With an edge.
    #[default]
    Secondary,
    /// In the colour of a link, without an edge.
    Text,
    /// Quiet, without an edge: in bars of code blocks.
    Plain,
    /// Destroys something; asks first.
    Danger,
    /// The same inside the dialog that asks.
    DangerFilled,
}

/// How high a button is. All are 40 px on touch, rows 36.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 36 px.
    #[default]
    Normal,
    /// 40 px: the first visit.
    Large,
    /// 32 px: heads of panels.
    Head,
    /// 28 px: rows and bars.
    Row,
}

/// The classes of a button.
#[must_use]
pub fn button_class(kind: Kind, size: Size, wide: bool) -> String {
    let kind = match kind {
        Kind::Primary => "button primary",
        Kind::Secondary => "button",
        Kind::Text => "button text",
        Kind::Plain => "button plain",
        Kind::Danger => "button danger",
        Kind::DangerFilled => "button danger filled",
    };
    let size = match size {
        Size::Normal => "",
        Size::Large => " large",
        Size::Head => " head",
        Size::Row => " in-row",
    };
    let wide = if wide { " wide" } else { "" };
    format!("{kind}{size}{wide}")
}

/// A button. While it works it keeps its width and its focus, shows the seconds, and cannot be pressed.
#[component]
pub fn Button(
    /// What it does to what.
    #[prop(into)]
    text: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    kind: Kind,
    /// How high it is.
    #[prop(optional)]
    size: Size,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// An icon after the words.
    #[prop(optional)]
    after: Option<Icon>,
    /// What happens. Left out for a button that submits its form.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Seconds since the work began, while it goes on.
    #[prop(optional, into)]
    working: Signal<Option<u32>>,
    /// Only when nothing could happen; say why beside it.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// As wide as its place.
    #[prop(optional)]
    wide: bool,
    /// The ID of a sentence that explains it.
    #[prop(optional)]
    hint_id: &'static str,
    /// The accessible name, when the words need more.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
) -> impl IntoView {
    let class = button_class(kind, size, wide);
    let stopped = move || working.get().is_some() || disabled.get();
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=class
            class:working=move || working.get().is_some()
            aria-disabled=move || stopped().then_some("true")
            aria-describedby=(!hint_id.is_empty()).then_some(hint_id)
            aria-label=move || label.get()
            on:click=move |event| {
                if working.get_untracked().is_some() || disabled.get_untracked() {
                    event.prevent_default();
                } else if let Some(press) = on_press {
                    press.run(());
                }
            }
        >
            <span class="at-rest">
                {icon.map(|icon| view! { <IconMark icon/> })}
                <span>{text}</span>
                {after.map(|icon| view! { <IconMark icon/> })}
            </span>
            {move || working.get().map(|seconds| at_work(text, seconds))}
        </button>
    }
    .into_any()
}

/// A button with an icon only.
#[component]
pub fn IconButton(
    /// The drawing.
    icon: Icon,
    /// What it does to what: its accessible name and its tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// What happens.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much it weighs.
    #[prop(optional)]
    kind: Kind,
    /// How high it is.
    #[prop(optional)]
    size: Size,
    /// Turns while work goes on.
    #[prop(optional, into)]
    working: Signal<bool>,
) -> impl IntoView {
    let class = format!("{} square", button_class(kind, size, false));
    view! {
        <button
            type="button"
            class=class
            aria-label=move || label.get()
            title=move || label.get()
            aria-disabled=move || working.get().then_some("true")
            on:click=move |_| {
                if !working.get_untracked() {
                    on_press.run(());
                }
            }
        >
            {move || view! { <IconMark icon class=if working.get() { "turning" } else { "" }/> }}
        </button>
    }
    .into_any()
}

/// The words stay in the accessible name while the seconds are shown.
fn at_work(text: Signal<String>, seconds: u32) -> AnyView {
    view! {
        <span class="at-work">
            <span class="visually-hidden">{text}": working, "</span>
            <IconMark icon=Icon::Refresh class="turning"/>
            <span>{format!("{seconds} s")}</span>
        </span>
    }
    .into_any()
}
