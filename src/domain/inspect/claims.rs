//! The dictionary: what a name in a header or among claims means, in one line each.

/// JOSE header parameters (RFC 7515, 4.1; RFC 7516, 4.1; RFC 7797; RFC 9449).
const HEADER: &[(&str, &str)] = &[
    ("alg", "How it is signed"),
    ("apu", "Input to the key agreement, from the sender"),
    ("apv", "Input to the key agreement, from the receiver"),
    ("b64", "Whether the payload is base64url"),
    ("crit", "Names that a reader must understand"),
    ("cty", "Type of the content"),
    ("enc", "How the content is encrypted"),
    ("epk", "One-time public key of the sender"),
    ("iv", "Input to the encryption of the key"),
    ("jku", "Address of keys, chosen by the token itself"),
    ("jwk", "A key carried by the token itself"),
    ("kid", "The issuer's signing key"),
    ("nonce", "Ties it to one request"),
    ("p2c", "Rounds of the key derivation from a password"),
    ("p2s", "Salt of the key derivation from a password"),
    ("tag", "Check value of the encrypted key"),
    ("typ", "Type of the token"),
    ("url", "Address it was made for"),
    ("x5c", "Certificates carried by the token itself"),
    ("x5t", "SHA-1 thumbprint of a certificate"),
    ("x5t#S256", "SHA-256 thumbprint of a certificate"),
    ("x5u", "Address of certificates, chosen by the token itself"),
    ("zip", "How the content is compressed"),
];

/// Claims of RFC 7519, 7591, 7662, 7800, 8693, 8705, 9068, 9449, 9901, OpenID Connect Core, Keycloak and the
/// directories of open banking.
const PAYLOAD: &[(&str, &str)] = &[
    ("_sd", "Digests of claims that the holder may show"),
    ("_sd_alg", "How those digests are made"),
    ("acr", "Sign-in strength, not used by machines"),
    ("act", "Who acts for the subject"),
    ("active", "Whether the token is still good"),
    ("address", "Postal address"),
    ("allowed-origins", "Pages that may call with it"),
    ("amr", "How the person signed in"),
    ("at_hash", "Digest of the access token that came along"),
    ("ath", "Digest of the access token it goes with"),
    ("aud", "Who shall accept it"),
    ("auth_time", "When the person signed in"),
    ("authorization", "Permissions of Keycloak's authorization services"),
    ("authorization_details", "Fine-grained permissions (RFC 9396)"),
    ("azp", "The client that asked for it"),
    ("birthdate", "Date of birth"),
    ("c_hash", "Digest of the authorization code"),
    ("clientAddress", "Where the request came from"),
    ("clientHost", "Where the request came from"),
    ("clientId", "The client, as older Keycloak names it"),
    ("client_id", "The client that asked for it"),
    ("client_name", "Name of the client"),
    ("cnf", "The key that must be shown with it"),
    ("cnf.jkt", "Thumbprint of the DPoP key that must be shown with it"),
    ("cnf.jwk", "The key that must be shown with it"),
    ("cnf.x5t#S256", "Thumbprint of the certificate that must be shown with it"),
    ("email", "E-mail address"),
    ("email_verified", "Whether the e-mail address was checked"),
    ("entitlements", "What the subject may use"),
    ("events", "What happened, in a security event"),
    ("exp", "When it ends"),
    ("family_name", "Family name"),
    ("gender", "Gender"),
    ("given_name", "Given name"),
    ("grant_types", "How the client may get tokens"),
    ("groups", "Groups of the subject"),
    ("htm", "Method of the request it was made for"),
    ("htu", "Address of the request it was made for"),
    ("iat", "When it was issued"),
    ("id_token_hint", "An ID token from before"),
    ("iss", "Who issued it"),
    ("jti", "Number of this token"),
    ("jwks", "The client's keys"),
    ("jwks_uri", "Address of the client's keys"),
    ("locale", "Language"),
    ("may_act", "Who may act for the subject"),
    ("middle_name", "Middle name"),
    ("name", "Full name"),
    ("nbf", "When it begins"),
    ("nickname", "Nickname"),
    ("nonce", "Ties it to one request"),
    ("org_id", "The organisation, as the directory numbers it"),
    ("org_jwks_endpoint", "Address of the organisation's keys"),
    ("org_name", "Name of the organisation"),
    ("org_status", "Whether the organisation is active"),
    ("organization", "Organisations of the subject"),
    ("phone_number", "Telephone number"),
    ("phone_number_verified", "Whether the telephone number was checked"),
    ("picture", "Address of a picture"),
    ("preferred_username", "User name"),
    ("profile", "Address of a profile page"),
    ("realm_access", "Roles in the realm"),
    ("redirect_uri", "Where the browser is sent back"),
    ("redirect_uris", "Where browsers may be sent back"),
    ("registration_auth", "Which registration policies apply"),
    ("request", "A signed request"),
    ("resource_access", "Roles at clients"),
    ("response_type", "What the authorization endpoint shall answer"),
    ("response_types", "What the authorization endpoint may answer"),
    ("roles", "Roles of the subject"),
    ("s_hash", "Digest of the state"),
    ("scope", "What it may be used for"),
    ("sd_hash", "Digest of the SD-JWT it belongs to"),
    ("session_state", "The session it belongs to"),
    ("sid", "The session it belongs to"),
    ("software_client_id", "The client, as the directory numbers it"),
    ("software_client_name", "Name of the software"),
    ("software_id", "The software that registers"),
    ("software_jwks_endpoint", "Address of the software's keys"),
    ("software_redirect_uris", "Where browsers may be sent back"),
    ("software_roles", "What the software may be used for"),
    ("software_statement", "What somebody vouches for about the software"),
    ("software_version", "Version of the software"),
    ("status", "Where it is told whether it was withdrawn"),
    ("sub", "Who it is about"),
    ("token_endpoint_auth_method", "How the client proves who it is"),
    ("token_endpoint_auth_signing_alg", "How the client signs its assertions"),
    ("token_introspection", "The answer about the token"),
    ("token_type", "How the token is shown"),
    ("trusted-certs", "Certificates that Keycloak trusts for it"),
    ("typ", "Keycloak's own type of the token"),
    ("updated_at", "When the profile was changed"),
    ("upn", "User name"),
    ("username", "User name"),
    ("vct", "Type of the credential"),
    ("website", "Address of a web site"),
    ("zoneinfo", "Time zone"),
];

