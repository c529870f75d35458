//! What can be taken along without giving the token away, and a link that does give it away, when somebody insists.

use leptos::prelude::*;

use super::{desk::Desk, shown::Shown};
use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        inspect::{Clock, Inspection, compare, compare::Change, redact, report, words::shortened},
        route::Route,
    },
    text::inspect as text,
};

/// The panel.
#[component]
pub fn Take(desk: Desk, shown: Shown) -> impl IntoView {
    let made = move |make: fn(&Inspection) -> String| {
        Signal::derive(move || shown.get().map(|read| make(&read)).unwrap_or_default())
    };
    let redacted = made(|read| redact::redact(read).compact);
    let told = made(report::report);
    let link = made(link_to);
    let is_linked = RwSignal::new(false);
    let linked = move || {
        is_linked.get().then(|| {
            view! {
                <Note tone=Tone::Look>
                    <p>{text::LINK_WARNING}</p>
                    <CopyButton what="Link" text=link label=text::COPY_LINK/>
                </Note>
            }
            .into_any()
        })
    };
    view! {
        <Panel title=text::TAKE flush=true>
            <div class="panel-part stack-8">
                <div class="row">
                    <CopyButton what="Redacted token" text=redacted label=text::COPY_REDACTED/>
                    <CopyButton what="Report" text=told label=text::COPY_REPORT/>
                    <Button text=text::MAKE_LINK size=Size::Row on_press=move || is_linked.set(true)/>
                </div>
                <p class="small muted">{text::TAKE_TEXT}</p>
                {linked}
            </div>
            <PanelPart><Fold summary=text::COMPARE><Compare desk shown/></Fold></PanelPart>
        </Panel>
    }
    .into_any()
}

/// Before the token in the fragment of a link: a fragment is never sent to a server.
const FRAGMENT: &str = "#token=";

fn link_to(read: &Inspection) -> String {
    let page = location::href(&Route::Inspect.to_string());
    format!("{}{page}{FRAGMENT}{}", location::origin(), read.token.expose())
}

/// A token that came in the fragment of the address; it is taken out of the address.
pub fn from_link() -> Option<String> {
    let token = location::take_fragment()?;
    token.strip_prefix(FRAGMENT).map(str::to_owned)
}

/// Two tokens, or a token and what somebody says is in it, claim by claim.
#[component]
fn Compare(desk: Desk, shown: Shown) -> impl IntoView {
    let other = RwSignal::new(String::new());
    let rows = move || {
        let pasted = other.get();
        if pasted.trim().is_empty() {
            return ().into_any();
        }
        let Some(read) = shown.get() else { return ().into_any() };
        let clock = Clock { now: read.now, skew: read.skew };
        let right = compare::other(&pasted, clock, &desk.known());
        if right.header.is_none() && right.payload.is_none() {
            return view! { <p class="small">{text::not_comparable(&right.kind.label())}</p> }.into_any();
        }
        let found = compare::compare(&read, &right);
        let lines: Vec<AnyView> = found
            .differences
            .into_iter()
            .take(LINES)
            .map(|difference| {
                let (left, right) = match difference.change {
                    Change::OnlyLeft(value) => (value, text::NOT_THERE.to_owned()),
                    Change::OnlyRight(value) => (text::NOT_THERE.to_owned(), value),
                    Change::Differs { left, right } => (left, right),
                };
                view! {
                    <Row>
                        <RowHead class="name">{difference.path}</RowHead>
                        <Cell class="value" label=text::THIS_ONE>{shortened(&left, VALUE)}</Cell>
                        <Cell class="value" label=text::OTHER_ONE>
                            {shortened(&right, VALUE)}
                            {difference.sentence.map(|words| view! { <span class="small muted">" " {words}</span> })}
                        </Cell>
                    </Row>
                }
                .into_any()
            })
            .collect();
        let same = text::same(found.same, lines.len());
        let only_claims = right.header.is_none().then(|| [" ", text::ONLY_CLAIMS].concat());
        view! {
            <p class="small" role="status">{same} {only_claims}</p>
            <Table label=text::COMPARE columns=vec!["Claim", text::THIS_ONE, text::OTHER_ONE] class="stack">{lines}</Table>
        }
        .into_any()
    };
    view! {
        <div class="stack-8">
            <TextArea
                id="other-token"
                label=text::OTHER_TOKEN
                value=other
                hint=Signal::stored(Some(text::OTHER_HINT.to_owned()))
                mono=true
            />
            {rows}
        </div>
    }
    .into_any()
}

/// So many differences are drawn.
const LINES: usize = 100;
/// So many characters of a value are drawn.
const VALUE: usize = 200;
