//! A button that opens a short list. It closes with Escape, with a choice, and when the focus leaves it.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Icon, IconMark};
use crate::browser::{focus, timer};

/// Open or not, for a button with a list below it.
#[derive(Clone, Copy)]
pub(super) struct Opener {
    pub(super) open: RwSignal<bool>,
    inside: RwSignal<bool>,
    pub(super) button: NodeRef<html::Button>,
}

impl Opener {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), inside: RwSignal::new(false), button: NodeRef::new() }
    }

    /// Opens it and moves the focus to its first entry, or closes it.
    pub(super) fn toggle(self, first_id: String) {
        let now = !self.open.get_untracked();
        self.open.set(now);
        if now {
            spawn_local(async move {
                timer::sleep(0).await;
                focus::focus_by_id(&first_id);
            });
        }
    }

    /// Closes it and gives the focus back to the button.
    pub(super) fn close(self) {
        self.open.set(false);
        if let Some(button) = self.button.get_untracked() {
            let _ = button.focus();
        }
    }

    pub(super) fn key(self, event: &KeyboardEvent) {
        if event.key() == "Escape" && self.open.get_untracked() {
            event.stop_propagation();
            self.close();
        }
    }

    pub(super) fn focus_in(self) {
        self.inside.set(true);
    }

    /// The focus may only have moved to the next entry: look again when it has arrived.
    pub(super) fn focus_out(self) {
        self.inside.set(false);
        spawn_local(async move {
            timer::sleep(0).await;
            if self.inside.try_get_untracked() == Some(false) {
                let _ = self.open.try_set(false);
            }
        });
    }
}

/// One entry of a [`Menu`].
#[derive(Clone)]
pub struct MenuItem {
    /// What it does to what.
    pub text: String,
    /// A drawing.
    pub icon: Option<Icon>,
    /// Whether it destroys something.
    pub danger: bool,
    /// What happens.
    pub on_press: Callback<()>,
}

impl MenuItem {
    /// An entry.
    #[must_use]
    pub fn new(text: impl Into<String>, icon: Icon, on_press: Callback<()>) -> Self {
        Self { text: text.into(), icon: Some(icon), danger: false, on_press }
    }

    /// Marks it as destroying something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

/// The "…" button with what is done less often.
#[component]
pub fn Menu(
    /// Its accessible name: "More for gateway-client".
    #[prop(into)]
    label: String,
    /// The ID of its first entry; must differ between two menus of a page.
    #[prop(default = "menu-first")]
    first_id: &'static str,
    /// The entries, in order.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let opener = Opener::new();
    let entry = move |(index, item): (usize, MenuItem)| {
        view! {
            <li>
                <button
                    type="button"
                    id=(index == 0).then_some(first_id)
                    class:danger=item.danger
                    on:click=move |_| {
                        opener.close();
                        item.on_press.run(());
                    }
                >
                    {item.icon.map(|icon| view! { <IconMark icon/> })}
                    <span>{item.text}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        opener.open.get().then(|| {
            let entries: Vec<AnyView> = items.get().into_iter().enumerate().map(entry).collect();
            view! { <ul class="menu-list">{entries}</ul> }
        })
    };
    view! {
        <div
            class="menu"
            on:keydown=move |event| opener.key(&event)
            on:focusin=move |_| opener.focus_in()
            on:focusout=move |_| opener.focus_out()
        >
            <button
                type="button"
                class="button square"
                node_ref=opener.button
                aria-label=label.clone()
                title=label
                aria-expanded=move || opener.open.get().to_string()
                on:click=move |_| opener.toggle(first_id.to_owned())
            >
                <IconMark icon=Icon::More/>
            </button>
            {list}
        </div>
    }
    .into_any()
}
