//! Why a request had no answer: what it may be, the evidence, what the operator sets, and the ways on.

mod evidence;
mod paste;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        config::Contact,
        diagnosis::{Diagnosis, Fits, Setting},
        http::{Request, Response},
        registration::Operation,
        time,
    },
    state::Session,
    text::refused as words,
};

pub use evidence::EvidenceTable;
pub use paste::PasteBack;

/// What can be done instead of waiting.
#[derive(Clone)]
pub struct WaysOn {
    /// The request that has no answer.
    pub request: Request,
    /// What it was for.
    pub operation: Operation,
    /// Takes an answer that was pasted; the words are said when it cannot be taken.
    pub on_answer: Callback<Response>,
    /// Goes back to what was typed.
    pub on_back: Callback<()>,
    /// The name of an environment that reaches the same server through this site, and the way to it.
    pub through: Option<(String, Callback<()>)>,
}

/// The whole page: in the place of the form, which stays as it is.
#[component]
pub fn WhyRefused(
    /// The session.
    session: Session,
    /// What was found out.
    diagnosis: Diagnosis,
    /// The ways on.
    ways: WaysOn,
) -> impl IntoView {
    let (method, url, at) =
        (diagnosis.asked.method.as_str(), diagnosis.asked.url.clone(), time::clock(diagnosis.asked.at));
    let contact = session.portal.with_value(|portal| portal.contact.clone());
    let meta = move || {
        view! { <span class="mono"><b>{method}</b>" "{url}</span> <span>"at "{at}</span> }
    };
    let checks = words::checks(diagnosis.evidence.len(), diagnosis.elapsed_ms);
    let lines = diagnosis.evidence.clone();
    view! {
        <PageHead title=words::TITLE crumbs=words::crumbs() meta=meta/>
        <Verdict diagnosis=diagnosis.clone()/>
        <div class="columns">
            <div class="column-main">
                <Panel title="Evidence" aside=move || view! { <span>{checks}</span> } flush=true>
                    <EvidenceTable lines/>
                </Panel>
                <ForTheOperator diagnosis contact/>
            </div>
            <div class="column-side"><GoOn ways/></div>
        </div>
    }
    .into_any()
}

/// What it is, how sure that is, and the four things a person thinks of.
#[component]
fn Verdict(diagnosis: Diagnosis) -> impl IntoView {
    let open = diagnosis.open.clone();
    let possibilities: Vec<AnyView> = diagnosis
        .possibilities
        .into_iter()
        .map(|row| {
            let lamp = if row.fits == Fits::Yes { Lamp::Warn } else { Lamp::Known };
            view! { <Possibility lamp title=row.name text=row.why is_it=row.fits == Fits::Yes/> }.into_any()
        })
        .collect();
    view! {
        <section class="blocked" role="alert">
            <div>
                <h2><LampMark lamp=Lamp::Warn/>{diagnosis.headline}</h2>
                <p>{diagnosis.sentence}</p>
                <p><b>{words::HOW_SURE}</b>" "{diagnosis.certainty.words()}". "{diagnosis.next}</p>
                {open.map(open_in_new_tab)}
            </div>
            <Possibilities>{possibilities}</Possibilities>
        </section>
    }
    .into_any()
}

/// The address is shown, and opened without telling it where from.
pub(super) fn open_in_new_tab(address: String) -> AnyView {
    view! { <p><ExternalLink href=address text=words::OPEN_DISCOVERY new_tab=true/></p> }.into_any()
}

/// The message to the operator: what to set, and a copy of all of it.
#[component]
fn ForTheOperator(diagnosis: Diagnosis, contact: Contact) -> impl IntoView {
    if diagnosis.settings.is_empty() {
        return ().into_any();
    }
    let message = diagnosis.operator_message();
    let mail = contact.email.map(|address| words::mail(&address, &message));
    let intro = words::settings(diagnosis.settings.len(), &diagnosis.asked.page_origin);
    let aside = move || {
        view! {
            {mail
                .map(|mail| view! { <ExternalLink href=mail text="Send by e-mail"/> })}
            <CopyButton what="Message to the operator" text=message label="Copy message" size=Size::Head/>
        }
    };
    view! {
        <Panel title="For the operator" aside>
            <div class="stack-8 small">
                <p>{intro}</p>
                {settings(diagnosis.settings)}
                <p class="muted">{words::no_secrets(diagnosis.asked.at)}</p>
            </div>
        </Panel>
    }
    .into_any()
}

/// One paragraph for each.
pub(super) fn settings(settings: Vec<Setting>) -> Vec<AnyView> {
    settings
        .into_iter()
        .map(|setting| view! { <p><b>{setting.lead}</b>" "{marked(&setting.text)}</p> }.into_any())
        .collect()
}

/// Three ways on: through this site, by curl, or later.
#[component]
fn GoOn(ways: WaysOn) -> impl IntoView {
    let on_back = ways.on_back;
    let through = ways.through.map(|(name, go)| {
        view! {
            <PanelPart>
                <div class="stack-8">
                    <h3>{words::THROUGH_TITLE}</h3>
                    <p class="small muted">{words::through(&name)}</p>
                    <Button text=words::THROUGH kind=Kind::Primary wide=true on_press=move || go.run(())/>
                </div>
            </PanelPart>
        }
    });
    view! {
        <Panel title="Go on without waiting" flush=true>
            {through}
            <PanelPart>
                <div class="stack-8">
                    <h3>{words::CURL_TITLE}</h3>
                    <p class="small muted">{words::CURL}</p>
                    <PasteBack request=ways.request operation=ways.operation on_answer=ways.on_answer/>
                </div>
            </PanelPart>
            <PanelPart>
                <div class="stack-8">
                    <h3>{words::BACK_TITLE}</h3>
                    <p class="small muted">{words::BACK}</p>
                    <Button text="Back to New application" on_press=move || on_back.run(())/>
                </div>
            </PanelPart>
        </Panel>
    }
    .into_any()
}
