//! The realm's client scopes. There is one for each product.

use axum::http::StatusCode;
use axum::response::Response;

use crate::answer;

/// Starting a business process at the registry platform.
pub const START_BP: &str = "registry:start-bp";
/// Reading the registry's data.
pub const DATA_FACTORY: &str = "registry:data-factory";
/// Reading the balances of a cash account.
pub const BALANCES: &str = "cash-accounts:balances.read";
/// Initiating payments.
pub const PAYMENTS: &str = "payments:initiate";

/// The scopes of the products.
pub const PRODUCTS: [&str; 4] = [START_BP, DATA_FACTORY, BALANCES, PAYMENTS];

/// Scopes that every access token carries.
pub const ALWAYS: [&str; 2] = ["profile", "email"];

/// Scopes that a client gets as optional ones when it registers without `scope`.
pub const OPTIONAL: [&str; 5] = ["address", "phone", "offline_access", "organization", "microprofile-jwt"];

/// The `aud` of a token of this scope: the APIs it is for, as audience mappers on the client scopes put it there. One
/// is written as a string and several as a list, which is how Keycloak does it; none is `account`.
pub fn audience(scope: &str) -> serde_json::Value {
    let mut names: Vec<&str> = Vec::new();
    for one in scope.split_whitespace() {
        let name = match one {
            START_BP | DATA_FACTORY => "registry",
            BALANCES => "cash-accounts",
            PAYMENTS => "payments",
            _ => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "account".into(),
        [name] => (*name).into(),
        names => names.into(),
    }
}

/// All that discovery names.
pub fn supported() -> Vec<&'static str> {
    let mut names = vec!["openid"];
    names.extend(ALWAYS);
    names.extend(OPTIONAL);
    names.extend(PRODUCTS);
    names
}

/// The `scope` member of a registration, checked and without repetitions.
///
/// # Errors
/// Keycloak's refusal when a scope isn't one of the realm's. `openid` isn't a client scope, so it is refused too.
pub fn registered(asked: &str) -> Result<String, Response> {
    let mut names: Vec<&str> = Vec::new();
    for name in asked.split_whitespace() {
        let known = PRODUCTS.contains(&name) || OPTIONAL.contains(&name) || ALWAYS.contains(&name);
        if !known {
            return Err(answer::refusal(
                StatusCode::FORBIDDEN,
                "insufficient_scope",
                "Policy 'Allowed Client Scopes' rejected request to client-registration service. \
                 Details: Not permitted to use specified clientScope",
            ));
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names.join(" "))
}

/// The scope of a token: what is asked and registered, then what every token carries.
///
/// # Errors
/// Keycloak's refusal when something asked isn't registered.
pub fn granted(asked: Option<&str>, registered: &str) -> Result<String, Response> {
    let is_allowed = |name: &str| {
        name == "openid" || ALWAYS.contains(&name) || registered.split_whitespace().any(|one| one == name)
    };
    if let Some(asked) = asked.filter(|asked| asked.is_empty() || !asked.split_whitespace().all(is_allowed)) {
        let description = format!("Invalid scopes: {asked}");
        return Err(answer::refusal(StatusCode::BAD_REQUEST, "invalid_scope", &description));
    }
    let mut names: Vec<&str> = Vec::new();
    for name in asked.unwrap_or_default().split_whitespace() {
        if !names.contains(&name) && !ALWAYS.contains(&name) {
            names.push(name);
        }
    }
    names.extend(ALWAYS);
    Ok(names.join(" "))
}

/// The realm roles of the service account for a token of this scope.
pub fn roles(granted: &str, approved: bool) -> Vec<&'static str> {
    let has = |scope: &str| granted.split_whitespace().any(|one| one == scope);
    let mut roles = vec!["default-roles-sandbox", "offline_access", "uma_authorization"];
    if has(START_BP) || has(DATA_FACTORY) {
        roles.push("trembita-invoker");
    }
    if has(PAYMENTS) && approved {
        roles.push("payment-initiator");
    }
    roles
}
