//! The report as one HTML file: nothing is loaded, nothing runs.

use super::{Report, escape, left_over, summary};
use crate::domain::{
    self_check::{Counts, Exchange, Row, Verdict},
    time,
};

const STYLE: &str = "\
:root{color-scheme:light dark;font:14px/20px system-ui,sans-serif}\
body{max-width:70rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem;line-height:2rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}\
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:start;vertical-align:top;padding:.6rem .75rem;border-top:1px solid #8886}\
th[scope=row]{white-space:nowrap}\
code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.92em}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8886;padding:.5rem;border-radius:6px}\
.v{font-weight:600}.failed{color:light-dark(#b3261e,#ffb4ab)}.passed{color:light-dark(#1b6b34,#8bd8a0)}\
small{opacity:.75}";

/// The report.
#[must_use]
pub fn html(report: &Report<'_>) -> String {
    let title = format!("Self-check of {}", report.environment);
    let rows: String = report.rows.iter().map(row).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{summary}</p>\n\
         {facts}{leftovers}<table>\n<thead><tr><th>Check</th><th>Verdict</th><th>Expected</th><th>Came</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</body>\n</html>\n",
        title = escape(&title),
        summary = escape(&summary(&Counts::of(report.rows))),
        facts = facts(report),
        leftovers = leftovers(report),
    )
}

fn facts(report: &Report<'_>) -> String {
    let mut facts = vec![
        ("Registration endpoint", report.endpoint.to_owned()),
        ("Began", time::date_time_seconds(report.began)),
        ("Ended", time::date_time_seconds(report.ended)),
    ];
    if report.stopped {
        facts.push(("Stopped", report.trouble.unwrap_or("By hand, before its end.").to_owned()));
    }
    let fact = |(name, value): (&str, String)| format!("<dt>{name}</dt><dd>{}</dd>\n", marked(&value));
    format!("<dl>\n{}</dl>\n", facts.into_iter().map(fact).collect::<String>())
}

fn leftovers(report: &Report<'_>) -> String {
    if report.leftovers.is_empty() {
        return String::new();
    }
    let lines: String =
        report.leftovers.iter().map(|one| format!("<li>{}</li>\n", marked(&left_over(one)))).collect();
    format!("<h2>Clients that may still be registered</h2>\n<ul>\n{lines}</ul>\n")
}

fn row(row: &Row) -> String {
    let scenario = row.scenario;
    let deciding = row.deciding();
    let class = match row.verdict {
        Verdict::Passed => "v passed",
        Verdict::Failed(_) => "v failed",
        _ => "v",
    };
    format!(
        "<tr><th scope=\"row\">{name}</th><td><span class=\"{class}\">{word}</span></td><td>{expected}</td><td>{came}</td></tr>\n\
         <tr><td></td><td colspan=\"3\"><p><b>{title}</b><br>{asks} <small>{source}</small></p>{why}{exchanges}</td></tr>\n",
        name = escape(&scenario.name()),
        word = row.verdict.word(),
        expected = deciding.map(|one| marked(&one.expected)).unwrap_or_default(),
        came = deciding.map(|one| escape(&one.came)).unwrap_or_default(),
        title = marked(scenario.title),
        asks = marked(scenario.asks),
        source = escape(scenario.source),
        why = match row.verdict.why() {
            "" => String::new(),
            why => format!("<p>{}</p>", marked(why)),
        },
        exchanges = row.exchanges.iter().map(exchange).collect::<String>(),
    )
}

fn exchange(exchange: &Exchange) -> String {
    let tidies = if exchange.cleaning { "Tidying up: " } else { "" };
    format!(
        "<details><summary>{tidies}{what}: {came} <small>{ms} ms</small></summary>\n<pre>{sent}</pre>\n<pre>{body}</pre></details>\n",
        what = marked(&exchange.what),
        came = escape(&exchange.came),
        ms = exchange.elapsed_ms,
        sent = escape(&exchange.sent),
        body = if exchange.body.is_empty() { "(empty)".to_owned() } else { escape(&exchange.body) },
    )
}

/// Escaped, with what stands in backticks as code.
fn marked(text: &str) -> String {
    let mut out = String::new();
    for (index, piece) in text.split('`').enumerate() {
        let piece = escape(piece);
        out.push_str(&if index % 2 == 1 { format!("<code>{piece}</code>") } else { piece });
    }
    out
}
