//! Two tokens side by side, claim by claim: why the one of yesterday worked and this one does not.

mod inside;
mod other;

use std::collections::BTreeMap;

pub use other::other;

use crate::domain::time;

use inside::Opened;

use super::rows::Row;
use super::shape::Part;
use super::times::NAMES;
use super::{Inspection, Layer};

/// What two tokens have in common and what not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What differs: header first, then the claims, in the order of the left token; what only the right one has comes
    /// last in each part.
    pub differences: Vec<Difference>,
    /// How many rows are the same.
    pub same: usize,
}

/// A row that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In the header or among the claims.
    pub part: Part,
    /// Names from the top to it; a name that occurs more than once has its number after it: `sub (2)`.
    pub path: String,
    /// How it differs.
    pub change: Change,
    /// For times: by how much, in a sentence.
    pub sentence: Option<String>,
}

/// How a row differs. Values are as [`Row::value`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Only the left token has it.
    OnlyLeft(String),
    /// Only the right token has it.
    OnlyRight(String),
    /// Both have it, with different values or types.
    Differs {
        /// Value of the left token.
        left: String,
        /// Value of the right token.
        right: String,
    },
}

/// Compares two tokens row by row. Values are compared as they were written, so `1` and `1.0` differ; in lists and deep
/// objects the space between their parts does not count, and what differs in them is named. Claims without a token
/// around them ([`other`]) have no header, and then none is compared.
#[must_use]
pub fn compare(left: &Inspection, right: &Inspection) -> Comparison {
    let mut comparison = Comparison { differences: Vec::new(), same: 0 };
    if left.header.is_some() && right.header.is_some() {
        comparison.part(
            Part::Header,
            (left.header_rows(), left.header.as_ref()),
            (right.header_rows(), right.header.as_ref()),
        );
    }
    comparison.part(
        Part::Payload,
        (left.payload_rows(left.now), left.payload.as_ref()),
        (right.payload_rows(left.now), right.payload.as_ref()),
    );
    comparison
}

/// Rows in order; one path more than once is told apart by its number.
fn numbered(rows: Vec<Row>) -> Vec<((String, usize), Row)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    rows.into_iter()
        .map(|row| {
            let count = seen.entry(row.path.clone()).or_default();
            *count += 1;
            ((row.path.clone(), *count), row)
        })
        .collect()
}

/// The rows of a part, and what they were read from.
type Written<'a> = (Vec<Row>, Option<&'a Layer>);

impl Comparison {
    fn part(&mut self, part: Part, (left, ours): Written<'_>, (right, theirs): Written<'_>) {
        let right = numbered(right);
        let mut of_right: BTreeMap<&(String, usize), &Row> =
            right.iter().map(|(key, row)| (key, row)).collect();
        let (ours, theirs) = (Opened::of(ours), Opened::of(theirs));
        for (key, row) in numbered(left) {
            match of_right.remove(&key) {
                Some(other) if row.value == other.value && row.json_type == other.json_type => self.same += 1,
                Some(other) => {
                    let both = ours.at(row.span.start).zip(theirs.at(other.span.start));
                    let inside = both.map(|(ours, theirs)| inside::differences(&row.path, ours, theirs));
                    self.differs(part, key, (&row, other), inside);
                }
                None => self.add(part, key, Change::OnlyLeft(row.value), None),
            }
        }
        for (key, row) in &right {
            if of_right.contains_key(key) {
                self.add(part, key.clone(), Change::OnlyRight(row.value.clone()), None);
            }
        }
    }

    /// Two rows of one name; of two lists or objects with what differs inside of them, if anything does.
    fn differs(
        &mut self,
        part: Part,
        key: (String, usize),
        (row, other): (&Row, &Row),
        inside: Option<Vec<(String, Change)>>,
    ) {
        match inside {
            Some(inside) if inside.is_empty() => self.same += 1,
            Some(inside) if inside.iter().all(|(path, _)| *path != row.path) => {
                for (path, change) in inside {
                    self.add(part, (path, key.1), change, None);
                }
            }
            _ => {
                let sentence = (part == Part::Payload).then(|| later(row, other)).flatten();
                let change = Change::Differs {
                    left: told(&row.value, row.json_type, &other.value),
                    right: told(&other.value, other.json_type, &row.value),
                };
                self.add(part, key, change, sentence);
            }
        }
    }

    fn add(&mut self, part: Part, (path, count): (String, usize), change: Change, sentence: Option<String>) {
        let path = if count > 1 { format!("{path} ({count})") } else { path };
        self.differences.push(Difference { part, path, change, sentence });
    }
}

/// The value, with its type where only that differs.
fn told(value: &str, json_type: &str, other: &str) -> String {
    if value == other { format!("{value} ({json_type})") } else { value.to_owned() }
}

fn later(left: &Row, right: &Row) -> Option<String> {
    if !NAMES.contains(&left.path.as_str()) || left.json_type != "number" || right.json_type != "number" {
        return None;
    }
    let (left, right): (i64, i64) = (left.value.parse().ok()?, right.value.parse().ok()?);
    let by = right.checked_sub(left)?;
    let word = if by < 0 { "earlier" } else { "later" };
    Some(format!("The right one is {} {word}.", time::duration(by.checked_abs()?)))
}
