//! Header and claims as a table of name, value and meaning, in the order in which they were written.

use std::borrow::Cow;

use crate::domain::time;

use super::findings::Severity;
use super::json::{Node, Span, Value};
use super::times::{NAMES, NumericDate};
use super::visible::visible;
use super::way::shortened;
use super::{Inspection, Layer, claims};

/// Objects are opened up to so many levels; what lies deeper is one row.
const OPEN_LEVELS: usize = 3;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Names from the top to here, joined by dots: `realm_access.roles`. Characters that cannot be seen are shown by
    /// their numbers; a long name above others is cut.
    pub path: String,
    /// A string as it reads, anything else exactly as it was written; characters that cannot be seen are shown by
    /// their numbers.
    pub value: String,
    /// So many characters of it were left out.
    pub unseen: usize,
    /// The JSON type: `"1"` and `1` look alike otherwise.
    pub json_type: &'static str,
    /// What it means. Code stands in backticks.
    pub meaning: String,
    /// Whether the dictionary knows it.
    pub known: bool,
    /// Set when the meaning is bad news.
    pub mark: Option<Severity>,
    /// Where the value stands in the text of the layer.
    pub span: Span,
}

struct Meaning {
    text: String,
    mark: Option<Severity>,
}

impl Meaning {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: None }
    }
}

/// How much of a table is made.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    rows: usize,
    /// Of each value, in characters.
    value: usize,
}

impl Limit {
    pub(super) const NONE: Self = Self { rows: usize::MAX, value: usize::MAX };
    /// More is not read on a page; it is there as JSON.
    pub(super) const PAGE: Self = Self { rows: 200, value: 500 };
}

/// Rows, and how much there is beyond them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// In the order in which they were written.
    pub rows: Vec<Row>,
    /// So many more there are.
    pub more: usize,
}

pub(super) fn header(layer: &Layer, limit: Limit) -> Rows {
    table(layer, limit, |path, node| {
        let algorithm = (path == "alg").then(|| claims::algorithm(node.as_str()?)).flatten();
        algorithm.or_else(|| claims::header_parameter(path)).map(Meaning::plain)
    })
}

pub(super) fn payload(inspection: &Inspection, layer: &Layer, now: i64, limit: Limit) -> Rows {
    let claims = &layer.document;
    let reader = Reader {
        inspection,
        now,
        issuer: claims.text("iss"),
        is_service_account: claims
            .text("preferred_username")
            .is_some_and(|name| name.starts_with("service-account-")),
        is_client_itself: claims.text("sub").is_some() && claims.text("sub") == claims.text("client_id"),
    };
    table(layer, limit, |path, node| reader.meaning(path, node))
}

fn table(layer: &Layer, limit: Limit, meaning: impl Fn(&str, Node<'_>) -> Option<Meaning>) -> Rows {
    let mut collector = Collector { layer, limit, meaning: &meaning, found: Rows::default() };
    if let Some(root) = layer.document.root() {
        collector.collect(root, "", 0);
    }
    collector.found
}

struct Collector<'a> {
    layer: &'a Layer,
    limit: Limit,
    meaning: &'a dyn Fn(&str, Node<'_>) -> Option<Meaning>,
    found: Rows,
}

impl Collector<'_> {
    fn collect(&mut self, object: Node<'_>, above: &str, level: usize) {
        for member in object.members() {
            let is_open = level + 1 < OPEN_LEVELS && !member.node.members().is_empty();
            if !is_open && self.found.rows.len() >= self.limit.rows {
                self.found.more += 1;
                continue;
            }
            let path =
                if above.is_empty() { member.name.to_string() } else { format!("{above}.{}", member.name) };
            if is_open {
                let above = if above.is_empty() { shortened(&path) } else { path };
                self.collect(member.node, &above, level + 1);
                continue;
            }
            let row = self.row(path, member.node);
            self.found.rows.push(row);
        }
    }

    fn row(&self, path: String, node: Node<'_>) -> Row {
        let found = (self.meaning)(&path, node);
        let known = found.is_some();
        let said = found.unwrap_or_else(|| Meaning::plain("Not in the dictionary"));
        let value = shown(self.layer, &path, node);
        let (value, unseen) = first(&value, self.limit.value);
        Row {
            value: visible(value).into_owned(),
            unseen,
            json_type: node.type_name(),
            meaning: said.text,
            known,
            mark: said.mark,
            span: node.span(),
            path: visible(&path).into_owned(),
        }
    }
}

/// The first characters, and how many follow them.
fn first(text: &str, characters: usize) -> (&str, usize) {
    let cut = text.char_indices().nth(characters).and_then(|(at, _)| text.split_at_checked(at));
    // Most claims are ASCII, which is told at once; counting characters of a long one would hold up the page.
    let count = |rest: &str| if rest.is_ascii() { rest.len() } else { rest.chars().count() };
    cut.map_or((text, 0), |(start, rest)| (start, count(rest)))
}

