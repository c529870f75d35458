//! Properties of every form: cut anywhere the header stays, read anyhow nothing is lost.

use portico::domain::inspect::compare::compare;
use portico::domain::inspect::json::{Document, Node, Span};
use portico::domain::inspect::redact::redact;
use portico::domain::inspect::report::report;
use portico::domain::inspect::visible::is_hidden;
use portico::domain::inspect::{inspect, paste};
use portico::domain::secret::Secret;
use proptest::prelude::*;

use super::*;

fn hand_on(text: &str, now: i64) {
    let seen = inspect(text, now, &[]);
    let words = report(&seen);
    assert!(words.starts_with("## Token report\n") && !words.contains(|c| c != '\n' && is_hidden(c)));
    let signature =
        seen.segments.iter().filter(|segment| segment.part.name() == "signature" && segment.range.len() > 60);
    for segment in signature {
        assert!(!words.contains(seen.token.expose().get(segment.range.clone()).unwrap()));
    }
    let redacted = redact(&seen);
    if let Some(payload) = &redacted.payload {
        assert_eq!(Document::read(payload).problems, [], "{payload}");
    }
    let same = compare(&seen, &seen);
    assert_eq!(
        (same.differences.len(), same.same),
        (0, seen.header_rows().len() + seen.payload_rows(now).len())
    );
    for found in &paste::read(&Secret::new(text)).others {
        assert!(
            !found.name.is_empty() && found.repairs.iter().all(|repair| repair.sentence().ends_with('.'))
        );
        let _ = inspect(found.token.expose(), now, &[]);
    }
    for nested in &seen.nested {
        assert!(inspect(nested.token.expose(), now, &[]).is_jwt(), "what is offered can be opened");
    }
    let _ = (seen.opaque.map(|opaque| opaque.sentence()), seen.kind.advice(), seen.shape.name());
}

