//! Whatever is pasted: no panic, nothing lost.

use portico::domain::inspect::access::AccessToken;
use portico::domain::inspect::base64url;
use portico::domain::inspect::inspect;
use portico::domain::inspect::paint;
use portico::domain::inspect::registration_token::{Here, InitialAccessTokenFacts};
use proptest::prelude::*;

use super::*;

/// Reads in every way there is and checks what must hold for any text.
fn read_every_way(text: &str, now: i64) {
    let seen = inspect(text, now, &sandbox());
    let token = seen.token.expose();
    let mut ranges: Vec<_> = seen.segments.iter().map(|segment| segment.range.clone()).collect();
    assert!(ranges.iter().all(|range| token.get(range.clone()).is_some()));
    assert!(
        seen.place.end <= text.len()
            && seen.others.iter().all(|found| text.get(found.range.clone()).is_some())
    );
    if seen.is_jwt() && seen.json_form.is_none() {
        let parts = ranges.iter().map(|range| range.len() + 1).sum::<usize>();
        let ends_with_tilde = usize::from(token.ends_with('~') && seen.sd_jwt.is_some());
        assert_eq!(parts, token.len() + 1 - ends_with_tilde, "the parts are the whole");
        let between = ranges.windows(2).map(|pair| token.get(pair[0].end..pair[1].start).unwrap());
        assert!(between.into_iter().all(|gap| matches!(gap, "." | "~")));
    }
    ranges.sort_by_key(|range| range.start);
    assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "no two parts overlap");
    let painted: String = paint::runs(text, &seen).into_iter().map(|(_, run)| &text[run]).collect();
    assert_eq!(painted, text);
    for (layer, rows) in [(&seen.header, seen.header_rows()), (&seen.payload, seen.payload_rows(now))] {
        for row in rows {
            assert!(layer.as_ref().unwrap().text.get(row.span.clone()).is_some());
            assert!(!row.meaning.is_empty());
        }
    }
    for finding in &seen.findings {
        assert!(!finding.title.is_empty() && finding.text.ends_with(['.', '!']), "{finding:?}");
        assert!(!finding.source.is_empty());
    }
    assert!(seen.findings.iter().map(|finding| finding.severity).is_sorted());
    let _ = seen.lifetime.at(now);
    let _ = (seen.summary(), seen.kind.label(), format!("{seen:?}"));
    let _ = AccessToken::read(text);
    for cross_origin in [true, false] {
        let here = Here {
            now,
            page_origin: "http://localhost:8080",
            environment: "Sandbox",
            issuer: "",
            cross_origin,
        };
        let facts = InitialAccessTokenFacts::read(text, &here);
        assert!(facts.facts.is_empty() || facts.facts.len() == 6);
    }
}

#[test]
fn a_token_can_be_cut_anywhere() {
    for fixture in [ACCESS_TOKEN, REGISTRATION_ACCESS_TOKEN] {
        let token = fixture.trim();
        let whole = read(token).header.unwrap();
        let first_dot = token.find('.').unwrap();
        for end in 0..token.len() {
            let cut = &token[..end];
            read_every_way(cut, NOW);
            let seen = read(cut);
            if end >= first_dot {
                assert_eq!(seen.header.as_ref(), Some(&whole), "the header is there as soon as it is whole");
            }
            if end >= 3 {
                assert!(seen.is_jwt() && has(&seen, "truncated") || end > token.rfind('.').unwrap());
                assert!(whole.text.starts_with(seen.header.unwrap().text.trim_end_matches('\u{fffd}')));
            }
        }
    }
}

#[test]
fn a_token_can_be_damaged_anywhere() {
    for fixture in [ACCESS_TOKEN, REGISTRATION_ACCESS_TOKEN] {
        let token = fixture.trim();
        for at in 0..token.len() {
            // Five kinds in turn: a group of base64url has four characters, so each kind meets each of them.
            let damage = [" ", "*", "=", "é", "."][at % 5];
            read_every_way(&format!("{}{damage}{}", &token[..at], &token[at + 1..]), NOW);
        }
    }
}

#[test]
fn a_secret_is_not_in_the_debug_output() {
    let seen = read(ACCESS_TOKEN);
    let signature = ACCESS_TOKEN.trim().rsplit('.').next().unwrap();
    assert!(!format!("{seen:?}").contains(signature));
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in any::<String>(), now: i64) {
        read_every_way(&text, now);
    }

    #[test]
    fn any_word_can_be_read(text in "[A-Za-z0-9_\\-.+/=~ \n\"]{0,200}", now: i64) {
        read_every_way(&text, now);
        read_every_way(&format!("eyJ{text}"), now);
    }

    #[test]
    fn any_bytes_can_stand_in_a_token(header: Vec<u8>, payload: Vec<u8>, signature: Vec<u8>, now: i64) {
        let parts = [header, payload, signature].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        read_every_way(&parts.join("."), now);
        let [_, payload, signature] = parts;
        let text = format!("{}.{payload}.{signature}", encode(r#"{"alg":"RS256"}"#));
        read_every_way(&text, now);
    }

    #[test]
    fn any_times_can_stand_in_a_token(iat: i64, nbf: i64, exp: f64, now: i64) {
        read_every_way(&claims(&format!(r#"{{"iat":{iat},"nbf":{nbf},"exp":{exp},"typ":"Bearer"}}"#)), now);
        read_every_way(&claims(&format!(r#"{{"iat":{iat},"exp":{nbf},"typ":"InitialAccessToken"}}"#)), now);
    }

    #[test]
    fn base64url_gives_back_what_went_in(bytes: Vec<u8>, padding in 0..3_usize) {
        let text = URL_SAFE_NO_PAD.encode(&bytes);
        prop_assert_eq!(base64url::decode(&text), base64url::Decoded { bytes: bytes.clone(), problems: vec![] });
        let padded = base64url::decode(&format!("{text}{}", "=".repeat(padding)));
        prop_assert_eq!(padded.bytes, bytes);
        prop_assert_eq!(padded.problems.is_empty(), padding == 0);
    }

    #[test]
    fn no_deviation_from_base64url_is_silent(text in any::<String>()) {
        let strict = URL_SAFE_NO_PAD.decode(&text).is_ok();
        let decoded = base64url::decode(&text);
        prop_assert_eq!(decoded.problems.is_empty(), strict, "{}", text);
        prop_assert!(decoded.problems.iter().all(|problem| text.is_char_boundary(problem.at)));
    }

    #[test]
    fn nearly_base64url_is_not_silent_either(text in "[A-Za-z0-9_\\-+/=]{0,12}") {
        let strict = URL_SAFE_NO_PAD.decode(&text).is_ok();
        prop_assert_eq!(base64url::decode(&text).problems.is_empty(), strict, "{}", text);
    }
}
