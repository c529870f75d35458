//! Setting, changing and taking away the passphrase of the vault.

use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    browser::focus,
    components::prelude::*,
    domain::secret::Secret,
    state::{use_session, work::Work},
    text::vault as text,
};

/// What the dialog is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// There is none yet.
    #[default]
    Set,
    /// Another one.
    Change,
    /// None any more.
    Remove,
}

impl Purpose {
    fn action(self) -> &'static str {
        match self {
            Self::Set => text::SET,
            Self::Change => text::CHANGE,
            Self::Remove => text::REMOVE,
        }
    }

    fn means(self) -> &'static str {
        match self {
            Self::Set => text::SET_MEANS,
            Self::Change => text::CHANGE_MEANS,
            Self::Remove => text::REMOVE_MEANS,
        }
    }
}

/// What is typed for a passphrase that is going to be set: twice, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Twice {
    /// The passphrase.
    pub first: RwSignal<String>,
    /// The same once more.
    pub second: RwSignal<String>,
    error: RwSignal<Option<&'static str>>,
}

impl Twice {
    /// Nothing typed.
    #[must_use]
    pub fn new() -> Self {
        Self {
            first: RwSignal::new(String::new()),
            second: RwSignal::new(String::new()),
            error: RwSignal::new(None),
        }
    }

    /// Empties the fields.
    pub fn clear(self) {
        self.first.try_set(String::new());
        self.second.try_set(String::new());
        self.error.try_set(None);
    }

    /// The passphrase, when both fields hold it; else what is wrong is shown.
    #[must_use]
    pub fn take(self) -> Option<Secret> {
        let (first, second) = (self.first.get_untracked(), self.second.get_untracked());
        let error = match () {
            () if first.is_empty() => Some(text::NEW_EMPTY),
            () if first != second => Some(text::NOT_THE_SAME),
            () => None,
        };
        self.error.set(error);
        error.is_none().then(|| Secret::new(first))
    }
}

/// The two fields for a passphrase that is going to be set.
#[component]
pub fn TwiceFields(
    /// Beginning of the IDs.
    id: &'static str,
    /// Label of the first.
    label: &'static str,
    /// What is typed.
    twice: Twice,
) -> impl IntoView {
    let length = move || twice.first.with(|typed| typed.chars().count());
    let hint = Signal::derive(move || {
        let hint = match length() {
            0 => text::NEW_HINT,
            1..12 => text::SHORT,
            _ => text::LONG_ENOUGH,
        };
        Some(hint.to_owned())
    });
    let error = move |which: &'static str| {
        Signal::derive(move || twice.error.get().filter(|error| *error == which).map(str::to_owned))
    };
    view! {
        <SecretField
            id=id
            label=label
            value=twice.first
            autocomplete="new-password"
            hint
            error=error(text::NEW_EMPTY)
        />
        <SecretField
            id=format!("{id}-again")
            label=text::AGAIN
            value=twice.second
            autocomplete="new-password"
            error=error(text::NOT_THE_SAME)
        />
    }
    .into_any()
}

/// The dialog.
#[component]
pub fn PassphraseDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is for.
    purpose: RwSignal<Purpose>,
) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let current = RwSignal::new(String::new());
    let twice = Twice::new();
    let trouble = RwSignal::new(None::<String>);
    let work = Work::new();
    Effect::new(move |_| {
        open.track();
        current.set(String::new());
        twice.clear();
        trouble.set(None);
    });
    let go = move || {
        let purpose = purpose.get_untracked();
        let new = if purpose == Purpose::Remove { None } else { twice.take() };
        if purpose != Purpose::Remove && new.is_none() {
            return;
        }
        let now = (purpose != Purpose::Set).then(|| Secret::new(current.get_untracked()));
        trouble.set(None);
        work.run(async move {
            match session.vault.protect(now.as_ref(), new.as_ref()).await {
                Ok(()) => {
                    toasts.show(if new.is_some() { text::IS_SET } else { text::IS_REMOVED });
                    open.try_set(false);
                }
                Err(problem) => drop(trouble.try_set(Some(problem.to_string()))),
            }
        });
    };
    let enter = move |event: KeyboardEvent| {
        // Enter on "Show" shows; only in a field it means "go on".
        let in_a_field = focus::active_id().is_some_and(|id| id.starts_with("passphrase-"));
        if event.key() == "Enter" && in_a_field {
            event.prevent_default();
            go();
        }
    };
    let held = Signal::derive(move || work.is_running());
    let buttons = move || {
        let kind = if purpose.get() == Purpose::Remove { Kind::DangerFilled } else { Kind::Primary };
        view! {
            <Button text=text::NOT_NOW disabled=held on_press=move || open.set(false)/>
            <Button text=purpose.get().action() kind working=work.seconds() on_press=go/>
        }
    };
    view! {
        <Dialog open title=Signal::derive(move || purpose.get().action().to_owned()) held buttons>
            <div class="stack-16" on:keydown=enter>
                <p>{move || purpose.get().means()}</p>
                {move || (purpose.get() != Purpose::Set).then(|| {
                    view! {
                        <SecretField
                            id="passphrase-now"
                            label=text::CURRENT
                            value=current
                            autocomplete="current-password"
                            error=trouble
                        />
                    }.into_any()
                })}
                {move || (purpose.get() != Purpose::Remove).then(|| {
                    view! { <TwiceFields id="passphrase-new" label=text::NEW twice/> }.into_any()
                })}
                {move || {
                    let shown_here = purpose.get() == Purpose::Set;
                    trouble.get().filter(|_| shown_here).map(|trouble| view! { <p role="alert">{trouble}</p> }.into_any())
                }}
            </div>
        </Dialog>
    }
    .into_any()
}
