//! The report of a run, in three forms. None of them holds a token or a secret: the rows do not.

mod html;
mod json;
mod junit;

pub use html::html;
pub use json::json;
pub use junit::junit;

use super::{Counts, Leftover, Row};

/// What a report is made of.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The name of the environment.
    pub environment: &'a str,
    /// The registration endpoint, as the server prints it.
    pub endpoint: &'a str,
    /// When the run began, seconds since 1970.
    pub began: i64,
    /// When it ended, seconds since 1970.
    pub ended: i64,
    /// Whether it was stopped.
    pub stopped: bool,
    /// Why it ended by itself.
    pub trouble: Option<&'a str>,
    /// Its rows.
    pub rows: &'a [Row],
    /// Clients that may still be there.
    pub leftovers: &'a [Leftover],
}

impl Report<'_> {
    /// The name of a file of it: `self-check-openbank-2026-11-21`.
    #[must_use]
    pub fn file_name(environment_id: &str, began: i64) -> String {
        let day: String = crate::domain::time::iso8601(began).chars().take(10).collect();
        format!("self-check-{environment_id}-{day}")
    }
}

/// The result in a sentence: "19 checks: 17 passed, 1 failed, 1 skipped."
#[must_use]
pub fn summary(counts: &Counts) -> String {
    let Counts { passed, failed, skipped, not_run, ahead } = *counts;
    let all = passed + failed + skipped + not_run + ahead;
    let parts: Vec<String> = [
        (passed, "passed"),
        (failed, "failed"),
        (skipped, "skipped"),
        (not_run, "not run"),
        (ahead, "to go"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    format!("{all} checks: {}.", parts.join(", "))
}

/// A client that may still be there, in a sentence.
#[must_use]
pub fn left_over(leftover: &Leftover) -> String {
    match &leftover.client_id {
        Some(id) => format!("`{id}` ({}). {}", leftover.row, leftover.why),
        None => format!("A client without a known ID ({}). {}", leftover.row, leftover.why),
    }
}

/// The text without the marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Escapes a text for HTML and XML. What XML 1.0 (2.2) cannot hold becomes U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}
