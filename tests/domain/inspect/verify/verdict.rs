//! Three verdicts that are never mixed.

use portico::domain::inspect::verify::algorithm::ANY;
use portico::domain::inspect::verify::verdict::Tried;
use portico::domain::inspect::verify::{Keys, Selection, Tone, Verdict, gate, select};

use super::super::encode;
use super::named_by_statement;

const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"mine"}"#;

fn verdict(header: &str, key: Option<&str>, tried: &[Tried]) -> Verdict {
    let strict = gate(&format!("{}.e30.c2lnbmF0dXJl", encode(header))).unwrap();
    let mut keys = Keys::carried(&strict.header_text, &strict.header);
    if let Some(key) = key {
        keys.add(Keys::read(key).unwrap());
    }
    Verdict::of(&select(&strict, &keys, &ANY), tried, 0)
}

#[test]
fn right_by_a_chosen_key_is_the_only_green() {
    let right = verdict(r#"{"alg":"ES256","kid":"mine"}"#, Some(EC), &[Ok(true)]);
    assert_eq!(right.tone(), Tone::Good);
    assert_eq!(right.text(), "It fits the key (`mine`), pasted by you, with `ES256`.");
    let short = verdict(r#"{"alg":"HS256"}"#, Some("secret"), &[Ok(true), Ok(false)]);
    assert_eq!(short.tone(), Tone::Good);
    assert!(short.text().contains("The secret has 6 bytes"), "{}", short.text());
}

#[test]
fn right_by_a_carried_key_proves_nothing() {
    let header = format!(r#"{{"alg":"ES256","jwk":{EC}}}"#);
    let carried = verdict(&header, None, &[Ok(true)]);
    assert_eq!(carried.tone(), Tone::Caution);
    assert!(matches!(carried, Verdict::RightByCarriedKey { parameter: "jwk", .. }), "{carried:?}");
    assert!(carried.text().contains("says nothing about who signed it"));
    // With a key of one's own, that one decides.
    let chosen = verdict(&header, Some(EC), &[Ok(false)]);
    assert_eq!(chosen.tone(), Tone::Bad);
}

#[test]
fn right_by_a_key_that_a_statement_names_counts_as_far_as_the_statement() {
    let strict = gate(&format!("{}.e30.c2lnbmF0dXJl", encode(r#"{"alg":"ES256","kid":"mine"}"#))).unwrap();
    let set = serde_json::from_str(&format!(r#"{{"keys":[{EC}]}}"#)).unwrap();
    let mut keys = Keys::published(&set, "keys.example", &named_by_statement()).unwrap();
    let named = Verdict::of(&select(&strict, &keys, &ANY), &[Ok(true)], 0);
    assert_eq!((named.tone(), named.title()), (Tone::Caution, "Right by a key that a statement names"));
    assert!(named.text().contains("Anybody can write a statement"), "{}", named.text());
    assert_eq!(named.clone().vouched("https://keys.example/another.jwks"), named);
    let vouched = named.vouched("https://keys.example/software.jwks");
    assert_eq!(vouched.tone(), Tone::Good);
    assert!(vouched.text().ends_with("The signature of the statement that names the address is right."));
    // It is not asked when there is a key that somebody chose.
    keys.add(Keys::read(&EC.replace("f83OJ", "f84OJ")).unwrap());
    let Selection::Try { keys, .. } = select(&strict, &keys, &ANY) else { panic!("nothing to try") };
    assert!(keys.iter().all(|key| key.source.is_chosen()));
    // What is not right does not become so.
    let wrong = Verdict::Wrong { why: String::new() };
    assert_eq!(wrong.clone().vouched("https://keys.example/software.jwks"), wrong);
}

#[test]
fn wrong_needs_a_key_that_was_tried() {
    let header = r#"{"alg":"ES256","kid":"mine"}"#;
    let wrong = verdict(header, Some(EC), &[Ok(false)]);
    assert_eq!(wrong.tone(), Tone::Bad);
    assert!(wrong.text().starts_with("The signature does not fit the key (`mine`)."), "{}", wrong.text());
    for unknown in [
        verdict(header, None, &[]),
        verdict(header, Some(EC), &[]),
        verdict(header, Some(EC), &[Err("This browser does not know it.".to_owned())]),
        verdict(r#"{"alg":"ES256","kid":"other"}"#, Some(EC), &[]),
        verdict(r#"{"alg":"HS256"}"#, Some("c2VjcmV0"), &[Ok(false), Err("No.".to_owned())]),
    ] {
        assert_eq!(unknown.tone(), Tone::Neutral, "{unknown:?}");
        assert_eq!(unknown.title(), "Signature not checked");
    }
}

#[test]
fn what_the_gate_refuses_is_not_valid() {
    let refusal = gate(&format!("{}.e30.c2ln", encode(r#"{"alg":"none"}"#))).unwrap_err();
    let verdict = Verdict::of_refusal(&refusal);
    assert_eq!((verdict.tone(), verdict.title()), (Tone::Bad, "Signature not valid"));
    assert!(verdict.text().contains("nobody signed it"));
}
