//! Consents to domestic payments (Open Banking Payment Initiation API 3.1): prepared by a client, agreed to by a
//! customer later.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::products::{Problem, framed};
use crate::api::date_time;
use crate::call::Call;

const MISSING: &str = "UK.OBIE.Field.Missing";
const INVALID: &str = "UK.OBIE.Field.Invalid";

/// Members that must be texts, as JSON Pointers (RFC 6901) below the body, with their names for the caller.
const NEEDED: [(&str, &str); 6] = [
    ("/Data/Initiation/InstructionIdentification", "Data.Initiation.InstructionIdentification"),
    ("/Data/Initiation/EndToEndIdentification", "Data.Initiation.EndToEndIdentification"),
    ("/Data/Initiation/InstructedAmount/Currency", "Data.Initiation.InstructedAmount.Currency"),
    ("/Data/Initiation/CreditorAccount/SchemeName", "Data.Initiation.CreditorAccount.SchemeName"),
    ("/Data/Initiation/CreditorAccount/Identification", "Data.Initiation.CreditorAccount.Identification"),
    ("/Data/Initiation/CreditorAccount/Name", "Data.Initiation.CreditorAccount.Name"),
];

/// Takes a consent, which then waits for the customer.
pub(super) fn consent(call: &Call, link: &str, now: i64) -> Result<Response, Problem> {
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|_| Problem::field("UK.OBIE.Resource.InvalidFormat", "", "The body is not JSON"))?;
    for (pointer, name) in NEEDED {
        let text = body.pointer(pointer).and_then(Value::as_str);
        if text.is_none_or(str::is_empty) {
            return Err(Problem::field(MISSING, name, "This member is missing, or is no string"));
        }
    }
    check_amount(&body)?;
    let risk = body.get("Risk").filter(|risk| risk.is_object());
    let risk =
        risk.ok_or_else(|| Problem::field(MISSING, "Risk", "This member is missing, or is no object"))?;
    let (id, made) = (Uuid::new_v4().to_string(), date_time(now));
    let answer = json!({
        "Data": {
            "ConsentId": id,
            "CreationDateTime": made,
            "Status": "AwaitingAuthorisation",
            "StatusUpdateDateTime": made,
            "Initiation": body.pointer("/Data/Initiation"),
        },
        "Risk": risk,
    });
    Ok(framed(StatusCode::CREATED, answer, &format!("{link}/{id}")))
}

/// Up to 13 digits before the point and up to 5 behind it, and more than nothing.
fn check_amount(body: &Value) -> Result<(), Problem> {
    const NAME: &str = "Data.Initiation.InstructedAmount.Amount";
    let Some(amount) = body.pointer("/Data/Initiation/InstructedAmount/Amount").and_then(Value::as_str)
    else {
        return Err(Problem::field(MISSING, NAME, "This member is missing, or is no string"));
    };
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let something = amount.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if digits(whole, 13) && digits(part, 5) && something {
        return Ok(());
    }
    Err(Problem::field(INVALID, NAME, "An amount is a number such as 165.88, above 0"))
}
