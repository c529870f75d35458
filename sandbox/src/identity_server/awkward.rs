//! The answers, as good or as awkward as is wanted for a request.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::application::Application;
use super::document;
use crate::answer;
use crate::awkward::Awkward;

const STATEMENT: &str = "software_statement";

/// An answer with an application's document.
pub(super) fn shown(status: StatusCode, application: &Application, wanted: Option<Awkward>) -> Response {
    let mut members = document::members_of(application);
    for (name, value) in &mut members {
        match wanted {
            Some(Awkward::CutStatement) if *name == STATEMENT => *value = cut(value),
            Some(Awkward::StringNumbers) if value.is_number() => *value = json!(value.to_string()),
            _ => {}
        }
    }
    let mut text = document::text(&members);
    if wanted == Some(Awkward::StrayQuote)
        && let Some((_, statement)) = members.iter().rfind(|(name, _)| *name == STATEMENT)
    {
        text = text.replace(&statement.to_string(), &format!("{statement}\""));
    }
    answer::with_type(status, "application/json", text)
}

/// A refusal with this body.
pub(super) fn refusal(status: StatusCode, body: &Value, wanted: Option<Awkward>) -> Response {
    match wanted {
        Some(Awkward::WrappedErrors) => answer::json(status, &json!({ "errors": body })),
        Some(Awkward::HtmlError) => page(status),
        _ => answer::json(status, body),
    }
}

/// A refusal without a body.
pub(super) fn empty(status: StatusCode, wanted: Option<Awkward>) -> Response {
    if wanted == Some(Awkward::HtmlError) { page(status) } else { answer::empty(status) }
}

fn cut(statement: &Value) -> Value {
    let half = |text: &str| json!(text.chars().take(text.len() / 2).collect::<String>());
    statement.as_str().map_or(Value::Null, half)
}

fn page(status: StatusCode) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><title>HTTP Status {0}</title></head><body><h1>HTTP Status {0}</h1>\
         <p>The server encountered an unexpected condition.</p></body></html>",
        status.as_u16()
    );
    answer::with_type(status, "text/html; charset=utf-8", html)
}
