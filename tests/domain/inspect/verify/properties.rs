//! Whatever comes in: no panic, and what passes the gate is what was signed.

use portico::domain::inspect::verify::algorithm::{ALGORITHMS, ANY};
use portico::domain::inspect::verify::gate::serialised::gate_json;
use portico::domain::inspect::verify::{Key, Keys, Source, Verdict, gate, select};
use proptest::prelude::*;

use super::super::encode;

fn look_at(text: &str, keys: &Keys) {
    let all = gate(text).into_iter().chain(gate_json(text).unwrap_or_default().into_iter().flatten());
    for strict in all {
        let mut keys = keys.clone();
        keys.add(Keys::carried(&strict.header_text, &strict.header));
        let selection = select(&strict, &keys, &ANY);
        for tried in [vec![], vec![Ok(true)], vec![Ok(false); 16], vec![Err("No.".to_owned())]] {
            let verdict = Verdict::of(&selection, &tried, 0);
            assert!(verdict.text().ends_with('.') && !verdict.title().is_empty(), "{verdict:?}");
        }
    }
    for key in &keys.keys {
        for algorithm in &ALGORITHMS {
            let _ = (key.unfit(algorithm), key.warnings(algorithm));
        }
    }
}

/// Pieces of which headers, keys and serialisations are made, so that chance gets past the first brackets.
fn json() -> impl Strategy<Value = String> {
    const PIECES: [&str; 32] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"alg\"",
        "\"ES256\"",
        "\"HS256\"",
        "\"none\"",
        "\"kid\"",
        "\"a\"",
        "\"kty\"",
        "\"oct\"",
        "\"EC\"",
        "\"RSA\"",
        "\"k\"",
        "\"n\"",
        "\"e\"",
        "\"AQAB\"",
        "\"keys\"",
        "\"jwk\"",
        "\"crit\"",
        "\"b64\"",
        "false",
        "\"payload\"",
        "\"protected\"",
        "\"signature\"",
        "\"signatures\"",
        "\"header\"",
        "7",
        "null",
    ];
    prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..24).prop_map(|pieces| pieces.concat())
}

/// Objects that are whole, of members that matter.
fn object() -> impl Strategy<Value = String> {
    const MEMBERS: [&str; 16] = [
        r#""alg":"ES256""#,
        r#""alg":"HS256""#,
        r#""alg":"EdDSA""#,
        r#""kid":"a""#,
        r#""kid":"b""#,
        r#""crit":["b64"]"#,
        r#""b64":false"#,
        r#""b64":true"#,
        r#""nonce":" ""#,
        r#""x5t":"AA""#,
        r#""kty":"oct""#,
        r#""k":"c2VjcmV0""#,
        r#""jwk":{"kty":"oct","k":"AA"}"#,
        r#""use":"sig""#,
        r#""typ":"JWT""#,
        r#""x":1e400"#,
    ];
    prop::collection::vec(prop::sample::select(MEMBERS.as_slice()), 0..8)
        .prop_map(|members| format!("{{{}}}", members.join(",")))
}

proptest! {
    #[test]
    fn any_text(text in ".{0,200}", pasted in ".{0,200}") {
        look_at(&text, &Keys::read(&pasted).unwrap_or_default());
    }

    #[test]
    fn any_json(text in json(), pasted in json()) {
        look_at(&text, &Keys::read(&pasted).unwrap_or_default());
    }

    #[test]
    fn any_header(header in object(), pasted in object()) {
        let keys = Keys::read(&pasted).unwrap_or_default();
        let token = format!("{}.e30.c2lnbmF0dXJl", encode(&header));
        look_at(&token, &keys);
        if let Ok(strict) = gate(&token) {
            prop_assert_eq!(&strict.header_text, &header);
            prop_assert_eq!(strict.signing_input, token.rsplit_once('.').unwrap().0.as_bytes());
        }
        let flattened = format!(
            r#"{{"payload":"e30","protected":"{}","header":{pasted},"signature":"c2lnbmF0dXJl"}}"#,
            encode(&header)
        );
        look_at(&flattened, &keys);
    }

    #[test]
    fn any_der(der in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Key::of_spki(&der, "the key", Source::Pasted);
    }

    /// Lengths and tags of a real key, disturbed.
    #[test]
    fn a_disturbed_key(at in 0..44_usize, to in any::<u8>()) {
        let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        der.extend([7; 32]);
        der[at] = to;
        let _ = Key::of_spki(&der, "the key", Source::Pasted);
    }
}
