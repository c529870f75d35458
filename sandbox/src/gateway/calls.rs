//! The calls of the bank's products.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{Gateway, digest_of};
use crate::answer;
use crate::call::Call;
use crate::partner::{products, refusal};

/// A call.
#[derive(Clone, Copy, Debug)]
pub enum Product {
    /// Loans of retail customers.
    Loans,
    /// Payment limits.
    Limits,
    /// Interest rates.
    Rates,
}

impl Product {
    fn name(self) -> &'static str {
        match self {
            Self::Loans => products::RETAIL,
            Self::Limits => products::PAYMENTS,
            Self::Rates => products::RATES,
        }
    }

    fn data(self, now: i64) -> Value {
        let today = date(now);
        match self {
            Self::Loans => json!({ "loans": [
                { "loanId": "L-2048-771", "product": "Instalment loan", "currency": "EUR", "principal": "12000.00",
                  "outstanding": "7350.42", "rate": "5.90", "nextInstalment": { "date": date(now.saturating_add(12 * 86_400)), "amount": "231.15" }, "status": "current" },
                { "loanId": "L-2048-902", "product": "Car loan", "currency": "EUR", "principal": "24500.00",
                  "outstanding": "0.00", "rate": "4.35", "nextInstalment": null, "status": "repaid" },
            ], "asOf": today }),
            Self::Limits => json!({ "limits": [
                { "scheme": "SEPA Credit Transfer", "currency": "EUR", "perPayment": "50000.00", "perDay": "250000.00", "usedToday": "18420.00" },
                { "scheme": "SEPA Instant", "currency": "EUR", "perPayment": "15000.00", "perDay": "60000.00", "usedToday": "0.00" },
            ], "asOf": today }),
            Self::Rates => json!({ "rates": [
                { "product": "Instalment loan", "termMonths": 36, "rate": "5.90" },
                { "product": "Instalment loan", "termMonths": 60, "rate": "6.25" },
                { "product": "Car loan", "termMonths": 48, "rate": "4.35" },
                { "product": "Savings", "termMonths": null, "rate": "1.75" },
            ], "asOf": today }),
        }
    }
}

impl Gateway {
    /// Answers a call with a token of the gateway.
    pub fn call(&self, call: &Call, product: Product) -> Response {
        match self.try_call(call, product) {
            Ok(response) | Err(response) => response,
        }
    }

    fn try_call(&self, call: &Call, product: Product) -> Result<Response, Response> {
        let now = self.clock.now();
        let token = call.bearer().ok_or_else(invalid_token)?;
        let failed = |reason| refusal::internal(&reason);
        let consumer_key = self.store.gateway_token(digest_of(token).as_ref(), now).map_err(failed)?;
        let consumer_key = consumer_key.ok_or_else(invalid_token)?;
        let app = self.store.partner_app_of_key(&consumer_key).map_err(failed)?.ok_or_else(invalid_token)?;
        let key = self.usable(&app, &consumer_key).ok_or_else(invalid_token)?;
        if !key.may_use(product.name()) {
            return Err(refusal::fault(
                StatusCode::UNAUTHORIZED,
                "Invalid API call as no apiproduct match found",
                "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound",
            ));
        }
        Ok(answer::json(StatusCode::OK, &product.data(now)))
    }
}

/// Unknown, expired or revoked: the gateway doesn't say which.
fn invalid_token() -> Response {
    refusal::fault(
        StatusCode::UNAUTHORIZED,
        "Invalid Access Token",
        "keymanagement.service.invalid_access_token",
    )
}

fn date(seconds: i64) -> Option<String> {
    Some(OffsetDateTime::from_unix_timestamp(seconds).ok()?.date().to_string())
}
