//! Our reader of keys beside `jose-jwk`. A set is never read as a whole by either: one key that is not understood must
//! not hide the others, which is what `JwkSet` of that crate does.

use jose_jwk::{Jwk, Key as Theirs};
use portico::domain::inspect::verify::{Key, Material, Source};
use portico::domain::jose::{base64url, from_base64url};
use serde_json::{Value, json};

const KEYS: &str = include_str!("../../../vectors/wycheproof/json_web_key_test.json");

/// Members in which `jose-jwk` 0.1.2 refuses what is right: names are closed lists, thumbprints have fixed lengths.
const STUMBLES: [&str; 5] = ["alg", "use", "key_ops", "x5t", "x5t#S256"];

/// Every key of both files, public and private, and those of real servers that the crate stumbles over.
fn all() -> Vec<Value> {
    let mut keys = vec![
        json!({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","use":"tls"}),
        json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"Ed25519"}),
        json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","x5t#S256":"AA"}),
        json!({"kty":"RSA","n":base64url(&[0xc1; 256]),"e":"AQAB","alg":"RSA-OAEP","use":"enc"}),
        json!({"kty":"AKP","alg":"ML-DSA-65","pub":"AA"}),
    ];
    for file in [super::WYCHEPROOF, KEYS] {
        let file: Value = serde_json::from_str(file).unwrap();
        for group in file["testGroups"].as_array().unwrap() {
            for half in [&group["public"], &group["private"]] {
                match half["keys"].as_array() {
                    Some(list) => keys.extend(list.iter().cloned()),
                    None if half.is_object() => keys.push(half.clone()),
                    None => {}
                }
            }
        }
    }
    keys
}

fn ours(key: &Value) -> Material {
    Key::read(key.as_object().unwrap(), "the key".to_owned(), Source::Pasted).material
}

/// The members that make up the key, by name.
fn material(key: &Theirs) -> Vec<(&'static str, Vec<u8>)> {
    match key {
        Theirs::Rsa(rsa) => vec![("n", rsa.n.to_vec()), ("e", rsa.e.to_vec())],
        Theirs::Ec(ec) => vec![("x", ec.x.to_vec()), ("y", ec.y.to_vec())],
        Theirs::Okp(okp) => vec![("x", okp.x.to_vec())],
        Theirs::Oct(oct) => vec![("k", oct.k.to_vec())],
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_read_the_same_keys() {
    let (mut same, mut stricter, mut stumbled) = (0, 0, 0);
    for key in all() {
        let ours = ours(&key);
        match (&ours, serde_json::from_value::<Jwk>(key.clone())) {
            (Material::NotUnderstood(_), Err(_)) => {}
            (Material::NotUnderstood(why), Ok(_)) => {
                let on_purpose = ["bits", "exponent", "ROCA", "empty", "cannot do that", "bytes"];
                assert!(on_purpose.iter().any(|word| why.contains(word)), "{key}: only we refuse: {why}");
                stricter += 1;
            }
            (_, Err(error)) => {
                let listed = STUMBLES.iter().any(|member| key.get(member).is_some());
                assert!(listed, "{key}: only jose-jwk refuses: {error}");
                stumbled += 1;
            }
            (ours, Ok(theirs)) => {
                let public = match ours {
                    Material::Public(public) => public.to_value(),
                    Material::Hmac { k, .. } => json!({ "k": k.expose() }),
                    Material::NotUnderstood(_) => continue,
                };
                for (name, bytes) in material(&theirs.key) {
                    assert_eq!(
                        from_base64url(public[name].as_str().unwrap()).unwrap(),
                        bytes,
                        "{key}: {name}"
                    );
                }
                same += 1;
            }
        }
    }
    assert!(same > 40 && stricter > 3 && stumbled > 5, "{same} {stricter} {stumbled}");
}

#[test]
fn one_key_that_is_not_understood_hides_no_other() {
    let set = json!({ "keys": all() });
    assert!(serde_json::from_value::<jose_jwk::JwkSet>(set.clone()).is_err());
    let read = portico::domain::inspect::verify::Keys::read(&set.to_string()).unwrap();
    assert_eq!(read.keys.len(), all().len());
    assert!(read.keys.iter().filter(|key| !matches!(key.material, Material::NotUnderstood(_))).count() > 40);
}
