//! What real platforms publish: each token with what a good reader must say of it (structure; the checks of the
//! profiles are elsewhere).

use portico::domain::inspect::clean::{Around, Repair};
use portico::domain::inspect::findings::Place;
use portico::domain::inspect::json::Value;
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::times::Life;
use portico::domain::inspect::{Kind, inspect};

use super::*;

#[test]
fn s0_registration_access_token_is_shown_as_written_and_never_expires() {
    let seen = read(REGISTRATION_ACCESS_TOKEN);
    assert_eq!(seen.token.expose().len(), 477);
    assert!(seen.header.as_ref().unwrap().text.contains(r#""typ" : "JWT""#), "odd spacing stays");
    assert_eq!(seen.kind, Kind::RegistrationAccessToken);
    assert_eq!(seen.lifetime.at(seen.now), Life::Never);
    assert_eq!(meaning(&seen, "typ"), "Keycloak's own: right for one registration");
    let claims = &seen.payload.as_ref().unwrap().document;
    assert_eq!(claims.text("aud"), claims.text("iss"));
    assert!(claims.text("iss").unwrap().starts_with("http://localhost"));
    assert!(seen.signature.unwrap().is_symmetric());
}

#[test]
fn s1_access_token_of_keycloak() {
    let seen = read(ACCESS_TOKEN);
    assert_eq!(seen.token.expose().len(), 1_343);
    assert_eq!(seen.header.as_ref().unwrap().document.text("typ"), Some("JWT"));
    let claims = &seen.payload.as_ref().unwrap().document;
    assert_eq!(claims.text("typ"), Some("Bearer"));
    assert!(claims.get("aud").is_none() && claims.get("client_id").is_none());
    assert!(claims.get("clientId").is_some() && claims.get("azp").is_some());
    assert_eq!(claims.text("fullName"), Some("Сервісний користувач Трембіти"));
    assert_eq!(claims.get("allowed-origins").unwrap().one_or_many(), [""]);
    assert_eq!(seen.lifetime.at(NOW), Life::Running { left: 250, of: Some(300) });
}

#[test]
fn s2_two_segments_cut_inside_a_string() {
    let seen = read("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiAiU2FtcGxlQ29uZmlk");
    assert_eq!(seen.shape, Shape::Truncated);
    assert_eq!(seen.header.as_ref().unwrap().text.as_str(), r#"{"alg":"RS256"}"#);
    assert_eq!(seen.payload.as_ref().unwrap().text.as_str(), r#"{"iss": "SampleConfid"#);
    assert!(has(&seen, "truncated"));
}

#[test]
fn s3_registration_request_with_a_statement_inside() {
    let seen = read(REGISTER_REQUEST);
    assert_eq!((seen.token.expose().len(), seen.shape), (5_084, Shape::Signed));
    assert_eq!(seen.kind, Kind::RegistrationRequest);
    assert_eq!(
        seen.times.iter().find(|time| time.name == "exp").unwrap().absolute(),
        "19 Jan 2038, 03:14:06 UTC"
    );
    let [statement] = &seen.nested[..] else { panic!("{:?}", seen.nested) };
    assert_eq!(statement.path, "software_statement");
    assert_eq!(statement.token.expose(), SOFTWARE_STATEMENT.trim());
    let Place::Decoded(Part::Payload, span) = &statement.place else { panic!("no place") };
    let written = seen.payload.as_ref().unwrap().raw(span);
    assert_eq!(written.trim_matches('"'), statement.token.expose());
    let inner = read(statement.token.expose());
    assert_eq!(inner.kind, Kind::SoftwareStatement);
    assert_eq!(
        inner.signature.as_ref().unwrap().key_id,
        seen.signature.as_ref().unwrap().key_id,
        "the same key"
    );
    let issued =
        |inspection: &Inspection| inspection.times.iter().find(|time| time.name == "iat").unwrap().seconds;
    assert!(issued(&seen) < issued(&inner));
}

#[test]
fn s4_software_statement_without_an_end() {
    let seen = read(SOFTWARE_STATEMENT);
    assert_eq!((seen.token.expose().len(), seen.kind), (2_780, Kind::SoftwareStatement));
    let claims = &seen.payload.as_ref().unwrap().document;
    assert!(claims.get("exp").is_none());
    assert_eq!((claims.text("software_version"), claims.text("iss")), (Some("1.5"), Some("OpenBanking Ltd")));
    assert_eq!(claims.get("iat").unwrap().value(), Value::Number("1716955613"));
    let endpoints = claims.members().iter().filter(|member| member.name.contains("_jwks_")).count();
    assert_eq!(endpoints, 4);
    assert!(!claims.get("organisation_competent_authority_claims").unwrap().members().is_empty());
    let answer = read(REGISTER_ANSWER);
    assert_eq!(answer.token.expose(), SOFTWARE_STATEMENT.trim(), "the answer holds the same");
}

#[test]
fn s5_client_assertion_with_spaces() {
    let seen = inspect(CLIENT_ASSERTION, 1_684_099_813, &[]);
    assert!(matches!(seen.repairs.last(), Some(Repair::Spaces(_))));
    assert!(seen.repairs.last().unwrap().sentence().contains("taken out"));
    assert_eq!(seen.kind, Kind::ClientAssertion);
    assert!(seen.segments.iter().all(|segment| segment.problems.is_empty()));
    assert!(has(&seen, "ends-first"), "dead on arrival");
    assert!(seen.header.as_ref().unwrap().document.get("typ").is_none());
}

#[test]
fn s6_update_request_with_a_statement_of_another_directory() {
    let seen = read(UPDATE_REQUEST);
    assert_eq!((seen.token.expose().len(), seen.kind), (4_128, Kind::RegistrationRequest));
    let [statement] = &seen.nested[..] else { panic!("{:?}", seen.nested) };
    let inner = read(statement.token.expose());
    assert_eq!(inner.kind, Kind::SoftwareStatement);
    let (claims, vouched) =
        (&seen.payload.as_ref().unwrap().document, &inner.payload.as_ref().unwrap().document);
    assert_eq!(vouched.text("iss"), Some("cdr-register"));
    assert!(claims.text("token_endpoint_auth_method") == Some("tls_client_auth"));
    let asked = claims.get("redirect_uris").unwrap().one_or_many();
    let allowed = vouched.members().iter().find(|member| member.name.ends_with("redirect_uris")).unwrap();
    let allowed = allowed.node.one_or_many();
    assert!(asked.iter().all(|uri| !allowed.contains(uri)), "{asked:?} {allowed:?}");
    assert_eq!(vouched.get("software_roles").unwrap().type_name(), "string");
}

#[test]
fn s7_an_answer_with_a_member_twice() {
    let seen = read(IDENTITY_SERVER_ANSWER);
    assert_eq!(seen.kind, Kind::SoftwareStatement);
    assert_eq!(seen.name, "software_statement");
    let name = || "software_statement".to_owned();
    assert_eq!(
        seen.repairs,
        [Repair::SpaceAround, Repair::TakenOut(Around::Json, name()), Repair::WrittenTwice(name())]
    );
    assert!(seen.repairs[2].sentence().starts_with("`software_statement` is written more than once"));
}
