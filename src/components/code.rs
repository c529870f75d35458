//! Code blocks: the exact request everywhere in the same shape, secrets hidden until they are asked for.

use leptos::prelude::*;

use super::button::{Button, Kind, Size};
use super::copy::CopyButton;
use super::icon::Icon;
use super::toast::use_toasts;
use crate::browser::download;
use crate::domain::http::render::{Segment, to_text};

/// One way to see what a block holds.
#[derive(Clone)]
pub struct CodeView {
    /// The words on its tab: "HTTP request".
    pub name: String,
    /// What is copied, as the toast names it: "Request".
    pub what: String,
    /// The text.
    pub content: Signal<Vec<Segment>>,
    /// The name of the file it can be downloaded as, with its media type.
    pub file: Option<(String, &'static str)>,
}

impl CodeView {
    /// A way to see it, without a file.
    #[must_use]
    pub fn new(name: impl Into<String>, what: impl Into<String>, content: Signal<Vec<Segment>>) -> Self {
        Self { name: name.into(), what: what.into(), content, file: None }
    }

    /// Plain text that does not change.
    #[must_use]
    pub fn text(name: impl Into<String>, what: impl Into<String>, text: String) -> Self {
        Self::new(name, what, vec![Segment::Plain(text)].into())
    }

    /// Can be downloaded under this name.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, media_type: &'static str) -> Self {
        self.file = Some((name.into(), media_type));
        self
    }
}

/// A block of code with its bar: tabs, Show, Copy, Download. What is copied is what is shown. What is downloaded is
/// whole: a file with holes is of no use.
#[component]
pub fn CodeBlock(
    /// What is in it, for assistive technology: "The request".
    #[prop(into)]
    label: String,
    /// The ways to see it; one tab each when there is more than one.
    views: Vec<CodeView>,
    /// What stands at the start of the bar instead of the tabs.
    #[prop(optional, into)]
    status: Option<ViewFnOnce>,
    /// What Show and Hide name: "token", "secret".
    #[prop(default = "secrets")]
    secret_word: &'static str,
    /// Whether the secrets are shown, where the page has a say in that: it hides them again.
    #[prop(optional)]
    shown: Option<RwSignal<bool>>,
) -> impl IntoView {
    let views = StoredValue::new(views);
    let open = RwSignal::new(0_usize);
    let reveal = shown.unwrap_or_else(|| RwSignal::new(false));
    let content = Signal::derive(move || {
        let open = open.get();
        views
            .with_value(|views| views.get(open).map(|view| view.content))
            .map(|content| content.get())
            .unwrap_or_default()
    });
    let hides = Memo::new(move |_| content.with(|content| content.iter().any(is_hidden)));
    let shown = Signal::derive(move || content.with(|content| to_text(content, reveal.get())));
    let whole = Signal::derive(move || content.with(|content| to_text(content, true)));
    let what = Signal::derive(move || {
        views.with_value(|views| views.get(open.get()).map(|view| view.what.clone())).unwrap_or_default()
    });
    let file = move || views.with_value(|views| views.get(open.get()).and_then(|view| view.file.clone()));
    view! {
        <div class="code">
            <div class="code-bar">
                {status.map(|status| status.run())}
                {tabs(views, open)}
                <div class="row">
                    {move || hides.get().then(|| show_button(reveal, secret_word))}
                    <CopyButton what text=shown kind=Kind::Plain/>
                    {move || file().map(|(name, media_type)| download_button(name, media_type, whole))}
                </div>
            </div>
            <CodeText label content reveal/>
        </div>
    }
    .into_any()
}

/// The text of a block without its bar. It can be focused, because it may scroll.
#[component]
pub fn CodeText(
    /// What is in it, for assistive technology.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    content: Signal<Vec<Segment>>,
    /// Whether secrets are shown.
    #[prop(optional, into)]
    reveal: Signal<bool>,
) -> impl IntoView {
    view! {
        <pre class="code-text" tabindex="0" role="group" aria-label=label>
            <code>
                {move || {
                    let reveal = reveal.get();
                    content.get().into_iter().map(|segment| draw(segment, reveal)).collect::<Vec<AnyView>>()
                }}
            </code>
        </pre>
    }
    .into_any()
}

fn is_hidden(segment: &Segment) -> bool {
    matches!(segment, Segment::Hidden { .. })
}

fn draw(segment: Segment, reveal: bool) -> AnyView {
    match segment {
        Segment::Plain(text) => text.into_any(),
        Segment::Strong(text) => view! { <b>{text}</b> }.into_any(),
        Segment::Name(text) => view! { <span class="k">{text}</span> }.into_any(),
        Segment::Value(text) => view! { <span class="v">{text}</span> }.into_any(),
        Segment::Hidden { value, .. } if reveal => {
            view! { <span class="shown-secret">{value.expose().to_owned()}</span> }.into_any()
        }
        Segment::Hidden { label, .. } => {
            view! { <span class="hidden-secret">{format!("{label}, hidden")}</span> }.into_any()
        }
    }
}

fn tabs(views: StoredValue<Vec<CodeView>>, open: RwSignal<usize>) -> AnyView {
    let names: Vec<String> = views.with_value(|views| views.iter().map(|view| view.name.clone()).collect());
    if names.len() < 2 {
        return names
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| view! { <span class="code-name">{name}</span> }.into_any())
            .collect::<Vec<AnyView>>()
            .into_any();
    }
    let tab = |(index, name): (usize, String)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (open.get() == index).to_string()
                on:click=move |_| open.set(index)
            >
                {name}
            </button>
        }
        .into_any()
    };
    let tabs: Vec<AnyView> = names.into_iter().enumerate().map(tab).collect();
    view! { <div class="code-tabs" role="group" aria-label="Shown as">{tabs}</div> }.into_any()
}

fn show_button(reveal: RwSignal<bool>, word: &'static str) -> AnyView {
    let shown = reveal.get();
    let (icon, verb) = if shown { (Icon::EyeOff, "Hide") } else { (Icon::Eye, "Show") };
    let text = format!("{verb} {word}");
    view! { <Button text icon kind=Kind::Plain size=Size::Row on_press=move || reveal.set(!shown)/> }
        .into_any()
}

fn download_button(name: String, media_type: &'static str, whole: Signal<String>) -> AnyView {
    let toasts = use_toasts();
    let text = format!("Download {name}");
    let save = move || {
        if download::text(&name, media_type, &whole.get_untracked()) {
            toasts.show(&format!("{name} saved"));
        }
    };
    view! { <Button text icon=Icon::Download size=Size::Row on_press=save/> }.into_any()
}
