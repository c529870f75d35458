//! Two tokens side by side, claim by claim: why the one of yesterday worked and this one does not.

use std::collections::BTreeMap;

use crate::domain::time;

use super::Inspection;
use super::rows::Row;
use super::shape::Part;
use super::times::NAMES;

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

/// Compares two tokens row by row. Values are compared as they were written, so `1` and `1.0` differ.
#[must_use]
pub fn compare(left: &Inspection, right: &Inspection) -> Comparison {
    let mut comparison = Comparison { differences: Vec::new(), same: 0 };
    comparison.part(Part::Header, left.header_rows(), right.header_rows());
    comparison.part(Part::Payload, left.payload_rows(left.now), right.payload_rows(left.now));
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

impl Comparison {
    fn part(&mut self, part: Part, left: Vec<Row>, right: Vec<Row>) {
        let right = numbered(right);
        let mut of_right: BTreeMap<&(String, usize), &Row> =
            right.iter().map(|(key, row)| (key, row)).collect();
        for (key, row) in numbered(left) {
            match of_right.remove(&key) {
                Some(other) if row.value == other.value && row.json_type == other.json_type => self.same += 1,
                Some(other) => {
                    let sentence = (part == Part::Payload).then(|| later(&row, other)).flatten();
                    let change = Change::Differs { left: told(&row, other), right: told(other, &row) };
                    self.add(part, key, change, sentence);
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

    fn add(&mut self, part: Part, (path, count): (String, usize), change: Change, sentence: Option<String>) {
        let path = if count > 1 { format!("{path} ({count})") } else { path };
        self.differences.push(Difference { part, path, change, sentence });
    }
}

/// The value, with its type where only that differs.
fn told(row: &Row, other: &Row) -> String {
    if row.value == other.value { format!("{} ({})", row.value, row.json_type) } else { row.value.clone() }
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
