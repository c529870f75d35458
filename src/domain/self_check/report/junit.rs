//! The report as JUnit XML, which build servers read.

use std::fmt::Write as _;

use super::{Report, escape, left_over, plain};
use crate::domain::{
    self_check::{Counts, Row, Verdict},
    time,
};

/// The report. A row that failed is a failure, one that could not be run an error.
#[must_use]
pub fn junit(report: &Report<'_>) -> String {
    let counts = Counts::of(report.rows);
    let blocked = report.rows.iter().filter(|row| matches!(row.verdict, Verdict::Blocked(_))).count();
    let skipped = report.rows.len() - counts.passed - counts.failed - blocked;
    let total = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{blocked}\" skipped=\"{skipped}\" time=\"{}\"",
        report.rows.len(),
        counts.failed,
        report.ended.saturating_sub(report.began).max(0),
    );
    let name = escape(&format!("Self-check: {}", report.environment));
    let stamp = time::iso8601(report.began);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String does not fail.
    let _ = writeln!(out, "<testsuites name=\"{name}\" {total}>");
    let _ =
        writeln!(out, "  <testsuite name=\"{name}\" {total} timestamp=\"{}\">", stamp.trim_end_matches('Z'));
    for row in report.rows {
        case(row, &mut out);
    }
    if !report.leftovers.is_empty() {
        let lines: Vec<String> = report.leftovers.iter().map(left_over).collect();
        let _ = writeln!(out, "    <system-err>{}</system-err>", escape(&plain(&lines.join("\n"))));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(row: &Row, out: &mut String) {
    let name = escape(&plain(&format!("{}: {}", row.scenario.name(), row.scenario.title)));
    let seconds = f64::from(row.elapsed_ms()) / 1000.0;
    let _ =
        write!(out, "    <testcase classname=\"{}\" name=\"{name}\" time=\"{seconds:.3}\"", row.scenario.id);
    let why = escape(&plain(row.verdict.why()));
    match row.verdict {
        Verdict::Passed => out.push_str("/>\n"),
        Verdict::Failed(_) => {
            let detail = escape(&detail(row));
            let _ = writeln!(out, ">\n      <failure message=\"{why}\">{detail}</failure>\n    </testcase>");
        }
        Verdict::Blocked(_) => {
            let detail = escape(&detail(row));
            let _ = writeln!(out, ">\n      <error message=\"{why}\">{detail}</error>\n    </testcase>");
        }
        Verdict::Skipped(_) | Verdict::Stopped | Verdict::Waiting | Verdict::Running => {
            let _ = writeln!(out, ">\n      <skipped message=\"{why}\"/>\n    </testcase>");
        }
    }
}

/// What is asked for and what came, line by line.
fn detail(row: &Row) -> String {
    let mut lines = vec![format!("{} ({})", row.scenario.asks, row.scenario.source)];
    let exchanges = row.exchanges.iter().filter(|exchange| !exchange.cleaning);
    lines.extend(exchanges.map(|one| format!("{}: expected {}, came {}", one.what, one.expected, one.came)));
    plain(&lines.join("\n"))
}
