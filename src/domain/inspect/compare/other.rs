//! What a token is compared with: another token, or claims as a guide, a server's answer or a log prints them.

use crate::domain::inspect::paste::MAX_INPUT;
use crate::domain::inspect::{Clock, Inspection, KnownIssuer, Layer, inspect_at, json_form};
use crate::domain::secret::Secret;

/// Claims by which an object is known for the claims themselves, even if one of them holds a token (RFC 7519, 4.1;
/// RFC 7591, 2 and 2.3).
const CLAIMS: [&str; 9] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "redirect_uris", "software_id"];

/// Members of an answer that is about the tokens in it (RFC 6749, 5.1; RFC 7592, 3).
const TOKENS: [&str; 4] = ["access_token", "id_token", "refresh_token", "registration_access_token"];

/// Reads a text to compare a token with. A JSON object that is no token, and in which there is none that is more
/// interesting, is taken for claims without a token around them: it has a payload and no header.
#[must_use]
pub fn other(text: &str, clock: Clock, environments: &[KnownIssuer]) -> Inspection {
    let claims = bare_claims(text);
    if let Some(layer) = claims.as_ref().filter(|layer| has(layer, &CLAIMS) && !has(layer, &TOKENS)) {
        return around(layer.clone(), clock);
    }
    let read = inspect_at(&Secret::new(text), clock, environments);
    match claims {
        Some(layer) if !read.is_jwt() => around(layer, clock),
        _ => read,
    }
}

fn bare_claims(text: &str) -> Option<Layer> {
    let text = text.trim();
    if !text.starts_with('{') || text.len() > MAX_INPUT {
        return None;
    }
    let claims = Layer::plain(text);
    let is_claims = !claims.document.members().is_empty() && !json_form::is_form(&claims.document);
    is_claims.then_some(claims)
}

fn has(layer: &Layer, names: &[&str]) -> bool {
    names.iter().any(|name| layer.document.get(name).is_some())
}

fn around(claims: Layer, clock: Clock) -> Inspection {
    Inspection { payload: Some(claims), ..inspect_at(&Secret::default(), clock, &[]) }
}
