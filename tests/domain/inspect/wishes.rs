//! What people asked the makers of other inspectors for, one test each, as far as reading goes.

use portico::domain::inspect::clean::Repair;
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::times::Life;
use portico::domain::inspect::{Kind, Signature, inspect, print};

use super::*;

fn value(inspection: &Inspection, path: &str) -> String {
    let rows = inspection.payload_rows(NOW);
    rows.iter().find(|row| row.path == path).unwrap().value.clone()
}

#[test]
fn wish_1_large_integers_are_not_altered() {
    let seen = read(&claims(r#"{"sub":100002348117421473,"n":123456789012345678901234567890}"#));
    assert_eq!(value(&seen, "sub"), "100002348117421473");
    assert_eq!(value(&seen, "n"), "123456789012345678901234567890");
    assert!(print::indented(seen.payload.as_ref().unwrap()).contains("100002348117421473"));
}

#[test]
fn wish_2_a_member_that_occurs_twice_is_said_and_shown_twice() {
    let seen = read(&claims(r#"{"sub":"a","sub":"b"}"#));
    assert_eq!(finding(&seen, "duplicate").evidence.as_deref(), Some(r#""a" and "b""#));
    assert_eq!(seen.payload_rows(NOW).len(), 2);
}

#[test]
fn wish_3_numbers_are_shown_as_written() {
    let seen = read(&claims(r#"{"a":3.0,"b":1E+2,"c":-0,"d":0.10}"#));
    assert_eq!(["a", "b", "c", "d"].map(|name| value(&seen, name)), ["3.0", "1E+2", "-0", "0.10"]);
}

#[test]
fn wish_4_partial_and_damaged_tokens_are_decoded_as_far_as_they_go() {
    let whole = claims(r#"{"sub":"a","name":"b"}"#);
    let cut = read(&whole[..40]);
    assert_eq!(cut.payload.as_ref().unwrap().document.text("sub"), Some("a"));
    let mut damaged = whole.clone();
    damaged.replace_range(36..37, "*");
    let seen = read(&damaged);
    assert_eq!(seen.payload.as_ref().unwrap().document.text("sub"), Some("a"));
    assert!(has(&seen, "base64url"));
    let broken_header = format!("*{whole}");
    assert_eq!(read(&broken_header).payload.unwrap().document.text("name"), Some("b"));
}

#[test]
fn wish_5_the_header_of_an_encrypted_token_is_visible() {
    let seen = read(&format!("{}.a.b.c.d", encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"k"}"#)));
    let names: Vec<_> = seen.header_rows().into_iter().map(|row| (row.path, row.value)).collect();
    assert_eq!(names[1], ("enc".to_owned(), "A256GCM".to_owned()));
    assert_eq!(seen.segments.iter().map(|segment| segment.part).nth(3), Some(Part::Ciphertext));
}

#[test]
fn wish_6_bearer_before_it_is_accepted() {
    let seen = read(&format!("Bearer {}", claims("{}")));
    assert!(seen.is_jwt() && seen.repairs.contains(&Repair::Bearer));
}

#[test]
fn wish_7_line_breaks_inside_are_taken_out_and_counted() {
    let text = claims(r#"{"a":"some words that are long enough"}"#);
    let broken = format!("{}\r\n{}\n{}\n", &text[..20], &text[20..40], &text[40..]);
    let seen = read(&broken);
    assert_eq!(seen.token.expose(), text);
    assert!(seen.repairs.contains(&Repair::LineBreaks(2)));
}

#[test]
fn wish_8_a_whole_key_set_is_known_for_what_it_is() {
    let seen = read(r#"{"keys":[{"kid":"a","kty":"RSA","use":"enc"},{"kid":"b","kty":"RSA","use":"sig"}]}"#);
    assert_eq!(seen.kind, Kind::KeySet { keys: 2 });
    assert_eq!(seen.kind.label(), "Key set with 2 keys");
}

#[test]
fn wish_9_addresses_in_the_token_do_not_touch_decoding() {
    let seen =
        read(&token(r#"{"alg":"RS256","jku":"https://gone.invalid/","x5u":"::not a url"}"#, r#"{"iss":7}"#));
    assert_eq!((seen.header_rows().len(), seen.payload_rows(NOW).len()), (3, 1));
}

#[test]
fn wish_11_a_token_in_the_fragment_of_a_url_is_read() {
    let seen = read(&format!("https://app.example.org/#access_token={}&state=1", claims(r#"{"sub":"a"}"#)));
    assert_eq!((seen.name.as_str(), value(&seen, "sub").as_str()), ("access_token", "a"));
}

#[test]
fn wish_14_times_are_told_both_ways() {
    let seen = read(&claims(&format!(r#"{{"iat":{},"exp":{}}}"#, NOW - 3_600, NOW + 60)));
    assert_eq!(meaning(&seen, "exp"), "Expires 8 Jul 2022, 15:45:35 UTC, in 1 min");
    assert_eq!(meaning(&seen, "iat"), "Issued 1 h ago");
    assert!(matches!(seen.lifetime.at(NOW), Life::Running { left: 60, .. }));
    let expired = inspect(seen.token.expose(), NOW + 61, &[]);
    assert!(has(&expired, "expired") && expired.payload_rows(NOW + 61)[1].mark.is_some());
}

#[test]
fn wish_15_all_of_the_header_is_shown_with_its_certificates() {
    let seen = read(&token(r#"{"alg":"RS256","x5c":["MIIB","MIIC"],"x5t#S256":"abc","own":1}"#, "{}"));
    let rows = seen.header_rows();
    assert_eq!((rows[1].path.as_str(), rows[1].value.as_str()), ("x5c", r#"["MIIB","MIIC"]"#));
    assert_eq!(rows[1].meaning, "Certificates carried by the token itself");
    assert_eq!(rows.len(), 4);
}

#[test]
fn wish_17_an_unknown_algorithm_does_not_block_decoding() {
    for algorithm in ["none", "ML-DSA-65", "ES256K", "", "Ed25519"] {
        let seen = read(&token(&format!(r#"{{"alg":"{algorithm}"}}"#), r#"{"sub":"a"}"#));
        assert_eq!(value(&seen, "sub"), "a");
    }
    assert_eq!(value(&read(&token(r#"{"alg":5}"#, r#"{"sub":"a"}"#)), "sub"), "a");
}

#[test]
fn wish_18_claims_stay_in_their_order() {
    let seen = read(&claims(r#"{"z":1,"a":2,"m":3,"1":4,"0":5}"#));
    let order: Vec<_> = seen.payload_rows(NOW).into_iter().map(|row| row.path).collect();
    assert_eq!(order, ["z", "a", "m", "1", "0"]);
}

#[test]
fn wish_19_edwards_curves_are_known() {
    for algorithm in ["EdDSA", "Ed25519"] {
        let seen = read(&token(&format!(r#"{{"alg":"{algorithm}"}}"#), "{}"));
        assert!(seen.header_rows()[0].known);
    }
}

#[test]
fn more_wishes_no_key_is_no_verdict_and_extra_parts_are_not_dropped() {
    assert_eq!(Signature::NOT_CHECKED, "Signature not checked");
    // Five parts are a JWE only when nothing can be read of the second.
    let seen = read(&format!("{}.and.more", claims(r#"{"sub":"a"}"#)));
    assert_eq!((seen.shape, seen.segments.len()), (Shape::Segments(5), 5));
    assert_eq!(value(&seen, "sub"), "a");
    let cut = read(&format!("{}.AAAA.BBBB", encode(r#"{"alg":"dir","enc":"A128GCM"}"#)));
    assert_eq!((cut.kind, cut.shape, cut.payload), (Kind::Encrypted, Shape::Truncated, None));
}
