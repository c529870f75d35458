//! How a part went, and the table at the end.

use std::fmt::Write as _;
use std::time::Duration;

use crate::step::human;

/// How a part went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ran and all was well; what ran.
    Passed(String),
    /// It ran, or could not, and something is wrong; what.
    Failed(String),
    /// It cannot run on this machine; why.
    Skipped(String),
}

impl Outcome {
    /// Where everything must run, what was skipped has failed.
    pub fn strict(self) -> Self {
        match self {
            Self::Skipped(reason) => Self::Failed(format!("Skipped, which CI=true does not allow. {reason}")),
            other => other,
        }
    }

    /// One word for the table.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "FAILED",
            Self::Skipped(_) => "skipped",
        }
    }

    /// What ran, or what is wrong, or why not.
    pub fn detail(&self) -> &str {
        match self {
            Self::Passed(detail) | Self::Failed(detail) | Self::Skipped(detail) => detail,
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The part.
    pub name: &'static str,
    /// How it went.
    pub outcome: Outcome,
    /// How long it took.
    pub time: Duration,
}

/// How many passed, failed and were skipped.
pub fn tally(rows: &[Row]) -> [usize; 3] {
    ["passed", "FAILED", "skipped"].map(|word| rows.iter().filter(|row| row.outcome.word() == word).count())
}

/// The table of what ran; of a detail only its first line.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!("{:18} {:8} {:>12}  detail\n", "part", "result", "time");
    for row in rows {
        let detail = row.outcome.detail().lines().next().unwrap_or_default();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{:18} {:8} {:>12}  {detail}", row.name, row.outcome.word(), human(row.time));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let time = Duration::from_secs(2);
        vec![
            Row { name: "format", outcome: Outcome::Passed(String::new()), time },
            Row {
                name: "native",
                outcome: Outcome::Failed("1 of 9 tests failed\nlong log".to_owned()),
                time,
            },
            Row { name: "e2e-keycloak", outcome: Outcome::Skipped("no Java".to_owned()), time },
        ]
    }

    #[test]
    fn every_part_is_counted_once() {
        assert_eq!(tally(&rows()), [1, 1, 1]);
    }

    #[test]
    fn where_skipping_is_not_allowed_it_counts_as_failed() {
        let strict: Vec<Row> =
            rows().into_iter().map(|row| Row { outcome: row.outcome.strict(), ..row }).collect();
        assert_eq!(tally(&strict), [1, 2, 0]);
    }

    #[test]
    fn the_table_has_a_line_for_each_part() {
        let text = table(&rows());
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains("1 of 9 tests failed") && !text.contains("long log"), "{text}");
    }
}
