//! Which members of a registration request and of its statement belong together, and what decides between them. The
//! directories of the United Kingdom and of Australia (CDR) name them differently.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Agreement, Level, Row, Step, checked, judged, shown};
use crate::domain::inspect::findings::{Place, Severity};
use crate::domain::inspect::json::Node;
use crate::domain::inspect::profiles::{Checked, Known, State};
use crate::domain::inspect::same::{same, strings};
use crate::domain::inspect::shape::Part;
use crate::domain::inspect::visible::visible;
use crate::domain::inspect::{Inspection, Layer};

/// What decides between two members.
#[derive(Clone, Copy)]
enum Decides {
    /// The rule of that ID in the profile of requests; what a difference is that it lets pass.
    Rule(&'static str, Agreement),
    /// The same, when only the statement has it. The rule looks at nothing else.
    RuleOfStatement(&'static str),
    /// Whatever the request says, the statement's value is taken.
    Precedence,
    /// They are to be the same.
    Equality,
}

/// A member of the request, its names in a statement, and what decides.
type Pair = (&'static str, &'static [&'static str], Decides);

/// In the order in which they are shown.
static PAIRS: [Pair; 13] = [
    ("iss", &["software_id"], Decides::Rule("request-issuer", Agreement::DiffersAllowed)),
    ("software_id", &["software_id"], Decides::Rule("request-software", Agreement::DiffersAllowed)),
    (
        "redirect_uris",
        &["software_redirect_uris", "redirect_uris"],
        Decides::Rule("request-redirects", Agreement::Subset),
    ),
    ("scope", &["scope", "software_roles"], Decides::Rule("request-scope", Agreement::Subset)),
    ("software_roles", &["software_roles"], Decides::RuleOfStatement("request-roles")),
    ("iat", &["iat"], Decides::Rule("request-time", Agreement::DiffersAllowed)),
    ("client_name", &["software_client_name", "client_name"], Decides::Precedence),
    ("client_uri", &["software_client_uri", "client_uri"], Decides::Precedence),
    ("logo_uri", &["software_logo_uri", "logo_uri"], Decides::Precedence),
    ("tos_uri", &["software_tos_uri", "tos_uri"], Decides::Precedence),
    ("policy_uri", &["software_policy_uri", "policy_uri"], Decides::Precedence),
    ("jwks_uri", &["software_jwks_endpoint", "jwks_uri"], Decides::Equality),
    ("software_version", &["software_version"], Decides::Equality),
];

/// Claims of a JWT that speak of the token itself (RFC 7519, 4.1): each layer has its own.
const OF_THE_TOKEN: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// A member in a layer.
#[derive(Clone, Copy)]
struct Said<'a> {
    layer: &'a Layer,
    part: Part,
    node: Node<'a>,
}

impl<'a> Said<'a> {
    fn find(token: &'a Inspection, part: Part, name: &str) -> Option<Self> {
        let layer = if part == Part::Header { token.header.as_ref() } else { token.payload.as_ref() }?;
        Some(Self { layer, part, node: layer.document.get(name)? })
    }

    fn text(self) -> String {
        shown(self.layer, self.node)
    }

    fn place(self) -> Place {
        Place::Decoded(self.part, self.node.span())
    }
}

/// The two sides of a row.
#[derive(Clone, Copy)]
struct Sides<'a> {
    above: Option<Said<'a>>,
    below: Option<Said<'a>>,
}

impl Sides<'_> {
    /// What follows from who says something at all; `None` when both do.
    fn lonely(self) -> Option<Agreement> {
        match (self.above, self.below) {
            (Some(_), Some(_)) => None,
            (Some(_), None) => Some(Agreement::OnlyAbove),
            (None, _) => Some(Agreement::OnlyBelow),
        }
    }

    fn are_same(self) -> bool {
        let Some((above, below)) = self.above.zip(self.below) else { return false };
        if same(above.node, below.node) {
            return true;
        }
        match (strings(above.node), strings(below.node)) {
            (Some(mut above), Some(mut below)) => {
                above.sort_unstable();
                below.sort_unstable();
                above == below
            }
            _ => false,
        }
    }

    fn row(self, member: &str, counterpart: &str, decision: Decision) -> Row {
        Row {
            member: visible(member).into_owned(),
            counterpart: visible(counterpart).into_owned(),
            above: self.above.map(Said::text),
            below: self.below.map(Said::text),
            agreement: decision.agreement,
            severity: decision.severity,
            rule: decision.rule,
            source: decision.source,
            sentence: decision.sentence,
            what_to_do: decision.what_to_do,
            place: self.above.map(Said::place),
        }
    }
}

/// What was decided on a row, and by what.
struct Decision {
    agreement: Agreement,
    severity: Option<Severity>,
    rule: &'static str,
    source: &'static str,
    sentence: Cow<'static, str>,
    what_to_do: Option<Cow<'static, str>>,
}

impl Decision {
    /// By a rule of a profile, in its own words.
    fn by_rule(sides: Sides<'_>, checked: &Checked, when_different: Agreement) -> Self {
        let verdict = &checked.verdict;
        let agreement = sides.lonely().unwrap_or(match verdict.state {
            State::Pass if sides.are_same() => Agreement::Agrees,
            State::Pass => when_different,
            State::Fail => Agreement::Contradicts,
            State::CannotKnow | State::NotApplicable => Agreement::Unknown,
        });
        Self {
            agreement,
            severity: verdict.severity,
            rule: checked.rule.name,
            source: checked.rule.source,
            sentence: verdict.sentence.clone(),
            what_to_do: verdict.what_to_do.clone(),
        }
    }

