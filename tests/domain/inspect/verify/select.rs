//! Which keys may be tried on a token.

use portico::domain::inspect::verify::algorithm::{ALGORITHMS, ANY};
use portico::domain::inspect::verify::{Algorithm, Keys, Selection, Strict, gate, select};
use serde_json::{Value, json};

use super::super::encode;
use super::idp;

fn token(header: &Value) -> Strict {
    gate(&format!("{}.e30.c2lnbmF0dXJl", encode(&header.to_string()))).unwrap()
}

/// Keys of RFC 7515, A.3.1 and RFC 8037, A.2, and a secret.
fn ec(more: Value) -> Value {
    merged(
        json!({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}),
        more,
    )
}

fn okp(more: Value) -> Value {
    merged(json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}), more)
}

fn oct(letter: char, more: Value) -> Value {
    merged(json!({"kty":"oct","k":letter.to_string().repeat(64)}), more)
}

fn merged(mut key: Value, more: Value) -> Value {
    key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    key
}

fn keys(list: &[Value]) -> Keys {
    Keys::published(&json!({ "keys": list }), "idp.example", &idp(0)).unwrap()
}

/// Labels of the keys that may be tried, or why none.
fn tried(header: Value, list: &[Value], allowed: &[&str]) -> Result<Vec<String>, String> {
    let keys = if list.is_empty() { Keys::default() } else { keys(list) };
    match select(&token(&header), &keys, allowed) {
        Selection::Try { keys, .. } => Ok(keys.iter().map(|key| key.label.clone()).collect()),
        Selection::NoKey { why, needs } => Err(format!("{why} {needs}")),
        Selection::Refused(refusal) => Err(refusal.rule.to_owned()),
    }
}

#[test]
fn the_key_that_the_token_names() {
    let list = [ec(json!({"kid":"a"})), ec(json!({"kid":"b","use":"sig"})), okp(json!({"kid":"c"}))];
    assert_eq!(tried(json!({"alg":"ES256","kid":"b"}), &list, &ANY).unwrap(), ["key 2 of 3"]);
    assert_eq!(tried(json!({"alg":"Ed25519","kid":"c"}), &list, &["EdDSA"]).unwrap(), ["key 3 of 3"]);
}

#[test]
fn a_kid_that_nobody_has() {
    let said = tried(json!({"alg":"ES256","kid":"new"}), &[ec(json!({"kid":"old"}))], &ANY).unwrap_err();
    assert!(said.starts_with("No key has the `kid` `new`. Here are `old`. Was the key rotated"), "{said}");
    let many: Vec<Value> = (0..12).map(|number| ec(json!({"kid": format!("k{number}")}))).collect();
    let said = tried(json!({"alg":"ES256","kid":"new"}), &many, &ANY).unwrap_err();
    assert!(said.contains("`k7` and 4 more"), "{said}");
}

#[test]
fn a_key_without_a_name_may_be_the_one() {
    // Keys out of PEM and shared secrets have no kid.
    let list = [ec(json!({})), okp(json!({}))];
    assert_eq!(tried(json!({"alg":"ES256","kid":"x"}), &list, &ANY).unwrap(), ["key 1 of 2"]);
}

#[test]
fn without_a_kid_every_key_that_fits_is_tried() {
    let list = [oct('a', json!({"kid":"1"})), ec(json!({"kid":"2"})), oct('b', json!({"kid":"3"}))];
    assert_eq!(tried(json!({"alg":"HS256"}), &list, &ANY).unwrap(), ["key 1 of 3", "key 3 of 3"]);
    let many = vec![oct('a', json!({})); 17];
    assert!(tried(json!({"alg":"HS256"}), &many, &ANY).unwrap_err().contains("more than 16 keys fit"));
}

