//! Digests against published vectors, and what is random.

use std::collections::BTreeSet;

use portico::browser::crypto::{self, CryptoProblem};
use portico::domain::secret::Secret;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Replaced, evaluate, window};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// FIPS 180-4, examples.
#[wasm_bindgen_test]
async fn sha256_vectors() {
    for (text, digest) in [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ] {
        assert_eq!(hex(&crypto::sha256(text.as_bytes()).await.unwrap()), digest, "{text}");
    }
}

/// RFC 7914, 11: the first 32 of 64 bytes, which are the first block of PBKDF2.
#[wasm_bindgen_test]
async fn pbkdf2_vectors() {
    for (secret, salt, iterations, digest) in [
        ("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
        ("Password", "NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"),
    ] {
        let derived = crypto::pbkdf2_sha256(&Secret::new(secret), salt.as_bytes(), iterations).await.unwrap();
        assert_eq!(hex(&derived), digest, "{secret}");
    }
}

#[wasm_bindgen_test]
async fn pbkdf2_without_iterations_is_refused() {
    let refused = crypto::pbkdf2_sha256(&Secret::new("secret"), b"salt", 0).await;
    assert!(matches!(refused, Err(CryptoProblem::Refused(_))), "{refused:?}");
}

#[wasm_bindgen_test]
fn ids_are_url_safe_and_differ() {
    let ids: BTreeSet<String> = (0..200).map(|_| crypto::random_id()).collect();
    assert_eq!(ids.len(), 200);
    for id in ids {
        assert_eq!(id.len(), 16, "{id}");
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{id}");
    }
}

#[wasm_bindgen_test]
fn a_uuid_says_version_4() {
    for _ in 0..50 {
        let uuid = crypto::uuid_v4();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
        assert_eq!(uuid.chars().nth(14), Some('4'), "{uuid}");
        assert!(uuid.chars().nth(19).is_some_and(|variant| "89ab".contains(variant)), "{uuid}");
    }
    assert_ne!(crypto::uuid_v4(), crypto::uuid_v4());
}

#[wasm_bindgen_test]
async fn without_cryptography_it_is_said_which_way_out() {
    assert_eq!(crypto::available(), Ok(()));
    let stub = Replaced::new(&window(), "isSecureContext", &JsValue::FALSE);
    assert_eq!(crypto::available(), Err(CryptoProblem::NotSecureContext));
    assert_eq!(crypto::sha256(b"abc").await, Err(CryptoProblem::NotSecureContext));
    assert!(CryptoProblem::NotSecureContext.to_string().ends_with("or as http://localhost on this machine."));
    // IDs are still made: a page on plain http works in memory.
    assert_eq!(crypto::random_id().len(), 16);
    drop(stub);
    let _stub = Replaced::new(&evaluate("crypto"), "subtle", &JsValue::UNDEFINED);
    assert_eq!(crypto::available(), Err(CryptoProblem::Missing));
}
