//! What opens the registration, where that is not a registration access token.

use leptos::prelude::*;

use super::super::Subject;
use crate::{
    components::prelude::*, domain::registration::Management, pages::server_user::ServerUserPanel,
    text::application as words,
};

/// The panel for this kind of server; nothing where a token of the registration has its own.
#[component]
pub(super) fn AccessPanel(subject: Subject) -> impl IntoView {
    match (subject.management(), subject.environment()) {
        (Some(Management::ApplicationToken), _) => view! { <ApplicationToken subject/> }.into_any(),
        (Some(Management::Basic), Some(environment)) => view! { <ServerUserPanel environment/> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn ApplicationToken(subject: Subject) -> impl IntoView {
    let state = Memo::new(move |_| {
        let now = subject.session.now.get();
        if subject.token().is_some_and(|held| !held.has_ended(now)) {
            return (Lamp::Ok, words::TOKEN_HERE);
        }
        match subject.credential() {
            Some(_) => (Lamp::Known, words::TOKEN_WHEN_NEEDED),
            None => (Lamp::Warn, words::TOKEN_WANTS_KEY),
        }
    });
    let can_read = subject.can(crate::domain::registration::Operation::Read);
    view! {
        <Panel title=words::APPLICATION_TOKEN_TITLE flush=true>
            <PanelPart>
                <div class="stack-8">
                    <Facts>
                        <Fact label="Opened by">{words::OPENED_BY}</Fact>
                        <Fact label="State">
                            {move || {
                                let (lamp, text) = state.get();
                                view! { <Lit lamp>{text}</Lit> }
                            }}
                        </Fact>
                        <Fact label="Last used">
                            {move || subject.application.with(|a| words::last_managed(a, subject.session.now.get()))}
                        </Fact>
                    </Facts>
                    <p class="small muted">{words::OPENED_BY_TEXT}</p>
                    {move || {
                        can_read
                            .get()
                            .then(|| {
                                view! {
                                    <div class="actions">
                                        <Button
                                            text="Read the registration"
                                            size=Size::Head
                                            working=subject.reading.seconds()
                                            on_press=move || subject.read()
                                        />
                                    </div>
                                }
                            })
                    }}
                </div>
            </PanelPart>
        </Panel>
    }
    .into_any()
}
