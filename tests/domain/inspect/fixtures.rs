//! What platforms publish, and what has to be said about it.

use portico::domain::inspect::access::AccessToken;
use portico::domain::inspect::clean::Repair;
use portico::domain::inspect::findings::Severity::{Error, Note, Warning};
use portico::domain::inspect::json::Value;
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::times::Life;
use portico::domain::inspect::{Kind, Signature, inspect};

use super::*;

/// Cut in the middle of the payload, as a guide prints it.
const TRUNCATED: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiAiU2FtcGxlQ29uZmlk";

/// A client assertion as it comes out of a document that broke it into lines.
const WITH_SPACES: &str = "eyJraWQiOiJEd01LZFdNbWo3UFdpbnZvcWZReVhWenlaNlEiLCJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJIT1VrYVNieThEeWRuYmVJaEU3bHljYmtJSThhIiw iYXVkIjoiaHR0cHM6Ly9sb2NhbGhvc3Q6OTQ0Ni9vYXV0aDIvdG9rZW4iLCJpc3MiOiJIT1VrYVNieThEeWRuYmVJaEU3bHljYmtJSThhIiwiZXhwIjoxNjg 0MDk5ODEyLCJpYXQiOjE2ODQwOTk4MTMsImp0aSI6IjE2ODQwOTk4MTIifQ.EMZ2q3jciJ4MmrsH93kH_VGacrt2izbLaCBchGWiyUltdWwj3GwDMKfhpeMH tThd0DszwV8LUPKZaMT3wUSoH3adY2IBC8aa2GKeb_vaQB5b0ZO6WpYQ45y_xIttAVj56d6oPli8wN4MlJoJsFPUlaxQohCLunN43BxSr-kFgeFMj7ynEsVb QvuYuEiTppwTSyXltJmv70-nwpGU9UyuPCkXUsU53ShICrY0nC-3NUhY6oNpZclJP4MwG8mP4ZOvUIez_PSoP3AiaNithWhPCfLuKd68OLAReTBGdItqidsW Wnn8lPVbM2FLvehukHDCJhf9-ev1pdWIiwDSVDV7uQ";

