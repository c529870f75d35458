//! Assertions: for authenticating a client and as a grant.

use super::*;

const SELF: &str = r#"{"iss":"c","sub":"c","aud":"http://localhost:8081/auth/realms/BBBBCAXXXXX","jti":"a"}"#;
const ENDPOINT: &str = r#"{"iss":"c","sub":"c","aud":"https://a.example/oauth2/token","jti":"a"}"#;
const GRANT_FORM: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=eyJ";

pub fn cases() -> Vec<Case> {
    vec![
        Case("assertion-client", Unknown("are the same"), RS, SELF, NONE),
        Case("assertion-client", Pass("client ID"), RS, SELF, |k| k.client_id = Some("c")),
        Case("assertion-client", Error("not the client ID"), RS, SELF, |k| k.client_id = Some("d")),
        Case("assertion-client", Error("differ"), RS, r#"{"iss":"c","sub":"d"}"#, NONE),
        Case("assertion-client", Error("`sub` is missing"), RS, r#"{"iss":"c"}"#, NONE),
        Case("assertion-one-audience", Pass("one string"), RS, SELF, NONE),
        Case("assertion-one-audience", Warning("array of one"), RS, r#"{"aud":["a"]}"#, NONE),
        Case("assertion-one-audience", Error("several"), RS, r#"{"aud":["a","b"]}"#, NONE),
        Case("assertion-one-audience", Error("nobody"), RS, r#"{"aud":[]}"#, NONE),
        Case("assertion-audience", Pass("issuer identifier"), RS, SELF, NONE),
        Case("assertion-audience", Warning("token endpoint"), RS, ENDPOINT, NONE),
        Case("assertion-audience", Warning("token endpoint"), RS, ENDPOINT, |k| k.issuers = &[]),
        Case("assertion-audience", Error("neither"), RS, ENDPOINT, |k| k.token_endpoint = Some("https://b")),
        Case("assertion-audience", Unknown("Give the issuer"), RS, SELF, |k| k.issuers = &[]),
        Case("assertion-audience", Error("nobody"), RS, r#"{"aud":1}"#, NONE),
        Case("assertion-id", Pass("number"), RS, SELF, NONE),
        Case("assertion-id", Error("missing"), RS, "{}", NONE),
        Case("assertion-replay", Unknown("Only the server"), RS, SELF, NONE),
        Case("assertion-replay", Pass("not used"), RS, SELF, |k| k.used_ids = Some(&["b"])),
        Case("assertion-replay", Error("used before"), RS, SELF, |k| k.used_ids = Some(&["a"])),
        Case("assertion-algorithm", Unknown("registered"), RS, SELF, NONE),
        Case("assertion-algorithm", Pass("registered"), RS, SELF, |k| k.algorithm = Some("RS256")),
        Case("assertion-algorithm", Error("not the"), RS, SELF, |k| k.algorithm = Some("PS256")),
        Case("assertion-form", Unknown("request body"), RS, SELF, NONE),
        Case("assertion-form", Error("no `client_assertion_type`"), RS, SELF, |k| k.form = Some("a=b")),
        Case("assertion-form", Error("must be `urn:"), RS, SELF, |k| {
            k.form = Some("client_assertion_type=jwt")
        }),
        Case("assertion-form", Error("must be `urn:"), RS, SELF, |k| {
            k.form = Some("client_assertion_type=%zz")
        }),
        Case("assertion-form", Pass("right"), RS, SELF, |k| {
            k.form = Some(
                "a=b&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            );
        }),
        Case(
            "grant-issuer",
            Pass("exactly"),
            RS,
            r#"{"iss":"http://localhost:8081/auth/realms/BBBBCAXXXXX"}"#,
            NONE,
        ),
        Case("grant-issuer", Error("no issuer"), RS, SELF, NONE),
        Case("grant-subject", Pass("for whom"), RS, SELF, NONE),
        Case("grant-subject", Error("is empty"), RS, r#"{"sub":""}"#, NONE),
        Case("grant-one-audience", Pass("one string"), RS, SELF, NONE),
        Case("grant-one-audience", Error("several"), RS, r#"{"aud":["a","b"]}"#, NONE),
        Case("grant-audience", Pass("this server"), RS, SELF, NONE),
        Case("grant-audience", Pass("this server"), RS, ENDPOINT, |k| {
            k.token_endpoint = Some("https://a.example/oauth2/token");
        }),
        Case("grant-audience", Error("not for this server"), RS, ENDPOINT, NONE),
        Case("grant-audience", Unknown("issuer"), RS, ENDPOINT, |k| k.issuers = &[]),
        Case("grant-id", Pass("number"), RS, SELF, NONE),
        Case("grant-id", Error("missing"), RS, "{}", NONE),
        Case("grant-replay", Unknown("Only the server"), RS, SELF, NONE),
        Case("grant-replay", Pass("not used"), RS, SELF, |k| k.used_ids = Some(&[])),
        Case("grant-replay", Error("used before"), RS, SELF, |k| k.used_ids = Some(&["a"])),
        Case("grant-form", Pass("right"), RS, SELF, |k| k.form = Some(GRANT_FORM)),
        Case("grant-form", Error("must be"), RS, SELF, |k| k.form = Some("grant_type=client_credentials")),
        Case("grant-form", Unknown("body"), RS, SELF, NONE),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}
