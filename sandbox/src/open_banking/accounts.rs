//! Accounts and balances (Open Banking Account and Transaction API 3.1).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::products::{Problem, framed};
use crate::api::date_time;

/// Number, nickname, sort code with account number, balance in pounds.
const ACCOUNTS: [(&str, &str, &str, &str); 2] =
    [("22289", "Bills", "80200110203345", "1230.00"), ("31820", "Household", "80200110203348", "57.36")];

/// All accounts.
pub(super) fn list(link: &str) -> Response {
    let accounts: Vec<Value> = ACCOUNTS
        .iter()
        .map(|(id, nickname, number, _)| {
            json!({
                "AccountId": id,
                "Status": "Enabled",
                "Currency": "GBP",
                "AccountType": "Personal",
                "AccountSubType": "CurrentAccount",
                "Nickname": nickname,
                "Account": [{
                    "SchemeName": "UK.OBIE.SortCodeAccountNumber",
                    "Identification": number,
                    "Name": "Mr Kevin",
                }],
            })
        })
        .collect();
    framed(StatusCode::OK, json!({ "Data": { "Account": accounts } }), link)
}

/// The balances of one.
pub(super) fn balances(id: &str, link: &str, now: i64) -> Result<Response, Problem> {
    let (_, _, _, amount) = ACCOUNTS.iter().find(|(known, ..)| *known == id).ok_or_else(|| {
        Problem::field("UK.OBIE.Resource.NotFound", "AccountId", "There is no account of this AccountId")
    })?;
    let balance = json!({
        "AccountId": id,
        "CreditDebitIndicator": "Credit",
        "Type": "InterimAvailable",
        "DateTime": date_time(now),
        "Amount": { "Amount": amount, "Currency": "GBP" },
    });
    Ok(framed(StatusCode::OK, json!({ "Data": { "Balance": [balance] } }), link))
}