/// Roles are listed; everything else but a string is shown as it was written.
fn shown<'a>(layer: &'a Layer, path: &str, node: Node<'a>) -> Cow<'a, str> {
    match node.value() {
        Value::String(text) => text.into(),
        Value::Array(elements)
            if path.ends_with(".roles") && elements.iter().all(|e| e.as_str().is_some()) =>
        {
            node.one_or_many().join(", ").into()
        }
        _ => layer.raw(&node.span()).into(),
    }
}

/// What the meaning of one claim needs of others, looked up once.
struct Reader<'a> {
    inspection: &'a Inspection,
    now: i64,
    issuer: Option<&'a str>,
    is_service_account: bool,
    is_client_itself: bool,
}

impl Reader<'_> {
    fn meaning(&self, path: &str, node: Node<'_>) -> Option<Meaning> {
        let special = match path {
            _ if NAMES.contains(&path) => self.time(path, node),
            "iss" => node.as_str().map(|issuer| Meaning::plain(self.issuer(issuer))),
            "aud" => self.audience(node),
            "sub" => self.subject(),
            "typ" => node.as_str().and_then(claims::keycloak_type).map(Meaning::plain),
            "scope" => node.as_str().map(|scope| {
                let number = scope.split_whitespace().count();
                Meaning::plain(format!("{} it may be used for", counted(number, "scope", "scopes")))
            }),
            "allowed-origins" => origins(node),
            "preferred_username" => {
                self.is_service_account.then(|| Meaning::plain("Name of the service account"))
            }
            _ => roles(path, node),
        };
        special.or_else(|| claims::claim(path).map(Meaning::plain))
    }

    fn time(&self, name: &str, node: Node<'_>) -> Option<Meaning> {
        if name == "exp" && self.inspection.lifetime.never {
            return Some(Meaning::plain("Never expires: 0 is how Keycloak writes that"));
        }
        let date = if node.is_complete() { NumericDate::of(node) } else { NumericDate::Absent };
        let NumericDate::Seconds(at) = date else {
            let wrong = matches!(date, NumericDate::WrongType(_));
            return wrong.then(|| Meaning {
                text: format!("A time must be a number, this is a {}", node.type_name()),
                mark: Some(Severity::Error),
            });
        };
        let near = time::within_a_day(at, self.now);
        let relative = time::relative(at, self.now);
        let absolute = time::date_time_seconds(at);
        let past = at <= self.now;
        let (verb, mark) = match name {
            "exp" if past => ("Expired", Some(Severity::Error)),
            "exp" => ("Expires", None),
            "nbf" if past => ("Valid since", None),
            "nbf" => ("Valid from", Some(Severity::Error)),
            "iat" => ("Issued", None),
            "auth_time" => ("Signed in", None),
            _ => ("Changed", None),
        };
        let text = match name {
            "iat" if near => format!("{verb} {relative}"),
            _ if near => format!("{verb} {absolute}, {relative}"),
            _ => format!("{verb} {absolute}"),
        };
        Some(Meaning { text, mark })
    }

    fn issuer(&self, issuer: &str) -> String {
        if let Some(environment) = &self.inspection.environment {
            return format!("Who issued it: your {}", environment.name);
        }
        match realm(issuer) {
            Some(_) => "Who issued it: a Keycloak realm".to_owned(),
            None => "Who issued it".to_owned(),
        }
    }

    fn audience(&self, node: Node<'_>) -> Option<Meaning> {
        (self.issuer.is_some() && node.as_str() == self.issuer)
            .then(|| Meaning::plain("Who shall accept it: the issuer itself"))
    }

    fn subject(&self) -> Option<Meaning> {
        if self.is_service_account {
            return Some(Meaning::plain("The service account of the client"));
        }
        self.is_client_itself.then(|| Meaning::plain("The client itself"))
    }
}

/// The realm in an issuer of Keycloak: `…/realms/{realm}`.
#[must_use]
pub fn realm(issuer: &str) -> Option<&str> {
    let realm = issuer.split_once("/realms/")?.1;
    (!realm.is_empty() && !realm.contains('/')).then_some(realm)
}

fn origins(node: Node<'_>) -> Option<Meaning> {
    let origins = node.one_or_many();
    let mark = (!origins.is_empty()).then_some(Severity::Warning);
    origins
        .iter()
        .all(|origin| origin.is_empty())
        .then(|| Meaning { text: "No page may call with it".to_owned(), mark })
}

fn roles(path: &str, node: Node<'_>) -> Option<Meaning> {
    let number = node.elements().len();
    if path == "realm_access.roles" {
        return Some(Meaning::plain(format!("{} in the realm", counted(number, "role", "roles"))));
    }
    let client = path.strip_prefix("resource_access.")?.strip_suffix(".roles")?;
    Some(Meaning::plain(format!("{} at the client `{client}`", counted(number, "role", "roles"))))
}

fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("No {many}"),
        1 => format!("One {one}"),
        2 => format!("Two {many}"),
        3 => format!("Three {many}"),
        _ => format!("{number} {many}"),
    }
}
