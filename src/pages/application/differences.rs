//! Asked and registered, member by member.

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::Subject;
use crate::{
    components::prelude::*,
    domain::{
        application::Application,
        compare::{Difference, differences},
        registration::Dialect,
    },
    text::application as words,
};

/// What the server changed, with its meaning on this kind of server; then what it only filled in.
#[derive(Clone, PartialEq)]
struct Found {
    changed: Vec<Difference>,
    filled_in: Vec<Difference>,
}

fn found(subject: Subject) -> Memo<Found> {
    Memo::new(move |_| {
        let all = match subject.dialect() {
            Some(dialect) => subject.application.with(|application| {
                differences(dialect, &sent(dialect, application), &application.registered)
            }),
            None => Vec::new(),
        };
        let (filled_in, changed) = all.into_iter().partition(Difference::is_filled_in);
        Found { changed, filled_in }
    })
}

/// The section of the page that follows the creation.
#[component]
pub(super) fn ServerChanges(subject: Subject) -> impl IntoView {
    let found = found(subject);
    let fields = Memo::new(move |_| {
        subject
            .application
            .with(|application| application.registered.len().max(application.asked.members().len()))
    });
    let aside =
        Signal::derive(move || words::differing(found.with(|found| found.changed.len()), fields.get()));
    view! {
        <section class="stack-8">
            <SectionHead title="What the server changed" aside=aside/>
            {move || {
                let found = found.get();
                let changed = if found.changed.is_empty() {
                    view! { <Note tone=Tone::Good>{words::NO_DIFFERENCES}</Note> }.into_any()
                } else {
                    let table = table(found.changed);
                    view! { <TableFrame>{table}</TableFrame> }.into_any()
                };
                view! { {changed} {rest(found.filled_in)} }
            }}
        </section>
    }
    .into_any()
}

/// The same as a panel of the overview; nothing when nothing differs.
#[component]
pub(super) fn ServerChangesPanel(subject: Subject) -> impl IntoView {
    let found = found(subject);
    let sub = Signal::derive(move || {
        crate::text::count(found.with(|found| found.changed.len()), "field differs", "fields differ")
    });
    move || {
        let found = found.get();
        (!found.changed.is_empty() || !found.filled_in.is_empty()).then(|| {
            let changed = (!found.changed.is_empty()).then(|| table(found.changed));
            let rest = (!found.filled_in.is_empty()).then(|| rest(found.filled_in));
            view! {
                <Panel title="Asked and registered" sub=sub flush=true>
                    {changed}
                    {rest.map(|rest| view! { <PanelPart>{rest}</PanelPart> })}
                </Panel>
            }
        })
    }
}

/// What the server filled in, folded away.
fn rest(filled_in: Vec<Difference>) -> AnyView {
    if filled_in.is_empty() {
        return ().into_any();
    }
    let summary = words::filled_in(filled_in.len());
    let facts: Vec<AnyView> = filled_in
        .into_iter()
        .map(|difference| {
            let value = difference.registered.unwrap_or_default();
            view! { <Fact label=difference.member><span class="mono">{value}</span></Fact> }.into_any()
        })
        .collect();
    view! { <Fold summary><Facts class="members">{facts}</Facts></Fold> }.into_any()
}

fn table(found: Vec<Difference>) -> AnyView {
    let rows: Vec<AnyView> = found.into_iter().map(row).collect();
    view! {
        <Table
            label="Fields on which the request and the registration differ"
            columns=vec!["Field", "You sent", "Registered", "Meaning"]
            class="stack lined differences"
        >
            {rows}
        </Table>
    }
    .into_any()
}

fn row(difference: Difference) -> AnyView {
    let Difference { member, asked, registered, meaning, warn } = difference;
    let asked = match asked {
        Some(asked) => view! { <s class="mono muted">{asked}</s> }.into_any(),
        None => view! { <span class="quiet">"Not sent"</span> }.into_any(),
    };
    let registered = match registered {
        Some(registered) => view! { <span class="mono">{registered}</span> }.into_any(),
        None => view! { <span class="quiet">"Not said"</span> }.into_any(),
    };
    let meaning = if warn {
        view! { <Lit lamp=Lamp::Warn>{meaning}</Lit> }.into_any()
    } else {
        view! { <span class="muted">{meaning}</span> }.into_any()
    };
    view! {
        <Row>
            <RowHead class="member">{member}</RowHead>
            <Cell label="You sent">{asked}</Cell>
            <Cell label="Registered">{registered}</Cell>
            <Cell>{meaning}</Cell>
        </Row>
    }
    .into_any()
}

/// What was sent: of a developer app the portal also notes things that the server never sees.
fn sent(dialect: &dyn Dialect, application: &Application) -> Map<String, Value> {
    if dialect.habits().takes_statements() {
        return match dialect.document(&application.asked, None).shown() {
            Value::Object(mut members) => {
                members.retain(|name, _| name != "iss" && name != "aud");
                members
            }
            _ => Map::new(),
        };
    }
    let mut members = application.asked.members();
    if dialect.habits().developer_apps {
        const NOTED: [&str; 5] =
            ["grant_types", "token_endpoint_auth_method", "jwks", "contacts", "response_types"];
        members.retain(|name, _| !NOTED.contains(&name.as_str()));
    }
    members
}
