//! Notes: a tint, an icon, bold first words, then the rest.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};

/// What kind of note it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Neutral,
    /// Waiting for someone.
    Info,
    /// Done.
    Good,
    /// Look at this.
    Look,
    /// Stopped.
    Stopped,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Neutral => "note",
            Self::Info => "note info",
            Self::Good => "note good",
            Self::Look => "note look",
            Self::Stopped => "note stopped",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Look => Icon::Warning,
            Self::Stopped => Icon::Stopped,
        }
    }
}

/// A note. Set `role` to `alert` or `status` when it appears without being asked for.
#[component]
pub fn Note(
    /// What kind.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The first words, in bold.
    #[prop(optional, into)]
    lead: Signal<Option<String>>,
    /// `alert` or `status`.
    #[prop(optional)]
    role: &'static str,
    /// Another drawing than the tone's own.
    #[prop(optional)]
    icon: Option<Icon>,
    /// The foot of a panel instead of a box of its own.
    #[prop(optional)]
    attached: bool,
    /// Buttons at the end.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// The rest of the words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=move || tone.get().class() class:attached=attached role=(!role.is_empty()).then_some(role)>
            {move || view! { <IconMark icon=icon.unwrap_or_else(|| tone.get().icon())/> }}
            <div>{move || lead.get().map(|lead| view! { <b>{lead}</b>" " })} {children()}</div>
            {actions.map(|actions| view! { <div class="note-actions">{actions.run()}</div> })}
        </div>
    }
    .into_any()
}