/// Every form there is, and where in the text its header is whole.
fn forms() -> Vec<(String, usize)> {
    let header = encode(r#"{"alg":"RS256","kid":"k"}"#);
    let payload = encode(r#"{"iss":"a","exp":1657295325,"_sd":["d"],"nested":"eyJhbGciOiJub25lIn0.e30."}"#);
    let signature = URL_SAFE_NO_PAD.encode([7; 256]);
    let compact = format!("{header}.{payload}.{signature}");
    let encrypted_header = encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
    let unencoded = encode(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#);
    let disclosure = encode(r#"["salt","name","Möbius"]"#);
    let binding = token(r#"{"alg":"ES256","typ":"kb+jwt"}"#, r#"{"nonce":"n"}"#);
    let after = |start: &str, header: &str| start.len() + header.len();
    let compact_forms = [
        (format!("{compact}~{disclosure}~{disclosure}~{binding}"), header.len()),
        (format!("{encrypted_header}.a0a0.a1a1.a2a2.a3a3"), encrypted_header.len()),
        (format!("{unencoded}.plain words.{signature}"), unencoded.len()),
        (format!("{header}..{signature}"), header.len()),
        (format!("{header}.{payload}."), header.len()),
    ];
    let json_forms = [
        (
            format!(r#"{{"payload":"{payload}","protected":""#),
            &header,
            format!(r#"","header":{{"x":1}},"signature":"{signature}"}}"#),
        ),
        (
            format!(r#"{{"payload":"{payload}","signatures":[{{"protected":""#),
            &header,
            format!(r#"","signature":"{signature}"}}]}}"#),
        ),
        (
            r#"{"ciphertext":"a2a2","protected":""#.to_owned(),
            &encrypted_header,
            r#"","iv":"a1a1","tag":"a3a3"}"#.to_owned(),
        ),
    ];
    let mut all: Vec<_> = compact_forms.into();
    all.extend(
        json_forms.map(|(start, header, end)| (format!("{start}{header}{end}"), after(&start, header))),
    );
    for fixture in [ACCESS_TOKEN, REGISTRATION_ACCESS_TOKEN, SOFTWARE_STATEMENT] {
        all.push((fixture.trim().to_owned(), fixture.find('.').unwrap()));
    }
    all
}

#[test]
fn every_form_can_be_cut_anywhere() {
    for (text, header_ends) in forms() {
        let whole = read(&text).header.unwrap();
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let cut = &text[..end];
            let seen = read(cut);
            if end >= header_ends {
                assert_eq!(seen.header.as_ref().map(|layer| &layer.text), Some(&whole.text), "{cut}");
            }
            if end % 29 == 0 {
                hand_on(cut, NOW);
            }
        }
    }
}

#[test]
fn the_longer_fixtures_can_be_cut_anywhere_too() {
    for fixture in [REGISTER_REQUEST, UPDATE_REQUEST, CLIENT_ASSERTION] {
        let header_ends = fixture.find('.').unwrap();
        let whole = read(fixture).header.unwrap();
        for end in header_ends..fixture.len() {
            assert_eq!(read(&fixture[..end]).header.as_ref(), Some(&whole), "cut at {end}");
        }
    }
}

/// Everything that has a span, from the outside in; what lies between must be marks and white space.
fn leaves(node: Node<'_>, spans: &mut Vec<Span>) {
    for member in node.members() {
        spans.push(member.name_span.clone());
        leaves(member.node, spans);
    }
    for element in node.elements() {
        leaves(element, spans);
    }
    if node.members().is_empty() && node.elements().is_empty() {
        spans.push(node.span());
    }
}

fn reprinted(text: &str) -> String {
    let mut spans = Vec::new();
    leaves(Document::read(text).root().unwrap(), &mut spans);
    let (mut out, mut at) = (String::new(), 0);
    for span in spans {
        let between = &text[at..span.start];
        assert!(between.chars().all(|c| "{}[],: \n\t\r".contains(c)), "{between:?} belongs to nothing");
        out.push_str(between);
        out.push_str(&text[span.clone()]);
        at = span.end;
    }
    out + &text[at..]
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec(("[a-z_]{0,8}|\\PC{0,4}", inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn lexed_json_reprints_to_the_same_bytes(value in any_json(), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert_eq!(reprinted(&text), text);
    }

    #[test]
    fn any_text_can_be_handed_on(text in any::<String>(), now: i64) {
        hand_on(&text, now);
        hand_on(&claims(&text), now);
    }

    #[test]
    fn any_claims_can_be_handed_on(header in any_json(), payload in any_json(), now: i64) {
        hand_on(&token(&header.to_string(), &payload.to_string()), now);
        hand_on(&payload.to_string(), now);
        hand_on(&format!("{}~{}~", claims(&payload.to_string()), encode(&header.to_string())), now);
    }

    #[test]
    fn any_json_form_can_be_read(header in any_json(), payload in any_json(), entry in any_json(), now: i64) {
        let protected = encode(&header.to_string());
        hand_on(&format!(r#"{{"payload":{payload},"protected":"{protected}","header":{entry},"signature":"AA"}}"#), now);
        hand_on(&format!(r#"{{"payload":"{protected}","signatures":[{entry},{{"protected":{payload},"signature":{header}}}]}}"#), now);
        hand_on(&format!(r#"{{"ciphertext":"AA","protected":"{protected}","recipients":{entry},"unprotected":{payload}}}"#), now);
    }

    #[test]
    fn tokens_in_any_text_are_found(before in "[a-zé ,:=&?#\"'\\\\%\n]{0,30}", after in "[ ,&\"'\n)][a-zé ,:=&?#\"'\\\\%\n]{0,30}") {
        let token = claims(r#"{"sub":"a"}"#);
        let text = format!("{before} {token}{after}");
        let paste = paste::read(&Secret::new(text.as_str()));
        let all = std::iter::once(&paste.chosen).chain(&paste.others);
        let is_there = all.clone().any(|found| found.token.expose().starts_with(&token));
        prop_assert!(is_there, "{text:?} {:?}", all.map(|found| found.token.expose().to_owned()).collect::<Vec<_>>());
    }
}
