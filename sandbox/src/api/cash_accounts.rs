//! Balances of a cash account: the account report of ISO 20022 camt.052, as JSON. The accounts are samples.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::{date, not_found};
use crate::answer;

/// An account of the sample bank.
struct Account {
    identification: &'static str,
    name: &'static str,
    currency: &'static str,
    /// Opening booked, closing booked and closing available amount.
    amounts: [&'static str; 3],
}

const ACCOUNTS: [Account; 2] = [
    Account {
        identification: "BBBBCA-00417-1182640",
        name: "Operating account",
        currency: "CAD",
        amounts: ["181906.32", "184250.17", "180000.00"],
    },
    Account {
        identification: "DE89370400440532013000",
        name: "Euro settlement account",
        currency: "EUR",
        amounts: ["82310.40", "84125.90", "84125.90"],
    },
];

/// The balances of the account with this identification, as of `now`.
pub fn balances(id: &str, now: i64) -> Response {
    let Some(account) = ACCOUNTS.iter().find(|account| account.identification == id) else {
        let known: Vec<&str> = ACCOUNTS.iter().map(|account| account.identification).collect();
        return not_found(&format!("There is no account \"{id}\". This bank has: {}.", known.join(", ")));
    };
    let date = date(now);
    let of_type = |(kind, amount): (&str, &str)| json!({ "type": kind, "amount": amount, "creditDebit": "CRDT", "date": date });
    let list: Vec<Value> = ["OPBD", "CLBD", "CLAV"].into_iter().zip(account.amounts).map(of_type).collect();
    let body = json!({
        "account": {
            "identification": account.identification, "name": account.name, "currency": account.currency,
        },
        "balances": list,
    });
    answer::json(StatusCode::OK, &body)
}
