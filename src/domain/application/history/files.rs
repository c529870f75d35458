//! A history as a file. Lines hold no secrets, so the files hold none.

use serde_json::{Value, json};

use super::{Entry, chain};
use crate::domain::{application::Application, json::pretty, time};

/// How a reader of the file checks the chain.
const CHAIN: &str = "hash is SHA-256 in Base64url over two texts, one after the other: the hash of the entry before (nothing for the first), and record as JSON in UTF-8 with its members sorted and no white space";
/// Heads of the columns.
const COLUMNS: [&str; 5] = ["at", "what", "request", "evidence", "hash"];

/// The whole history, oldest first.
#[must_use]
pub fn to_json(application: &Application, environment: &str) -> String {
    let entries: Vec<Value> = application
        .history
        .iter()
        .map(|entry| {
            json!({
                "at": time::iso8601(entry.at),
                "what": entry.title(),
                "request": entry.request_line(),
                "evidence": entry.evidence,
                "record": chain::record(entry),
                "hash": entry.hash,
            })
        })
        .collect();
    pretty(&json!({
        "application": application.name(),
        "client_id": application.client_id,
        "environment": environment,
        "chain": CHAIN,
        "entries": entries,
    }))
}

/// The whole history as a table (RFC 4180), oldest first.
#[must_use]
pub fn to_csv(entries: &[Entry]) -> String {
    let mut out = line(&COLUMNS.map(str::to_owned));
    for entry in entries {
        out.push_str(&line(&[
            time::iso8601(entry.at),
            entry.title(),
            entry.request_line().unwrap_or_default(),
            entry.evidence.clone(),
            entry.hash.clone().unwrap_or_default(),
        ]));
    }
    out
}

fn line(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field. Programs that calculate take a text that begins like a formula for one, so an apostrophe is put before it.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if guard.is_empty() && !field.contains(['"', ',', '\r', '\n']) {
        return field.to_owned();
    }
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
