//! What a person pastes as a key.

use portico::domain::inspect::json::Document;
use portico::domain::inspect::verify::{Algorithm, Key, Keys, Material, Source, keys};
use portico::domain::jose::PublicJwk;
use portico::domain::jose::jwk::KeyKind;
use serde_json::{Map, Value, json};

use super::{idp, named_by_statement};

/// RFC 7515, A.3.1.
const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;

fn only(text: &str) -> Key {
    let read = Keys::read(text).unwrap();
    assert_eq!(read.keys.len(), 1, "{read:?}");
    read.keys.into_iter().next().unwrap()
}

fn unfit(members: &Value, algorithm: &str) -> Option<String> {
    let key = Key::read(members.as_object().unwrap(), "the key".to_owned(), Source::Pasted);
    key.unfit(Algorithm::named(algorithm).unwrap())
}

fn with(name: &str, value: Value) -> Value {
    let mut key: Value = serde_json::from_str(EC).unwrap();
    key[name] = value;
    key
}

#[test]
fn one_key_and_a_set_of_them() {
    let key = only(EC);
    assert!(matches!(&key.material, Material::Public(key) if key.kind == KeyKind::Ec("P-256")), "{key:?}");
    let set = format!(r#"{{"keys":[{EC},{{"kty":"AKP","alg":"ML-DSA-65","kid":"future"}},7]}}"#);
    for text in [set.clone(), set.split_once(':').unwrap().1.strip_suffix('}').unwrap().to_owned()] {
        let read = Keys::read(&text).unwrap();
        let labels: Vec<&str> = read.keys.iter().map(|key| key.label.as_str()).collect();
        assert_eq!(labels, ["key 1 of 3", "key 2 of 3", "key 3 of 3"]);
        // What is not understood stays visible, with the reason.
        assert_eq!(read.keys[1].kid.as_deref(), Some("future"));
        assert!(matches!(&read.keys[1].material, Material::NotUnderstood(why) if why.contains("AKP")));
        assert!(matches!(&read.keys[2].material, Material::NotUnderstood(_)));
    }
}

#[test]
fn a_private_key_gives_its_public_half_and_a_word_about_it() {
    let key = only(&with("d", "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI".into()).to_string());
    assert!(key.was_private);
    assert!(!format!("{key:?}").contains("jpsQ"), "the private half is not kept");
    let algorithm = Algorithm::named("ES256").unwrap();
    assert_eq!(key.unfit(algorithm), None);
    assert!(key.warnings(algorithm)[0].contains("private key"));
}

#[test]
fn a_secret_may_be_text_or_base64url() {
    let read = Keys::read("  c2VjcmV0  ").unwrap();
    let bytes: Vec<usize> = read
        .keys
        .iter()
        .map(|key| if let Material::Hmac { bytes, .. } = key.material { bytes } else { panic!("{key:?}") })
        .collect();
    assert_eq!(bytes, [8, 6]);
    assert_eq!(Keys::read("a secret!").unwrap().keys.len(), 1, "that is no base64url");
    assert!(!format!("{read:?}").contains("c2VjcmV0"), "a secret is not in a log");
}

#[test]
fn a_short_secret_is_said_and_an_empty_one_refused() {
    let algorithm = Algorithm::named("HS256").unwrap();
    let key = only(r#"{"kty":"oct","k":"c2VjcmV0"}"#);
    assert_eq!(key.unfit(algorithm), None);
    assert!(key.warnings(algorithm)[0].starts_with("The secret has 6 bytes, and `HS256` needs 32"));
    let key = only(r#"{"kty":"oct","k":""}"#);
    assert!(key.unfit(algorithm).unwrap().contains("empty"));
}

#[test]
fn what_is_no_key_is_a_sentence() {
    for (text, words) in [
        ("", "Paste a key"),
        ("https://idp.example/certs", "This is an address"),
        ("eyJhbGciOiJub25lIn0.e30.", "This is a token"),
        ("-----BEGIN PUBLIC KEY-----", "This is PEM"),
        ("{", "This is not JSON"),
        ("{}", "neither `kty` nor `keys`"),
        (r#"{"keys":[]}"#, "no key in it"),
        (r#"{"keys":7}"#, "a number"),
        (r#"{"kty":"EC","kty":"RSA"}"#, "stands twice"),
    ] {
        let said = Keys::read(text).unwrap_err();
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn what_a_key_may_be_used_for() {
    assert_eq!(unfit(&with("use", "sig".into()), "ES256"), None);
    assert_eq!(unfit(&with("key_ops", json!(["verify", "sign"])), "ES256"), None);
    assert_eq!(unfit(&with("alg", "ES256".into()), "ES256"), None);
    for (member, value) in [
        ("use", json!("enc")),
        ("use", json!("tls")),
        ("key_ops", json!(["encrypt"])),
        ("key_ops", json!(["sign"])),
        ("key_ops", json!([])),
        ("alg", json!("ES521")),
        ("alg", json!("ECDH-ES")),
        ("kty", json!("RSA")),
        ("crv", json!("P-384")),
        ("x", json!("AA")),
    ] {
        assert!(unfit(&with(member, value.clone()), "ES256").is_some(), "{member}: {value}");
    }
    for algorithm in ["HS256", "RS256", "PS256", "ES384", "ES512", "EdDSA", "Ed25519"] {
        assert!(unfit(&with("use", "sig".into()), algorithm).is_some(), "{algorithm}");
    }
    // The curve has two names (RFC 9864).
    let okp =
        json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"EdDSA"});
    assert_eq!(unfit(&okp, "Ed25519"), None);
    assert!(unfit(&json!({"kty":"oct","k":"c2VjcmV0"}), "RS256").is_some());
}

#[test]
fn weak_rsa_keys_are_refused() {
    let modulus = |bytes: usize| portico::domain::jose::base64url(&vec![0xc1; bytes]);
    let rsa = |n: usize, e: &str| unfit(&json!({"kty":"RSA","n":modulus(n),"e":e}), "RS256");
    assert_eq!(rsa(256, "AQAB"), None);
    assert!(rsa(128, "AQAB").unwrap().contains("1024 bits"));
    assert!(rsa(256, "AQ").unwrap().contains("exponent"), "1");
    assert!(rsa(256, "Aw").unwrap().contains("exponent"), "3");
    assert!(rsa(256, "AQAA").unwrap().contains("even"), "65536");
    assert!(rsa(256, "AQAC").unwrap().contains("even"), "65538");
}

#[test]
fn a_key_of_the_chip_whose_keys_can_be_broken_is_refused() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../vectors/wycheproof/json_web_key_test.json")).unwrap();
    let mut found = Vec::new();
    each_rsa_key(&vectors, &mut |key| {
        let refused = PublicJwk::read(key).is_err_and(|why| why.contains("CVE-2017-15361"));
        found.push((key["kid"].as_str().unwrap_or_default().contains("roca"), refused));
    });
    assert!(found.iter().all(|(is_one, refused)| is_one == refused), "{found:?}");
    assert!(found.iter().any(|(is_one, _)| *is_one) && found.iter().any(|(is_one, _)| !is_one));
}

/// Every public RSA key in a value.
fn each_rsa_key(value: &Value, visit: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            if members.get("kty").is_some_and(|kty| kty == "RSA") && !members.contains_key("d") {
                visit(members);
            }
            members.values().for_each(|member| each_rsa_key(member, visit));
        }
        Value::Array(list) => list.iter().for_each(|element| each_rsa_key(element, visit)),
        _ => {}
    }
}

#[test]
fn a_public_key_in_der() {
    let der = |text: &str| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.decode(text).unwrap()
    };
    // RFC 8410, 10.1.
    let ed25519 = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    // The key of RFC 7515, A.3.1.
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==";
    let mut ec = der("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE");
    ec.extend(der(point));
    assert_eq!(Key::of_spki(&ec, "the key", Source::Pasted).material, only(EC).material);
    let key = Key::of_spki(&der(ed25519), "the key", Source::Pasted);
    assert!(matches!(&key.material, Material::Public(key) if key.kind == KeyKind::Ed25519));
    // Keycloak shows it without the lines around it.
    assert_eq!(only(ed25519).material, key.material);
    for cut in 0..ec.len() {
        let key = Key::of_spki(&ec[..cut], "the key", Source::Pasted);
        assert!(matches!(key.material, Material::NotUnderstood(_)), "{cut}");
    }
    let longer = [ec.as_slice(), &[0]].concat();
    assert!(matches!(Key::of_spki(&longer, "the key", Source::Pasted).material, Material::NotUnderstood(_)));
}

#[test]
fn keys_of_an_environment_and_of_the_token() {
    let set = json!({"keys": [serde_json::from_str::<Value>(EC).unwrap()]});
    let read = Keys::published(&set, "idp.example", &idp(1_000)).unwrap();
    assert_eq!(read.keys[0].source.words(1_180), "from the keys of `idp.example`, fetched 3 min ago");
    assert!(read.keys[0].source.is_chosen());
    assert!(Keys::published(&json!([]), "idp.example", &idp(0)).unwrap_err().contains("idp.example"));
    let header =
        format!(r#"{{"alg":"ES256","jwk":{EC},"x5c":["MIIB","MIIC"],"jku":"https://evil.example/"}}"#);
    let document = Document::read(&header);
    let carried = Keys::carried(&header, &document);
    assert_eq!(carried.keys.len(), 1, "an address is no key");
    assert_eq!(carried.keys[0].source, Source::CarriedByToken("jwk"));
    assert!(!carried.keys[0].source.is_chosen());
    let certificate = keys::carried_certificate(&document).unwrap();
    assert!(certificate.contains("\nMIIB\n") && !certificate.contains("MIIC"));
}

#[test]
fn what_a_statement_names_does_not_push_out_what_was_chosen() {
    let set = json!({"keys": [serde_json::from_str::<Value>(EC).unwrap()]});
    let named = Keys::published(&set, "keys.example", &named_by_statement()).unwrap();
    assert!(!named.keys[0].source.is_chosen());
    let words =
        "from `https://keys.example/software.jwks`, which a software statement names, fetched 1 min ago";
    assert_eq!(named.keys[0].source.words(60), words);
    let mut keys = Keys::read(EC).unwrap();
    keys.take_in(named.clone());
    assert_eq!(keys.keys.iter().map(|key| &key.source).collect::<Vec<_>>(), [&Source::Pasted]);
    // The other way round the chosen one takes its place, and a source that is asked again gives no second one.
    let mut keys = named.clone();
    keys.take_in(named);
    assert_eq!(keys.keys.len(), 1);
    keys.take_in(Keys::published(&set, "idp.example", &idp(0)).unwrap());
    assert_eq!(keys.keys.iter().map(|key| &key.source).collect::<Vec<_>>(), [&idp(0)]);
}

#[test]
fn a_set_without_end_is_cut() {
    let set = json!({"keys": vec![json!({"kty":"oct","k":"c2VjcmV0"}); 100_000]});
    let read = Keys::read(&set.to_string()).unwrap();
    assert_eq!((read.keys.len(), read.left_out), (keys::MOST, 100_000 - keys::MOST));
}
