//! What a person or the environment can tell about a token, and what a rule may ask for.

use crate::domain::inspect::KnownIssuer;
use crate::domain::inspect::times::TOLERANCE;

/// How a check of the signature ended. Without one, nothing is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureVerdict {
    /// Right, by a key that the person chose or the environment is configured with.
    ChosenKey,
    /// Right, by a key that the token itself carries. That is never a pass.
    CarriedKey,
    /// Wrong.
    Wrong,
}

/// Something a rule may need to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// [`Known::access_token`]
    AccessToken,
    /// [`Known::acr`]
    Acr,
    /// [`Known::algorithm`]
    Algorithm,
    /// [`Known::certificate_thumbprint`]
    Certificate,
    /// [`Known::client_id`]
    ClientId,
    /// [`Known::code`]
    Code,
    /// [`Known::encrypted`]
    Encrypted,
    /// [`Known::form`]
    Form,
    /// [`Known::issuers`]
    Issuer,
    /// [`Known::key_ids`]
    KeyIds,
    /// [`Known::max_age`]
    MaxAge,
    /// [`Known::max_statement_age`]
    MaxStatementAge,
    /// [`Known::media_type`]
    MediaType,
    /// [`Known::method`]
    Method,
    /// [`Known::nonce`]
    Nonce,
    /// [`Known::not_before`]
    NotBefore,
    /// [`Known::proof`]
    Proof,
    /// [`Known::resource`]
    Resource,
    /// [`Known::revoked_key_ids`]
    RevokedKeyIds,
    /// [`Known::state`]
    State,
    /// [`Known::stored_token`]
    StoredToken,
    /// [`Known::unsigned_statements`]
    UnsignedStatements,
    /// [`Known::uri`]
    Uri,
    /// [`Known::used_ids`]
    UsedIds,
    /// [`Known::uses_left`]
    UsesLeft,
}

impl Input {
    /// Its name after "Give the".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AccessToken => "access token",
            Self::Acr => "requested `acr`",
            Self::Algorithm => "registered algorithm",
            Self::Certificate => "client certificate",
            Self::ClientId => "client ID",
            Self::Code => "authorization code",
            Self::Encrypted => "agreement on encryption",
            Self::Form => "request body",
            Self::Issuer => "issuer",
            Self::KeyIds => "key set",
            Self::MaxAge => "`max_age` of the request",
            Self::MaxStatementAge => "oldest age the server takes",
            Self::MediaType => "`Content-Type`",
            Self::Method => "HTTP method",
            Self::Nonce => "nonce that was sent",
            Self::NotBefore => "`not-before-policy` of the realm",
            Self::Proof => "DPoP proof",
            Self::Resource => "resource indicator of the API",
            Self::RevokedKeyIds => "revoked keys",
            Self::State => "`state` of the request",
            Self::StoredToken => "newest token of the registration",
            Self::UnsignedStatements => "server's word on unsigned statements",
            Self::Uri => "URL of the request",
            Self::UsedIds => "`jti` values that were used",
            Self::UsesLeft => "number of uses left",
        }
    }
}

/// What a person or the environment can tell. Nothing is required but the time.
#[derive(Clone, Default)]
pub struct Known<'a> {
    /// The current time in Unix seconds.
    pub now: i64,
    /// So many seconds of clock difference are forgiven.
    pub skew: i64,
    /// The client, as the server knows it.
    pub client_id: Option<&'a str>,
    /// What was sent as `nonce`, or what the server gave out as `DPoP-Nonce`.
    pub nonce: Option<&'a str>,
    /// `max_age` of the authorization request, in seconds.
    pub max_age: Option<i64>,
    /// `acr` that the authorization request asked for.
    pub acr: Option<&'a str>,
    /// The access token that came along, or that a DPoP proof goes with.
    pub access_token: Option<&'a str>,
    /// The authorization code that came along.
    pub code: Option<&'a str>,
    /// `state` of the authorization request.
    pub state: Option<&'a str>,
    /// Resource indicator of the API that is called (RFC 8707).
    pub resource: Option<&'a str>,
    /// Method of the HTTP request that the token goes with.
    pub method: Option<&'a str>,
    /// URL of that request.
    pub uri: Option<&'a str>,
    /// Body of that request, as `application/x-www-form-urlencoded`.
    pub form: Option<&'a str>,
    /// `Content-Type` of that request.
    pub media_type: Option<&'a str>,
    /// `aud` that the server wants in a registration request.
    pub audience: Option<&'a str>,
    /// The DPoP proof that goes with an access token.
    pub proof: Option<&'a str>,
    /// SHA-256 of the client certificate, base64url (RFC 8705, 3.1).
    pub certificate_thumbprint: Option<&'a str>,
    /// Issuers that are trusted.
    pub issuers: &'a [KnownIssuer],
    /// The token endpoint of the server.
    pub token_endpoint: Option<&'a str>,
    /// What is registered as `token_endpoint_auth_signing_alg` or `id_token_signed_response_alg`.
    pub algorithm: Option<&'a str>,
    /// Replaces the list of algorithms of the profile. `none` is never accepted.
    pub allowed_algorithms: Option<&'a [&'a str]>,
    /// Every `kid` of the issuer's key set, duplicates kept.
    pub key_ids: Option<&'a [&'a str]>,
    /// Every `kid` that was revoked.
    pub revoked_key_ids: Option<&'a [&'a str]>,
    /// Every `jti` that was used before.
    pub used_ids: Option<&'a [&'a str]>,
    /// Issuers of software statements that the server takes.
    pub directories: Option<&'a [&'a str]>,
    /// How old a software statement may be, in seconds.
    pub max_statement_age: Option<i64>,
    /// Whether the server takes statements that nobody signed.
    pub unsigned_statements: Option<bool>,
    /// Whether it was agreed that the token is encrypted.
    pub encrypted: Option<bool>,
    /// `not-before-policy` of the realm, in Unix seconds.
    pub not_before: Option<i64>,
    /// The registration access token of the last answer.
    pub stored_token: Option<&'a str>,
    /// How often an initial access token can still be used.
    pub uses_left: Option<u32>,
    /// How a check of the signature ended.
    pub signature: Option<SignatureVerdict>,
}

impl<'a> Known<'a> {
    /// The time and the usual allowance for clocks, and nothing else.
    #[must_use]
    pub fn at(now: i64) -> Self {
        Self { now, skew: TOLERANCE, ..Self::default() }
    }
}
