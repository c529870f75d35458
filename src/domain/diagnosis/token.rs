//! What a token says of itself, where that explains a refusal. It is read, never trusted.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::domain::{json, registration::Refusal, secret::Secret, time};

/// What a token says of itself, as far as it decides whether a page may use it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenSays {
    /// Origins of pages that may use it (`allowed-origins`, Keycloak); `None` when it does not say.
    pub allowed_origins: Option<Vec<String>>,
    /// `iss`.
    pub issuer: Option<String>,
    /// `exp` in seconds since 1970; 0 means never.
    pub expires_at: Option<i64>,
}

impl TokenSays {
    /// Reads the claims of a JWT (RFC 7519); `None` for a token that is none.
    #[must_use]
    pub fn read(token: &Secret) -> Option<Self> {
        let claims = token.expose().split('.').nth(1)?;
        let bytes = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
        let members = json::object(std::str::from_utf8(&bytes).ok()?).ok()?.members;
        Some(Self {
            // Keycloak writes an empty list into tokens that were made without web origins.
            allowed_origins: json::strings(&members, "allowed-origins").filter(|origins| !origins.is_empty()),
            issuer: json::string(&members, "iss"),
            expires_at: json::integer(&members, "exp"),
        })
    }

    /// Whether it has ended.
    #[must_use]
    pub fn has_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|end| end > 0 && end <= now)
    }
}

/// Keycloak's "Failed decode token" has three reasons in one text. The token tells which it is.
pub fn look_into(refusal: &mut Refusal, token: Option<&Secret>, issuer: &str, now: i64) {
    if refusal.status != 401 || !refusal.mentions("Failed decode token") {
        return;
    }
    let Some(says) = token.map(TokenSays::read) else { return };
    let (meaning, next) = match says {
        Some(says) if says.has_expired(now) => (
            format!("The token expired on {}.", time::date_time(says.expires_at.unwrap_or_default())),
            "Ask the operator for a new one. Nothing was done, and what you typed is kept.",
        ),
        Some(TokenSays { issuer: Some(other), .. }) if other != issuer => (
            format!("The token is of {other}, and the server calls itself {issuer}: it takes only tokens of the address it was called at."),
            "Choose the environment that the token is for. If it is this one, the operator checks the host name that the prefix passes on (Host).",
        ),
        Some(_) => (
            "Its issuer is right and it has not expired, so the token is damaged, or the server has new keys.".to_owned(),
            "Copy the token from the e-mail again, as a whole. If it is refused again, ask the operator for a new one.",
        ),
        None => (
            "The token is not a JWT, as this server makes them: it is damaged, or of another server.".to_owned(),
            "Copy the token from the e-mail again, as a whole.",
        ),
    };
    refusal.meaning = meaning;
    next.clone_into(&mut refusal.next);
}
