//! Registrations whose answer was lost: a client may exist at the server that this portal does not know.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{journal::Creation, time},
    state::{Session, creating, use_session, work::Work},
    text::home as text,
};

/// One note for each. Draws nothing when there are none.
#[component]
pub(super) fn Creations() -> impl IntoView {
    let session = use_session();
    let notes = move || {
        let list = session.vault.creations.get();
        (!list.is_empty()).then(|| {
            let notes: Vec<AnyView> = list.into_iter().map(|creation| note(session, creation)).collect();
            view! { <div class="notes">{notes}</div> }
        })
    };
    notes.into_any()
}

fn note(session: Session, creation: Creation) -> AnyView {
    let environment = session
        .environment_by_id(&creation.environment)
        .map_or_else(|| creation.environment.clone(), |environment| environment.name);
    let lead = text::creation_lead(&creation.asked.client_name, &environment, &time::date_time(creation.at));
    let (evidence, message) = (creation.evidence(), creation.operator_message(&environment));
    let work = Work::new();
    let problem = RwSignal::new(None::<String>);
    let creation = StoredValue::new(creation);
    let settle = move || {
        let creation = creation.get_value();
        work.run(async move {
            if let Err(trouble) = creating::settle(session, &creation).await {
                problem.try_set(Some(trouble.meaning()));
            }
        });
    };
    let actions = move || {
        view! {
            <CopyButton what="Message to the operator" text=message.clone() label="Copy message to the operator" size=Size::Head/>
            <Button text=text::CREATION_SETTLED size=Size::Head working=work.seconds() on_press=settle/>
        }
    };
    view! {
        <Note tone=Tone::Look lead actions>
            {evidence} " " {text::CREATION_MEANS} {move || problem.get().map(|problem| format!(" {problem}"))}
        </Note>
    }
    .into_any()
}
