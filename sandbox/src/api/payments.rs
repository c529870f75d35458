//! Payment initiation: one transfer of ISO 20022 pain.001 as JSON in, the status of pain.002 out. Nothing is paid.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::access::Caller;
use super::{bad_request, date_time, object};
use crate::answer;
use crate::call::Call;

/// Takes an initiation.
pub fn initiate(call: &Call, caller: &Caller, now: i64) -> Response {
    match object(call).and_then(|members| taken(&members, caller, now)) {
        Ok(body) => answer::json(StatusCode::CREATED, &body),
        Err(refusal) => refusal,
    }
}

fn taken(members: &Map<String, Value>, caller: &Caller, now: i64) -> Result<Value, Response> {
    for name in ["debtorAccount", "creditorName", "creditorAccount"] {
        if text(members, name).is_empty() {
            return Err(bad_request(&format!("{name} is missing: the initiation needs it as text.")));
        }
    }
    let (amount, currency) = (text(members, "amount"), text(members, "currency"));
    if !is_amount(amount) {
        return Err(bad_request(
            "amount is text like \"125.00\": more than 0, at most 18 digits, 5 of them after the point.",
        ));
    }
    if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(bad_request("currency is the three letters of ISO 4217, as in EUR."));
    }
    Ok(json!({
        "paymentId": Uuid::new_v4().to_string(),
        "status": "RCVD",
        "amount": amount,
        "currency": currency,
        "initiatedBy": caller.client_id(),
        "receivedAt": date_time(now),
    }))
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> &'a str {
    members.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

/// `ActiveOrHistoricCurrencyAndAmount` of ISO 20022, without zero.
fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let fits = fraction.len() <= 5 && whole.len() + fraction.len() <= 18;
    digits(whole) && digits(fraction) && fits && text.contains(|c| ('1'..='9').contains(&c))
}
