//! Why something did not work: what happened, how the portal knows, what to do next, and the raw answer in a fold.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        diagnosis::Diagnosis,
        http::{Method, Request, Response},
        registration::Operation,
    },
    pages::refused::{self, EvidenceTable, PasteBack},
    state::Trouble,
    text::refused as words,
};

/// A note for a trouble; draws nothing when there is none. It is announced when it appears.
#[component]
pub fn TroubleNote(
    /// What stood in the way.
    #[prop(into)]
    trouble: Signal<Option<Trouble>>,
    /// Takes an answer to the same request that came by other means. Without it none is asked for.
    #[prop(optional)]
    on_answer: Option<Callback<Response>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {move || trouble.get().map(|trouble| note(&trouble, on_answer))}
        </div>
    }
}

fn note(trouble: &Trouble, on_answer: Option<Callback<Response>>) -> AnyView {
    let more = match trouble {
        Trouble::Blocked { diagnosis, request } => blocked(diagnosis, request, on_answer),
        _ => trouble.raw().map(raw).into_any(),
    };
    let words = format!("{} {}", trouble.meaning(), trouble.next());
    view! { <Note tone=Tone::Stopped lead=trouble.headline()>{words} {more}</Note> }.into_any()
}

/// The server's own words, as text.
fn raw(raw: String) -> AnyView {
    view! {
        <Fold summary="The answer as it came">
            <pre class="code-text" tabindex="0">{raw}</pre>
        </Fold>
    }
    .into_any()
}

/// What was found out about a request without an answer, and the way round.
fn blocked(diagnosis: &Diagnosis, request: &Request, on_answer: Option<Callback<Response>>) -> AnyView {
    let lines = diagnosis.evidence.clone();
    let settings = diagnosis.settings.clone();
    let message = diagnosis.operator_message();
    let operator = (!settings.is_empty()).then(|| {
        view! {
            <Fold summary=words::OPERATOR>
                <div class="stack-8 small">{refused::settings(settings)}</div>
                <CopyButton what="Message to the operator" text=message label="Copy message to the operator" size=Size::Head/>
            </Fold>
        }
    });
    let operation = match request.method {
        Method::Get => Operation::Read,
        Method::Post => Operation::Create,
        Method::Put => Operation::Update,
        Method::Delete => Operation::Delete,
    };
    let otherwise = on_answer.map(|on_answer| {
        let request = request.clone();
        view! {
            <Fold summary=words::OTHERWISE><PasteBack request operation on_answer/></Fold>
        }
    });
    view! {
        <p><b>{words::HOW_SURE}</b>" "{diagnosis.certainty.words()}"."</p>
        {diagnosis.open.clone().map(refused::open_in_new_tab)}
        <Fold summary=words::EVIDENCE><EvidenceTable lines/></Fold>
        {operator}
        {otherwise}
    }
    .into_any()
}
