//! Asked, registered, granted: differences between what two parties said.

use serde_json::{Map, Value};

use crate::domain::registration::Dialect;

/// One member on which what was asked and what was registered differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the member.
    pub member: String,
    /// As sent; `None` when it was not sent.
    pub asked: Option<String>,
    /// As registered; `None` when the server did not say.
    pub registered: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Whether the partner should look at it.
    pub warn: bool,
}

impl Difference {
    /// Whether the server only filled in something that nobody asked about, and that needs no second look.
    #[must_use]
    pub fn is_filled_in(&self) -> bool {
        self.asked.is_none() && !self.warn && [FILLED_IN, FROM_STATEMENT].contains(&self.meaning.as_str())
    }
}

/// What is said of a member that only the server named.
const FILLED_IN: &str = "Set by the server.";

/// What a dialect says of a member that the server took out of the software statement (RFC 7591, 2.3).
pub const FROM_STATEMENT: &str = "From the software statement.";

/// Members that only the server sets, so that their presence is no difference.
const SET_BY_SERVER: [&str; 3] = ["client_id", "client_id_issued_at", "registration_client_uri"];

/// What the server changed, member by member: those that were sent first, in that order.
#[must_use]
pub fn differences(
    dialect: &dyn Dialect,
    asked: &Map<String, Value>,
    registered: &Map<String, Value>,
) -> Vec<Difference> {
    let names = asked.keys().chain(registered.keys().filter(|name| !asked.contains_key(*name)));
    names
        .filter(|name| !SET_BY_SERVER.contains(&name.as_str()))
        .filter_map(|name| difference(dialect, name, asked.get(name), registered.get(name)))
        .collect()
}

fn difference(
    dialect: &dyn Dialect,
    name: &str,
    asked: Option<&Value>,
    registered: Option<&Value>,
) -> Option<Difference> {
    if same(name, asked, registered) {
        return None;
    }
    let known = dialect.meaning(name, asked, registered);
    let grew = name == "grant_types" && list(registered).iter().any(|item| !list(asked).contains(item));
    let (meaning, warn) = match (known, asked, registered) {
        (Some(text), _, _) => (text, grew || (asked.is_some() && registered.is_none())),
        (None, _, _) if name == "client_secret_expires_at" => {
            let never = registered.and_then(Value::as_i64) == Some(0);
            (
                if never {
                    "The secret does not expire."
                } else {
                    "The secret expires; the date is under Credentials."
                },
                false,
            )
        }
        (None, Some(_), Some(_)) => ("The server keeps another value than was sent.", true),
        (None, Some(_), None) => ("The server does not say that it keeps this.", false),
        (None, None, _) => (FILLED_IN, grew),
    };
    Some(Difference {
        member: name.to_owned(),
        asked: asked.map(short),
        registered: registered.map(short),
        meaning: meaning.to_owned(),
        warn,
    })
}

/// Order does not matter in lists and in `scope`; an empty list and no member are the same thing.
fn same(name: &str, asked: Option<&Value>, registered: Option<&Value>) -> bool {
    if name == "scope" {
        let words = |value: Option<&Value>| {
            let mut words: Vec<String> = value
                .and_then(Value::as_str)
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect();
            words.sort();
            words
        };
        return words(asked) == words(registered);
    }
    let is_list = |value: Option<&Value>| value.is_none_or(Value::is_array);
    if is_list(asked) && is_list(registered) {
        let (mut left, mut right) = (list(asked), list(registered));
        left.sort();
        right.sort();
        return left == right;
    }
    asked == registered
}

fn list(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .map(|items| items.iter().map(ToString::to_string).collect())
        .unwrap_or_default()
}

/// A value in one line, cut when it is long.
fn short(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= 80 {
        return text;
    }
    let head: String = text.chars().take(79).collect();
    format!("{head}…")
}

/// One scope, and who named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRow {
    /// The scope.
    pub scope: String,
    /// In the token request.
    pub asked: bool,
    /// In the registration.
    pub registered: bool,
    /// In the token; `None` when the token and the answer do not say.
    pub granted: Option<bool>,
}

/// Scopes in the order asked, registered, granted.
#[must_use]
pub fn scopes(asked: &[String], registered: &[String], granted: Option<&[String]>) -> Vec<ScopeRow> {
    let mut rows: Vec<ScopeRow> = Vec::new();
    for scope in asked.iter().chain(registered).chain(granted.unwrap_or_default()) {
        if rows.iter().any(|row| row.scope == *scope) {
            continue;
        }
        rows.push(ScopeRow {
            scope: scope.clone(),
            asked: asked.contains(scope),
            registered: registered.contains(scope),
            granted: granted.map(|list| list.contains(scope)),
        });
    }
    rows
}

/// One line of a difference between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the old text.
    Removed(String),
    /// Only in the new text.
    Added(String),
}

/// The difference of two texts, line by line, by their longest common subsequence. Meant for documents of some
/// hundred lines: time and memory grow with the product of both lengths.
#[must_use]
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut lengths = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    let at = |table: &[Vec<u32>], i: usize, j: usize| {
        table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    for (i, left) in old.iter().enumerate().rev() {
        for (j, right) in new.iter().enumerate().rev() {
            let length = if left == right {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = length;
            }
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (Some(left), Some(right)) if left == right => {
                out.push(Line::Same((*left).to_owned()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(left), right) if right.is_none() || at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) => {
                out.push(Line::Removed((*left).to_owned()));
                i += 1;
            }
            (_, Some(right)) => {
                out.push(Line::Added((*right).to_owned()));
                j += 1;
            }
            (_, None) => return out,
        }
    }
}
