//! The report as JSON, for programs.

use serde_json::{Value, json};

use super::{Report, plain};
use crate::domain::{
    json::pretty,
    self_check::{Counts, Exchange, Leftover, Row},
    time,
};

/// The report.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let counts = Counts::of(report.rows);
    let rows: Vec<Value> = report.rows.iter().map(row).collect();
    let leftovers: Vec<Value> = report.leftovers.iter().map(leftover).collect();
    pretty(&json!({
        "environment": report.environment,
        "registration_endpoint": report.endpoint,
        "began": time::iso8601(report.began),
        "ended": time::iso8601(report.ended),
        "stopped": report.stopped,
        "trouble": report.trouble,
        "counts": {
            "passed": counts.passed,
            "failed": counts.failed,
            "skipped": counts.skipped,
            "not_run": counts.not_run + counts.ahead,
        },
        "rows": rows,
        "left_over": leftovers,
    }))
}

fn row(row: &Row) -> Value {
    json!({
        "id": row.scenario.id,
        "case": row.scenario.case,
        "title": plain(row.scenario.title),
        "asks": plain(row.scenario.asks),
        "source": row.scenario.source,
        "verdict": row.verdict.word(),
        "why": plain(row.verdict.why()),
        "elapsed_ms": row.elapsed_ms(),
        "exchanges": row.exchanges.iter().map(exchange).collect::<Vec<Value>>(),
    })
}

fn exchange(exchange: &Exchange) -> Value {
    json!({
        "what": plain(&exchange.what),
        "cleaning": exchange.cleaning,
        "expected": plain(&exchange.expected),
        "came": exchange.came,
        "status": exchange.status,
        "elapsed_ms": exchange.elapsed_ms,
        "sent": exchange.sent,
        "body": exchange.body,
    })
}

fn leftover(leftover: &Leftover) -> Value {
    json!({ "client_id": leftover.client_id, "row": leftover.row, "why": leftover.why })
}
