//! FAPI 2.0.

use super::*;

const SELF: &str = r#"{"iss":"c","sub":"c","aud":"http://localhost:8081/auth/realms/BBBBCAXXXXX"}"#;
const ACCESS: &str = r#"{"typ":"Bearer","cnf":{"jkt":"a"}}"#;

pub fn cases() -> Vec<Case> {
    vec![
        Case("fapi-algorithm", Pass("three"), PS, "{}", NONE),
        Case("fapi-algorithm", Error("none of"), RS, "{}", NONE),
        Case("fapi-audience", Pass("issuer identifier"), PS, SELF, NONE),
        Case("fapi-audience", Nothing("no client assertion"), PS, ACCESS, NONE),
        Case("fapi-audience", Error("not an array"), PS, r#"{"iss":"c","sub":"c","aud":["a"]}"#, NONE),
        Case("fapi-audience", Error("token endpoint"), PS, r#"{"iss":"c","sub":"c","aud":"a/token"}"#, NONE),
        Case("fapi-audience", Unknown("issuer"), PS, SELF, |k| k.issuers = &[]),
        Case("fapi-clock", Pass("every server"), PS, r#"{"iat":NOW,"nbf":NOW+10}"#, NONE),
        Case("fapi-clock", Warning("may refuse"), PS, r#"{"nbf":NOW+11}"#, NONE),
        Case("fapi-clock", Error("must refuse"), PS, r#"{"iat":NOW+61}"#, NONE),
        Case("fapi-clock", Nothing("neither"), PS, "{}", NONE),
        Case("fapi-bound", Nothing("no access token"), PS, SELF, NONE),
        Case("fapi-bound", Pass("holds the key"), PS, ACCESS, NONE),
        Case("fapi-bound", Error("Whoever finds it"), PS, r#"{"typ":"Bearer"}"#, NONE),
        Case("fapi-client", Nothing("registers no"), PS, "{}", NONE),
        Case(
            "fapi-client",
            Pass("by a key"),
            PS,
            r#"{"token_endpoint_auth_method":"private_key_jwt"}"#,
            NONE,
        ),
        Case(
            "fapi-client",
            Error("not by"),
            PS,
            r#"{"token_endpoint_auth_method":"client_secret_basic"}"#,
            NONE,
        ),
        Case("fapi-response", Nothing("registers no"), PS, "{}", NONE),
        Case("fapi-response", Pass("`code` alone"), PS, r#"{"response_types":["code"]}"#, NONE),
        Case("fapi-response", Error("FAPI 1.0"), PS, r#"{"response_types":["code id_token"]}"#, NONE),
        Case("fapi-redirects", Nothing("no redirect"), PS, "{}", NONE),
        Case("fapi-redirects", Pass("https"), PS, r#"{"redirect_uris":["https://a.example"]}"#, NONE),
        Case("fapi-redirects", Error("not https"), PS, r#"{"redirect_uris":["http://a.example"]}"#, NONE),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}
