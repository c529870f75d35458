//! What is made wrong in a good request.

use serde_json::{Map, Value, json};

use super::Kit;
use crate::domain::jose::{Unsigned, from_base64url};

/// One thing that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// `exp` has passed.
    Expired,
    /// `iss` is this.
    Issuer(&'static str),
    /// `token_endpoint_auth_method` is this.
    Method(&'static str),
    /// `response_types` are these.
    ResponseTypes(&'static [&'static str]),
    /// One bit of the signature is another.
    Signature,
    /// `jti` is that of the request before.
    ReplayedId,
    /// The statement is of a directory that the server does not trust.
    ForeignStatement,
    /// This redirect URI stands beside those of the statement.
    ForeignRedirect(&'static str),
}

impl Change {
    /// What is wrong, in words; empty when nothing is.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Expired => "`exp` an hour ago",
            Self::Issuer("") => "`iss` empty",
            Self::Issuer(_) => "another `iss`",
            Self::Method(_) => "`RS256` as `token_endpoint_auth_method`",
            Self::ResponseTypes(_) => "`response_types` of `id_token` and `token`",
            Self::Signature => "one bit of the signature changed",
            Self::ReplayedId => "the `jti` of the request before",
            Self::ForeignStatement => "a statement that the directory did not sign",
            Self::ForeignRedirect(_) => "a redirect URI that is not in the statement",
        }
    }

    /// Changes the claims.
    pub(super) fn claims(self, claims: &mut Map<String, Value>, now: i64) {
        match self {
            Self::Expired => {
                set(claims, "iat", (now - 2 * HOUR).into());
                set(claims, "exp", (now - HOUR).into());
            }
            Self::Issuer(issuer) => set(claims, "iss", issuer.into()),
            Self::Method(method) => set(claims, "token_endpoint_auth_method", method.into()),
            Self::ResponseTypes(types) => set(claims, "response_types", json!(types)),
            Self::ForeignRedirect(uri) => {
                if let Some(Value::Array(uris)) = claims.get_mut("redirect_uris") {
                    uris.push(uri.into());
                } else {
                    set(claims, "redirect_uris", json!([uri]));
                }
            }
            Self::None | Self::Signature | Self::ReplayedId | Self::ForeignStatement => {}
        }
    }

    /// Changes the signature.
    pub(super) fn signature(self, signature: &mut [u8]) {
        if self == Self::Signature
            && let Some(first) = signature.first_mut()
        {
            *first ^= 1;
        }
    }
}

const HOUR: i64 = 3_600;

/// Sets a member where it stands, or at the end.
pub(super) fn set(claims: &mut Map<String, Value>, name: &str, value: Value) {
    claims.insert(name.to_owned(), value);
}

/// A copy of a statement, to be signed with the key of the software instead of that of the directory. `None` when the
/// statement cannot be read.
pub(super) fn forged(statement: &str, kit: &Kit) -> Option<Unsigned> {
    let bytes = from_base64url(statement.split('.').nth(1)?)?;
    let claims = serde_json::from_slice::<Map<String, Value>>(&bytes).ok()?;
    let mut header = Map::new();
    for (name, value) in [("alg", kit.algorithm.name()), ("kid", &kit.kid), ("typ", "JWT")] {
        set(&mut header, name, value.into());
    }
    Some(Unsigned { header, claims })
}
