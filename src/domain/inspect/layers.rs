//! The layers of a registration: the request, the software statement in it, and what the authorities say in that. What
//! two of them say about the same thing stands side by side, with the rule that decides.

mod addresses;
mod authorities;
mod pairs;

use std::borrow::Cow;

pub use addresses::{KnownDirectory, directory_keys, may_be_asked, software_keys};
pub use authorities::{Authorisation, Authorities};

use super::findings::{Place, Severity};
use super::json::Node;
use super::nested::Nested;
use super::profiles::{self, Checked, Known};
use super::shape::Part;
use super::subject::is_of_authorities;
use super::visible::visible;
use super::{Inspection, Layer, inspect};
use crate::domain::secret::Secret;

/// The claim of a software statement that repeats what authorities allowed (Open Banking UK).
pub const AUTHORITIES: &str = "organisation_competent_authority_claims";

/// A longer statement is not opened.
const LONGEST_STATEMENT: usize = 200_000;

/// A layer by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The signed registration request.
    Request,
    /// The software statement (RFC 7591, 2.3), signed by a directory.
    Statement,
    /// [`AUTHORITIES`]: not signed itself, vouched for by the signature of the statement.
    Authorities,
}

impl Level {
    /// Its name as the head of a column.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Statement => "Statement",
            Self::Authorities => "Authorities",
        }
    }
}

/// How two layers stand to each other in one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Both say the same.
    Agrees,
    /// The upper layer says less than the lower one allows.
    Subset,
    /// They say different things, and may.
    DiffersAllowed,
    /// They say what they must not say beside each other.
    Contradicts,
    /// Only the upper layer says something.
    OnlyAbove,
    /// Only the lower layer says something.
    OnlyBelow,
    /// One of them cannot be read there, or it depends on something that is not known.
    Unknown,
}

/// Two layers, one in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The layer that holds the other.
    pub above: Level,
    /// The layer in it.
    pub below: Level,
    /// What both or one of them say, in the order of the rules; other members that stand in both come last.
    pub rows: Vec<Row>,
}

/// One thing that two layers speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name in the upper layer, shown safely.
    pub member: String,
    /// Its name in the lower layer.
    pub counterpart: String,
    /// What the upper layer says: a string as it reads, lists with commas, anything else as it was written.
    pub above: Option<String>,
    /// What the lower layer says.
    pub below: Option<String>,
    /// How they stand to each other.
    pub agreement: Agreement,
    /// How bad that is; nothing when it is not bad.
    pub severity: Option<Severity>,
    /// The rule, in a few words.
    pub rule: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// What was seen. Code stands in backticks.
    pub sentence: Cow<'static, str>,
    /// What a person can do, if anything.
    pub what_to_do: Option<Cow<'static, str>>,
    /// Where the upper layer says it.
    pub place: Option<Place>,
}

impl Agreement {
    /// It in a few words, for two layers.
    #[must_use]
    pub fn label(self, above: Level, below: Level) -> String {
        let only = |level: Level| ["Only in the ", &level.name().to_lowercase()].concat();
        let words = match self {
            Self::Agrees => "Agrees",
            Self::Subset => "Part of it, allowed",
            Self::DiffersAllowed => "Differs, allowed",
            Self::Contradicts => "Contradicts",
            Self::OnlyAbove => return only(above),
            Self::OnlyBelow => return only(below),
            Self::Unknown => "Cannot be told",
        };
        words.to_owned()
    }
}

/// What the layers of a token say about the same things: request and statement, then statement and authorities. Empty
/// for a token that has no such layers.
#[must_use]
pub fn steps(token: &Inspection, known: &Known<'_>) -> Vec<Step> {
    let statement = statement_in(token, known.now);
    let mut steps = Vec::new();
    if let Some(statement) = &statement {
        steps.push(pairs::request_and_statement(token, statement, known));
    }
    steps.extend(authorities::statement_and_authorities(statement.as_ref().unwrap_or(token), known));
    steps
}

/// The software statement of a request, read.
#[must_use]
pub fn statement_in(token: &Inspection, now: i64) -> Option<Inspection> {
    let text = token.payload.as_ref()?.document.text("software_statement")?;
    let short = Some(text).filter(|text| text.len() <= LONGEST_STATEMENT)?;
    Some(inspect(short, now, &[])).filter(Inspection::is_jwt)
}

/// The claims of the authorities as a layer of their own, where they stand in a statement.
#[must_use]
pub fn authorities_in(statement: &Inspection) -> Option<Nested> {
    let layer = statement.payload.as_ref()?;
    let is_read = |node: &Node<'_>| node.is_complete() && is_of_authorities(*node);
    let node = layer.document.get(AUTHORITIES).filter(is_read)?;
    Some(Nested {
        path: AUTHORITIES.to_owned(),
        place: Place::Decoded(Part::Payload, node.span()),
        token: Secret::new(layer.raw(&node.span())),
    })
}

/// A value as a cell shows it.
fn shown(layer: &Layer, node: Node<'_>) -> String {
    let text = match super::same::strings(node) {
        Some(strings) => strings.join(", ").into(),
        None => Cow::from(layer.raw(&node.span())),
    };
    visible(&text).into_owned()
}

/// What a rule of a profile says of a token.
fn judged<'c>(checked: &'c [Checked], id: &str) -> Option<&'c Checked> {
    checked.iter().find(|checked| checked.rule.id == id)
}

/// All rules of a profile on a token.
fn checked(profile: &str, token: &Inspection, known: &Known<'_>) -> Vec<Checked> {
    profiles::named(profile).map(|profile| profiles::check(profile, token, known)).unwrap_or_default()
}
