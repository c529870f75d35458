//! What a token is for, by what it says of itself.

use super::json::Document;
use super::shape::Shape;

/// What was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Empty,
    /// Words, a document, an address.
    NotAToken,
    /// One word that says nothing of itself.
    Opaque {
        /// Its length in characters.
        length: usize,
    },
    /// A JWE: only its header can be read.
    Encrypted,
    /// Access token as Keycloak writes it.
    KeycloakAccessToken,
    /// Access token of the type `at+jwt` (RFC 9068).
    AccessToken,
    /// Refresh token of Keycloak.
    RefreshToken,
    /// Reads, changes and deletes one registration (RFC 7592, 1.2).
    RegistrationAccessToken,
    /// Registers clients (RFC 7591, 1.2).
    InitialAccessToken,
    /// ID token (OpenID Connect Core, 2).
    IdToken,
    /// Client authentication by a signed assertion (RFC 7523, 2.2).
    ClientAssertion,
    /// A JWT that says nothing of its purpose.
    UnknownJwt,
}

impl Kind {
    /// The words for it, for a heading.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Empty => "Nothing pasted yet".to_owned(),
            Self::NotAToken => "Not a token".to_owned(),
            Self::Opaque { length: 1 } => "Opaque token, 1 character".to_owned(),
            Self::Opaque { length } => format!("Opaque token, {length} characters"),
            Self::Encrypted => "Encrypted token".to_owned(),
            Self::KeycloakAccessToken => "Access token from Keycloak".to_owned(),
            Self::AccessToken => "Access token".to_owned(),
            Self::RefreshToken => "Refresh token from Keycloak".to_owned(),
            Self::RegistrationAccessToken => "Registration access token".to_owned(),
            Self::InitialAccessToken => "Initial access token".to_owned(),
            Self::IdToken => "ID token".to_owned(),
            Self::ClientAssertion => "Client assertion".to_owned(),
            Self::UnknownJwt => "JWT of an unknown kind".to_owned(),
        }
    }

    /// Keycloak writes `exp: 0` or none at all when these have no end; its check reads
    /// `exp != null && exp != 0 && now > exp`.
    #[must_use]
    pub fn zero_is_never(&self) -> bool {
        matches!(self, Self::RegistrationAccessToken | Self::InitialAccessToken | Self::RefreshToken)
    }

    /// Whether it is meant for calling an API.
    #[must_use]
    pub fn is_access_token(&self) -> bool {
        matches!(self, Self::KeycloakAccessToken | Self::AccessToken)
    }

    pub(super) fn of(shape: Shape, header: &Document, claims: &Document) -> Self {
        match shape {
            Shape::Empty => Self::Empty,
            Shape::Other => Self::NotAToken,
            Shape::Opaque(length) => Self::Opaque { length },
            Shape::Encrypted => Self::Encrypted,
            _ => by_type(header, claims).unwrap_or_else(|| by_claims(claims)),
        }
    }
}

/// The media type without its prefix, in lower case (RFC 7515, 4.1.9).
pub(super) fn media_type(typ: &str) -> String {
    let typ = typ.to_ascii_lowercase();
    typ.strip_prefix("application/").map(str::to_owned).unwrap_or(typ)
}

fn by_type(header: &Document, claims: &Document) -> Option<Kind> {
    match claims.text("typ") {
        Some("RegistrationAccessToken") => return Some(Kind::RegistrationAccessToken),
        Some("InitialAccessToken") => return Some(Kind::InitialAccessToken),
        Some("ID") => return Some(Kind::IdToken),
        Some("Refresh" | "Offline") => return Some(Kind::RefreshToken),
        Some("Bearer" | "DPoP") => return Some(Kind::KeycloakAccessToken),
        _ => {}
    }
    match media_type(header.text("typ")?).as_str() {
        "at+jwt" => Some(Kind::AccessToken),
        "client-authentication+jwt" => Some(Kind::ClientAssertion),
        _ => None,
    }
}

fn by_claims(claims: &Document) -> Kind {
    let has = |name: &str| claims.get(name).is_some();
    if has("realm_access") && has("azp") {
        Kind::KeycloakAccessToken
    } else if has("iss") && claims.text("iss") == claims.text("sub") && has("aud") && !has("scope") {
        Kind::ClientAssertion
    } else if has("nonce") || has("at_hash") || has("c_hash") {
        Kind::IdToken
    } else {
        Kind::UnknownJwt
    }
}