    /// By the precedence of the statement.
    fn by_precedence(sides: Sides<'_>, is_wanted_equal: bool) -> Self {
        let (agreement, severity, sentence) = match sides.lonely() {
            Some(Agreement::OnlyAbove) => {
                (Agreement::OnlyAbove, None, "The statement does not vouch for it.")
            }
            Some(lonely) => (lonely, None, "The request leaves it to the statement."),
            None if sides.are_same() => (Agreement::Agrees, None, "Both say the same."),
            None if is_wanted_equal => (
                Agreement::Contradicts,
                Some(Severity::Warning),
                "They differ. The directory vouches only for the value in the statement.",
            ),
            None => (
                Agreement::DiffersAllowed,
                None,
                "They differ. A server that trusts the statement takes the value in it.",
            ),
        };
        Self {
            agreement,
            severity,
            rule: "The statement takes precedence",
            source: "RFC 7591, 3.1.1",
            sentence: sentence.into(),
            what_to_do: None,
        }
    }
}

/// A request and its statement.
pub(super) fn request_and_statement(request: &Inspection, statement: &Inspection, known: &Known<'_>) -> Step {
    let checked = checked("request", request, known);
    let mut rows: Vec<Row> = key(request, statement, &checked).into_iter().collect();
    rows.extend(PAIRS.iter().filter_map(|pair| paired(pair, request, statement, &checked)));
    rows.extend(others(request, statement));
    Step { above: Level::Request, below: Level::Statement, rows }
}

/// The keys, which are to differ.
fn key(request: &Inspection, statement: &Inspection, checked: &[Checked]) -> Option<Row> {
    let find = |token| Said::find(token, Part::Header, "kid");
    let sides = Sides { above: find(request), below: find(statement) };
    let decision = Decision::by_rule(sides, judged(checked, "request-own-key")?, Agreement::DiffersAllowed);
    Some(sides.row("kid", "kid", decision)).filter(|row| row.above.is_some() || row.below.is_some())
}

fn paired(
    (name, names, decides): &Pair,
    request: &Inspection,
    statement: &Inspection,
    checked: &[Checked],
) -> Option<Row> {
    let above = Said::find(request, Part::Payload, name);
    let found = names.iter().find_map(|name| Some((*name, Said::find(statement, Part::Payload, name)?)));
    let below = found.map(|(_, said)| said);
    if above.is_none() && below.is_none() {
        return None;
    }
    let sides = Sides { above, below };
    let decision = match *decides {
        Decides::Rule(id, when_different) => Decision::by_rule(sides, judged(checked, id)?, when_different),
        Decides::RuleOfStatement(id) if above.is_none() => {
            Decision::by_rule(sides, judged(checked, id)?, Agreement::Unknown)
        }
        Decides::Precedence => Decision::by_precedence(sides, false),
        Decides::RuleOfStatement(_) | Decides::Equality => Decision::by_precedence(sides, true),
    };
    let counterpart = found.map_or_else(|| names.first().copied().unwrap_or_default(), |(name, _)| name);
    Some(sides.row(name, counterpart, decision))
}

/// Members that stand in both by the same name, and that no rule speaks of.
fn others(request: &Inspection, statement: &Inspection) -> Vec<Row> {
    let (Some(above), Some(below)) = (&request.payload, &statement.payload) else { return Vec::new() };
    // A map of the last ones: a hostile request has as many members as its statement, and more.
    let in_statement: BTreeMap<&str, Node<'_>> =
        below.document.members().iter().map(|member| (member.name, member.node)).collect();
    let mut in_request: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    let mut names = Vec::new();
    for member in above.document.members() {
        if in_request.insert(member.name, member.node).is_none() {
            names.push(member.name);
        }
    }
    names
        .into_iter()
        .filter(|name| !OF_THE_TOKEN.contains(name) && !PAIRS.iter().any(|(known, ..)| known == name))
        .filter_map(|name| {
            let said = |layer, node| Some(Said { layer, part: Part::Payload, node });
            let sides = Sides {
                above: said(above, *in_request.get(name)?),
                below: said(below, *in_statement.get(name)?),
            };
            Some(sides.row(name, name, Decision::by_precedence(sides, true)))
        })
        .collect()
}
