//! The software statement (RFC 7591 section 2.3): whether the directory signed it.

use serde_json::Value;

use super::Directories;
use super::refusal::Refusal;
use crate::awkward::Awkward;
use crate::jose::jwk;
use crate::jose::jws::Unverified;

/// The claims of a statement that a directory signed whose statements count.
pub(super) fn verified(
    statement: &str,
    directories: &Directories,
    wanted: Option<Awkward>,
) -> Result<Value, Refusal> {
    let is_careless = wanted == Some(Awkward::AcceptsForeignStatement);
    let counts = |parts: &Unverified<'_>| {
        jwk::verified_by_set(parts, &directories.trusted)
            || (is_careless && jwk::verified_by_set(parts, &directories.foreign))
    };
    Unverified::parse(statement)
        .filter(counts)
        .map(|parts| parts.claims)
        .ok_or(Refusal::Statement("Signature validation failed for the software statement"))
}

/// The claims of a statement that was verified when it came.
pub(super) fn kept(statement: &str) -> Option<Value> {
    Unverified::parse(statement).map(|parts| parts.claims)
}

/// A claim that is a text.
pub(super) fn text<'a>(claims: &'a Value, name: &str) -> &'a str {
    claims.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The redirect URIs it allows.
pub(super) fn redirect_uris(claims: &Value) -> Vec<&str> {
    let list = claims.get("software_redirect_uris").and_then(Value::as_array);
    list.map(|list| list.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}
