//! What to do next, and what this browser keeps.

use leptos::prelude::*;

use super::{Desk, gets_tokens, overview};
use crate::{
    components::prelude::*,
    domain::application::Application,
    pages::application::{Subject, credentials::KeepSwitch},
    text::application as words,
};

#[component]
pub(super) fn NextPanel(desk: Desk) -> impl IntoView {
    let subject = desk.subject;
    let at_hand = Memo::new(move |_| subject.secret().is_some());
    let store = move |stored: bool| {
        if stored {
            desk.shown.set(false);
        }
    };
    let get_token = move || {
        let signs = subject.application.with(Application::signs);
        let kind = if desk.stored.get() || signs || !at_hand.get() { Kind::Primary } else { Kind::Secondary };
        view! {
            <Button text="Get a token" kind after=Icon::ArrowRight wide=true on_press=move || subject.get_token()/>
        }
    };
    view! {
        <Panel title="Next" flush=true>
            {move || {
                (gets_tokens(subject) && subject.reachable().get())
                    .then(|| {
                        view! {
                            <PanelPart>
                                <div class="stack-8">
                                    {move || {
                                        at_hand
                                            .get()
                                            .then(|| {
                                                view! {
                                                    <Check
                                                        id="stored"
                                                        label="I have stored the secret in a safe place"
                                                        checked=desk.stored
                                                        on_change=store
                                                    />
                                                }
                                            })
                                    }}
                                    {get_token}
                                    <p class="small muted">
                                        {move || subject.application.with(|a| words::next_token(a, at_hand.get()))}
                                    </p>
                                </div>
                            </PanelPart>
                        }
                    })
            }}
            {overview(subject)}
        </Panel>
    }
    .into_any()
}

#[component]
pub(super) fn KeptPanel(subject: Subject) -> impl IntoView {
    let kept = Memo::new(move |_| words::kept(&subject.application.get(), subject.has_own_token()));
    view! {
        <Panel title="Kept in this browser">
            {move || {
                let kept = kept.get();
                view! {
                    <KeptList>
                        {kept.here.into_iter().map(|what| view! { <Kept kept=true>{what}</Kept> }).collect_view()}
                    </KeptList>
                    <h3 class="small">"Not kept"</h3>
                    <KeptList>
                        {kept.not_here.into_iter().map(|what| view! { <Kept kept=false>{what}</Kept> }).collect_view()}
                    </KeptList>
                }
            }}
            <KeepSwitch subject/>
        </Panel>
    }
    .into_any()
}
