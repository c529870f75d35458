//! The products behind the gateway, in the style of Open Banking in the United Kingdom: who may call them, how often, and
//! the header that every answer carries.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{OpenBanking, accounts, payments};
use crate::answer;
use crate::call::Call;
use crate::identity_server::IdentityServer;

/// The number of an exchange (FAPI 1.0 part 1, section 6.2.1): given back as it came, or a new one.
pub const INTERACTION: HeaderName = HeaderName::from_static("x-fapi-interaction-id");
/// The most characters of one that is given back.
const LONGEST_INTERACTION: usize = 64;
/// How long calls are counted, in seconds.
const WINDOW: i64 = 60;

/// A product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Product {
    /// Accounts and their balances.
    Accounts,
    /// Consents to payments.
    Payments,
}

impl Product {
    fn scope(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Payments => "payments",
        }
    }

    /// How many calls a client may make in a window.
    fn limit(self) -> u32 {
        match self {
            Self::Accounts => 60,
            Self::Payments => 10,
        }
    }
}

/// What one client called: when the window began, and how often since.
#[derive(Debug, Default)]
pub(super) struct Quotas(Mutex<HashMap<(String, Product), (i64, u32)>>);

impl Quotas {
    /// Counts a call; the seconds to wait when there were too many.
    fn count(&self, client_id: &str, product: Product, now: i64) -> Result<(), i64> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|_, (since, _)| now.saturating_sub(*since) < WINDOW);
        let (since, calls) = counted.entry((client_id.to_owned(), product)).or_insert((now, 0));
        if *calls >= product.limit() {
            return Err(since.saturating_add(WINDOW).saturating_sub(now).max(1));
        }
        *calls += 1;
        Ok(())
    }
}

/// What is wrong with a call.
#[derive(Debug)]
pub(super) struct Problem {
    pub status: StatusCode,
    /// The `ErrorCode`, of the list of Open Banking.
    pub code: &'static str,
    /// The sentence.
    pub message: String,
    /// The member or header that it is about.
    pub path: &'static str,
}

impl Problem {
    /// 400 about a member of the body.
    pub fn field(code: &'static str, path: &'static str, message: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.to_owned(), path }
    }

    fn answer(&self, interaction: &str) -> Response {
        let reason = self.status.canonical_reason().unwrap_or("Error");
        answer::json(
            self.status,
            &json!({
                "Code": format!("{} {reason}", self.status.as_u16()),
                "Id": interaction,
                "Message": reason,
                "Errors": [{ "ErrorCode": self.code, "Message": self.message, "Path": self.path }],
            }),
        )
    }
}

impl OpenBanking {
    /// Answers a call of a product.
    pub fn product(&self, identity_server: &IdentityServer, call: &Call, product: Product) -> Response {
        let sent = call.header(INTERACTION).filter(|sent| {
            !sent.is_empty()
                && sent.len() <= LONGEST_INTERACTION
                && sent.chars().all(|c| c.is_ascii_graphic())
        });
        let interaction = sent.map_or_else(|| Uuid::new_v4().to_string(), str::to_owned);
        let mut response = self
            .admitted(identity_server, call, product, &interaction)
            .and_then(|()| self.served(call, product).map_err(|problem| problem.answer(&interaction)))
            .unwrap_or_else(|refusal| refusal);
        answer::set_text(&mut response, INTERACTION, &interaction);
        response
    }

    fn served(&self, call: &Call, product: Product) -> Result<Response, Problem> {
        let now = self.clock.now();
        let base = format!("{}{}", call.base, call.uri.path());
        match (product, &call.method) {
            (Product::Accounts, &Method::GET | &Method::HEAD) => {
                let path = call.uri.path();
                if path.ends_with("/balances") {
                    return accounts::balances(&call.segment_from_end(1), &base, now);
                }
                Ok(accounts::list(&base))
            }
            (Product::Payments, &Method::POST) => payments::consent(call, &base, now),
            _ => Err(Problem {
                status: StatusCode::METHOD_NOT_ALLOWED,
                code: "UK.OBIE.Unsupported.Method",
                message: format!("{} is not a method of this path", call.method),
                path: "",
            }),
        }
    }

    fn admitted(
        &self,
        identity_server: &IdentityServer,
        call: &Call,
        product: Product,
        interaction: &str,
    ) -> Result<(), Response> {
        let missing = || {
            let message = "The access token is missing, has expired, was revoked, or is not one of this bank";
            challenge(StatusCode::UNAUTHORIZED, message, "invalid_token", interaction)
        };
        let token = call.bearer().ok_or_else(missing)?;
        let (client_id, scope) = self
            .caller(identity_server, token, call)
            .map_err(|reason| answer::fault(&reason))?
            .ok_or_else(missing)?;
        if !scope.split(' ').any(|one| one == product.scope()) {
            let message = format!("The access token has not the scope {}", product.scope());
            return Err(challenge(StatusCode::FORBIDDEN, &message, "insufficient_scope", interaction));
        }
        self.quotas.count(&client_id, product, self.clock.now()).map_err(|seconds| {
            let problem = Problem {
                status: StatusCode::TOO_MANY_REQUESTS,
                code: "Openbank.RateLimit.Exceeded",
                message: format!("{} calls a minute are allowed. Wait {seconds} seconds", product.limit()),
                path: "",
            };
            let mut response = problem.answer(interaction);
            answer::set_text(&mut response, header::RETRY_AFTER, &seconds.to_string());
            response
        })
    }

    /// Who calls with this token of the gateway or of Identity Server, and its scopes.
    fn caller(
        &self,
        identity_server: &IdentityServer,
        token: &str,
        call: &Call,
    ) -> Result<Option<(String, String)>, crate::realm::RealmError> {
        if let Some(granted) = self.granted(token, call)? {
            let client = self.store.open_banking_client(&granted.client_id)?;
            let there = client.is_some_and(|client| !client.deleted);
            return Ok(there.then_some((granted.client_id, granted.scope)));
        }
        Ok(identity_server.accepted(token)?.map(|granted| (granted.client_id, granted.scope)))
    }
}

fn challenge(status: StatusCode, message: &str, error: &str, interaction: &str) -> Response {
    let problem = Problem {
        status,
        code: "UK.OBIE.Header.Invalid",
        message: message.to_owned(),
        path: "Authorization",
    };
    let mut response = problem.answer(interaction);
    answer::set_text(&mut response, header::WWW_AUTHENTICATE, &format!("Bearer error=\"{error}\""));
    response
}

/// The frame of an answer (Open Banking Read/Write API 3.1).
pub(super) fn framed(status: StatusCode, mut body: Value, link: &str) -> Response {
    if let Some(members) = body.as_object_mut() {
        members.insert("Links".to_owned(), json!({ "Self": link }));
        members.insert("Meta".to_owned(), json!({ "TotalPages": 1 }));
    }
    answer::json(status, &body)
}
