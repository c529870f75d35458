//! Toasts confirm a copy or a download and say what. Never an error, never a secret.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Icon, IconMark};
use crate::browser::timer;

const SHOWN_FOR_MS: u32 = 4_000;

/// The toast that is shown, if any; provided once by the app.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<String>>,
    /// Grows with every toast, so that an old timer does not hide a new one.
    number: RwSignal<u32>,
    held: RwSignal<bool>,
}

impl Toasts {
    fn new() -> Self {
        Self { shown: RwSignal::new(None), number: RwSignal::new(0), held: RwSignal::new(false) }
    }

    /// Makes the toasts and puts them into the context.
    pub fn provide() -> Self {
        let toasts = Self::new();
        provide_context(toasts);
        toasts
    }

    /// Shows a sentence for four seconds, longer while the pointer or the focus is on it.
    pub fn show(self, words: &str) {
        self.number.update(|number| *number = number.wrapping_add(1));
        self.shown.set(Some(words.to_owned()));
        let mine = self.number.get_untracked();
        spawn_local(async move {
            timer::sleep(SHOWN_FOR_MS).await;
            while self.held.try_get_untracked() == Some(true) {
                timer::sleep(SHOWN_FOR_MS / 4).await;
            }
            if self.number.try_get_untracked() == Some(mine) {
                let _ = self.shown.try_set(None);
            }
        });
    }

    fn hide(self) {
        self.held.set(false);
        self.shown.set(None);
    }
}

/// The toasts from the context. Outside the app they are seen by nobody.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_else(Toasts::new)
}

/// The region in which toasts appear; once, in the app. It is always there, so that a screen reader knows it.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let toast = move |words: String| {
        view! {
            <div class="toast">
                <IconMark icon=Icon::Check/>
                <span>{words}</span>
                <button type="button" class="button plain in-row square" aria-label="Close" on:click=move |_| toasts.hide()>
                    <IconMark icon=Icon::Cross/>
                </button>
            </div>
        }
    };
    view! {
        <div
            class="toasts"
            role="status"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            {move || toasts.shown.get().map(toast)}
        </div>
    }
    .into_any()
}