#[test]
fn the_access_token_while_it_lives() {
    let seen = read(ACCESS_TOKEN);
    assert_eq!(seen.kind.label(), "Access token from Keycloak");
    assert_eq!(seen.summary(), "RS256, 1 error, 2 warnings");
    assert_eq!(seen.repairs, [Repair::SpaceAround]);
    assert_eq!(seen.token.expose().len(), 1_343);
    assert_eq!(
        rules(&seen),
        [
            ("no-audience", Error),
            ("type", Warning),
            ("empty-origin", Warning),
            ("foreign-issuer", Note),
            ("script", Note)
        ]
    );
    assert_eq!(seen.worst(), Some(Error));
    assert_eq!(finding(&seen, "empty-origin").evidence.as_deref(), Some(r#"[""]"#));
    assert_eq!(finding(&seen, "type").title, "Header `typ` is JWT, not at+jwt");
    assert_eq!(finding(&seen, "script").title, "`fullName` is in Cyrillic");
    assert_eq!(seen.lifetime.at(NOW), Life::Running { left: 250, of: Some(300) });
    assert_eq!(seen.times.iter().map(|time| time.name).collect::<Vec<_>>(), ["iat", "exp"]);
    assert_eq!(seen.times[1].absolute(), "8 Jul 2022, 15:48:45 UTC");
    assert_eq!(seen.times[1].relative(NOW), "in 4 min 10 s");
    let signature = seen.signature.as_ref().unwrap();
    assert_eq!(signature.bytes, 256);
    assert!(
        signature
            .needs()
            .starts_with("It needs the issuer's key `qvN0jRe72I70pB_kv0VVFGGIVJNt8_f7p-w8JDq6JVo`.")
    );
    assert_eq!(Signature::NOT_CHECKED, "Signature not checked");
}

#[test]
fn the_access_token_is_shown_as_it_was_written() {
    let seen = read(ACCESS_TOKEN);
    let raw = r#"{"alg":"RS256","typ" : "JWT","kid" : "qvN0jRe72I70pB_kv0VVFGGIVJNt8_f7p-w8JDq6JVo"}"#;
    assert_eq!(seen.header.as_ref().unwrap().text.as_str(), raw);
    let rows = seen.payload_rows(NOW);
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row.path.as_str(), row.value.as_str())).collect();
    assert_eq!(told[0], ("exp", "1657295325"));
    assert_eq!(told[8], ("allowed-origins", r#"[""]"#));
    assert_eq!(told[9], ("realm_access.roles", "trembita-invoker"));
    assert!(told.contains(&("fullName", "Сервісний користувач Трембіти")));
    assert_eq!(rows.len(), 19);
    let spans: Vec<usize> = rows.iter().map(|row| row.span.start).collect();
    assert!(spans.is_sorted());
}

#[test]
fn the_access_token_explained() {
    let seen = read(ACCESS_TOKEN);
    for (path, words) in [
        ("exp", "Expires 8 Jul 2022, 15:48:45 UTC, in 4 min 10 s"),
        ("iat", "Issued 50 s ago"),
        ("jti", "Number of this token"),
        ("iss", "Who issued it: a Keycloak realm"),
        ("sub", "The service account of the client"),
        ("typ", "Keycloak's own: an access token"),
        ("azp", "The client that asked for it"),
        ("allowed-origins", "No page may call with it"),
        ("realm_access.roles", "One role in the realm"),
        ("scope", "Two scopes it may be used for"),
        ("edrpou", "Not in the dictionary"),
        ("preferred_username", "Name of the service account"),
    ] {
        assert_eq!(meaning(&seen, path), words);
    }
    let header = seen.header_rows();
    assert_eq!(header[0].meaning, "RSA signature with SHA-256");
    assert_eq!(header[2].meaning, "The issuer's signing key");
}

#[test]
fn a_key_that_a_token_carries_is_explained() {
    let header =
        r#"{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","alg":"ES256","x":"A","y":"B","other":"C"}}"#;
    let seen = read(&token(header, r#"{"cnf":{"jwk":{"kty":"RSA","n":"A","e":"AQAB"}},"kty":"EC"}"#));
    let rows = [seen.header_rows(), seen.payload_rows(NOW)].concat();
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row.path.as_str(), row.meaning.as_str())).collect();
    assert_eq!(
        told,
        [
            ("alg", "Elliptic curve P-256 signature"),
            ("jwk.kty", "Kind of key"),
            ("jwk.crv", "Curve of the key"),
            ("jwk.alg", "What the key may be used with"),
            ("jwk.x", "Public part of the key"),
            ("jwk.y", "Public part of the key"),
            ("jwk.other", "Not in the dictionary"),
            ("cnf.jwk.kty", "Kind of key"),
            ("cnf.jwk.n", "Public part of the key"),
            ("cnf.jwk.e", "Public part of the key"),
            ("kty", "Not in the dictionary"),
        ]
    );
}

#[test]
fn the_access_token_years_later() {
    let seen = inspect(ACCESS_TOKEN, NOW + 100_000_000, &[]);
    assert_eq!(finding(&seen, "expired").title, "Expired on 8 Jul 2022, 15:48 UTC");
    assert!(!has(&seen, "foreign-issuer"), "nothing is foreign when nothing is configured");
    assert!(matches!(seen.lifetime.at(seen.now), Life::Expired { .. }));
    assert_eq!(meaning(&seen, "exp"), "Expired 8 Jul 2022, 15:48:45 UTC");
}

#[test]
fn what_a_client_or_a_directory_issues_is_not_foreign() {
    for (claims, kind) in [
        (
            r#"{"iss":"S","software_statement":"e30.e30.e30","redirect_uris":["https://a.example/"]}"#,
            Kind::RegistrationRequest,
        ),
        (r#"{"iss":"D","software_id":"S","software_roles":["AISP"],"org_id":"1"}"#, Kind::SoftwareStatement),
        (
            r#"{"iss":"c","sub":"c","aud":"https://id.example/token","exp":1,"jti":"1"}"#,
            Kind::ClientAssertion,
        ),
    ] {
        let seen = read(&token(r#"{"alg":"PS256","kid":"k"}"#, claims));
        assert_eq!(seen.kind, kind);
        assert!(!has(&seen, "foreign-issuer"), "{kind:?}");
    }
    let seen = read(&token(r#"{"alg":"RS256","typ":"at+jwt"}"#, r#"{"iss":"https://elsewhere.example"}"#));
    assert!(has(&seen, "foreign-issuer"));
}

#[test]
fn what_the_access_token_grants() {
    let token = AccessToken::read(ACCESS_TOKEN).unwrap();
    assert_eq!(token.scopes, ["profile", "email"]);
    assert_eq!(token.roles, ["trembita-invoker"]);
    assert!(token.has_role("trembita-invoker") && !token.has_role("trembita"));
    assert_eq!(token.authorized_party.as_deref(), Some("trembita-invoker"));
    assert_eq!((token.audience.len(), token.lifetime(), token.is_rfc9068), (0, Some(300), false));
    assert_eq!(AccessToken::read("O91G451HZ0V83opz6udiSEjchPynd2Ss9"), None);
    assert_eq!(AccessToken::read(TRUNCATED), None);
}

#[test]
fn what_a_token_of_another_server_grants() {
    let text = token(
        r#"{"alg":"HS256","typ":"at+jwt"}"#,
        r#"{"client_id":"c","aud":["a","b"],"scope":["x","y z"],"roles":["r"],
            "resource_access":{"account":{"roles":["view","edit"]}},"iat":5,"exp":"8"}"#,
    );
    let token = AccessToken::read(&format!("Bearer {text}")).unwrap();
    assert_eq!(token.authorized_party.as_deref(), Some("c"));
    assert_eq!((token.audience.join(" "), token.scopes.join(" ")), ("a b".to_owned(), "x y z".to_owned()));
    assert_eq!(token.roles, ["r"]);
    let client = |role: &str| ("account".to_owned(), role.to_owned());
    assert_eq!(token.client_roles, [client("view"), client("edit")]);
    assert!(token.has_role("edit") && token.is_rfc9068);
    assert_eq!((token.issued_at, token.expires_at, token.lifetime()), (Some(5), None, None));
}

#[test]
fn the_registration_access_token_never_expires() {
    let seen = inspect(REGISTRATION_ACCESS_TOKEN, 1_666_016_126, &sandbox());
    assert_eq!(seen.kind, Kind::RegistrationAccessToken);
    assert_eq!(seen.token.expose().len(), 477);
    assert_eq!(rules(&seen), [("never", Note), ("symmetric", Note), ("rotates", Note)]);
    assert_eq!(seen.lifetime.at(seen.now), Life::Never);
    assert!(seen.lifetime.never && seen.lifetime.until.is_none());
    assert_eq!(meaning(&seen, "exp"), "Never expires: 0 is how Keycloak writes that");
    assert_eq!(meaning(&seen, "iss"), "Who issued it: your Sandbox");
    assert_eq!(meaning(&seen, "aud"), "Who shall accept it: the issuer itself");
    let raw = r#"{"alg":"HS256","typ" : "JWT","kid" : "4187f7f9-d310-4314-9a9a-027db34b24bc"}"#;
    assert_eq!(seen.header.as_ref().unwrap().text.as_str(), raw);
    assert_eq!(
        seen.signature.unwrap().needs(),
        "HS256 uses a shared secret, so only the server can check it."
    );
}

#[test]
fn a_whole_answer_can_be_pasted() {
    for (answer, member, kind) in [
        (TOKEN_RESPONSE, "access_token", Kind::KeycloakAccessToken),
        (REGISTER_RESPONSE, "registration_access_token", Kind::RegistrationAccessToken),
    ] {
        let seen = read(answer);
        assert_eq!((seen.kind, seen.repairs.last()), (kind, Some(&Repair::TokenAnswer(member))));
    }
    let opaque = r#"{ "access_token": "O91G451HZ0V83opz6udiSEjchPynd2Ss9", "expires_in": "180" }"#;
    assert_eq!(read(opaque).kind, Kind::Opaque { length: 33 });
}

#[test]
fn a_token_cut_in_its_payload() {
    let seen = read(TRUNCATED);
    assert_eq!(seen.shape, Shape::Truncated);
    assert_eq!(seen.header.as_ref().unwrap().text.as_str(), r#"{"alg":"RS256"}"#);
    let payload = seen.payload.as_ref().unwrap();
    assert_eq!(payload.text.as_str(), r#"{"iss": "SampleConfid"#);
    let issuer = payload.document.get("iss").unwrap();
    assert_eq!(issuer.value(), Value::String("SampleConfid"));
    assert!(!issuer.is_complete());
    assert_eq!(rules(&seen), [("truncated", Error), ("json", Note)]);
    assert_eq!(finding(&seen, "json").text, "The text ends in the middle, at byte 22 of the payload.");
}

#[test]
fn an_assertion_with_spaces_inside() {
    let seen = read(WITH_SPACES);
    assert_eq!(seen.repairs, [Repair::Spaces(5)]);
    assert_eq!(seen.kind, Kind::ClientAssertion);
    assert!(seen.segments.iter().all(|segment| segment.problems.is_empty()));
    assert_eq!(seen.segments[2].part, Part::Signature);
    assert_eq!(seen.segments[2].bytes, 256);
    let late = inspect(WITH_SPACES, 1_684_099_900, &sandbox());
    assert_eq!(rules(&late), [("expired", Error), ("ends-first", Error)]);
}
