//! Account reports of ISO 20022 (camt.052, camt.053) as JSON, in plain words.

use serde_json::Value;

use crate::domain::time;

/// One balance of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Its code in the external code set of ISO 20022: `CLBD`.
    pub code: String,
    /// `184 250.17 CAD closing booked, 14 Oct 2022`.
    pub words: String,
}

/// The balances of a body that has `account.currency` and `balances`; nothing for any other body.
#[must_use]
pub fn balances(body: &str) -> Vec<Balance> {
    let Ok(document) = serde_json::from_str::<Value>(body) else { return Vec::new() };
    let currency = document.pointer("/account/currency").and_then(Value::as_str).unwrap_or_default();
    document
        .get("balances")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|b| balance(b, currency))
        .collect()
}

fn balance(balance: &Value, currency: &str) -> Option<Balance> {
    let text = |name: &str| balance.get(name).and_then(Value::as_str);
    let code = text("type")?;
    let sign = if text("creditDebit") == Some("DBIT") { "−" } else { "" };
    let amount = grouped(text("amount")?);
    let date = text("date").and_then(time::day).map(|day| format!(", {day}")).unwrap_or_default();
    let words = format!("{sign}{amount} {currency} {}{date}", meaning(code));
    Some(Balance {
        code: code.to_owned(),
        words: words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
    })
}

/// BalanceType12Code and its siblings.
fn meaning(code: &str) -> &'static str {
    match code {
        "OPBD" => "opening booked",
        "CLBD" => "closing booked",
        "ITBD" => "interim booked",
        "PRCD" => "previously closed",
        "OPAV" => "opening available",
        "CLAV" => "closing available",
        "ITAV" => "available now",
        "FWAV" => "forward available",
        "XPCD" => "expected",
        _ => "",
    }
}

/// Thousands apart: `184 250.17`. What is no plain decimal number stays as it is.
fn grouped(amount: &str) -> String {
    let (whole, fraction) =
        amount.split_once('.').map_or((amount, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return amount.to_owned();
    }
    let count = whole.chars().count();
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (count - index) % 3 == 0 {
            // No line break inside a number.
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_said_in_words() {
        let body = r#"{"account":{"currency":"CAD"},"balances":[
            {"type":"CLBD","amount":"184250.17","creditDebit":"CRDT","date":"2022-10-14"},
            {"type":"ITAV","amount":"12","creditDebit":"DBIT"}]}"#;
        let said: Vec<(String, String)> = balances(body).into_iter().map(|b| (b.code, b.words)).collect();
        assert_eq!(
            said,
            [
                ("CLBD".to_owned(), "184\u{a0}250.17 CAD closing booked, 14 Oct 2022".to_owned()),
                ("ITAV".to_owned(), "−12 CAD available now".to_owned()),
            ]
        );
    }

    #[test]
    fn anything_else_says_nothing() {
        for body in ["", "[]", "{\"balances\":7}", "{\"balances\":[1,{\"type\":\"X\"}]}"] {
            assert_eq!(balances(body), [], "{body}");
        }
        assert_eq!(grouped("1234567"), "1\u{a0}234\u{a0}567");
        assert_eq!(grouped("-5"), "-5");
        assert_eq!(grouped("123"), "123");
    }
}
