//! The credentials as files.

use leptos::prelude::*;

use super::Desk;
use crate::{
    components::prelude::*,
    domain::export::{Credentials, FORMATS},
    text::application as words,
};

/// One code block with a tab per format. A secret that was shown in it goes when the one above is hidden or stored.
#[component]
pub(super) fn TakeAlong(desk: Desk) -> impl IntoView {
    let subject = desk.subject;
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        desk.shown.track();
        desk.stored.track();
        shown.set(false);
    });
    let credentials = Memo::new(move |_| credentials(desk));
    let known = Memo::new(move |_| credentials.with(Option::is_some));
    let name = subject.name().get_untracked();
    let views: Vec<CodeView> = FORMATS
        .iter()
        .map(|format| {
            let content =
                move || credentials.with(|c| c.as_ref().map(|c| format.segments(c)).unwrap_or_default());
            CodeView::new(format.label, format!("{} file", format.label), Signal::derive(content))
                .file(format.file_name(&name), format.media_type)
        })
        .collect();
    view! {
        <section>
            <SectionHead title="Take it with you" aside=words::FILES_ARE_LOCAL/>
            {move || {
                if known.get() {
                    let views = views.clone();
                    view! { <CodeBlock label="Credentials as a file" views secret_word="secret" shown/> }.into_any()
                } else {
                    view! { <Loading label=words::LOOKING_UP lines=4/> }.into_any()
                }
            }}
        </section>
    }
    .into_any()
}

/// Everything a program needs; `None` until it is known how the backend is reached.
fn credentials(desk: Desk) -> Option<Credentials> {
    let subject = desk.subject;
    let reach = subject.reach()?;
    let client_secret = subject.secret();
    Some(subject.application.with(|application| Credentials {
        name: application.name().to_owned(),
        environment: subject.environment_name(),
        issuer: reach.issuer,
        token_endpoint: reach.token_printed,
        client_id: application.client_id.clone(),
        client_secret,
        scope: application.token_scopes().join(" "),
        registered_at: application.created_at,
    }))
}
