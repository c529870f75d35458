//! Who may call what (RFC 6750): a valid token of a trusted issuer, the product's scope, and its role where it has one.

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::answer;
use crate::realm::scopes;

/// What a product asks of a token.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// The scope.
    pub scope: &'static str,
    /// The realm role, and how to come by it.
    pub role: Option<(&'static str, &'static str)>,
}

const INVOKER: Option<(&str, &str)> =
    Some(("trembita-invoker", "The realm gives it to a token whose scope holds one of the registry."));

/// Starting a business process.
pub const START_BP: Needs = Needs { scope: scopes::START_BP, role: INVOKER };
/// Reading the registry's data.
pub const DATA_FACTORY: Needs = Needs { scope: scopes::DATA_FACTORY, role: INVOKER };
/// Reading balances.
pub const BALANCES: Needs = Needs { scope: scopes::BALANCES, role: None };
/// Initiating payments.
pub const PAYMENTS: Needs = Needs {
    scope: scopes::PAYMENTS,
    role: Some((
        "payment-initiator",
        "The operator gives it when the application is approved; get a new token after that.",
    )),
};

/// The claims of a token that was accepted.
#[derive(Debug)]
pub struct Caller {
    claims: Value,
}

impl Caller {
    /// The caller behind these verified claims, if they hold what the product needs.
    ///
    /// # Errors
    /// The refusal, naming what is missing.
    pub fn admitted(claims: Value, needs: Needs) -> Result<Self, Response> {
        let scope = claims.get("scope").and_then(Value::as_str).unwrap_or_default();
        if !scope.split_whitespace().any(|one| one == needs.scope) {
            let sentence = format!(
                "The token's scope is \"{scope}\" and lacks \"{}\". Ask for it with the scope parameter of the token request.",
                needs.scope
            );
            return Err(insufficient(needs.scope, &sentence));
        }
        let roles = claims.pointer("/realm_access/roles").and_then(Value::as_array);
        if let Some((role, how)) = needs.role {
            let has = roles.is_some_and(|roles| roles.iter().any(|one| one.as_str() == Some(role)));
            if !has {
                let sentence = format!("The token lacks the role \"{role}\" in realm_access.roles. {how}");
                return Err(insufficient(needs.scope, &sentence));
            }
        }
        Ok(Self { claims })
    }

    /// The client the token was issued to.
    pub fn client_id(&self) -> &str {
        self.claims.get("azp").and_then(Value::as_str).unwrap_or_default()
    }
}

/// The 401 for a call without a token or with one that isn't valid here.
pub fn unauthenticated(description: &str) -> Response {
    challenge(StatusCode::UNAUTHORIZED, "invalid_token", "", description)
}

fn insufficient(scope: &str, description: &str) -> Response {
    challenge(StatusCode::FORBIDDEN, "insufficient_scope", &format!(", scope=\"{scope}\""), description)
}

fn challenge(status: StatusCode, error: &str, more: &str, description: &str) -> Response {
    let mut response = answer::refusal(status, error, description);
    let quoted: String = description.chars().map(quotable).collect();
    let value = format!("Bearer error=\"{error}\", error_description=\"{quoted}\"{more}");
    answer::set_text(&mut response, header::WWW_AUTHENTICATE, &value);
    response
}

/// What can stand in a quoted string of a header (RFC 6750 section 3), the rest made harmless.
fn quotable(c: char) -> char {
    match c {
        '"' => '\'',
        '\\' => '/',
        ' '..='~' => c,
        _ => '?',
    }
}
