//! One oddity at a time.

use portico::domain::inspect::clean::{Repair, clean};
use portico::domain::inspect::findings::{Place, Severity};
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::times::{Life, NoEnd};
use portico::domain::inspect::{Kind, inspect};

use super::*;

#[test]
fn what_surrounds_a_token_is_taken_off_and_said() {
    let token = claims(r#"{"sub":"a"}"#);
    let (start, end) = token.split_at(30);
    for (text, repairs) in [
        (token.clone(), vec![]),
        (format!(" {token}\n"), vec![Repair::SpaceAround]),
        (format!("Bearer {token}"), vec![Repair::Bearer]),
        (format!("bearer  {token}"), vec![Repair::Bearer, Repair::SpaceAround]),
        (
            format!("Authorization: Bearer {token}"),
            vec![Repair::AuthorizationHeader, Repair::SpaceAround, Repair::Bearer],
        ),
        (format!("\"{token}\","), vec![Repair::Quotes]),
        (format!("“{token}”"), vec![Repair::Quotes]),
        (format!("{start}\r\n{end}"), vec![Repair::LineBreaks(1)]),
        (format!("{start}\n  {end}"), vec![Repair::LineBreaks(1), Repair::Spaces(2)]),
        (format!("{start}\u{200b}{end}"), vec![Repair::Invisible(1)]),
        (format!("\u{feff}{token}"), vec![Repair::SpaceAround]),
    ] {
        let cleaned = clean(&text);
        assert_eq!(cleaned.token.expose(), token, "{text:?}");
        let expected: Vec<Repair> = repairs;
        let mut told = cleaned.repairs.clone();
        told.retain(|repair| *repair != Repair::SpaceAround || expected.contains(repair));
        assert_eq!(told, expected, "{text:?}");
        assert!(cleaned.repairs.iter().all(|repair| repair.sentence().ends_with('.')));
    }
}

#[test]
fn what_is_no_jwt() {
    for (text, kind) in [
        ("", Kind::Empty),
        (" \n\t", Kind::Empty),
        ("Bearer ", Kind::Opaque { length: 6 }),
        ("O91G451HZ0V83opz6udiSEjchPynd2Ss9", Kind::Opaque { length: 33 }),
        ("a.b.c", Kind::Opaque { length: 5 }),
        ("These are words.", Kind::NotAToken),
        ("https://example.org/#access_token=x", Kind::Opaque { length: 1 }),
        ("https://example.org/#code=x", Kind::NotAToken),
        ("{\"error\":\"invalid_client\"}", Kind::NotAToken),
        ("-----BEGIN CERTIFICATE-----", Kind::Certificate),
        ("Сервісний", Kind::NotAToken),
    ] {
        let seen = read(text);
        assert_eq!(seen.kind, kind, "{text:?}");
        assert!(!seen.is_jwt() && seen.findings.is_empty() && seen.signature.is_none());
    }
}

#[test]
fn kinds() {
    for (header, payload, kind) in [
        (r#"{"alg":"RS256","typ":"at+jwt"}"#, r#"{"aud":"a"}"#, Kind::AccessToken),
        (r#"{"alg":"RS256","typ":"application/AT+JWT"}"#, "{}", Kind::AccessToken),
        (r#"{"alg":"RS256"}"#, r#"{"typ":"ID"}"#, Kind::IdToken),
        (r#"{"alg":"RS256"}"#, r#"{"nonce":"n"}"#, Kind::IdToken),
        (r#"{"alg":"HS512"}"#, r#"{"typ":"InitialAccessToken"}"#, Kind::InitialAccessToken),
        (r#"{"alg":"HS512"}"#, r#"{"typ":"Refresh"}"#, Kind::RefreshToken),
        (r#"{"alg":"PS256"}"#, r#"{"iss":"c","sub":"c","aud":"a"}"#, Kind::ClientAssertion),
        (r#"{"alg":"PS256"}"#, r#"{"iss":"c","sub":"d"}"#, Kind::UnknownJwt),
    ] {
        assert_eq!(read(&token(header, payload)).kind, kind, "{header} {payload}");
    }
    let encrypted = format!("{}.a.b.c.d", encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#));
    let seen = read(&encrypted);
    assert_eq!((seen.kind, seen.shape), (Kind::Encrypted, Shape::Encrypted));
    assert_eq!(seen.segments[4].part, Part::AuthenticationTag);
    assert_eq!(seen.header_rows().len(), 2);
}

#[test]
fn exp_zero_is_1970_for_everybody_else() {
    let seen = read(&claims(r#"{"exp":0}"#));
    assert!(finding(&seen, "expired").text.contains("1970"));
    assert!(matches!(seen.lifetime.at(NOW), Life::Expired { .. }));
    let seen = read(&claims(r#"{"typ":"InitialAccessToken"}"#));
    assert_eq!(seen.lifetime.at(NOW), Life::Never);
}

#[test]
fn a_time_must_be_a_number() {
    for (value, words) in [
        (r#""1657295325""#, "`exp` is not a number but a string"),
        ("null", "`exp` is not a number but null"),
        ("[1]", "`exp` is not a number but an array"),
        ("true", "`exp` is not a number but a boolean"),
    ] {
        let seen = read(&claims(&format!(r#"{{"exp":{value}}}"#)));
        let found = finding(&seen, "time-type");
        assert_eq!((found.title.as_str(), found.severity), (words, Severity::Error));
        assert_eq!(found.evidence.as_deref(), Some(value));
        assert_eq!((seen.lifetime.until, seen.lifetime.never), (None, false));
    }
}

#[test]
fn why_no_end_is_known() {
    for (payload, why) in [
        (r#"{"iat":1}"#, NoEnd::Absent),
        (r#"{"exp":"1700000000"}"#, NoEnd::NoTime),
        (r#"{"exp":null}"#, NoEnd::NoTime),
        (r#"{"iat":1,"exp":17000"#, NoEnd::CutOff),
        (r#"{"iat":1,"sub":"a"#, NoEnd::CutOff),
    ] {
        let seen = read(&token(r#"{"alg":"HS256"}"#, payload));
        assert_eq!(seen.lifetime.at(NOW), Life::Unknown(why), "{payload}");
    }
    // What is cut off may still name an end.
    let initial =
        |rest: &str| read(&token(r#"{"alg":"HS256"}"#, &format!(r#"{{"typ":"InitialAccessToken"{rest}"#)));
    assert_eq!(initial("}").lifetime.at(NOW), Life::Never);
    assert_eq!(initial(r#","iat":1"#).lifetime.at(NOW), Life::Unknown(NoEnd::CutOff));
    assert_eq!(initial(r#","exp":"0"}"#).lifetime.at(NOW), Life::Unknown(NoEnd::NoTime));
}

#[test]
fn numbers_of_all_sizes_are_times() {
    for (value, until) in [
        ("1657295325.9", 1_657_295_325),
        ("1.657295325e9", 1_657_295_325),
        ("-1.5", -2),
        ("1e400", i64::MAX),
        ("-1e400", i64::MIN),
        ("99999999999999999999999", i64::MAX),
    ] {
        let seen = read(&claims(&format!(r#"{{"exp":{value}}}"#)));
        assert_eq!(seen.lifetime.until, Some(until), "{value}");
        let rows = seen.payload_rows(NOW);
        assert_eq!(rows[0].value, value, "shown as it was written");
    }
}

#[test]
fn milliseconds() {
    let seen = read(&claims(r#"{"exp":1657295325000}"#));
    let found = finding(&seen, "milliseconds");
    assert!(found.text.ends_with("Read as milliseconds it is 8 Jul 2022, 15:48:45 UTC."), "{}", found.text);
    assert!(!has(&read(&claims(r#"{"exp":1657295325}"#)), "milliseconds"));
}

#[test]
fn edges_of_validity() {
    for (offset, rule, severity) in [
        (0, "expired", Severity::Error),
        (-60, "expired", Severity::Error),
        (-61, "expired", Severity::Error),
    ] {
        let seen = read(&claims(&format!(r#"{{"exp":{}}}"#, NOW + offset)));
        assert_eq!(finding(&seen, rule).severity, severity);
        assert_eq!(finding(&seen, rule).text.contains("forgives"), offset >= -60);
    }
    assert!(!has(&read(&claims(&format!(r#"{{"exp":{}}}"#, NOW + 1))), "expired"));
    for (offset, severity) in [(60, Severity::Warning), (61, Severity::Error)] {
        let seen = read(&claims(&format!(r#"{{"nbf":{}}}"#, NOW + offset)));
        assert_eq!(finding(&seen, "not-yet").severity, severity);
        assert_eq!(seen.lifetime.at(NOW), Life::NotYet { begins_in: offset });
    }
    assert!(!has(&read(&claims(&format!(r#"{{"nbf":{NOW}}}"#))), "not-yet"));
    assert!(has(&read(&claims(&format!(r#"{{"iat":{}}}"#, NOW + 61))), "issued-ahead"));
    assert!(!has(&read(&claims(&format!(r#"{{"iat":{}}}"#, NOW + 60))), "issued-ahead"));
}

#[test]
fn names_that_occur_twice() {
    let seen = read(&claims(r#"{"sub":"a","x":{"y":1,"y":1.0},"sub":"b","sub":"c"}"#));
    let found: Vec<_> = seen.findings.iter().filter(|finding| finding.rule == "duplicate").collect();
    assert_eq!(found.len(), 2);
    let titles: Vec<&str> = found.iter().map(|finding| finding.title.as_str()).collect();
    assert!(titles.contains(&"`sub` is written 3 times") && titles.contains(&"`x.y` is written twice"));
    let sub = found.iter().find(|finding| finding.title.starts_with("`sub`")).unwrap();
    assert_eq!(sub.evidence.as_deref(), Some(r#""a" and "b" and "c""#));
    assert_eq!(seen.payload_rows(NOW).iter().filter(|row| row.path == "sub").count(), 3);
    let many: Vec<String> = (0..500).map(|n| format!(r#""n{n}":1,"n{n}":2"#)).collect();
    let seen = read(&claims(&format!("{{{}}}", many.join(","))));
    let mut told = seen.findings.iter().filter(|finding| finding.rule == "duplicate");
    assert_eq!(told.clone().count(), 8);
    assert!(told.next_back().unwrap().text.ends_with("492 more like it are not listed."));
}

#[test]
fn nobody_signed_it() {
    for name in ["none", "None", "NONE"] {
        let unsecured = format!("{}.{}.", encode(&format!(r#"{{"alg":"{name}"}}"#)), encode("{}"));
        let seen = read(&unsecured);
        assert_eq!(seen.shape, Shape::Unsecured);
        assert_eq!(finding(&seen, "alg-none").severity, Severity::Error);
        assert_eq!(finding(&seen, "no-signature").severity, Severity::Error);
        assert_eq!(seen.signature.unwrap().needs(), "There is none: nobody signed this.");
    }
    assert!(has(&read(&token("{}", "{}")), "no-algorithm"));
}

#[test]
fn a_signature_of_the_wrong_length() {
    let cut = ACCESS_TOKEN.trim().get(..1_339).unwrap();
    let found = read(cut);
    assert!(finding(&found, "signature-length").text.starts_with("RS256 never makes 253 bytes."));
    assert!(!has(&read(ACCESS_TOKEN), "signature-length"));
}

#[test]
fn deviations_from_base64url_have_a_place() {
    let good = claims(r#"{"sub":"subject"}"#);
    let payload = good.split('.').nth(1).unwrap().to_owned();
    for (damaged, severity, words, text) in [
        (format!("{payload}="), Severity::Warning, "padding", r#"{"sub":"subject"}"#),
        (payload.replace("OiJz", "OiJ*"), Severity::Error, "`*` is not a base64url", r#"{"sub":""#),
        (payload.get(..9).unwrap().to_owned(), Severity::Error, "cut", r#"{"sub""#),
    ] {
        let seen = read(&good.replace(&payload, &damaged));
        let found = finding(&seen, "base64url");
        assert_eq!(found.severity, severity);
        assert!(found.text.contains(words), "{}", found.text);
        assert_eq!(seen.payload.as_ref().unwrap().text.as_str(), text);
        let Some(Place::Token(place)) = &found.place else { panic!("no place") };
        assert!(seen.segments[1].range.contains(&place.start));
    }
    // The last of three characters carries two bits that belong to nothing.
    let seen = read(&format!("{}.e32.e32", encode(r#"{"alg":"EdDSA"}"#)));
    assert_eq!(finding(&seen, "base64url").source, "RFC 4648, 3.5");
    let trailing = read(&format!("{}.e31", encode(r#"{"alg":"EdDSA"}"#)));
    assert!(!has(&trailing, "base64url"), "the end of what is cut off is not a second problem");
}

#[test]
fn too_many_parts_are_kept() {
    let seen = read(&format!("{}.more", claims("{}")));
    assert_eq!(seen.shape, Shape::Segments(4));
    assert_eq!(seen.segments[3].part, Part::Extra);
    assert_eq!(finding(&seen, "parts").severity, Severity::Error);
}

#[test]
fn not_utf8_and_not_json() {
    let bytes = URL_SAFE_NO_PAD.encode(b"{\"name\":\"\xff\"}");
    let seen = read(&format!("{}.{bytes}.{}", encode(r#"{"alg":"HS256"}"#), URL_SAFE_NO_PAD.encode([1; 32])));
    assert!(finding(&seen, "utf-8").text.starts_with("Byte 10 of the payload"));
    assert_eq!(seen.payload_rows(NOW)[0].value, "\u{fffd}");
    let seen = read(&claims("[1]"));
    assert_eq!(finding(&seen, "not-an-object").text, "It is an array.");
    let seen = read(&claims(r#"{"a":tru}"#));
    assert_eq!(finding(&seen, "json").title, "The payload is not clean JSON");
}

#[test]
fn direction_marks_are_said() {
    let seen = read(&claims("{\"name\":\"a\u{202e}b\"}"));
    assert_eq!(finding(&seen, "direction").severity, Severity::Warning);
    assert_eq!(finding(&read(&claims(r#"{"n":"é"}"#)), "script").title, "`n` is not plain ASCII");
}

#[test]
fn an_access_token_as_the_standard_wants_it_is_clean() {
    let issuer = &sandbox()[0].issuer;
    let payload = format!(
        r#"{{"iss":"{issuer}","sub":"c","client_id":"c","aud":"api","iat":{NOW},"exp":{},"jti":"1","scope":"a"}}"#,
        NOW + 300
    );
    let signature = URL_SAFE_NO_PAD.encode([1; 256]);
    let text = format!("{}.{}.{signature}", encode(r#"{"alg":"RS256","typ":"at+jwt"}"#), encode(&payload));
    let seen = inspect(&text, NOW, &sandbox());
    assert_eq!(seen.findings, []);
    assert_eq!((seen.summary().as_str(), seen.worst()), ("RS256", None));
    assert_eq!(seen.environment.unwrap().id, "sandbox");
}
