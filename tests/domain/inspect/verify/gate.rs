//! The strict gate: what passes, what does not, and which rule says so.

use portico::domain::inspect::verify::gate::serialised::gate_json;
use portico::domain::inspect::verify::gate::{gate, gate_detached};

use super::super::{ACCESS_TOKEN, encode};

const SIGNATURE: &str = "c2lnbmF0dXJl";

fn rule(token: &str) -> &'static str {
    gate(token).unwrap_err().rule
}

fn with_header(header: &str) -> String {
    format!("{}.e30.{SIGNATURE}", encode(header))
}

#[test]
fn a_whole_token_passes_with_what_was_signed() {
    let token = ACCESS_TOKEN.trim();
    let strict = gate(token).unwrap();
    assert_eq!(strict.signing_input, token.rsplit_once('.').unwrap().0.as_bytes());
    assert_eq!(strict.algorithm(), "RS256");
    assert_eq!(strict.signature.len(), 256);
    assert!(!format!("{strict:?}").contains("signing_input"), "a log holds no token");
}

#[test]
fn every_deviation_of_form_is_refused() {
    let good = with_header(r#"{"alg":"RS256"}"#);
    gate(&good).unwrap();
    for (token, expected) in [
        (String::new(), "parts"),
        (good.replace('.', ""), "parts"),
        (format!("{good}."), "parts"),
        (format!("{good}.e30"), "parts"),
        (format!("{good}="), "base64url"),
        (format!("{good}\n"), "base64url"),
        (format!(" {good}"), "base64url"),
        (format!("Bearer {good}"), "base64url"),
        (good.replace("e30", "e31"), "base64url"),
        (good.replace("e30", "e3+_"), "base64url"),
        (good.replace(SIGNATURE, ""), "no-signature"),
        (format!(".e30.{SIGNATURE}"), "json"),
        (format!("_w.e30.{SIGNATURE}"), "utf-8"),
        (with_header("{"), "json"),
        (with_header(r#"{"alg":"RS256","enc":"A256GCM"}"#), "enc"),
        (with_header("7"), "not-an-object"),
        (with_header(&format!(r#"{{"alg":"RS256","x":{}1{}}}"#, "[".repeat(100), "]".repeat(100))), "json"),
    ] {
        assert_eq!(rule(&token), expected, "{token}");
    }
}

/// The payload is part of what each of them covers: so many would be read into gigabytes.
#[test]
fn a_payload_below_very_many_signatures_is_refused() {
    let one = format!(r#"{{"protected":"{}","signature":"{SIGNATURE}"}}"#, encode(r#"{"alg":"RS256"}"#));
    let with = |count: usize| {
        let payload = "QUFB".repeat(100_000);
        format!(r#"{{"payload":"{payload}","signatures":[{}]}}"#, vec![one.as_str(); count].join(","))
    };
    assert_eq!(gate_json(&with(16)).unwrap().iter().flatten().count(), 16);
    assert_eq!(gate_json(&with(5_000)).unwrap_err().rule, "many-signatures");
}

#[test]
fn an_extension_that_is_not_understood_makes_it_invalid() {
    for (header, expected) in [
        (
            r#"{"alg":"RS256","crit":["http://openbanking.org.uk/iat"],"http://openbanking.org.uk/iat":1}"#,
            "crit-unknown",
        ),
        (r#"{"alg":"RS256","crit":["exp"]}"#, "crit-unknown"),
        (r#"{"alg":"RS256","crit":[]}"#, "crit-empty"),
        (r#"{"alg":"RS256","crit":{}}"#, "crit-empty"),
        (r#"{"alg":"RS256","crit":["kid"],"kid":"a"}"#, "crit-registered"),
        (r#"{"alg":"RS256","crit":["b64"]}"#, "crit-absent"),
        (r#"{"alg":"RS256","crit":["b64","b64"],"b64":true}"#, "crit-twice"),
        (r#"{"alg":"RS256","b64":false}"#, "b64-crit"),
        (r#"{"alg":"RS256","b64":0,"crit":["b64"]}"#, "b64-type"),
        (r#"{"alg":"none"}"#, "alg-none"),
        (r#"{"alg":"NONE"}"#, "alg-none"),
        (r#"{"alg":["RS256"]}"#, "type"),
        (r#"{"alg":"RS256","jwk":"a"}"#, "type"),
        (r#"{"alg":"RS256","x5c":"a"}"#, "type"),
        ("{}", "alg-missing"),
    ] {
        assert_eq!(rule(&with_header(header)), expected, "{header}");
    }
}

#[test]
fn a_payload_that_is_not_encoded_is_signed_as_it_is() {
    let header = encode(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#);
    let strict = gate(&format!("{header}.plain words.{SIGNATURE}")).unwrap();
    assert_eq!(strict.signing_input, format!("{header}.plain words").as_bytes());
    assert_eq!(strict.payload, b"plain words");
    assert_eq!(rule(&format!("{header}.tab\there.{SIGNATURE}")), "b64-payload");
    // RFC 7797, 4.2: a dot is only possible when the payload travels elsewhere.
    let detached = gate_detached(&format!("{header}..{SIGNATURE}"), b"$.02").unwrap();
    assert_eq!(detached.signing_input, format!("{header}.$.02").as_bytes());
}

#[test]
fn a_detached_payload_is_put_back() {
    let header = encode(r#"{"alg":"HS256"}"#);
    let strict = gate_detached(&format!("{header}..{SIGNATURE}"), b"{}").unwrap();
    assert_eq!(strict.signing_input, format!("{header}.e30").as_bytes());
    let twice = gate_detached(&format!("{header}.e30.{SIGNATURE}"), b"{}").unwrap_err();
    assert_eq!(twice.rule, "detached");
}

#[test]
fn json_serialisations() {
    let protected = encode(r#"{"alg":"RS256"}"#);
    let one = format!(r#"{{"protected":"{protected}","header":{{"kid":"a"}},"signature":"{SIGNATURE}"}}"#);
    let beside = format!(r#"{{"header":{{"alg":"HS256","kid":"b"}},"signature":"{SIGNATURE}"}}"#);
    let read = gate_json(&format!(r#"{{"payload":"e30","signatures":[{one},{beside}]}}"#)).unwrap();
    let [first, second] = read.as_slice() else { panic!("{read:?}") };
    let (first, second) = (first.as_ref().unwrap(), second.as_ref().unwrap());
    assert_eq!((first.algorithm(), first.key_id()), ("RS256", Some("a")));
    assert_eq!(first.signing_input, format!("{protected}.e30").as_bytes());
    assert_eq!((second.algorithm(), second.key_id()), ("HS256", Some("b")));
    assert_eq!(second.signing_input, b".e30");
}

#[test]
fn json_serialisations_that_are_refused() {
    let protected = encode(r#"{"alg":"RS256"}"#);
    let whole = |text: &str| gate_json(text).unwrap_err().rule;
    let only = |members: &str| {
        let text = format!(r#"{{"payload":"e30",{members},"signature":"{SIGNATURE}"}}"#);
        gate_json(&text).unwrap().remove(0).unwrap_err().rule
    };
    assert_eq!(whole("{}"), "serialisation");
    assert_eq!(whole(r#"{"payload":"e30"}"#), "serialisation");
    assert_eq!(whole(r#"{"payload":"e30","signatures":[]}"#), "serialisation");
    assert_eq!(whole(r#"{"payload":"e30","signature":"","signatures":[{}]}"#), "serialisation");
    assert_eq!(whole(r#"{"payload":"e30","payload":"e30","signature":""}"#), "duplicate");
    assert_eq!(only(&format!(r#""protected":"{protected}","header":{{"alg":"RS256"}}"#)), "duplicate");
    assert_eq!(
        only(&format!(r#""protected":"{protected}","header":{{"crit":["b64"]}}"#)),
        "crit-unprotected"
    );
    assert_eq!(only(&format!(r#""protected":"{protected}","header":{{"b64":false}}"#)), "crit-unprotected");
    assert_eq!(only(&format!(r#""protected":"{protected}","header":[]"#)), "serialisation");
    assert_eq!(only(r#""protected":7"#), "serialisation");
    // The compact gate takes no JSON, and the other way round.
    assert_eq!(rule(&format!(r#"{{"payload":"e30","protected":"{protected}","signature":"a"}}"#)), "parts");
    assert_eq!(whole(ACCESS_TOKEN.trim()), "json");
}

#[test]
fn an_unencoded_payload_in_json_may_hold_dots() {
    let protected = encode(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#);
    let text = format!(r#"{{"payload":"$.02","protected":"{protected}","signature":"{SIGNATURE}"}}"#);
    let strict = gate_json(&text).unwrap().remove(0).unwrap();
    assert_eq!(strict.signing_input, format!("{protected}.$.02").as_bytes());
}

#[test]
fn a_hundred_thousand_members_are_read_in_no_time() {
    let members: Vec<String> = (0..100_000).map(|number| format!(r#""m{number}":{number}"#)).collect();
    let header = format!(r#"{{"alg":"RS256",{}}}"#, members.join(","));
    gate(&with_header(&header)).unwrap();
    let names = vec![r#""b64""#; 100_000].join(",");
    let header = format!(r#"{{"alg":"RS256","b64":true,"crit":[{names}]}}"#);
    assert_eq!(rule(&with_header(&header)), "crit-twice");
    assert_eq!(rule(&".".repeat(1_000_000)), "parts");
}
