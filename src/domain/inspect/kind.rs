//! What a token is for, by what it says of itself.

use super::json::{Document, Node};
use super::shape::{Shape, Taken};
use super::subject;

/// What was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Empty,
    /// Words, a document, an address.
    NotAToken,
    /// More than is read.
    TooLarge,
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
    /// Grant by a signed assertion (RFC 7523, 2.1).
    JwtBearerGrant,
    /// Proof of possession of a key (RFC 9449, 4).
    DpopProof,
    /// Tells a client that a session has ended (OpenID Connect Back-Channel Logout, 2.4).
    LogoutToken,
    /// Signed introspection answer (RFC 9701, 5).
    IntrospectionToken,
    /// Signed authorization request (RFC 9101, 4).
    RequestObject,
    /// Signed registration request with a software statement, as open banking writes it.
    RegistrationRequest,
    /// What somebody vouches for about a software (RFC 7591, 2.3).
    SoftwareStatement,
    /// The holder's proof at the end of an SD-JWT (RFC 9901, 4.3).
    KeyBinding,
    /// A credential of which the holder shows some claims (RFC 9901).
    Credential,
    /// A JWT that says nothing of its purpose.
    UnknownJwt,
    /// Introspection answer in JSON (RFC 7662, 2.2).
    IntrospectionAnswer,
    /// What competent authorities allowed an organisation, out of a software statement (Open Banking UK).
    AuthorityClaims,
    /// JWK set (RFC 7517, 5).
    KeySet {
        /// How many keys there are.
        keys: usize,
    },
    /// A public key, as JWK or PEM.
    PublicKey,
    /// A private or shared key, as JWK, in a key set, or in PEM.
    PrivateKey,
    /// X.509 certificate in PEM.
    Certificate,
    /// Certificate signing request in PEM (RFC 2986).
    CertificateRequest,
}

impl Kind {
    /// The words for it, for a heading.
    #[must_use]
    pub fn label(&self) -> String {
        let fixed = match self {
            Self::Opaque { length: 1 } => "Opaque token, 1 character",
            Self::Opaque { length } => return format!("Opaque token, {length} characters"),
            Self::KeySet { keys: 1 } => "Key set with 1 key",
            Self::KeySet { keys } => return format!("Key set with {keys} keys"),
            Self::Empty => "Nothing pasted yet",
            Self::NotAToken => "Not a token",
            Self::TooLarge => "Too large to read",
            Self::Encrypted => "Encrypted token",
            Self::KeycloakAccessToken => "Access token from Keycloak",
            Self::AccessToken => "Access token",
            Self::RefreshToken => "Refresh token from Keycloak",
            Self::RegistrationAccessToken => "Registration access token",
            Self::InitialAccessToken => "Initial access token",
            Self::IdToken => "ID token",
            Self::ClientAssertion => "Client assertion",
            Self::JwtBearerGrant => "Assertion for a JWT bearer grant",
            Self::DpopProof => "DPoP proof",
            Self::LogoutToken => "Logout token",
            Self::IntrospectionToken => "Signed introspection answer",
            Self::RequestObject => "Signed authorization request",
            Self::RegistrationRequest => "Signed registration request",
            Self::SoftwareStatement => "Software statement",
            Self::KeyBinding => "Key binding of an SD-JWT",
            Self::Credential => "Credential with selective disclosure",
            Self::UnknownJwt => "JWT of an unknown kind",
            Self::IntrospectionAnswer => "Introspection answer",
            Self::AuthorityClaims => "What the authorities allowed",
            Self::PublicKey => "Public key",
            Self::PrivateKey => "Private key",
            Self::Certificate => "Certificate",
            Self::CertificateRequest => "Certificate request",
        };
        fixed.to_owned()
    }

    /// What to do with something that is no token to be read here; code stands in backticks.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::TooLarge => "More than 10 MB was pasted. Nothing of it was read. Paste the token alone.",
            Self::Opaque { .. } => {
                "It is not a JWT. Only the server that made it knows what it means: ask it with introspection (RFC 7662)."
            }
            Self::IntrospectionAnswer => {
                "The server's answer about a token, not the token. What matters first is `active`."
            }
            Self::AuthorityClaims => {
                "It is not signed itself. The signature of the statement that it stands in vouches for it."
            }
            Self::KeySet { .. } | Self::PublicKey => {
                "It verifies signatures. Use it as the key when you inspect a token."
            }
            Self::PrivateKey => {
                "Do not paste it anywhere. Who holds it can sign in your name. If this was not a test key, replace it. \
                 It was not stored and not sent."
            }
            Self::Certificate => "Open it in the workshop: it shows subject, validity, key and thumbprints.",
            Self::CertificateRequest => "Open it in the workshop: it shows the subject and the key.",
            _ => return None,
        })
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

    pub(super) fn of(text: &str, taken: &Taken, header: &Document, claims: &Document) -> Self {
        match taken.shape {
            Shape::Empty => Self::Empty,
            Shape::TooLarge(_) => Self::TooLarge,
            Shape::Other => match &taken.document {
                Some(document) => subject::of_document(document),
                None => subject::of_pem(text),
            }
            .unwrap_or(Self::NotAToken),
            Shape::Opaque(length) => Self::Opaque { length },
            _ if taken.encrypted => Self::Encrypted,
            Shape::SelectiveDisclosure => {
                by_type(header, claims).or_else(|| by_claims(header, claims)).unwrap_or(Self::Credential)
            }
            _ => by_type(header, claims).or_else(|| by_claims(header, claims)).unwrap_or(Self::UnknownJwt),
        }
    }
}

