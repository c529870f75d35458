//! From a claim to its characters in the token, and back.

use portico::domain::inspect::findings::Place;
use portico::domain::inspect::shape::Part;
use portico::domain::inspect::{base64url, inspect, places};

use super::{ACCESS_TOKEN, NOW, claims, encode};

/// Every claim of a real token, in four wrappings: the marked characters decode to the claim, and each of them leads
/// back into it.
#[test]
fn each_claim_has_its_characters_and_each_character_its_claim() {
    let plain = ACCESS_TOKEN.trim();
    let wrapped: String = plain
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect::<Vec<_>>()
        .join("\n  ");
    for text in [
        plain.to_owned(),
        format!("Authorization: Bearer {plain}\n"),
        wrapped,
        format!("{{\"access_token\":\"{plain}\"}}"),
    ] {
        let read = inspect(&text, NOW, &[]);
        for row in read.payload_rows(NOW) {
            let place = Place::Decoded(Part::Payload, row.span.clone());
            let marked = places::in_text(&text, &read, &place).unwrap();
            let written: String = text[marked.clone()].split_whitespace().collect();
            // Four characters are three bytes: the first may begin in the byte before.
            let before = (row.span.start % 3, marked.start);
            let padded = "A".repeat(before.0) + &written;
            let decoded = base64url::decode(&padded).bytes;
            let value = read.payload.as_ref().unwrap().raw(&row.span).as_bytes();
            let got = &decoded[before.0..];
            // The first byte shares a character with its neighbour outside.
            assert_eq!(&got[1..value.len()], &value[1..], "{} in {text}", row.path);
            for offset in [marked.start, marked.start + marked.len() / 2] {
                let (part, byte) = places::at(&text, &read, offset).unwrap();
                assert_eq!(part, Part::Payload);
                assert!(
                    (row.span.start.saturating_sub(1)..row.span.end).contains(&byte),
                    "{}: {byte}",
                    row.path
                );
            }
        }
    }
}

#[test]
fn outside_the_token_there_is_nothing() {
    let text = format!("Bearer {}", claims(r#"{"sub":"a"}"#));
    let read = inspect(&text, NOW, &[]);
    assert_eq!(places::at(&text, &read, 0), None);
    assert_eq!(places::at(&text, &read, text.len()), None);
    assert_eq!(places::at(&text, &read, 7), Some((Part::Header, 0)));
    let opaque = inspect("abcdefghijkl", NOW, &[]);
    assert_eq!(places::at("abcdefghijkl", &opaque, 3), None);
}

/// A character of several bytes, and the end of a text, are no byte that can be marked alone.
#[test]
fn what_is_marked_is_whole_characters() {
    let [header, payload] = [r#"{"alg":"é}"#, r#"{"sub":é}"#].map(encode);
    for token in [
        format!("{header}.{payload}.AAAA"),
        format!("{header}.{payload}é.AAAA"),
        format!("{header}.é{payload}.AAAA"),
        "eyJhbGci€.€".to_owned(),
        "ey".to_owned(),
        r#"{"protected":"","ciphertext":"€€€","header":{"alg":"é"}}"#.to_owned(),
    ] {
        let read = inspect(&token, NOW, &[]);
        let layer = |part| if part == Part::Header { &read.header } else { &read.payload };
        let rows = read.payload_rows(NOW).into_iter().map(|row| Place::Decoded(Part::Payload, row.span));
        for place in read.findings.iter().filter_map(|finding| finding.place.clone()).chain(rows) {
            let there = match &place {
                Place::Token(range) => read.token.expose().get(range.clone()),
                Place::Decoded(part, range) => layer(*part).as_ref().unwrap().text.get(range.clone()),
            };
            assert!(there.is_some(), "{place:?} of {token}");
            let range = places::in_text(&token, &read, &place).unwrap();
            assert!(token.get(range.clone()).is_some(), "{place:?} is {range:?} of {token}");
        }
    }
}