/// Members of a key (RFC 7517, 4; RFC 7518, 6; RFC 8037, 2), wherever a token carries one.
const KEY: &[(&str, &str)] = &[
    ("alg", "What the key may be used with"),
    ("crv", "Curve of the key"),
    ("d", PRIVATE),
    ("dp", PRIVATE),
    ("dq", PRIVATE),
    ("e", PUBLIC),
    ("k", PRIVATE),
    ("key_ops", "What the key is for"),
    ("kid", "Name of the key"),
    ("kty", "Kind of key"),
    ("n", PUBLIC),
    ("p", PRIVATE),
    ("q", PRIVATE),
    ("qi", PRIVATE),
    ("use", "What the key is for"),
    ("x", PUBLIC),
    ("y", PUBLIC),
];
const PUBLIC: &str = "Public part of the key";
const PRIVATE: &str = "Private part of the key";

/// Signature algorithms (RFC 7518, 3.1; RFC 8037; RFC 9864) with the length of the signature in bytes.
const ALGORITHMS: &[(&str, &str, Signed)] = &[
    ("HS256", "HMAC with SHA-256 and a shared secret", Signed::Bytes(32)),
    ("HS384", "HMAC with SHA-384 and a shared secret", Signed::Bytes(48)),
    ("HS512", "HMAC with SHA-512 and a shared secret", Signed::Bytes(64)),
    ("RS256", "RSA signature with SHA-256", Signed::Rsa),
    ("RS384", "RSA signature with SHA-384", Signed::Rsa),
    ("RS512", "RSA signature with SHA-512", Signed::Rsa),
    ("PS256", "RSA-PSS signature with SHA-256", Signed::Rsa),
    ("PS384", "RSA-PSS signature with SHA-384", Signed::Rsa),
    ("PS512", "RSA-PSS signature with SHA-512", Signed::Rsa),
    ("ES256", "Elliptic curve P-256 signature", Signed::Bytes(64)),
    ("ES384", "Elliptic curve P-384 signature", Signed::Bytes(96)),
    ("ES512", "Elliptic curve P-521 signature", Signed::Bytes(132)),
    ("EdDSA", "Edwards curve signature", Signed::Edwards),
    ("Ed25519", "Ed25519 signature", Signed::Bytes(64)),
    ("none", "Nobody signed it", Signed::Bytes(0)),
];

/// How long a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// Exactly so many bytes.
    Bytes(usize),
    /// As long as the modulus, which has 2,048 bits at least (RFC 7518, 3.3).
    Rsa,
    /// Ed25519 or Ed448.
    Edwards,
}

impl Signed {
    pub(super) fn fits(self, bytes: usize) -> bool {
        match self {
            Self::Bytes(exactly) => bytes == exactly,
            Self::Rsa => bytes >= 256,
            Self::Edwards => bytes == 64 || bytes == 114,
        }
    }
}

fn look_up(dictionary: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    dictionary.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

/// What a JOSE header parameter means. A member of a key is asked for by its path: `jwk.kty`.
#[must_use]
pub fn header_parameter(name: &str) -> Option<&'static str> {
    look_up(HEADER, name).or_else(|| member_of_key(name))
}

/// What a claim means. A member of an object is asked for by its path: `cnf.jkt`.
#[must_use]
pub fn claim(path: &str) -> Option<&'static str> {
    look_up(PAYLOAD, path).or_else(|| member_of_key(path))
}

fn member_of_key(path: &str) -> Option<&'static str> {
    let (above, name) = path.rsplit_once('.')?;
    matches!(above, "jwk" | "epk" | "cnf.jwk").then(|| look_up(KEY, name))?
}

/// What a signature algorithm is.
#[must_use]
pub fn algorithm(name: &str) -> Option<&'static str> {
    ALGORITHMS.iter().find(|(known, ..)| *known == name).map(|(_, meaning, _)| *meaning)
}

pub(super) fn signature_length(algorithm: &str) -> Option<Signed> {
    ALGORITHMS.iter().find(|(known, ..)| *known == algorithm).map(|(.., length)| *length)
}

/// What Keycloak writes into the claim `typ`.
#[must_use]
pub fn keycloak_type(value: &str) -> Option<&'static str> {
    look_up(
        &[
            ("Bearer", "Keycloak's own: an access token"),
            ("DPoP", "Keycloak's own: an access token bound to a key"),
            ("ID", "Keycloak's own: an ID token"),
            ("Refresh", "Keycloak's own: a refresh token"),
            ("Offline", "Keycloak's own: a refresh token that outlives the session"),
            ("InitialAccessToken", "Keycloak's own: right for registering"),
            ("RegistrationAccessToken", "Keycloak's own: right for one registration"),
        ],
        value,
    )
}
