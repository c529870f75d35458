//! Keys and signatures of the browser, against published values and against each other.

use js_sys::{Object, Reflect, Uint8Array};
use portico::browser::{
    crypto, key_ring,
    signing::{self, KeyPair},
};
use portico::domain::jose::{Algorithm, KeyWish, PublicJwk, base64url, from_base64url};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

fn key(value: &Value) -> PublicJwk {
    PublicJwk::read(value.as_object().unwrap()).unwrap()
}

async fn pair(algorithm: Algorithm) -> KeyPair {
    signing::generate(KeyWish { algorithm, bits: 2048 }).await.unwrap()
}

/// RFC 7638, 3.1, and RFC 8037, A.3.
#[wasm_bindgen_test]
async fn thumbprints_are_those_of_the_standards() {
    let rsa = key(&json!({"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29",
        "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}));
    assert_eq!(signing::thumbprint(&rsa).await.unwrap(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    let okp = key(&json!({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}));
    assert_eq!(signing::thumbprint(&okp).await.unwrap(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

/// RFC 7515, A.3: the private key of the example signs, and its public half is the one that stands there.
#[wasm_bindgen_test]
async fn the_key_of_rfc_7515_signs() {
    let members = json!({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
        "use":"tls","key_ops":["sign"],"ext":false});
    let pair = signing::import_jwk(members.as_object().unwrap(), Algorithm::Es256).await.unwrap();
    let public = pair.public.to_value();
    assert_eq!(public["x"], members["x"]);
    let input = b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = signing::sign(&pair.signing, input).await.unwrap();
    assert!(verifies(&pair.public, Algorithm::Es256, input, &signature).await);
    // The signature that is printed in the RFC.
    let printed = from_base64url(
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
    )
    .unwrap();
    assert!(verifies(&pair.public, Algorithm::Es256, input, &printed).await);
}

#[wasm_bindgen_test]
async fn every_algorithm_makes_signs_and_hands_over() {
    for algorithm in Algorithm::ALL {
        let pair = pair(algorithm).await;
        let name = algorithm.name();
        assert_eq!(pair.public.alg.as_deref(), Some(name));
        assert_eq!(
            pair.public.kid.clone().unwrap(),
            signing::thumbprint(&pair.public).await.unwrap(),
            "{name}"
        );
        let signature = signing::sign(&pair.signing, b"words").await.unwrap();
        assert!(verifies(&pair.public, algorithm, b"words", &signature).await, "{name}");
        assert!(!verifies(&pair.public, algorithm, b"other words", &signature).await, "{name}");
        let again = signing::import_pkcs8(&pair.exportable.pkcs8().await.unwrap(), algorithm).await.unwrap();
        assert!(again.public.is_same_key(&pair.public), "{name}: PKCS #8");
        let jwk = pair.exportable.jwk().await.unwrap();
        assert!(jwk.get("d").is_some() && jwk.get("ext").is_none(), "{name}");
        let again = signing::import_jwk(jwk.as_object().unwrap(), algorithm).await.unwrap();
        assert!(again.public.is_same_key(&pair.public), "{name}: JWK");
        let spki = signing::spki(&pair.public, algorithm).await.unwrap();
        assert!(
            signing::public_of_spki(&spki, algorithm).await.unwrap().is_same_key(&pair.public),
            "{name}: SPKI"
        );
    }
}

#[wasm_bindgen_test]
async fn a_key_of_another_kind_is_refused_with_a_sentence() {
    let pair = pair(Algorithm::Es256).await;
    let pkcs8 = pair.exportable.pkcs8().await.unwrap();
    let problem = signing::import_pkcs8(&pkcs8, Algorithm::Rs256).await.map(|_| ()).unwrap_err().to_string();
    assert!(problem.contains("RS256"), "{problem}");
}

/// What is kept can sign after it was read anew, and nobody can export it.
#[wasm_bindgen_test]
async fn a_kept_key_signs_and_cannot_be_exported() {
    let pair = pair(Algorithm::Es256).await;
    let kept =
        key_ring::Kept { public: pair.public.clone(), signing: pair.signing.clone(), made_at: 1_666_000_000 };
    key_ring::keep(&kept).await.unwrap();
    let all = key_ring::all().await.unwrap();
    let read = all.iter().find(|one| one.public.is_same_key(&pair.public)).unwrap();
    assert_eq!(read.made_at, 1_666_000_000);
    let signature = signing::sign(&read.signing, b"words").await.unwrap();
    assert!(verifies(&pair.public, Algorithm::Es256, b"words", &signature).await);
    assert!(!read.signing.can_be_exported());
    key_ring::remove(&pair.public).await.unwrap();
    assert!(!key_ring::all().await.unwrap().iter().any(|one| one.public.is_same_key(&pair.public)));
}

/// Asks WebCrypto itself: the portal's own code that verifies must not vouch for the one that signs.
async fn verifies(public: &PublicJwk, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
    let object = |members: &[(&str, JsValue)]| {
        let object = Object::new();
        for (name, value) in members {
            Reflect::set(&object, &JsValue::from_str(name), value).unwrap();
        }
        object
    };
    let (name, more) = match algorithm {
        Algorithm::Es256 => ("ECDSA", ("namedCurve", JsValue::from_str("P-256"))),
        Algorithm::Ps256 => ("RSA-PSS", ("saltLength", JsValue::from(32))),
        Algorithm::Rs256 => ("RSASSA-PKCS1-v1_5", ("x", JsValue::NULL)),
        Algorithm::EdDsa => ("Ed25519", ("x", JsValue::NULL)),
    };
    let parameters = object(&[("name", name.into()), ("hash", "SHA-256".into()), (more.0, more.1)]);
    let mut members = public.to_value();
    for member in ["alg", "use", "kid"] {
        members.as_object_mut().unwrap().remove(member);
    }
    let jwk: Object = js_sys::JSON::parse(&members.to_string()).unwrap().unchecked_into();
    let subtle = web_sys::window().unwrap().crypto().unwrap().subtle();
    let usages = js_sys::Array::of1(&"verify".into());
    let key = subtle.import_key_with_object("jwk", &jwk, &parameters, true, &usages).unwrap();
    let key = JsFuture::from(key).await.unwrap().unchecked_into();
    let (signature, message) = (Uint8Array::from(signature), Uint8Array::from(message));
    let verified = subtle
        .verify_with_object_and_buffer_source_and_buffer_source(&parameters, &key, &signature, &message)
        .unwrap();
    JsFuture::from(verified).await.unwrap().as_bool() == Some(true)
}

#[wasm_bindgen_test]
async fn the_encrypted_file_is_not_the_key() {
    let pair = pair(Algorithm::Es256).await;
    let der = pair.exportable.pkcs8().await.unwrap();
    let password = portico::domain::secret::Secret::new("correct horse");
    let (salt, iv): ([u8; 16], [u8; 16]) = (crypto::random_bytes(), crypto::random_bytes());
    let sealed = signing::encrypt_pkcs8(&der, &password, &salt, &iv).await.unwrap();
    assert_eq!(sealed.len() % 16, 0);
    assert!(sealed.len() > der.len());
    assert_ne!(base64url(&sealed), base64url(&der));
}
