//! Awkward behaviour on demand: the defects that real servers are known for, and banks that break one rule each. For
//! tests of what a portal says then, and of whether a check of a bank finds what is wrong with it.

use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use crate::answer;
use crate::call::Call;
use crate::realm::cors;

/// The header by which one request asks for a documented defect.
pub const HEADER: &str = "x-sandbox-awkward";

/// Which server behaves awkwardly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The open banking gateway.
    Gateway,
    /// The server like Identity Server.
    IdentityServer,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Awkward {
    /// The statement in an answer lacks its end.
    CutStatement,
    /// The member `software_statement` stands in an answer twice, `null` first.
    DoubledMember,
    /// Refusals are HTML pages.
    HtmlError,
    /// Numbers are strings.
    StringNumbers,
    /// A refusal stands inside another object, `errors`.
    WrappedErrors,
    /// There is one quotation mark too many behind the statement in an answer.
    StrayQuote,
    /// A request may have expired.
    AcceptsExpired,
    /// The issuer of a request may be anybody.
    AcceptsUnknownIssuer,
    /// The issuer of a request may be empty.
    AcceptsEmptyIssuer,
    /// The issuer of a request may be longer than 22 characters.
    AcceptsLongIssuer,
    /// Any `token_endpoint_auth_method` will do.
    AcceptsBadMethod,
    /// Any `response_types` will do.
    AcceptsBadResponseType,
    /// A client that was deleted can still be read.
    KeepsDeleted,
    /// A client can be read with a token that is none.
    AcceptsAnyToken,
    /// A request's signature is not looked at.
    AcceptsChangedSignature,
    /// The same request may come again.
    AcceptsReplayedJti,
    /// A statement may be one of another directory.
    AcceptsForeignStatement,
    /// Redirect URIs need not be in the statement.
    AcceptsForeignRedirect,
    /// A client can be managed with another client's token.
    AcceptsOtherClientsToken,
    /// A registration is answered with 200.
    WrongCreateStatus,
    /// A client that was deleted can still be updated.
    UpdateAfterDelete,
}

impl Awkward {
    /// Whether this is a documented defect of real servers, which only hurts the one who asks for it.
    pub fn is_documented(self) -> bool {
        matches!(
            self,
            Self::CutStatement
                | Self::DoubledMember
                | Self::HtmlError
                | Self::StringNumbers
                | Self::WrappedErrors
                | Self::StrayQuote
        )
    }

    /// The one of this name, as in `cut-statement`.
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(json!(name)).ok()
    }
}

/// What each server does for all requests.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Chosen {
    gateway: Option<Awkward>,
    identity_server: Option<Awkward>,
}

/// An order: what is left out stays as it is, `null` ends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[serde(default, deserialize_with = "given")]
    gateway: Option<Option<Awkward>>,
    #[serde(default, deserialize_with = "given")]
    identity_server: Option<Option<Awkward>>,
}

fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<Awkward>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// The switches.
#[derive(Debug, Default)]
pub struct Switches {
    enabled: bool,
    chosen: Mutex<Chosen>,
}

impl Switches {
    /// All off; for all requests they can be set only if `enabled`.
    pub fn new(enabled: bool) -> Self {
        Self { enabled, ..Self::default() }
    }

    /// What this server does for this request. A request's own wish counts before what is set for all, and can be for
    /// nothing but a documented defect.
    pub fn of(&self, backend: Backend, call: &Call) -> Option<Awkward> {
        let own = call.headers.get(HEADER).and_then(|name| Awkward::named(name.to_str().ok()?));
        own.filter(|own| own.is_documented()).or_else(|| {
            let chosen = *self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
            match backend {
                Backend::Gateway => chosen.gateway,
                Backend::IdentityServer => chosen.identity_server,
            }
        })
    }

    /// Sets what a server does for all requests: `{"gateway": NAME or null, "identity_server": NAME or null}`.
    pub fn order(&self, call: &Call) -> Response {
        if !self.enabled {
            let sentence = "This server was started without --faults.";
            return answer::refusal(StatusCode::NOT_FOUND, "not_found", sentence);
        }
        if let Err(refusal) = cors::check(call, &[]) {
            return refusal;
        }
        match serde_json::from_slice::<Order>(&call.body) {
            Ok(order) => {
                let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
                chosen.gateway = order.gateway.unwrap_or(chosen.gateway);
                chosen.identity_server = order.identity_server.unwrap_or(chosen.identity_server);
                answer::json(StatusCode::OK, &*chosen)
            }
            Err(reason) => answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", &format!("{reason}.")),
        }
    }
}
