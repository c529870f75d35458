//! What a bank would refuse in the request as it will be sent, each with its rule and where the rule comes from.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        form::Field,
        inspect::{profiles::Checked, visible::visible},
        registration::open_banking::checks,
    },
    text::statement as words,
};

/// The `id` of the list.
pub const FINDINGS_ID: &str = "findings";

/// A rule that the request breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The stable name of the rule.
    pub id: &'static str,
    /// The rule.
    pub name: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether the request must not be sent like this.
    pub stops: bool,
    /// What was seen.
    pub said: String,
    /// The value itself.
    pub evidence: Option<String>,
    /// What to do.
    pub next: Option<String>,
}

/// Which field can mend what a rule is about; the statement is where everything else comes from.
const FIELDS: [(&str, Field); 12] = [
    ("request-https", Field::RedirectUris),
    ("request-redirects", Field::RedirectUris),
    ("request-scope", Field::Products),
    ("request-audience", Field::Audience),
    ("request-issuer", Field::Audience),
    ("request-software", Field::Audience),
    ("request-subject", Field::SubjectDn),
    ("request-auth-algorithm", Field::Method),
    ("request-own-key", Field::Keys),
    ("request-key", Field::Keys),
    ("key-id", Field::Keys),
    ("algorithm", Field::Keys),
];

impl Found {
    /// What a rule says, when somebody has to look at it.
    pub fn of(checked: &Checked) -> Option<Self> {
        let stops = checks::stops(checked);
        (stops || checks::warns(checked)).then(|| Self {
            id: checked.rule.id,
            name: checked.rule.name,
            source: checked.rule.source,
            stops,
            said: checked.verdict.sentence.to_string(),
            evidence: checked.verdict.evidence.clone(),
            next: checked.verdict.what_to_do.as_deref().map(str::to_owned),
        })
    }

    /// The field of the form in which it can be mended.
    pub fn field(&self) -> Field {
        FIELDS.iter().find(|(id, _)| *id == self.id).map_or(Field::Statement, |(_, field)| *field)
    }

    /// What was seen and what to do, for the summary and the field.
    pub fn sentence(&self) -> String {
        match &self.next {
            Some(next) => format!("{} {next}", self.said),
            None => self.said.clone(),
        }
    }
}

/// The list, errors first, in a live region that a summary can lead to.
#[component]
pub fn Findings(
    /// What the rules say of the request as it stands.
    #[prop(into)]
    found: Signal<Vec<Found>>,
) -> impl IntoView {
    let list = move || {
        let mut found = found.get();
        found.sort_by_key(|found| !found.stops);
        found.into_iter().map(draw).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="stack-8" role="status" aria-label=words::FINDINGS id=FINDINGS_ID tabindex="-1">
            {move || {
                let (stop, warn) = found.with(|found| {
                    let stop = found.iter().filter(|found| found.stops).count();
                    (stop, found.len() - stop)
                });
                let lamp = if stop > 0 { Lamp::Bad } else if warn > 0 { Lamp::Warn } else { Lamp::Ok };
                view! { <p class="small"><Lit lamp>{words::found(stop, warn)}</Lit></p> }
            }}
            {list}
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
