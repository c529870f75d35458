//! Tokens to try the inspector with. Nobody accepts them: their signatures are of no key.

use serde_json::{Value, json};

use crate::domain::jose::base64url;

/// A token and what it shows.
pub struct Sample {
    /// Its name, for a button.
    pub name: &'static str,
    /// What there is to be seen, in a sentence.
    pub teaches: &'static str,
    /// Makes it, as if it was issued around this moment (Unix seconds).
    pub make: fn(i64) -> String,
}

/// All of them: a good one first.
pub const ALL: [Sample; 3] = [
    Sample {
        name: "A good access token",
        teaches: "Typed at+jwt, with everything RFC 9068 asks for.",
        make: good,
    },
    Sample {
        name: "An expired one",
        teaches: "It ended an hour ago, and it is for somebody else.",
        make: expired,
    },
    Sample {
        name: "A statement inside a request",
        teaches: "An open-banking registration: two tokens, one in the other.",
        make: nested,
    },
];

const ISSUER: &str = "https://id.bank.example";

fn good(now: i64) -> String {
    token(
        &json!({ "alg": "ES256", "typ": "at+jwt", "kid": "2026-05" }),
        &json!({
            "iss": ISSUER,
            "sub": "6cd4fef5-1c4d-4b3a-9a3c-1c8f3bd1c7a4",
            "aud": "https://api.bank.example/accounts",
            "client_id": "6cd4fef5-1c4d-4b3a-9a3c-1c8f3bd1c7a4",
            "scope": "accounts:read balances:read",
            "iat": now - 20,
            "exp": now + 280,
            "jti": "b3d8a7c0-6f5e-4f0e-9b57-5a4be27a1c11"
        }),
        64,
    )
}

fn expired(now: i64) -> String {
    token(
        &json!({ "alg": "RS256", "typ": "JWT", "kid": "N2xkq" }),
        &json!({
            "iss": ISSUER,
            "sub": "f:partners:4711",
            "aud": ["account", "https://payments.other.example"],
            "azp": "treasury-desk",
            "typ": "Bearer",
            "scope": "payments:initiate",
            "iat": now - 3_900,
            "exp": now - 3_600,
            "jti": "0c0f8c56-94e5-4e5a-8d24-34a1d6e0b7a2"
        }),
        256,
    )
}

fn nested(now: i64) -> String {
    let statement = token(
        &json!({ "alg": "PS256", "kid": "directory-1", "typ": "JWT" }),
        &json!({
            "iss": "OpenBanking Ltd",
            "iat": now - 3_600,
            "jti": "id0a1b2c3d4e5f60718",
            "software_id": "4bqZq2NDpyWrGDgkxGm1Pq",
            "software_client_name": "Treasury desk",
            "software_roles": ["AISP"],
            "software_redirect_uris": ["https://desk.northline.example/callback"],
            "software_jwks_endpoint": "https://keystore.directory.example/northline.jwks",
            "org_id": "0015800001041RHAAY",
            "org_name": "Northline Treasury Inc."
        }),
        256,
    );
    token(
        &json!({ "alg": "PS256", "kid": "northline-7" }),
        &json!({
            "iss": "4bqZq2NDpyWrGDgkxGm1Pq",
            "aud": "bank0001",
            "iat": now,
            "exp": now + 300,
            "jti": "7a7a0d0e-54b1-4a29-8a4c-2a6f3d0c9d11",
            "redirect_uris": ["https://desk.northline.example/callback"],
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": "PS256",
            "grant_types": ["client_credentials", "authorization_code"],
            "scope": "openid accounts",
            "software_id": "4bqZq2NDpyWrGDgkxGm1Pq",
            "software_statement": statement
        }),
        256,
    )
}

/// A token with bytes where the signature would be.
fn token(header: &Value, claims: &Value, signature: usize) -> String {
    let bytes: Vec<u8> = (0..signature).map(|at| (at.wrapping_mul(167) % 251) as u8).collect();
    let encode = |value: &Value| base64url(value.to_string().as_bytes());
    format!("{}.{}.{}", encode(header), encode(claims), base64url(&bytes))
}
