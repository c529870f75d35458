//! The inspector: whatever is pasted, read as far as it can be read. Nothing is sent, nothing is stored.

mod between;
mod checks;
mod claims;
mod desk;
mod disclosures;
mod fetching;
mod field;
mod findings;
mod judging;
mod layers;
mod life;
mod pieces;
mod samples;
mod shown;
mod source;
mod statement_keys;
mod take;
mod verdict;
mod verify;

use leptos::prelude::*;

use crate::{
    browser::clock,
    components::prelude::*,
    domain::{
        inspect::{self, Kind, findings::Severity, times::Life as Stage},
        time,
    },
    state::use_session,
    text::inspect as text,
};

use desk::Desk;

/// What servers forgive, in seconds: nothing, the ten that FAPI 2.0 asks for, "a few minutes" (RFC 7519, 4.1.4).
const SKEWS: [i64; 5] = [0, 10, 60, 180, 300];

/// The page.
#[component]
pub fn Inspect() -> impl IntoView {
    let session = use_session();
    let handed_over = session.to_inspect.try_update(Option::take).flatten();
    let handed_over = handed_over.map(|token| token.expose().to_owned()).or_else(take::from_link);
    let desk = Desk::new(session, handed_over.unwrap_or_default());
    read_again_in_time(desk);
    judging::follow_all(desk);
    view! {
        <div class="page">
            <PageHead title=text::TITLE lead=text::LEAD.to_owned()/>
            <div class="inspect">
                <div class="inspect-start sticky">
                    <field::TokenPanel desk/>
                    <Compared desk/>
                </div>
                <div class="inspect-result">{result(desk)}</div>
            </div>
        </div>
    }
    .into_any()
}

/// It is read again when the token begins or ends, so that the findings do not grow old.
fn read_again_in_time(desk: Desk) {
    let stage = Memo::new(move |_| {
        let now = desk.session.now.get();
        desk.root().map(|read| std::mem::discriminant::<Stage>(&read.lifetime.at(now)))
    });
    Effect::new(move |before: Option<_>| {
        let now = stage.get();
        let grew_old = untrack(|| desk.root()).is_some_and(|read| {
            std::mem::discriminant(&read.lifetime.at(read.now))
                != std::mem::discriminant(&read.lifetime.at(clock::now()))
        });
        if before.is_some() && grew_old {
            desk.read_again();
        }
        now
    });
}

/// What it is compared with, without asking anybody.
#[component]
fn Compared(desk: Desk) -> impl IntoView {
    view! {
        <Panel title=text::COMPARED class="compared">
            <Facts>
                <Fact label="Issuers">{text::issuers(&desk.known())}</Fact>
                <Fact label="Clock">{move || time::clock(desk.session.now.get())}</Fact>
            </Facts>
            <Tolerance desk/>
        </Panel>
    }
    .into_any()
}

/// How much clocks may differ.
#[component]
fn Tolerance(desk: Desk) -> impl IntoView {
    let value = RwSignal::new(desk.skew.get_untracked().to_string());
    let options: Vec<SelectOption> =
        SKEWS.iter().map(|seconds| SelectOption::new(seconds.to_string(), text::skew(*seconds))).collect();
    Effect::new(move |before: Option<()>| {
        let chosen = value.with(|value| value.parse().unwrap_or(inspect::times::TOLERANCE));
        if before.is_some() {
            desk.skew.set(chosen);
            desk.read_again();
        }
    });
    view! { <Select id="skew" label=text::SKEW value options=Signal::stored(options)/> }.into_any()
}

/// What the right side of the page is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Reading,
    Blank,
    Nothing,
    TooDeep,
    Result { is_jwt: bool },
}

fn result(desk: Desk) -> AnyView {
    let right = Memo::new(move |before: Option<&Right>| match (desk.root(), desk.shown()) {
        // A long text is read again: the panels stay, with what they said of it.
        (None, _) if desk.is_read_again() => before.copied().unwrap_or(Right::Reading),
        (None, _) if desk.busy.get() => Right::Reading,
        (None, _) => Right::Blank,
        (Some(root), _) if root.kind == Kind::Empty => Right::Nothing,
        (Some(_), None) => Right::TooDeep,
        (Some(_), Some(shown)) => Right::Result { is_jwt: shown.is_jwt() },
    });
    let view = move || match right.get() {
        Right::Reading => {
            view! { <section class="panel"><Loading label=text::READING lines=6/></section> }.into_any()
        }
        Right::Blank => ().into_any(),
        Right::Nothing => view! { <samples::Nothing desk/> }.into_any(),
        Right::TooDeep => view! {
            <verdict::Verdict desk/>
            <Note tone=Tone::Look>{text::TOO_DEEP}</Note>
        }
        .into_any(),
        Right::Result { is_jwt } => view! {
            <verdict::Verdict desk/>
            {is_jwt.then(|| of_layer(desk))}
        }
        .into_any(),
    };
    view.into_any()
}

/// What was read of the layer that is looked at, panel by panel.
fn of_layer(desk: Desk) -> AnyView {
    let [_, findings, claims, between, checks, take] = desk.panels;
    view! {
        <findings::Findings desk shown=findings/>
        <claims::Claims desk shown=claims/>
        <disclosures::Disclosures shown=claims/>
        <between::Between desk shown=between/>
        <checks::Checks desk shown=checks/>
        <take::Take desk shown=take/>
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