#[test]
fn a_doubled_kid_is_not_guessed() {
    let different = [oct('a', json!({"kid":"x"})), oct('b', json!({"kid":"x"}))];
    let said = tried(json!({"alg":"HS256","kid":"x"}), &different, &ANY).unwrap_err();
    assert!(said.contains("2 keys have the `kid` `x`"), "{said}");
    let same = [oct('a', json!({"kid":"x"})), oct('a', json!({"kid":"x"}))];
    assert!(tried(json!({"alg":"HS256","kid":"x"}), &same, &ANY).is_err());
    // The same key out of two sources is one.
    let mut both = keys(&same[..1]);
    both.add(Keys::read(&same[0].to_string()).unwrap());
    let strict = token(&json!({"alg":"HS256","kid":"x"}));
    assert!(matches!(select(&strict, &both, &ANY), Selection::Try { keys, .. } if keys.len() == 1));
    // One that is damaged may be the one that is meant; one of another kind is not.
    let damaged = [oct('a', json!({"kid":"x"})), json!({"kty":"oct","k":"-_-","kid":"x"})];
    assert!(tried(json!({"alg":"HS256","kid":"x"}), &damaged, &ANY).is_err());
    let future = [oct('a', json!({"kid":"x"})), json!({"kty":"AKP","pub":"AA","kid":"x"})];
    assert_eq!(tried(json!({"alg":"HS256","kid":"x"}), &future, &ANY).unwrap(), ["key 1 of 2"]);
    // A key for something else does not count.
    let other = [ec(json!({"kid":"x","use":"enc"})), ec(json!({"kid":"x"}))];
    assert_eq!(tried(json!({"alg":"ES256","kid":"x"}), &other, &ANY).unwrap(), ["key 2 of 2"]);
}

#[test]
fn the_token_never_chooses_the_algorithm() {
    let list = [ec(json!({"kid":"x","alg":"ES256"}))];
    assert_eq!(
        tried(json!({"alg":"ES256","kid":"x"}), &list, &["RS256", "PS256"]).unwrap_err(),
        "alg-not-allowed"
    );
    // A public key is never a secret.
    let said = tried(json!({"alg":"HS256","kid":"x"}), &list, &ANY).unwrap_err();
    assert!(said.contains("It is not a shared secret"), "{said}");
    let said = tried(json!({"alg":"ES256","kid":"x"}), &[oct('a', json!({"kid":"x"}))], &ANY).unwrap_err();
    assert!(said.contains("It is not an EC key on P-256"), "{said}");
    let said = tried(json!({"alg":"HS256","kid":"x"}), &[oct('a', json!({"kid":"x","alg":"HS512"}))], &ANY)
        .unwrap_err();
    assert!(said.contains("Its `alg` is `HS512`"), "{said}");
    let said = tried(json!({"alg":"ES256K"}), &list, &["ES256K"]).unwrap_err();
    assert!(said.contains("`ES256K` is not an algorithm that can be checked here"), "{said}");
}

#[test]
fn without_a_key_nothing_is_wrong() {
    let said = tried(json!({"alg":"RS256","kid":"x"}), &[], &ANY).unwrap_err();
    assert_eq!(said, "There is no key to check it with. It needs the issuer's key `x`.");
    let said = tried(json!({"alg":"RS256"}), &[], &ANY).unwrap_err();
    assert_eq!(said, "There is no key to check it with. `RS256` needs an RSA key.");
    // A secret is not the issuer's to publish: other keys of the issuer say nothing about it.
    for others in [vec![], vec![ec(json!({"kid":"y"}))]] {
        let said = tried(json!({"alg":"HS512","kid":"x"}), &others, &ANY).unwrap_err();
        assert_eq!(said, "There is no key to check it with. `HS512` needs a shared secret.");
    }
    let said = tried(json!({"alg":"HS512","kid":"x"}), &[oct('a', json!({"kid":"y"}))], &ANY).unwrap_err();
    assert!(said.contains("No key has the `kid` `x`. Here are `y`."), "{said}");
}

#[test]
fn a_carried_key_never_outvotes_a_chosen_one() {
    let header = json!({"alg":"ES256","jwk": ec(json!({}))});
    let strict = token(&header);
    let carried = Keys::carried(&strict.header_text, &strict.header);
    let mut both = carried.clone();
    both.add(keys(&[ec(json!({"kid":"mine"}))]));
    let labels = |keys: &Keys| match select(&strict, keys, &ANY) {
        Selection::Try { keys, .. } => keys.iter().map(|key| key.label.clone()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(labels(&both), ["key 1 of 1"]);
    assert_eq!(labels(&carried), ["the key in the token"]);
    // What is not allowed stays so, whatever it carries.
    assert!(matches!(select(&strict, &carried, &["PS256"]), Selection::Refused(_)));
}

#[test]
fn the_table_of_algorithms() {
    assert_eq!(ANY.to_vec(), ALGORITHMS.iter().map(|algorithm| algorithm.name).collect::<Vec<_>>());
    for name in ["none", "None", "rs256", "ES256K", "RSA-OAEP", ""] {
        assert_eq!(Algorithm::named(name), None, "{name}");
    }
}