/// The media type without its prefix, in lower case (RFC 7515, 4.1.9).
pub(super) fn media_type(typ: &str) -> String {
    let typ = typ.to_ascii_lowercase();
    typ.strip_prefix("application/").map(str::to_owned).unwrap_or(typ)
}

/// Kinds by the claim `typ`, which is Keycloak's own.
const KEYCLOAK_TYPES: [(&str, Kind); 8] = [
    ("RegistrationAccessToken", Kind::RegistrationAccessToken),
    ("InitialAccessToken", Kind::InitialAccessToken),
    ("ID", Kind::IdToken),
    ("Refresh", Kind::RefreshToken),
    ("Offline", Kind::RefreshToken),
    ("Bearer", Kind::KeycloakAccessToken),
    ("DPoP", Kind::KeycloakAccessToken),
    ("Logout", Kind::LogoutToken),
];

/// Kinds by `typ` of the header (RFC 8725, 3.11).
const MEDIA_TYPES: [(&str, Kind); 10] = [
    ("at+jwt", Kind::AccessToken),
    ("client-authentication+jwt", Kind::ClientAssertion),
    ("dpop+jwt", Kind::DpopProof),
    ("logout+jwt", Kind::LogoutToken),
    ("token-introspection+jwt", Kind::IntrospectionToken),
    ("oauth-authz-req+jwt", Kind::RequestObject),
    ("kb+jwt", Kind::KeyBinding),
    ("dc+sd-jwt", Kind::Credential),
    ("vc+sd-jwt", Kind::Credential),
    ("authorization-grant+jwt", Kind::JwtBearerGrant),
];

fn look_up(table: &[(&str, Kind)], name: &str) -> Option<Kind> {
    table.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

fn by_type(header: &Document, claims: &Document) -> Option<Kind> {
    claims
        .text("typ")
        .and_then(|typ| look_up(&KEYCLOAK_TYPES, typ))
        .or_else(|| look_up(&MEDIA_TYPES, &media_type(header.text("typ")?)))
}

/// Issuers of software statements in open banking.
const DIRECTORIES: [&str; 2] = ["OpenBanking Ltd", "cdr-register"];

/// Claims that only a software statement has (the directories of open banking).
const STATEMENT_CLAIMS: [&str; 4] =
    ["software_jwks_endpoint", "org_jwks_endpoint", "software_client_id", "org_id"];

fn by_claims(header: &Document, claims: &Document) -> Option<Kind> {
    let has = |name: &str| claims.get(name).is_some();
    let issuer = claims.text("iss");
    let is_own = issuer.is_some() && issuer == claims.text("sub");
    // Servers are named by URLs (RFC 8414, 2), clients mostly are not.
    let is_client = issuer.is_some_and(|issuer| !issuer.contains("://"));
    let is_statement = issuer.is_some_and(|issuer| DIRECTORIES.contains(&issuer))
        || has("software_id") && STATEMENT_CLAIMS.iter().any(|name| has(name));
    let logout =
        claims.get("events").and_then(|node| node.get("http://schemas.openid.net/event/backchannel-logout"));
    let kind = if has("realm_access") && has("azp") {
        Kind::KeycloakAccessToken
    } else if logout.is_some() {
        Kind::LogoutToken
    } else if has("token_introspection") {
        Kind::IntrospectionToken
    } else if header.get("jwk").is_some() && has("htm") && has("htu") {
        Kind::DpopProof
    } else if has("software_statement") {
        Kind::RegistrationRequest
    } else if is_statement {
        Kind::SoftwareStatement
    } else if has("response_type") && has("client_id") && has("redirect_uri") {
        Kind::RequestObject
    } else if is_own && has("aud") && !has("scope") {
        Kind::ClientAssertion
    } else if has("sd_hash") {
        Kind::KeyBinding
    } else if has("nonce") || has("at_hash") || has("c_hash") {
        Kind::IdToken
    } else if is_client
        && has("aud")
        && has("exp")
        && (has("scope") || claims.text("sub").is_some())
        && !is_issued(claims)
    {
        Kind::JwtBearerGrant
    } else {
        return None;
    };
    Some(kind)
}

/// Names of a client, which a server writes into a token that it issues.
fn is_issued(claims: &Document) -> bool {
    let named: Option<Node<'_>> =
        ["client_id", "azp", "cid", "appid"].iter().find_map(|name| claims.get(name));
    named.is_some()
}
