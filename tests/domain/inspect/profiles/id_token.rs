//! ID tokens, with the digests that OpenID Connect Core prints in its appendix A.

use portico::domain::inspect::profiles::SignatureVerdict;

use super::*;

const HS: &str = r#"{"alg":"HS256"}"#;
const TWO: &str = r#"{"aud":["c","d"],"azp":"c"}"#;
const AT_HASH: &str = r#"{"at_hash":"77QmUPtjPfzWtF2AnpK9RQ"}"#;
const C_HASH: &str = r#"{"c_hash":"LDktKdoQak3Pk0cnXxCltA"}"#;
const ACCESS: &str = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
const CODE: &str = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
const SHA384: &str = r#"{"s_hash":"Cm6hANx1qgPTYYSWu3KFaieklEAsPkh3"}"#;
const SHA512: &str = r#"{"s_hash":"ImXaughy_DrvFp0Hk2XlkPDLyO1GwqeYTIpkKAPP2Ww"}"#;

pub fn cases() -> Vec<Case> {
    vec![
        Case("id-encrypted", Unknown("encryption"), RS, "{}", NONE),
        Case("id-encrypted", Error("readable"), RS, "{}", |k| k.encrypted = Some(true)),
        Case("id-claims", Error("`iss`, `sub`"), RS, r#"{"aud":"c","exp":1,"iat":1}"#, NONE),
        Case("id-claims", Pass("All"), RS, r#"{"iss":"a","sub":"b","aud":"c","exp":1,"iat":1}"#, NONE),
        Case(
            "id-issuer",
            Pass("exactly"),
            RS,
            r#"{"iss":"http://localhost:8081/auth/realms/BBBBCAXXXXX"}"#,
            NONE,
        ),
        Case("id-issuer", Error("no issuer"), RS, r#"{"iss":"a"}"#, NONE),
        Case("id-audience", Unknown("Give the client ID above"), RS, r#"{"aud":"c"}"#, NONE),
        Case("id-audience", Pass("alone"), RS, r#"{"aud":["c"]}"#, |k| k.client_id = Some("c")),
        Case("id-audience", Warning("others"), RS, TWO, |k| k.client_id = Some("c")),
        Case("id-audience", Error("not for this client"), RS, TWO, |k| k.client_id = Some("x")),
        Case("id-party-named", Nothing("one audience"), RS, r#"{"aud":"c"}"#, NONE),
        Case("id-party-named", Pass("`azp`"), RS, TWO, NONE),
        Case("id-party-named", Error("no `azp`"), RS, r#"{"aud":["c","d"]}"#, NONE),
        Case("id-party", Nothing("no `azp`"), RS, "{}", NONE),
        Case("id-party", Unknown("client ID"), RS, TWO, NONE),
        Case("id-party", Pass("This client"), RS, TWO, |k| k.client_id = Some("c")),
        Case("id-party", Error("Another"), RS, TWO, |k| k.client_id = Some("d")),
        Case("id-algorithm", Pass("default"), RS, "{}", NONE),
        Case("id-algorithm", Unknown("registered algorithm"), PS, "{}", NONE),
        Case("id-algorithm", Pass("registered"), PS, "{}", |k| k.algorithm = Some("PS256")),
        Case("id-algorithm", Error("not the algorithm"), RS, "{}", |k| k.algorithm = Some("PS256")),
        Case("id-secret", Nothing("client secret"), RS, "{}", NONE),
        Case("id-secret", Unknown("Verify below"), HS, "{}", NONE),
        Case("id-secret", Pass("is signed"), HS, "{}", |k| k.signature = Some(SignatureVerdict::ChosenKey)),
        Case("id-secret", Error("not signed"), HS, "{}", |k| k.signature = Some(SignatureVerdict::Wrong)),
        Case("id-age", Pass("issued 10 min ago"), RS, r#"{"iat":NOW-600}"#, NONE),
        Case("id-age", Warning("issued 11 min ago"), RS, r#"{"iat":NOW-661}"#, NONE),
        Case("id-age", Error("missing"), RS, "{}", NONE),
        Case("id-nonce", Nothing("no `nonce`"), RS, "{}", NONE),
        Case("id-nonce", Unknown("nonce that was sent"), RS, r#"{"nonce":"n"}"#, NONE),
        Case("id-nonce", Pass("was sent"), RS, r#"{"nonce":"n"}"#, |k| k.nonce = Some("n")),
        Case("id-nonce", Error("not the nonce"), RS, r#"{"nonce":"n"}"#, |k| k.nonce = Some("m")),
        Case("id-nonce", Error("none came back"), RS, "{}", |k| k.nonce = Some("m")),
        Case("id-acr", Nothing("no `acr`"), RS, "{}", NONE),
        Case("id-acr", Unknown("`acr`"), RS, r#"{"acr":"1"}"#, NONE),
        Case("id-acr", Pass("asked for"), RS, r#"{"acr":"1"}"#, |k| k.acr = Some("1")),
        Case("id-acr", Error("missing"), RS, "{}", |k| k.acr = Some("1")),
        Case("id-auth-time", Nothing("no `auth_time`"), RS, "{}", NONE),
        Case("id-auth-time", Unknown("`max_age`"), RS, r#"{"auth_time":NOW}"#, NONE),
        Case("id-auth-time", Pass("not older"), RS, r#"{"auth_time":NOW-160}"#, |k| k.max_age = Some(100)),
        Case("id-auth-time", Error("is older"), RS, r#"{"auth_time":NOW-161}"#, |k| k.max_age = Some(100)),
        Case("id-auth-time", Error("missing"), RS, "{}", |k| k.max_age = Some(100)),
        Case("id-access-hash", Nothing("no `at_hash`"), RS, "{}", NONE),
        Case("id-access-hash", Unknown("access token"), RS, AT_HASH, NONE),
        Case("id-access-hash", Pass("came along"), RS, AT_HASH, |k| k.access_token = Some(ACCESS)),
        Case("id-access-hash", Error("something else"), RS, AT_HASH, |k| k.access_token = Some(CODE)),
        Case("id-access-hash", Unknown("no digest"), r#"{"alg":"X"}"#, AT_HASH, |k| {
            k.access_token = Some(CODE)
        }),
        Case("id-code-hash", Unknown("authorization code"), RS, C_HASH, NONE),
        Case("id-code-hash", Pass("came along"), RS, C_HASH, |k| k.code = Some(CODE)),
        Case("id-code-hash", Error("something else"), RS, C_HASH, |k| k.code = Some(ACCESS)),
        Case("id-state-hash", Unknown("`state`"), RS, SHA384, NONE),
        Case("id-state-hash", Pass("came"), r#"{"alg":"ES384"}"#, SHA384, |k| k.state = Some("token")),
        Case("id-state-hash", Pass("came"), r#"{"alg":"PS512"}"#, SHA512, |k| k.state = Some("token")),
        Case("id-state-hash", Pass("came"), r#"{"alg":"Ed25519"}"#, SHA512, |k| k.state = Some("token")),
        Case("id-state-hash", Error("else"), RS, SHA512, |k| k.state = Some("token")),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}
