//! What a bank would refuse in a change, before it is sent.

use leptos::prelude::*;

use super::{Change, Desk};
use crate::{
    browser::{clock, crypto},
    components::prelude::*,
    domain::{
        inspect::{profiles::Checked, visible::visible},
        registration::{
            Document, Stamp, dialect_of,
            open_banking::checks::{self, Sending},
        },
    },
    text::application as words,
};

/// A rule that the document breaks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    name: &'static str,
    source: &'static str,
    /// Whether it must not be sent like this.
    pub(super) stops: bool,
    said: String,
    evidence: Option<String>,
    next: Option<String>,
}

impl Found {
    fn of(checked: &Checked) -> Option<Self> {
        let stops = checks::stops(checked);
        (stops || checks::warns(checked)).then(|| Self {
            name: checked.rule.name,
            source: checked.rule.source,
            stops,
            said: checked.verdict.sentence.to_string(),
            evidence: checked.verdict.evidence.clone(),
            next: checked.verdict.what_to_do.as_deref().map(str::to_owned),
        })
    }
}

/// The document as it would be sent at this moment; what is made for each send stands in it as it may be. `None` where no
/// statement is taken. Tracks.
pub(super) fn document(desk: Desk, change: &Change) -> Option<(Document, Stamp)> {
    let environment = desk.subject.environment()?;
    let dialect = dialect_of(&environment);
    let reach = desk.subject.reach().filter(|_| dialect.habits().takes_statements())?;
    let stamp = Stamp::new(&environment, &reach, clock::now(), crypto::uuid_v4());
    let client_id = desk.subject.client_id().get();
    Some((dialect.document_at(&change.asked, Some(&client_id), &stamp), stamp))
}

/// What the rules say of it, errors first. A `jti` is new with every send, and a statement may go out again in a change,
/// so that none is held against it.
pub(super) fn found(desk: Desk, change: &Change) -> Vec<Found> {
    let (Some((document, stamp)), Some(environment)) = (document(desk, change), desk.subject.environment())
    else {
        return Vec::new();
    };
    let sending = Sending { now: stamp.issued_at, audience: Some(&stamp.audience), ..Sending::default() };
    let mut found: Vec<Found> =
        checks::check(&document, &environment, &sending).iter().filter_map(Found::of).collect();
    found.sort_by_key(|found| !found.stops);
    found
}

/// The list; draws nothing where no statement is taken.
#[component]
pub(super) fn Findings(found: Memo<Vec<Found>>) -> impl IntoView {
    let summary = move || {
        let (stop, all) = found.with(|found| (found.iter().filter(|f| f.stops).count(), found.len()));
        let lamp = match (stop, all) {
            (0, 0) => Lamp::Ok,
            (0, _) => Lamp::Warn,
            _ => Lamp::Bad,
        };
        view! { <p class="small"><Lit lamp>{words::found(stop, all.saturating_sub(stop))}</Lit></p> }
    };
    view! {
        <div class="stack-8" role="status" aria-label=words::FINDINGS id="change-findings" tabindex="-1">
            {summary}
            {move || found.get().into_iter().map(draw).collect::<Vec<AnyView>>()}
        </div>
    }
    .into_any()
}

fn draw(found: Found) -> AnyView {
    let lamp = if found.stops { Lamp::Bad } else { Lamp::Warn };
    let evidence = found.evidence.map(|text| visible(&text).to_string());
    view! {
        <Finding lamp title=found.name.to_owned() source=Some(found.source.to_owned())>
            <p>{marked(&found.said)}</p>
            {evidence.map(|text| view! { <p><code>{text}</code></p> })}
            {found.next.map(|text| view! { <p class="muted">{marked(&text)}</p> })}
        </Finding>
    }
    .into_any()
}
