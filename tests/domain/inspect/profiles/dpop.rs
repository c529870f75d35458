//! DPoP proofs, with the key, the token and the digests that RFC 9449 prints.

use super::*;

pub const BOUND: &str = r#"{"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}"#;
const KEY: &str = r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}}"#;
const PRIVATE: &str = r#"{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}}"#;
const PROOF: &str = r#"{"jti":"e1j3V_bKic8-LAEB","htm":"GET","htu":"https://resource.example.org/protectedresource","iat":NOW,"ath":"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"}"#;
const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

pub fn proof() -> &'static str {
    signed(KEY, PROOF).leak()
}

fn bound(claims: &str) -> &'static str {
    signed(RS, claims).leak()
}

pub fn cases() -> Vec<Case> {
    vec![
        Case("dpop-claims", Pass("All"), KEY, PROOF, NONE),
        Case("dpop-claims", Error("`jti`, `htm`, `htu`, `iat`"), KEY, "{}", NONE),
        Case("dpop-key", Pass("EC, P-256, public"), KEY, PROOF, NONE),
        Case("dpop-key", Error("private key"), PRIVATE, PROOF, NONE),
        Case("dpop-key", Error("no `jwk`"), RS, PROOF, NONE),
        Case("dpop-key", Error("not a JSON object"), r#"{"jwk":1}"#, PROOF, NONE),
        Case("dpop-method", Unknown("HTTP method"), KEY, PROOF, NONE),
        Case("dpop-method", Pass("method of"), KEY, PROOF, |k| k.method = Some("GET")),
        Case("dpop-method", Error("not the method"), KEY, PROOF, |k| k.method = Some("get")),
        Case("dpop-address", Pass("without query"), KEY, PROOF, NONE),
        Case("dpop-address", Error("query or a fragment"), KEY, r#"{"htu":"https://a.example/?b"}"#, NONE),
        Case("dpop-address", Error("scheme"), KEY, r#"{"htu":"/token"}"#, NONE),
        Case("dpop-address", Error("no address"), KEY, r#"{"htu":"urn:a"}"#, NONE),
        Case("dpop-request", Unknown("URL of the request"), KEY, PROOF, NONE),
        Case("dpop-request", Pass("address of"), KEY, PROOF, |k| {
            k.uri = Some("HTTPS://resource.example.org:443/protectedresource?page=2#top");
        }),
        Case("dpop-request", Error("not the address"), KEY, PROOF, |k| {
            k.uri = Some("https://resource.example.org/other");
        }),
        Case("dpop-request", Error("not the address"), KEY, r#"{"htu":"urn:a"}"#, |k| k.uri = Some("urn:a")),
        Case("dpop-fresh", Pass("made now"), KEY, PROOF, NONE),
        Case("dpop-fresh", Error("6 min ago"), KEY, r#"{"iat":NOW-361}"#, NONE),
        Case("dpop-fresh", Error("missing"), KEY, "{}", NONE),
        Case("dpop-id", Pass("number"), KEY, PROOF, NONE),
        Case("dpop-id", Error("missing"), KEY, "{}", NONE),
        Case("dpop-replay", Unknown("Only the server"), KEY, PROOF, NONE),
        Case("dpop-replay", Pass("not used"), KEY, PROOF, |k| k.used_ids = Some(&[])),
        Case("dpop-replay", Error("before"), KEY, PROOF, |k| k.used_ids = Some(&["e1j3V_bKic8-LAEB"])),
        Case("dpop-token", Nothing("token endpoint"), KEY, "{}", NONE),
        Case("dpop-token", Unknown("access token"), KEY, PROOF, NONE),
        Case("dpop-token", Pass("this access token"), KEY, PROOF, |k| k.access_token = Some(TOKEN)),
        Case("dpop-token", Error("another"), KEY, PROOF, |k| k.access_token = Some("x")),
        Case("dpop-token", Error("`ath` is missing"), KEY, "{}", |k| k.access_token = Some(TOKEN)),
        Case("dpop-bound", Unknown("access token above"), KEY, PROOF, NONE),
        Case("dpop-bound", Unknown("does not show"), KEY, PROOF, |k| k.access_token = Some(TOKEN)),
        Case("dpop-bound", Pass("bound to"), KEY, PROOF, |k| k.access_token = Some(bound(BOUND))),
        Case("dpop-bound", Error("another key"), KEY, PROOF, |k| {
            k.access_token = Some(bound(r#"{"cnf":{"jkt":"a"}}"#));
        }),
        Case("dpop-nonce", Nothing("no `nonce`"), KEY, "{}", NONE),
        Case("dpop-nonce", Error("the proof has none"), KEY, "{}", |k| k.nonce = Some("n")),
        Case("dpop-nonce", Pass("of the server"), KEY, r#"{"nonce":"n"}"#, |k| k.nonce = Some("n")),
        Case("dpop-nonce", Unknown("nonce"), KEY, r#"{"nonce":"n"}"#, NONE),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}
