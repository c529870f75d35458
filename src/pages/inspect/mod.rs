//! The inspector: whatever is pasted, read as far as it can be read. Nothing is sent, nothing is stored.

mod claims;
mod field;
mod findings;
mod life;
mod source;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, location, timer},
    components::prelude::*,
    domain::{
        inspect::{self, Inspection, Kind, KnownIssuer, findings::Severity, times::Life as Stage},
        time, url,
    },
    state::{Session, use_session},
    text::inspect as text,
};

/// From this length on a field is slower than the reading: the text is then not put into one.
const LARGE: usize = 64 * 1024;
/// From this length on the page is painted before the text is read.
const SLOW: usize = 256 * 1024;
/// Long enough for a frame to be painted.
const A_FRAME_MS: u32 = 20;

/// The page.
#[component]
pub fn Inspect() -> impl IntoView {
    let session = use_session();
    let handed_over = session.to_inspect.try_update(Option::take).flatten();
    let pasted = RwSignal::new(handed_over.map(|token| token.expose().to_owned()).unwrap_or_default());
    let known = StoredValue::new(known_issuers(session));
    let read = reading(session, pasted, known);
    view! {
        <div class="page">
            <PageHead title=text::TITLE lead=text::LEAD.to_owned()/>
            <div class="inspect">
                <div class="inspect-start sticky">
                    <field::TokenPanel pasted read/>
                    <Compared known=known.get_value()/>
                </div>
                <div class="inspect-result">
                    {move || match read.get() {
                        None => {
                            view! { <section class="panel"><Loading label=text::READING lines=6/></section> }.into_any()
                        }
                        Some(inspection) if inspection.kind == Kind::Empty => nothing(),
                        Some(inspection) => result(inspection),
                    }}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The issuers of all environments, absolute.
fn known_issuers(session: Session) -> Vec<KnownIssuer> {
    let origin = location::origin();
    session.portal.with_value(|portal| {
        portal
            .environments
            .iter()
            .map(|environment| KnownIssuer {
                id: environment.id.clone(),
                name: environment.name.clone(),
                issuer: url::absolute(&origin, &environment.issuer),
            })
            .collect()
    })
}

/// What was read; `None` while a large text waits for its turn. It is read again when the token begins or ends, so
/// that the findings do not grow old.
fn reading(
    session: Session,
    pasted: RwSignal<String>,
    known: StoredValue<Vec<KnownIssuer>>,
) -> RwSignal<Option<Inspection>> {
    let read_now = move || {
        pasted
            .try_with_untracked(|pasted| {
                known.try_with_value(|known| inspect::inspect(pasted, clock::now(), known))
            })
            .flatten()
    };
    let read = RwSignal::new(read_now().filter(|_| pasted.with_untracked(String::len) < SLOW));
    Effect::new(move |before: Option<()>| {
        let length = pasted.with(String::len);
        if length < SLOW {
            // The first time it was read when the page was made.
            if before.is_some() {
                read.set(read_now());
            }
            return;
        }
        read.set(None);
        spawn_local(async move {
            timer::sleep(A_FRAME_MS).await;
            read.try_set(read_now());
        });
    });
    let stage = Memo::new(move |_| {
        let now = session.now.get();
        read.with(|read| read.as_ref().map(|read| std::mem::discriminant::<Stage>(&read.lifetime.at(now))))
    });
    Effect::new(move |before: Option<_>| {
        let now = stage.get();
        let grew_old = read.with_untracked(|read| {
            read.as_ref().is_some_and(|read| {
                std::mem::discriminant(&read.lifetime.at(read.now))
                    != std::mem::discriminant(&read.lifetime.at(clock::now()))
            })
        });
        if before.is_some() && grew_old {
            read.set(read_now());
        }
        now
    });
    read
}

/// What it is compared with, without asking anybody.
#[component]
fn Compared(known: Vec<KnownIssuer>) -> impl IntoView {
    let session = use_session();
    view! {
        <Panel title=text::COMPARED class="compared">
            <Facts>
                <Fact label="Issuers">{text::issuers(&known)}</Fact>
                <Fact label="Clock">{move || time::clock(session.now.get())}</Fact>
                <Fact label="Tolerance">{time::length(inspect::times::TOLERANCE)}</Fact>
            </Facts>
        </Panel>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! { <section class="panel"><Empty title=text::EMPTY text=text::EMPTY_TEXT.to_owned()/></section> }
        .into_any()
}

fn result(inspection: Inspection) -> AnyView {
    let inspection = StoredValue::new(inspection);
    let is_jwt = inspection.with_value(Inspection::is_jwt);
    view! {
        <Verdict inspection/>
        {is_jwt.then(|| view! { <findings::Findings inspection/> <claims::Claims inspection/> })}
    }
    .into_any()
}

/// The lamp of a finding.
fn lamp(severity: Option<Severity>) -> Lamp {
    match severity {
        Some(Severity::Error) => Lamp::Bad,
        Some(Severity::Warning) => Lamp::Warn,
        Some(Severity::Note) | None => Lamp::Known,
    }
}

/// What it is, how bad it is, how long it lives, and that nobody checked the signature.
#[component]
fn Verdict(inspection: StoredValue<Inspection>) -> impl IntoView {
    let (kind, summary, read_at, worst) =
        inspection.with_value(|read| (read.kind, read.summary(), read.now, read.worst()));
    let without_a_signature = match kind {
        Kind::NotAToken => Some(text::NOT_A_TOKEN),
        Kind::Opaque { .. } => Some(text::OPAQUE),
        Kind::Encrypted => Some(text::ENCRYPTED),
        _ => None,
    };
    let signature = inspection.with_value(|read| read.signature.clone());
    view! {
        <section class="panel">
            <div class="panel-head">
                <div class="panel-title">
                    <h2><Lit lamp=lamp(worst)>{kind.label()}</Lit></h2>
                    <span class="sub">{summary}</span>
                </div>
                <span class="panel-aside">{format!("Read at {}", time::clock(read_at))}</span>
            </div>
            <div class="panel-body flush">
                {without_a_signature.map(|words| view! { <PanelPart><p class="small muted">{words}</p></PanelPart> })}
                <life::LifeOf inspection/>
                {signature.map(|signature| {
                    view! {
                        <PanelPart>
                            <p class="lit small">
                                <LampMark lamp=Lamp::Known/>
                                <span>
                                    <b>{format!("{}.", inspect::Signature::NOT_CHECKED)}</b> " "
                                    <span class="muted">{marked(&signature.needs())}</span>
                                </span>
                            </p>
                        </PanelPart>
                    }
                })}
            </div>
        </section>
    }
    .into_any()
}
