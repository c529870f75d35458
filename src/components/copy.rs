//! Copying: the button says "Copied" for two seconds, and the toast says what was copied.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::{Kind, Size, button_class};
use super::icon::{Icon, IconMark};
use super::toast::{Toasts, use_toasts};
use crate::browser::{clipboard, timer};

const COPIED_FOR_MS: u32 = 2_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Copied,
    Refused,
}

#[derive(Clone, Copy)]
struct Copier {
    what: Signal<String>,
    text: Signal<String>,
    outcome: RwSignal<Option<Outcome>>,
    toasts: Toasts,
}

impl Copier {
    fn new(what: Signal<String>, text: Signal<String>) -> Self {
        Self { what, text, outcome: RwSignal::new(None), toasts: use_toasts() }
    }

    fn copy(self) {
        let text = self.text.get_untracked();
        let said = format!("{} copied", self.what.get_untracked());
        spawn_local(async move {
            let copied = clipboard::copy(&text).await.is_ok();
            if copied {
                self.toasts.show(&said);
            }
            let outcome = if copied { Outcome::Copied } else { Outcome::Refused };
            let _ = self.outcome.try_set(Some(outcome));
            timer::sleep(COPIED_FOR_MS).await;
            let _ = self.outcome.try_set(None);
        });
    }

    fn icon(self) -> Icon {
        match self.outcome.get() {
            None => Icon::Copy,
            Some(Outcome::Copied) => Icon::Check,
            Some(Outcome::Refused) => Icon::Warning,
        }
    }
}

/// A button that copies a text.
#[component]
pub fn CopyButton(
    /// What is copied, as the toast names it: "Client ID".
    #[prop(into)]
    what: Signal<String>,
    /// The text; read when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
    /// What the button says.
    #[prop(into, default = "Copy".into())]
    label: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    kind: Kind,
    /// How high it is.
    #[prop(default = Size::Row)]
    size: Size,
) -> impl IntoView {
    let copier = Copier::new(what, text);
    let words = move || match copier.outcome.get() {
        None => label.get(),
        Some(Outcome::Copied) => "Copied".to_owned(),
        Some(Outcome::Refused) => "Not allowed: select it".to_owned(),
    };
    view! {
        <button
            type="button"
            class=button_class(kind, size, false)
            aria-label=move || format!("{}: {}", words(), what.get())
            on:click=move |_| copier.copy()
        >
            {move || view! { <IconMark icon=copier.icon()/> }}
            <span>{words}</span>
        </button>
    }
    .into_any()
}

/// The same with an icon only, beside an identifier.
#[component]
pub fn CopyIcon(
    /// What is copied: "Client ID".
    #[prop(into)]
    what: Signal<String>,
    /// The text; read when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let copier = Copier::new(what, text);
    view! {
        <button
            type="button"
            class="button plain in-row square"
            aria-label=move || format!("Copy {}", what.get())
            title=move || format!("Copy {}", what.get())
            on:click=move |_| copier.copy()
        >
            {move || view! { <IconMark icon=copier.icon()/> }}
        </button>
    }
    .into_any()
}
