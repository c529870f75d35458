//! Signatures checked with public keys in every form, and keys that must not do for another algorithm.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use portico_sandbox::jose::signing_key::{RsaAlgorithm, SigningKey};
use portico_sandbox::jose::verify::{PublicKey, Unverifiable, verify};
use portico_sandbox::jose::{base64url, certificate::Certificate, jws::Unverified};
use serde_json::json;

const INPUT: &str = "eyJhbGciOiJFUzI1NiJ9.e30";

#[test]
fn an_rsa_key_verifies_as_jwk_and_as_certificate() {
    let pkcs8 = SigningKey::generate().unwrap();
    let pair = rcgen::KeyPair::try_from(pkcs8.as_slice()).unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["northline.example".to_owned()]).unwrap();
    let certificate = certificate.self_signed(&pair).unwrap();
    for (algorithm, other) in [(RsaAlgorithm::Rs256, "PS256"), (RsaAlgorithm::Ps256, "RS256")] {
        let key = SigningKey::from_pkcs8("k".to_owned(), algorithm, &pkcs8).unwrap();
        let token = key.sign(&json!({ "iss": "a" })).unwrap();
        let token = Unverified::parse(&token).unwrap();
        let jwk = key.public_jwk();
        for public in [PublicKey::Jwk(&jwk), PublicKey::Certificate(certificate.der())] {
            let check = |alg, input: &str| verify(alg, public, input, &token.signature);
            assert_eq!(check(algorithm.name(), token.signing_input), Ok(()));
            assert_eq!(check(other, token.signing_input), Err(Unverifiable::Signature));
            assert_eq!(check(algorithm.name(), INPUT), Err(Unverifiable::Signature));
            assert_eq!(check("ES256", token.signing_input), Err(Unverifiable::Key));
            assert_eq!(check("EdDSA", token.signing_input), Err(Unverifiable::Key));
            assert_eq!(check("none", token.signing_input), Err(Unverifiable::Algorithm));
            assert_eq!(check("HS256", token.signing_input), Err(Unverifiable::Algorithm));
        }
    }
    let read = Certificate::from_der(certificate.der()).unwrap();
    assert_eq!(read.rsa_bits, Some(2048));
    assert!(read.not_before < read.not_after);
    assert!(Certificate::from_der(b"not one").is_err());
}

#[test]
fn elliptic_keys_verify_as_jwk_and_as_spki() {
    let random = SystemRandom::new();
    let p256 = EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let (x, y) = p256.public_key().as_ref().split_at(1).1.split_at(32);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y) });
    let spki = p256.public_key().as_der().unwrap();
    let signed = p256.sign(&random, INPUT.as_bytes()).unwrap();
    for public in [PublicKey::Jwk(&jwk), PublicKey::Spki(spki.as_ref())] {
        assert_eq!(verify("ES256", public, INPUT, signed.as_ref()), Ok(()));
        assert_eq!(verify("ES256", public, "e30.e30", signed.as_ref()), Err(Unverifiable::Signature));
        assert_eq!(verify("RS256", public, INPUT, signed.as_ref()), Err(Unverifiable::Key));
    }
    assert_eq!(
        verify("ES256", PublicKey::Spki(p256.public_key().as_ref()), INPUT, signed.as_ref()),
        Err(Unverifiable::Key),
        "a bare point is no SubjectPublicKeyInfo"
    );

    let ed = Ed25519KeyPair::generate().unwrap();
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": base64url(ed.public_key().as_ref()) });
    let spki = ed.public_key().as_der().unwrap();
    let signed = ed.sign(INPUT.as_bytes());
    for public in [PublicKey::Jwk(&jwk), PublicKey::Spki(spki.as_ref())] {
        assert_eq!(verify("EdDSA", public, INPUT, signed.as_ref()), Ok(()));
        assert_eq!(verify("EdDSA", public, "e30.e30", signed.as_ref()), Err(Unverifiable::Signature));
    }
}
