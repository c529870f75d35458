//! Registration requests and software statements of open banking.

use portico::domain::inspect::profiles::SignatureVerdict;

use super::*;

/// A request whose statement is made of these claims.
fn with(claims: &str, statement: &str) -> &'static str {
    let inner = signed(r#"{"alg":"PS256","kid":"directory"}"#, statement);
    let comma = if claims.is_empty() { "" } else { "," };
    format!(r#"{{{claims}{comma}"software_statement":"{inner}"}}"#).leak()
}

/// A request with a statement of this header.
fn inside(header: &str) -> &'static str {
    format!(r#"{{"software_statement":"{}"}}"#, signed(header, UK)).leak()
}

const UK: &str = r#"{"iss":"OpenBanking Ltd","iat":NOW-100,"jti":"a","software_id":"s","software_redirect_uris":["https://a.example/1","https://a.example/2"],"software_roles":["AISP"],"software_jwks_endpoint":"https://keys.example/s.jwks","software_logo_uri":"https://a.example/logo"}"#;
const CDR: &str = r#"{"iss":"cdr-register","software_id":"s","redirect_uris":["https://a.example/1"],"software_roles":"product","scope":"bank:x bank:y","client_uri":"https://b.example"}"#;
const NEITHER: &str = r#"{"software_id":"","software_roles":[]}"#;

pub fn cases() -> Vec<Case> {
    [of_request(), of_statement()].into_iter().flatten().collect()
}

fn of_request() -> Vec<Case> {
    let all = r#""iss":"s","iat":NOW,"exp":NOW+60,"aud":"0015800001041RHAAY","jti":"e7a3a0bb-5a4f-4f7a-9b6e-1f3c5d7e9a0b","redirect_uris":["https://a.example/1"],"software_id":"s","scope":"openid accounts""#;
    let uk = with(all, UK);
    vec![
        Case("request-statement", Pass("opens"), PS, uk, NONE),
        Case("request-statement", Error("missing"), PS, "{}", NONE),
        Case("request-statement", Error("no JWT"), PS, r#"{"software_statement":"words"}"#, NONE),
        Case("request-signature", Unknown("https://keys.example/s.jwks. Verify below"), PS, uk, NONE),
        Case("request-signature", Unknown("the key set that"), PS, with("", NEITHER), NONE),
        Case("request-signature", Pass("chosen"), PS, uk, |k| {
            k.signature = Some(SignatureVerdict::ChosenKey)
        }),
        Case("request-signature", Error("wrong"), PS, uk, |k| k.signature = Some(SignatureVerdict::Wrong)),
        Case("request-key", Unknown("revoked keys"), PS, uk, NONE),
        Case("request-key", Pass("not revoked"), PS, uk, |k| k.revoked_key_ids = Some(&[])),
        Case("request-key", Error("is revoked"), PS, uk, |k| k.revoked_key_ids = Some(&["k"])),
        Case("request-key", Error("no `kid`"), r#"{"alg":"PS256"}"#, uk, NONE),
        Case("request-own-key", Pass("different keys"), PS, uk, NONE),
        Case("request-own-key", Warning("same `kid`"), r#"{"alg":"PS256","kid":"directory"}"#, uk, NONE),
        Case("request-own-key", Unknown("no software statement"), PS, "{}", NONE),
        Case("request-claims", Pass("All"), PS, uk, NONE),
        Case("request-claims", Error("`exp`, `aud`"), PS, with(r#""iss":"s","iat":1"#, UK), NONE),
        Case("request-issuer", Pass("`software_id`"), PS, uk, NONE),
        Case("request-issuer", Error("is not the"), PS, with(r#""iss":"x""#, UK), NONE),
        Case("request-time", Pass("not older"), PS, uk, NONE),
        Case("request-time", Warning("older than the statement"), PS, with(r#""iat":NOW-101"#, UK), NONE),
        Case("request-time", Unknown("when it was issued"), PS, with(r#""iat":NOW"#, CDR), NONE),
        Case("request-audience", Pass("ID of a bank"), PS, uk, NONE),
        Case("request-audience", Warning("18 letters"), PS, r#"{"aud":"https://a.example"}"#, NONE),
        Case("request-audience", Warning("18 letters"), PS, r#"{"aud":"0015800001041RHAAY0"}"#, NONE),
        Case("request-audience", Error("one string"), PS, r#"{"aud":["a"]}"#, NONE),
        Case("request-id", Pass("random UUID"), PS, uk, NONE),
        Case("request-id", Warning("hyphens"), PS, r#"{"jti":"e7a3a0bb5a4f4f7a9b6e1f3c5d7e9a0b"}"#, NONE),
        Case(
            "request-id",
            Warning("not a UUID"),
            PS,
            r#"{"jti":"e7a3a0bb-5a4f-1f7a-9b6e-1f3c5d7e9a0b"}"#,
            NONE,
        ),
        Case(
            "request-id",
            Warning("not a UUID"),
            PS,
            r#"{"jti":"e7a3-a0bb5a4f4f7a9b6e-1f3c-5d7e-9a0b"}"#,
            NONE,
        ),
        Case("request-replay", Unknown("Only the server"), PS, uk, NONE),
        Case("request-replay", Pass("not used"), PS, uk, |k| k.used_ids = Some(&[])),
        Case("request-replay", Error("before"), PS, r#"{"jti":"a"}"#, |k| k.used_ids = Some(&["a"])),
        Case("request-https", Pass("https"), PS, uk, NONE),
        Case(
            "request-https",
            Error("own computer"),
            PS,
            r#"{"redirect_uris":["https://localhost/a"]}"#,
            NONE,
        ),
        Case("request-https", Error("not https"), PS, r#"{"redirect_uris":["http://a.example"]}"#, NONE),
        Case("request-https", Error("no URL"), PS, r#"{"redirect_uris":["a"]}"#, NONE),
        Case("request-https", Error("none"), PS, r#"{"redirect_uris":[]}"#, NONE),
        Case("request-redirects", Pass("All"), PS, uk, NONE),
        Case(
            "request-redirects",
            Error("/2 is not in"),
            PS,
            with(r#""redirect_uris":["https://a.example/2"]"#, CDR),
            NONE,
        ),
        Case("request-software", Pass("of the statement"), PS, uk, NONE),
        Case("request-software", Error("not that"), PS, with(r#""software_id":"x""#, UK), NONE),
        Case("request-software", Nothing("no `software_id`"), PS, with("", UK), NONE),
        Case("request-scope", Pass("all of it"), PS, uk, NONE),
        Case("request-scope", Pass("all of it"), PS, with(r#""scope":"bank:y openid""#, CDR), NONE),
        Case(
            "request-scope",
            Error("not allow payments"),
            PS,
            with(r#""scope":"accounts payments""#, UK),
            NONE,
        ),
        Case("request-scope", Nothing("no `scope`"), PS, with("", UK), NONE),
        Case("request-roles", Pass("array"), PS, uk, NONE),
        Case("request-roles", Warning("one string"), PS, with("", CDR), NONE),
        Case("request-hosts", Pass("hosts of"), PS, uk, NONE),
        Case("request-hosts", Warning("`client_uri`"), PS, with("", CDR), NONE),
        Case("request-statement-age", Unknown("no `exp`"), PS, uk, NONE),
        Case("request-statement-age", Pass("1 min ago"), PS, uk, |k| k.max_statement_age = Some(100)),
        Case("request-statement-age", Error("too old"), PS, uk, |k| k.max_statement_age = Some(99)),
        Case("request-audience", Pass("environment names"), PS, uk, |k| {
            k.audience = Some("0015800001041RHAAY")
        }),
        Case("request-audience", Error("another audience: BANK"), PS, uk, |k| k.audience = Some("BANK")),
        Case("request-statement-issuer", Pass("servers know"), PS, uk, NONE),
        Case("request-statement-issuer", Error("does not take it"), PS, uk, |k| k.directories = Some(&["x"])),
        Case("request-statement-signed", Pass("PS256 takes a key"), PS, uk, NONE),
        Case("request-statement-signed", Error("HS256"), PS, inside(r#"{"alg":"HS256"}"#), NONE),
        Case("request-statement-signed", Unknown("Nobody signed it"), PS, inside(r#"{"alg":"none"}"#), NONE),
        Case("request-statement-signed", Error("Nobody signed it"), PS, inside(r#"{"alg":"none"}"#), |k| {
            k.unsigned_statements = Some(false)
        }),
        Case("request-statement-signed", Error("no `alg`"), PS, inside("{}"), NONE),
        Case("request-statement-end", Nothing("no end"), PS, uk, NONE),
        Case("request-statement-end", Pass("It ends"), PS, with("", r#"{"exp":NOW+60}"#), NONE),
        Case("request-statement-end", Error("It ended"), PS, with("", r#"{"exp":NOW-600}"#), NONE),
        Case("request-statement-replay", Unknown("Only the server"), PS, uk, NONE),
        Case("request-statement-replay", Pass("not used"), PS, uk, |k| k.used_ids = Some(&[])),
        Case("request-statement-replay", Warning("statement a was sent"), PS, uk, |k| {
            k.used_ids = Some(&["a"])
        }),
        Case("request-subject", Nothing("not authenticate"), PS, uk, NONE),
        Case(
            "request-subject",
            Error("there is none"),
            PS,
            r#"{"token_endpoint_auth_method":"tls_client_auth"}"#,
            NONE,
        ),
        Case(
            "request-subject",
            Pass("which certificate"),
            PS,
            r#"{"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_subject_dn":"CN=a"}"#,
            NONE,
        ),
        Case("request-auth-algorithm", Nothing("not authenticate"), PS, uk, NONE),
        Case(
            "request-auth-algorithm",
            Pass("signed with"),
            PS,
            r#"{"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"RS256"}"#,
            |k| k.allowed_algorithms = Some(&["PS256", "RS256"]),
        ),
        Case(
            "request-auth-algorithm",
            Pass("signed with"),
            PS,
            r#"{"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"PS256"}"#,
            NONE,
        ),
        Case(
            "request-auth-algorithm",
            Error("missing"),
            PS,
            r#"{"token_endpoint_auth_method":"private_key_jwt"}"#,
            NONE,
        ),
        Case(
            "request-auth-algorithm",
            Error("none of"),
            PS,
            r#"{"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"RS256"}"#,
            NONE,
        ),
        Case("request-media-type", Unknown("Content-Type"), PS, uk, NONE),
        Case("request-media-type", Pass("as it is"), PS, uk, |k| k.media_type = Some("application/jwt")),
        Case("request-media-type", Pass("as it is"), PS, uk, |k| {
            k.media_type = Some("Application/JOSE; a=b")
        }),
        Case("request-media-type", Error("unsigned"), PS, uk, |k| k.media_type = Some("application/json")),
        Case("request-media-type", Error("application/jwt"), PS, uk, |k| k.media_type = Some("text/plain")),
    ]
}

fn of_statement() -> Vec<Case> {
    let authority = |roles: &str, status: &str| -> &'static str {
        format!(r#"{{"software_roles":["AISP"],"org_status":"Active","organisation_competent_authority_claims":{{"status":"{status}","authorisations":[{{"member_state":"GB","roles":[{roles}]}}]}}}}"#).leak()
    };
    vec![
        Case("statement-signature", Unknown("directory"), PS, UK, NONE),
        Case("statement-signature", Unknown("directory"), PS, UK, |k| {
            k.signature = Some(SignatureVerdict::CarriedKey)
        }),
        Case("statement-signature", Pass("directory"), PS, UK, |k| {
            k.signature = Some(SignatureVerdict::ChosenKey)
        }),
        Case("statement-signature", Error("wrong"), PS, UK, |k| k.signature = Some(SignatureVerdict::Wrong)),
        Case("statement-unsigned", Pass("is signed"), PS, UK, NONE),
        Case("statement-unsigned", Unknown("portal"), r#"{"alg":"none"}"#, UK, NONE),
        Case("statement-unsigned", Pass("takes that"), r#"{"alg":"none"}"#, UK, |k| {
            k.unsigned_statements = Some(true)
        }),
        Case("statement-unsigned", Error("Nobody"), r#"{"alg":"none"}"#, UK, |k| {
            k.unsigned_statements = Some(false)
        }),
        Case("statement-issuer", Pass("servers know"), PS, UK, NONE),
        Case("statement-issuer", Unknown("keeps a list"), PS, r#"{"iss":"a"}"#, NONE),
        Case("statement-issuer", Pass("takes it"), PS, r#"{"iss":"a"}"#, |k| k.directories = Some(&["a"])),
        Case("statement-issuer", Error("not take"), PS, UK, |k| k.directories = Some(&["a"])),
        Case("statement-id", Pass("number"), PS, UK, NONE),
        Case("statement-id", Error("missing"), PS, CDR, NONE),
        Case("statement-replay", Unknown("Only the server"), PS, UK, NONE),
        Case("statement-replay", Pass("not used"), PS, UK, |k| k.used_ids = Some(&[])),
        Case("statement-replay", Error("before"), PS, UK, |k| k.used_ids = Some(&["a"])),
        Case("statement-age", Unknown("1 min ago"), PS, UK, NONE),
        Case("statement-age", Pass("1 min ago"), PS, UK, |k| k.max_statement_age = Some(3_600)),
        Case("statement-age", Error("too old"), PS, UK, |k| k.max_statement_age = Some(1)),
        Case("statement-age", Error("`iat` is missing"), PS, CDR, NONE),
        Case("statement-software", Pass("which software"), PS, UK, NONE),
        Case("statement-software", Error("empty"), PS, NEITHER, NONE),
        Case("statement-redirects", Pass("https"), PS, UK, NONE),
        Case("statement-redirects", Error("missing"), PS, NEITHER, NONE),
        Case("statement-redirects", Error("not https"), PS, r#"{"redirect_uris":["app://a"]}"#, NONE),
        Case("statement-roles", Pass("array"), PS, UK, NONE),
        Case("statement-roles", Warning("not an array"), PS, CDR, NONE),
        Case("statement-roles", Error("no role"), PS, NEITHER, NONE),
        Case("statement-authority", Nothing("authority allowed"), PS, UK, NONE),
        Case("statement-authority", Pass("every role"), PS, authority(r#""PISP","AISP""#, "Active"), NONE),
        Case("statement-authority", Error("the role AISP"), PS, authority(r#""PISP""#, "Active"), NONE),
        Case("statement-status", Pass("active"), PS, authority("", "Active"), NONE),
        Case("statement-status", Error("not active"), PS, authority("", "Withdrawn"), NONE),
        Case("statement-status", Nothing("no status"), PS, UK, NONE),
        Case("statement-hosts", Pass("hosts of"), PS, UK, NONE),
        Case("statement-hosts", Warning("another host"), PS, CDR, NONE),
        Case(
            "statement-hosts",
            Nothing("no addresses"),
            PS,
            r#"{"redirect_uris":["https://a.example"]}"#,
            NONE,
        ),
        Case("statement-keys", Pass("one address"), PS, UK, NONE),
        Case("statement-keys", Error("does not say"), PS, CDR, NONE),
        Case("statement-keys", Error("not https"), PS, r#"{"jwks_uri":"http://a.example"}"#, NONE),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}

#[test]
fn what_is_said_of_the_statement_points_at_the_claim_that_holds_it() {
    let text = signed(PS, with("", CDR));
    let seen = read(&text);
    let found = verdict(profile("request"), "request-roles", &text, &known());
    assert_eq!(found.evidence.as_deref(), Some(r#""product""#));
    let span = seen.payload.as_ref().unwrap().document.get("software_statement").unwrap().span();
    assert_eq!(
        found.place,
        Some(portico::domain::inspect::findings::Place::Decoded(
            portico::domain::inspect::shape::Part::Payload,
            span
        ))
    );
}
