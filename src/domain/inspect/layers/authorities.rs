//! What competent authorities allowed an organisation, as a software statement repeats it (Open Banking UK).

use super::{AUTHORITIES, Agreement, Level, Row, Step, checked, judged, shown};
use crate::domain::inspect::findings::Place;
use crate::domain::inspect::json::{Document, Node};
use crate::domain::inspect::profiles::{Checked, Known, State};
use crate::domain::inspect::same::{same, strings};
use crate::domain::inspect::shape::Part;
use crate::domain::inspect::visible::visible;
use crate::domain::inspect::{Inspection, Layer};

/// The claims of the authorities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorities {
    /// `authority_id`: who allowed it.
    pub authority: Option<String>,
    /// `registration_id`: the organisation's number there.
    pub registration: Option<String>,
    /// `status`: `Active`, or the organisation may not act.
    pub status: Option<String>,
    /// `authorisations`, in order.
    pub authorisations: Vec<Authorisation>,
}

/// What an organisation may do in one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// `member_state`, ISO 3166-1 alpha-2.
    pub member_state: String,
    /// `roles`, with commas.
    pub roles: String,
}

impl Authorities {
    /// Reads the object as text; what is missing or of another type is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Document::read(text).root().map(Self::of).unwrap_or_default()
    }

    fn of(node: Node<'_>) -> Self {
        let text = |name| node.get(name).and_then(Node::as_str).map(|text| visible(text).into_owned());
        let places = node.get("authorisations").map(Node::elements).unwrap_or_default();
        Self {
            authority: text("authority_id"),
            registration: text("registration_id"),
            status: text("status"),
            authorisations: places.iter().map(Authorisation::of).collect(),
        }
    }
}

impl Authorisation {
    fn of(node: Node<'_>) -> Self {
        let state = node.get("member_state").and_then(Node::as_str).unwrap_or_default();
        let roles = node.get("roles").map(Node::one_or_many).unwrap_or_default();
        Self { member_state: visible(state).into_owned(), roles: visible(&roles.join(", ")).into_owned() }
    }

    fn words(&self) -> String {
        [&self.member_state, ": ", &self.roles].concat()
    }
}

/// A statement and the claims of the authorities in it, if there are any.
pub(super) fn statement_and_authorities(statement: &Inspection, known: &Known<'_>) -> Option<Step> {
    let layer = statement.payload.as_ref()?;
    let node = layer.document.get(AUTHORITIES)?;
    let checked = checked("statement", statement, known);
    let said = Authorities::of(node);
    let allowed: Vec<String> = said.authorisations.iter().map(Authorisation::words).collect();
    let allowed = (!allowed.is_empty()).then(|| allowed.join("; "));
    let roles = layer.document.get("software_roles");
    let is_all = roles.and_then(strings).is_some_and(|roles| is_within(&given(node), roles));
    let status = layer.document.get("org_status");
    let is_same = status.zip(node.get("status")).is_some_and(|(ours, theirs)| same(ours, theirs));
    let rows = [
        row(
            layer,
            ("software_roles", "authorisations"),
            (roles, allowed),
            is_all,
            judged(&checked, "statement-authority"),
        ),
        row(
            layer,
            ("org_status", "status"),
            (status, said.status),
            is_same,
            judged(&checked, "statement-status"),
        ),
    ];
    Some(Step {
        above: Level::Statement,
        below: Level::Authorities,
        rows: rows.into_iter().flatten().collect(),
    })
}

/// Every role that an authority gave somewhere.
fn given(node: Node<'_>) -> Vec<&str> {
    let places = node.get("authorisations").map(Node::elements).unwrap_or_default();
    places.iter().filter_map(|place| place.get("roles")).flat_map(Node::one_or_many).collect()
}

/// Sorted first: both may be long.
fn is_within(some: &[&str], mut all: Vec<&str>) -> bool {
    all.sort_unstable();
    some.iter().all(|text| all.binary_search(text).is_ok())
}

fn row(
    layer: &Layer,
    (member, counterpart): (&str, &str),
    (above, below): (Option<Node<'_>>, Option<String>),
    is_same: bool,
    checked: Option<&Checked>,
) -> Option<Row> {
    let Checked { rule, verdict } = checked?;
    let agreement = match (above, &below) {
        (None, None) => return None,
        (Some(_), None) => Agreement::OnlyAbove,
        (None, Some(_)) => Agreement::OnlyBelow,
        _ => match verdict.state {
            State::Pass if is_same => Agreement::Agrees,
            State::Pass => Agreement::Subset,
            State::Fail => Agreement::Contradicts,
            State::CannotKnow | State::NotApplicable => Agreement::Unknown,
        },
    };
    Some(Row {
        member: member.to_owned(),
        counterpart: counterpart.to_owned(),
        above: above.map(|node| shown(layer, node)),
        below,
        agreement,
        severity: verdict.severity,
        rule: rule.name,
        source: rule.source,
        sentence: verdict.sentence.clone(),
        what_to_do: verdict.what_to_do.clone(),
        place: above.map(|node| Place::Decoded(Part::Payload, node.span())),
    })
}
