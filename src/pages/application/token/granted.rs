//! Asked, registered, granted.

use leptos::prelude::*;

use super::granted_scopes;
use crate::{
    components::prelude::*,
    domain::{
        compare::{ScopeRow, scopes},
        inspect::access::AccessToken,
    },
    pages::application::Subject,
    state::vault::HeldToken,
    text::application as words,
};

#[component]
pub(super) fn Granted(subject: Subject, held: Memo<Option<HeldToken>>) -> impl IntoView {
    let sub = move || {
        let ms = held.with(|held| held.as_ref().map(|held| held.elapsed_ms)).unwrap_or_default();
        subject.application.with(|application| format!("{}, {ms} ms", application.method()))
    };
    view! {
        <Panel title="Asked, registered, granted" flush=true aside=move || view! { <span class="mono">{sub}</span> }>
            {move || held.get().map(|held| table(subject, &held))}
        </Panel>
    }
    .into_any()
}

fn table(subject: Subject, held: &HeldToken) -> AnyView {
    let asked: Vec<String> = held.asked_scope.split_whitespace().map(str::to_owned).collect();
    let registered = subject.application.with(|application| application.registered_scopes());
    let granted = granted_scopes(held);
    let all = scopes(&asked, &registered, granted.as_deref());
    let (own, others): (Vec<ScopeRow>, Vec<ScopeRow>) = all.into_iter().partition(|row| row.asked);
    let (listed, added): (Vec<ScopeRow>, Vec<ScopeRow>) = others.into_iter().partition(|row| row.registered);
    let missing: Vec<String> =
        own.iter().filter(|row| row.granted == Some(false)).map(|row| row.scope.clone()).collect();
    let mut rows: Vec<AnyView> = own.iter().map(|row| scope_row(std::slice::from_ref(row), "")).collect();
    rows.extend((!listed.is_empty()).then(|| scope_row(&listed, words::REGISTERED_NOT_ASKED)));
    rows.extend((!added.is_empty()).then(|| scope_row(&added, words::ADDED_BY_SERVER)));
    rows.extend(audience_rows(subject, held));
    rows.push(lifetime_row(held));
    view! {
        <Table label="Scopes and claims" columns=vec!["Scope or claim", "Asked", "Registered", "Granted"] class="stack compare">
            {rows}
        </Table>
        {sentence(subject, missing, granted.is_some(), asked.is_empty())}
    }
    .into_any()
}

/// One row for one scope, or for several that the same can be said of.
fn scope_row(rows: &[ScopeRow], note: &'static str) -> AnyView {
    let names: Vec<&str> = rows.iter().map(|row| row.scope.as_str()).collect();
    let all = |test: fn(&ScopeRow) -> bool| rows.iter().all(test);
    let granted = if all(|row| row.granted == Some(true)) {
        Mark::Yes
    } else if rows.iter().any(|row| row.asked && row.granted == Some(false)) {
        Mark::No
    } else {
        Mark::Nothing
    };
    row(
        view! { <span class="mono">{names.join(" ")}</span> " " <span class="muted">{note}</span> }
            .into_any(),
        [Mark::of(all(|row| row.asked)), Mark::of(all(|row| row.registered)), granted].map(mark),
    )
}

/// The audience of the token, and the ones that the catalogue names for the products.
fn audience_rows(subject: Subject, held: &HeldToken) -> Vec<AnyView> {
    let Some(token) = AccessToken::read(held.answer.access_token.expose()) else { return Vec::new() };
    let products = subject.application.with(|application| application.products.clone());
    let expected = products.iter().filter_map(|id| {
        let product = subject.session.product(id)?;
        Some((product.audience?, words::named_by(&product.name)))
    });
    let mut rows: Vec<(String, String)> =
        token.audience.iter().map(|name| (name.clone(), String::new())).collect();
    for (name, by) in expected {
        if !rows.iter().any(|(known, _)| *known == name) {
            rows.push((name, by));
        }
    }
    let audience = |(name, by): (String, String)| {
        let granted = Mark::of(token.audience.contains(&name));
        row(
            view! { "Audience " <span class="mono">{name}</span> " " <span class="muted">{by}</span> }
                .into_any(),
            [Mark::Nothing, Mark::Nothing, granted].map(mark),
        )
    };
    rows.into_iter().map(audience).collect()
}

fn lifetime_row(held: &HeldToken) -> AnyView {
    let granted = match held.answer.expires_in {
        Some(seconds) => format!("{seconds} s").into_any(),
        None => mark(Mark::Nothing),
    };
    row("Lifetime".into_any(), [mark(Mark::Nothing), mark(Mark::Nothing), granted])
}

fn row(name: AnyView, [asked, registered, granted]: [AnyView; 3]) -> AnyView {
    view! {
        <Row>
            <Cell class="what">{name}</Cell>
            <Cell label="Asked">{asked}</Cell>
            <Cell label="Registered">{registered}</Cell>
            <Cell label="Granted">{granted}</Cell>
        </Row>
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Mark {
    Yes,
    No,
    Nothing,
}

impl Mark {
    fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::Nothing }
    }
}

fn mark(mark: Mark) -> AnyView {
    let (icon, word, class) = match mark {
        Mark::Yes => (Icon::Check, "Yes", "mark"),
        Mark::No => (Icon::Cross, "No", "mark no"),
        Mark::Nothing => (Icon::Dash, "Not named", "mark nothing"),
    };
    view! { <span class=class><IconMark icon/><span class="visually-hidden">{word}</span></span> }.into_any()
}

/// One sentence with the way out.
fn sentence(subject: Subject, missing: Vec<String>, said: bool, asked_nothing: bool) -> AnyView {
    if missing.is_empty() {
        let sentence = match (said, asked_nothing) {
            (false, _) => words::GRANTED_UNSAID,
            (true, true) => words::ASKED_NOTHING,
            (true, false) => words::ALL_GRANTED,
        };
        return view! { <PanelPart><p class="small muted">{sentence}</p></PanelPart> }.into_any();
    }
    let names = missing.join(" ");
    let message = {
        let names = names.clone();
        Signal::derive(move || {
            let environment = subject.environment_name();
            let about = words::not_granted_message(&names);
            subject
                .application
                .with(|a| words::operator_message(a, &environment, subject.session.now.get(), &about))
        })
    };
    let copy = move || view! { <CopyButton what="Message to the operator" text=message label="Copy message" size=Size::Head/> };
    let why = subject.habits().not_granted;
    view! {
        <Note tone=Tone::Look attached=true lead=names.clone() actions=copy>
            {words::not_granted(missing.len(), why)}
        </Note>
    }
    .into_any()
}
