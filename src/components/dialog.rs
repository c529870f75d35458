//! Dialogs: the browser's own, which keeps the focus inside, closes with Escape and gives the focus back.

use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use super::button::{Button, Kind};
use super::field::TextField;

/// A dialog. Its content is made each time it opens.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Names the thing: "Delete statement-archive?".
    #[prop(into)]
    title: Signal<String>,
    /// Must not be closed by Escape: work goes on.
    #[prop(optional, into)]
    held: Signal<bool>,
    /// The buttons, the safe choice first.
    #[prop(into)]
    buttons: ViewFn,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = dialog.get()
            && dialog.open() != wanted
        {
            if wanted {
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    let content = move || {
        open.get().then(|| {
            view! {
                <div class="dialog-body">
                    <h2 id="dialog-title">{title}</h2>
                    {children()}
                </div>
                <div class="dialog-buttons">{buttons.run()}</div>
            }
        })
    };
    view! {
        <dialog
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:cancel=move |event: Event| {
                if held.get_untracked() {
                    event.prevent_default();
                }
            }
            on:close=move |_| open.set(false)
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// A dialog that asks before something is done that cannot be undone.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open. It stays open while work goes on; close it when that is over.
    open: RwSignal<bool>,
    /// Names the thing: "Delete statement-archive?".
    #[prop(into)]
    title: Signal<String>,
    /// What is done: "Delete application".
    #[prop(into)]
    action: Signal<String>,
    /// The safe choice: "Keep it".
    #[prop(into)]
    safe: Signal<String>,
    /// Whether something is destroyed.
    #[prop(optional)]
    danger: bool,
    /// The name to type before the button works; empty asks for nothing.
    #[prop(optional, into)]
    name_to_type: Signal<String>,
    /// Seconds since the work began, while it goes on.
    #[prop(optional, into)]
    working: Signal<Option<u32>>,
    /// What happens.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will be gone, and what stays.
    children: ChildrenFn,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let missing = Signal::derive(move || {
        name_to_type.with(|name| !name.is_empty() && typed.with(|typed| typed.trim() != name))
    });
    let held = Signal::derive(move || working.get().is_some());
    let kind = if danger { Kind::DangerFilled } else { Kind::Primary };
    let buttons = move || {
        view! {
            <Button text=safe disabled=held on_press=move || open.set(false)/>
            <Button text=action kind working disabled=missing on_press=move || on_confirm.run(())/>
        }
    };
    view! {
        <Dialog open title held buttons>
            <div>{children()}</div>
            {move || {
                let name = name_to_type.get();
                (!name.is_empty())
                    .then(|| {
                        view! { <TextField id="confirm-name" label="Type the name to confirm" value=typed mono=true hint=name/> }
                    })
            }}
        </Dialog>
    }
    .into_any()
}
