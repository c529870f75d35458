//! What every signed token has to keep.

use portico::domain::inspect::profiles::SignatureVerdict;

use super::*;

const RSA: &str = r#"{"alg":"RS256","kid":"k","jwk":{"kty":"RSA","e":"AQAB","n":"wQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw"}}"#;
const EC: &str = r#"{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}}"#;

pub fn cases() -> Vec<Case> {
    [header(), keys(), times()].into_iter().flatten().collect()
}

fn header() -> Vec<Case> {
    vec![
        Case("structure", Pass("Strict base64url"), RS, "{}", NONE),
        Case("structure", Error("The payload is not a JSON object"), RS, "[1]", NONE),
        Case("structure", Error("The payload ends too early"), RS, r#"{"a":"#, NONE),
        Case("unique-names", Pass("twice"), RS, r#"{"sub":"a"}"#, NONE),
        Case("unique-names", Error("`sub` is written twice"), RS, r#"{"sub":"a","sub":"b"}"#, NONE),
        Case("unique-names", Unknown("cut off"), RS, r#"{"sub":"a","#, NONE),
        Case("algorithm", Pass("RS256 may be used"), RS, "{}", NONE),
        Case("algorithm", Error("no `alg`"), r#"{"kid":"k"}"#, "{}", NONE),
        Case("algorithm", Error("not a string"), r#"{"alg":256}"#, "{}", NONE),
        Case("algorithm", Error("nobody signed it"), r#"{"alg":"none"}"#, "{}", NONE),
        Case("algorithm", Error("nobody signed it"), r#"{"alg":"nOnE"}"#, "{}", |k| {
            k.allowed_algorithms = Some(&["none", "nOnE"]);
        }),
        Case("algorithm", Error("is not one of RS256"), r#"{"alg":"XX256"}"#, "{}", NONE),
        Case("algorithm", Error("PS256"), RS, "{}", |k| k.allowed_algorithms = Some(&["PS256"])),
        Case("access_token/algorithm", Error("anybody can forge it"), r#"{"alg":"HS256"}"#, "{}", NONE),
        Case("request/algorithm", Error("RS256 is not one of PS256"), RS, "{}", NONE),
        Case("keycloak_registration/algorithm", Pass("HS256"), r#"{"alg":"HS256"}"#, "{}", NONE),
        Case("algorithm-name", Warning("deprecated"), r#"{"alg":"EdDSA"}"#, "{}", NONE),
        Case("algorithm-name", Pass("Ed25519"), r#"{"alg":"Ed25519"}"#, "{}", NONE),
        Case("algorithm-name", Nothing("no Edwards"), RS, "{}", NONE),
        Case("critical", Nothing("no `crit`"), RS, "{}", NONE),
        Case("critical", Pass("understood"), r#"{"alg":"RS256","b64":false,"crit":["b64"]}"#, "{}", NONE),
        Case("critical", Error("is empty"), r#"{"alg":"RS256","crit":[]}"#, "{}", NONE),
        Case("critical", Error("not an array"), r#"{"alg":"RS256","crit":"b64"}"#, "{}", NONE),
        Case("critical", Error("no name"), r#"{"alg":"RS256","crit":[1]}"#, "{}", NONE),
        Case("critical", Error("every reader"), r#"{"alg":"RS256","crit":["alg"]}"#, "{}", NONE),
        Case("critical", Error("understands `x`"), r#"{"alg":"RS256","x":1,"crit":["x"]}"#, "{}", NONE),
        Case("critical", Error("twice"), r#"{"alg":"RS256","b64":true,"crit":["b64","b64"]}"#, "{}", NONE),
        Case("critical", Error("not in the header"), r#"{"alg":"RS256","crit":["b64"]}"#, "{}", NONE),
        Case("unencoded", Nothing("no `b64`"), RS, "{}", NONE),
        Case("unencoded", Pass("in `crit`"), r#"{"alg":"RS256","b64":false,"crit":["b64"]}"#, "{}", NONE),
        Case("unencoded", Pass("as always"), r#"{"alg":"RS256","b64":true}"#, "{}", NONE),
        Case("unencoded", Error("overlook"), r#"{"alg":"RS256","b64":false}"#, "{}", NONE),
        Case("unencoded", Error("not a boolean"), r#"{"alg":"RS256","b64":"false"}"#, "{}", NONE),
        Case("type", Nothing("no rule"), RS, "{}", NONE),
        Case("type", Pass("JWT"), r#"{"alg":"RS256","typ":"JWT"}"#, "{}", NONE),
        Case("type", Error("not a string"), r#"{"alg":"RS256","typ":1}"#, "{}", NONE),
        Case("access_token/type", Pass("AT+jwt"), r#"{"typ":"application/AT+jwt"}"#, "{}", NONE),
        Case("access_token/type", Warning("not an RFC 9068 token"), r#"{"typ":"JWT"}"#, "{}", NONE),
        Case("access_token/type", Warning("There is no `typ`"), RS, "{}", NONE),
        Case("dpop/type", Error("`dpop+jwt` is expected"), r#"{"typ":"JWT"}"#, "{}", NONE),
        Case("client_assertion/type", Pass("client-"), r#"{"typ":"client-authentication+jwt"}"#, "{}", NONE),
        Case("keycloak_access/type", Pass("JWT"), r#"{"typ":"JWT"}"#, "{}", NONE),
    ]
}

fn keys() -> Vec<Case> {
    vec![
        Case("algorithm-key", Unknown("Verify below"), RS, "{}", NONE),
        Case("algorithm-key", Pass("fits"), EC, "{}", NONE),
        Case("algorithm-key", Pass("fits"), RSA, "{}", NONE),
        Case(
            "algorithm-key",
            Error("not a key for ES384"),
            r#"{"alg":"ES384","jwk":{"kty":"EC","crv":"P-256"}}"#,
            "{}",
            NONE,
        ),
        Case("algorithm-key", Error("forge"), r#"{"alg":"HS256","jwk":{"kty":"RSA"}}"#, "{}", NONE),
        Case(
            "algorithm-key",
            Error("for PS256, not for RS256"),
            r#"{"alg":"RS256","jwk":{"kty":"RSA","alg":"PS256"}}"#,
            "{}",
            NONE,
        ),
        Case(
            "algorithm-key",
            Pass("fits"),
            r#"{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","alg":"Ed25519"}}"#,
            "{}",
            NONE,
        ),
        Case("algorithm-key", Unknown("No key is known"), r#"{"alg":"X","jwk":{}}"#, "{}", NONE),
        Case("signature", Unknown("Verify below"), RS, "{}", NONE),
        Case("signature", Pass("chosen"), RS, "{}", |k| k.signature = Some(SignatureVerdict::ChosenKey)),
        Case("signature", Unknown("proves nothing"), RS, "{}", |k| {
            k.signature = Some(SignatureVerdict::CarriedKey)
        }),
        Case("signature", Error("wrong"), RS, "{}", |k| k.signature = Some(SignatureVerdict::Wrong)),
        Case("key-id", Unknown("key set"), RS, "{}", NONE),
        Case("key-id", Warning("no `kid`"), r#"{"alg":"RS256"}"#, "{}", NONE),
        Case("key-id", Error("not a string"), r#"{"kid":1}"#, "{}", NONE),
        Case("key-id", Pass("One key"), RS, "{}", |k| k.key_ids = Some(&["a", "k"])),
        Case("key-id", Error("There are: a, b. Rotated?"), RS, "{}", |k| k.key_ids = Some(&["a", "b"])),
        Case("key-id", Error("guess"), RS, "{}", |k| k.key_ids = Some(&["k", "k"])),
        Case("key-id", Error("empty"), RS, "{}", |k| k.key_ids = Some(&[])),
        Case("dpop/key-id", Nothing("itself"), EC, "{}", NONE),
        Case("key-quality", Unknown("Verify below"), RS, "{}", NONE),
        Case("key-quality", Pass("bits: strong enough"), RSA, "{}", NONE),
        Case(
            "key-quality",
            Error("2048 and more"),
            r#"{"jwk":{"kty":"RSA","e":"AQAB","n":"wQcH"}}"#,
            "{}",
            NONE,
        ),
        Case("key-quality", Error("symmetric"), r#"{"jwk":{"kty":"oct","k":"AA"}}"#, "{}", NONE),
        Case("key-quality", Error("no kty"), r#"{"jwk":{}}"#, "{}", NONE),
        Case("key-quality", Unknown("not judged"), r#"{"jwk":{"kty":"AKP"}}"#, "{}", NONE),
        Case("embedded-key", Pass("no key"), RS, "{}", NONE),
        Case("embedded-key", Warning("`jwk` comes"), EC, "{}", NONE),
        Case("embedded-key", Warning("`jku` comes"), r#"{"jku":"https://a.example"}"#, "{}", NONE),
        Case("embedded-key", Warning("`x5u` comes"), r#"{"x5u":"https://a.example"}"#, "{}", NONE),
        Case("embedded-key", Warning("`x5c` comes"), r#"{"x5c":["AA=="]}"#, "{}", NONE),
        Case("dpop/embedded-key", Pass("no key"), EC, "{}", NONE),
        Case("dpop/embedded-key", Warning("`jku`"), r#"{"jwk":{},"jku":"https://a.example"}"#, "{}", NONE),
        Case("x5t", Nothing("no `x5t`"), RS, "{}", NONE),
        Case("x5t", Pass("20 bytes"), r#"{"x5t":"AAECAwQFBgcICQoLDA0ODxAREhM"}"#, "{}", NONE),
        Case("x5t", Error("wrong length"), r#"{"x5t":"AAEC"}"#, "{}", NONE),
        Case("x5t", Error("not base64url"), r#"{"x5t":"::"}"#, "{}", NONE),
        Case(
            "x5t",
            Error("WSO2"),
            r#"{"x5t":"MDNkNjZkZDA4ODM1YzFjYTNmMTI4Y2NlYWNkMWYzMWFjOTQxNjMwOTZiMjBmNDQ1YWU4NDI4NWJjMDgzMmQ3Mg"}"#,
            "{}",
            NONE,
        ),
        Case("x5t-s256", Nothing("no `x5t#S256`"), RS, "{}", NONE),
        Case(
            "x5t-s256",
            Unknown("certificate"),
            r#"{"x5t#S256":"A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI"}"#,
            "{}",
            NONE,
        ),
        Case(
            "x5t-s256",
            Pass("in `x5c`"),
            r#"{"x5t#S256":"A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI","x5c":["Y2VydGlmaWNhdGU="]}"#,
            "{}",
            NONE,
        ),
        Case(
            "x5t-s256",
            Error("not the thumbprint"),
            r#"{"x5t#S256":"A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI","x5c":["AAAA"]}"#,
            "{}",
            NONE,
        ),
        Case("x5t-s256", Error("wrong length"), r#"{"x5t#S256":"AAEC"}"#, "{}", NONE),
    ]
}

fn times() -> Vec<Case> {
    vec![
        Case("time-types", Nothing("no times"), RS, "{}", NONE),
        Case("time-types", Pass("number"), RS, r#"{"exp":NOW}"#, NONE),
        Case("time-types", Error("`exp` is a string"), RS, r#"{"exp":"NOW"}"#, NONE),
        Case("time-types", Error("`nbf` is null"), RS, r#"{"nbf":null}"#, NONE),
        Case("time-types", Unknown("cut off"), RS, r#"{"nbf":12"#, NONE),
        Case("expiry", Unknown("not a number"), RS, r#"{"exp":"NOW"}"#, NONE),
        Case("time-unit", Pass("whole seconds"), RS, r#"{"exp":NOW}"#, NONE),
        Case("time-unit", Nothing("no times"), RS, r#"{"exp":"NOW"}"#, NONE),
        Case("time-unit", Warning("8 Jul 2022, 15:48:45 UTC"), RS, r#"{"exp":1657295325000}"#, NONE),
        Case("time-unit", Warning("years 1 and 9999"), RS, r#"{"exp":1e30}"#, NONE),
        Case("time-unit", Warning("years 1 and 9999"), RS, r#"{"exp":1e999999}"#, NONE),
        Case("time-unit", Warning("whole number"), RS, r#"{"iat":NOW.5}"#, NONE),
        Case("time-unit", Warning("before 1970"), RS, r#"{"iat":-5}"#, NONE),
        Case("expiry", Pass("It ends in 4 min 10 s"), RS, r#"{"exp":NOW+250}"#, NONE),
        Case("expiry", Nothing("no end"), RS, "{}", NONE),
        Case("expiry", Warning("forgives 1 min of clock"), RS, r#"{"exp":NOW}"#, NONE),
        Case("expiry", Warning("59 s ago"), RS, r#"{"exp":NOW-59}"#, NONE),
        Case("expiry", Error("1 min of clock difference is not"), RS, r#"{"exp":NOW-60}"#, NONE),
        Case("expiry", Warning("5 min of clock"), RS, r#"{"exp":NOW-60}"#, |k| k.skew = 300),
        Case("expiry", Error("0 s of clock difference is not"), RS, r#"{"exp":NOW}"#, |k| k.skew = 0),
        Case("expiry", Error("first second of 1970"), RS, r#"{"exp":0}"#, NONE),
        Case("keycloak_registration/expiry", Pass("Keycloak means"), RS, r#"{"exp":0}"#, NONE),
        Case("keycloak_registration/expiry", Pass("no `exp`"), RS, "{}", NONE),
        Case("keycloak_registration/expiry", Error("It ended"), RS, r#"{"exp":5}"#, NONE),
        Case("id_token/expiry", Error("`exp` is missing"), RS, "{}", NONE),
        Case("id_token/expiry", Error("1970"), RS, r#"{"exp":0}"#, NONE),
        Case("not-before", Pass("`nbf` is"), RS, r#"{"nbf":NOW}"#, NONE),
        Case("not-before", Nothing("no `nbf`"), RS, "{}", NONE),
        Case("not-before", Warning("less than 1 min"), RS, r#"{"nbf":NOW+30}"#, NONE),
        Case("not-before", Error("more than 1 min"), RS, r#"{"nbf":NOW+61}"#, NONE),
        Case("issued-at", Pass("50 s ago"), RS, r#"{"iat":NOW-50}"#, NONE),
        Case("issued-at", Nothing("no `iat`"), RS, "{}", NONE),
        Case("issued-at", Warning("more than 1 min"), RS, r#"{"iat":NOW+61}"#, NONE),
        Case("order", Pass("after it begins"), RS, r#"{"iat":NOW,"exp":NOW+1}"#, NONE),
        Case("order", Error("not after `iat`"), RS, r#"{"iat":NOW,"exp":NOW}"#, NONE),
        Case("order", Error("not after `nbf`"), RS, r#"{"nbf":NOW+9,"exp":NOW+8}"#, NONE),
        Case("order", Nothing("no end"), RS, r#"{"iat":NOW}"#, NONE),
        Case("keycloak_registration/order", Nothing("no end"), RS, r#"{"iat":NOW,"exp":0}"#, NONE),
        Case("lifetime", Pass("It lives 5 minutes"), RS, r#"{"iat":NOW,"exp":NOW+300}"#, NONE),
        Case("lifetime", Nothing("no end"), RS, "{}", NONE),
        Case("lifetime", Nothing("no life"), RS, r#"{"iat":NOW,"exp":NOW}"#, NONE),
        Case("client_assertion/lifetime", Pass("1 minute"), RS, r#"{"iat":NOW,"exp":NOW+60}"#, NONE),
        Case("client_assertion/lifetime", Warning("1 min 1 s"), RS, r#"{"iat":NOW,"exp":NOW+61}"#, NONE),
        Case("client_assertion/lifetime", Warning("30 minutes"), RS, r#"{"exp":NOW+1800}"#, NONE),
        Case("client_assertion/lifetime", Error("30 min 1 s"), RS, r#"{"iat":NOW,"exp":NOW+1801}"#, NONE),
        Case("access_token/lifetime", Warning("2 days"), RS, r#"{"nbf":NOW,"exp":NOW+172800}"#, NONE),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}

#[test]
fn an_encrypted_token_is_not_judged_by_what_is_not_seen() {
    let text = format!("{}.a.b.c.d", encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#));
    for (rule, said) in [
        ("structure", Nothing("encrypted")),
        ("algorithm", Nothing("encrypted")),
        ("signature", Nothing("encrypted")),
        ("expiry", Unknown("The content is encrypted")),
        ("unique-names", Unknown("The content is encrypted")),
    ] {
        assert_said(rule, &verdict(profile("common"), rule, &text, &known()), said);
    }
    assert_said("", &verdict(profile("id_token"), "id-encrypted", &text, &known()), Pass("encrypted"));
}

#[test]
fn what_is_broken_is_said_with_its_place() {
    let cut = verdict(profile("common"), "structure", "eyJhbGciOiJSUzI1NiJ9.eyJpc3Mi", &known());
    assert_said("cut", &cut, Error("The token is cut off"));
    let padded = format!("{}=.e30.{}", encode(RS), "A".repeat(342));
    assert!(verdict(profile("common"), "structure", &padded, &known()).place.is_some());
}

#[test]
fn a_private_key_is_not_repeated() {
    let header = r#"{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"MINE"}}"#;
    for checked in check(profile("dpop"), &read(&signed(header, "{}")), &known()) {
        assert!(!format!("{:?}", checked.verdict).contains("MINE"), "{}", checked.rule.id);
    }
}
