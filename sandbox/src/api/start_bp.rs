//! The registry platform: starts a business process, the way its `POST /api/start-bp` does.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::access::Caller;
use super::{bad_request, date_time, object};
use crate::answer;
use crate::call::Call;

/// Starts the process that the body names.
pub fn start(call: &Call, caller: &Caller, now: i64) -> Response {
    match started(call, caller, now) {
        Ok(body) => answer::json(StatusCode::OK, &body),
        Err(refusal) => refusal,
    }
}

fn started(call: &Call, caller: &Caller, now: i64) -> Result<Value, Response> {
    let members = object(call)?;
    let key = members.get("businessProcessDefinitionKey").and_then(Value::as_str).unwrap_or_default();
    if !is_key(key) {
        return Err(bad_request(
            "businessProcessDefinitionKey is the key of a business process: letters, digits, - and _, beginning with a letter, \
             at most 64 characters.",
        ));
    }
    let variables = match members.get("startVariables") {
        None | Some(Value::Null) => json!({}),
        Some(Value::Object(variables)) => json!(variables),
        Some(_) => return Err(bad_request("startVariables is a JSON object of names and values.")),
    };
    Ok(json!({
        "id": Uuid::new_v4().to_string(),
        "processDefinitionId": format!("{key}:1:{}", Uuid::new_v4()),
        "definitionKey": key,
        "ended": false,
        "suspended": false,
        "startedBy": caller.client_id(),
        "startTime": date_time(now),
        "startVariables": variables,
    }))
}

fn is_key(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
    begins && text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
