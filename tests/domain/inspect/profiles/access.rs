//! Access tokens by RFC 9068.

use super::*;

const BOUND: &str = r#"{"cnf":{"x5t#S256":"A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI"}}"#;

pub fn cases() -> Vec<Case> {
    vec![
        Case("access-encrypted", Unknown("agreement"), RS, "{}", NONE),
        Case("access-encrypted", Nothing("Nobody agreed"), RS, "{}", |k| k.encrypted = Some(false)),
        Case("access-encrypted", Error("readable"), RS, "{}", |k| k.encrypted = Some(true)),
        Case(
            "access-issuer",
            Pass("exactly"),
            RS,
            r#"{"iss":"http://localhost:8081/auth/realms/BBBBCAXXXXX"}"#,
            NONE,
        ),
        Case(
            "access-issuer",
            Error("slash"),
            RS,
            r#"{"iss":"http://localhost:8081/auth/realms/BBBBCAXXXXX/"}"#,
            NONE,
        ),
        Case("access-issuer", Error("no issuer"), RS, r#"{"iss":"https://a.example"}"#, NONE),
        Case("access-issuer", Error("missing"), RS, "{}", NONE),
        Case("access-issuer", Error("not a string"), RS, r#"{"iss":1}"#, NONE),
        Case("access-issuer", Unknown("Give the issuer above"), RS, r#"{"iss":"a"}"#, |k| k.issuers = &[]),
        Case("access-audience", Unknown("resource indicator"), RS, r#"{"aud":"api"}"#, NONE),
        Case("access-audience", Pass("this API"), RS, r#"{"aud":["x","api"]}"#, |k| k.resource = Some("api")),
        Case("access-audience", Error("not for this API"), RS, r#"{"aud":"x"}"#, |k| {
            k.resource = Some("api")
        }),
        Case("access-audience", Error("nobody"), RS, r#"{"aud":[]}"#, NONE),
        Case("access-audience", Error("missing"), RS, "{}", NONE),
        Case(
            "access-claims",
            Error("`exp`, `aud`, `client_id`"),
            RS,
            r#"{"iss":"a","sub":"b","iat":1,"jti":"c"}"#,
            NONE,
        ),
        Case(
            "access-claims",
            Pass("All"),
            RS,
            r#"{"iss":"a","exp":1,"aud":"b","sub":"c","client_id":"d","iat":1,"jti":"e"}"#,
            NONE,
        ),
        Case("access-claims", Unknown("cut off"), RS, r#"{"iss":"a","#, NONE),
        Case("access-strings", Pass("strings"), RS, r#"{"sub":"a"}"#, NONE),
        Case("access-strings", Error("`sub` is not a string"), RS, r#"{"sub":5}"#, NONE),
        Case("access-strings", Nothing("None"), RS, "{}", NONE),
        Case("access-scope", Pass("one string"), RS, r#"{"scope":"a b"}"#, NONE),
        Case("access-scope", Warning("not a string"), RS, r#"{"scope":["a"]}"#, NONE),
        Case("access-scope", Warning("one space"), RS, r#"{"scope":"a  b"}"#, NONE),
        Case("access-scope", Nothing("no `scope`"), RS, "{}", NONE),
        Case("access-roles", Pass("arrays"), RS, r#"{"roles":["a"]}"#, NONE),
        Case("access-roles", Warning("`groups`"), RS, r#"{"groups":"a"}"#, NONE),
        Case("access-roles", Nothing("no roles"), RS, "{}", NONE),
        Case("access-subject", Pass("acts for itself"), RS, r#"{"sub":"c","client_id":"c"}"#, NONE),
        Case("access-subject", Pass("service account"), RS, r#"{"sub":"c","client_id":"d"}"#, NONE),
        Case("access-subject", Unknown("Without `client_id`"), RS, r#"{"sub":"c"}"#, NONE),
        Case("access-subject", Error("missing"), RS, "{}", NONE),
        Case("access-certificate", Nothing("`x5t#S256` in `cnf`"), RS, "{}", NONE),
        Case("access-certificate", Unknown("client certificate"), RS, BOUND, NONE),
        Case("access-certificate", Pass("your client"), RS, BOUND, |k| {
            k.certificate_thumbprint = Some("A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI");
        }),
        Case("access-certificate", Error("another"), RS, BOUND, |k| k.certificate_thumbprint = Some("AAAA")),
        Case("access-certificate", Error("no SHA-256"), RS, r#"{"cnf":{"x5t#S256":"AAAA"}}"#, NONE),
        Case("access-dpop", Nothing("`jkt` in `cnf`"), RS, r#"{"cnf":{}}"#, NONE),
        Case("access-dpop", Unknown("DPoP proof"), RS, r#"{"cnf":{"jkt":"a"}}"#, NONE),
        Case("access-dpop", Pass("bound to"), RS, dpop::BOUND, |k| k.proof = Some(dpop::proof())),
        Case("access-dpop", Error("another key"), RS, r#"{"cnf":{"jkt":"a"}}"#, |k| {
            k.proof = Some(dpop::proof())
        }),
        Case("access-dpop", Error("carries no key"), RS, dpop::BOUND, |k| k.proof = Some("words")),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}

#[test]
fn the_claim_stands_behind_the_verdict() {
    let text = signed(RS, r#"{"iss":"https://a.example"}"#);
    let found = verdict(profile("access_token"), "access-issuer", &text, &known());
    assert_eq!(found.evidence.as_deref(), Some(r#""https://a.example""#));
    assert!(found.place.is_some());
    assert_eq!(found.what_to_do.as_deref(), Some("Take `issuer` from the server's discovery document."));
    assert_eq!(found.needs, None);
}
