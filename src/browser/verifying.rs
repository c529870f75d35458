//! The arithmetic of checking a signature, by WebCrypto, and the keys in DER, by the Workshop's program. What may be
//! tried and what it means is decided by [`crate::domain::inspect::verify`].

use js_sys::Object;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

use super::{
    crypto::{CryptoProblem, run, subtle, usages},
    js,
    signing::{dictionary, material},
    workshop,
};
use crate::domain::inspect::verify::{
    Algorithm, Key, Keys, Material, Selection, Source, Strict, Verdict, algorithm::Family, gate, keys, select,
};

/// Whether the signature fits the key. The key has been looked at before: see [`Key::unfit`].
///
/// # Errors
/// When there is no cryptography, or the browser takes neither the key nor the algorithm.
pub async fn verify(
    strict: &Strict,
    key: &Key,
    algorithm: &'static Algorithm,
) -> Result<bool, CryptoProblem> {
    // A signature of another length is wrong in every browser; this says so before a damaged one is looked at.
    if algorithm.signature_bytes.is_some_and(|bytes| bytes != strict.signature.len()) {
        return Ok(false);
    }
    let subtle = subtle()?;
    let handle = import(key, algorithm).await?;
    let verified = subtle.verify_with_object_and_u8_array_and_u8_array(
        &checking(algorithm),
        &handle,
        &strict.signature,
        &strict.signing_input,
    );
    Ok(run(verified).await.map_err(|problem| named(problem, algorithm))?.as_bool() == Some(true))
}

/// The whole way from a token in compact form to a verdict, with the keys at hand and the algorithms that the profile
/// allows; `now` in Unix seconds. Nothing is fetched.
pub async fn judge(token: &str, keys: &Keys, allowed: &[&str], now: i64) -> Verdict {
    match gate(token) {
        Ok(strict) => judge_strict(&strict, keys, allowed, now).await,
        Err(refusal) => Verdict::of_refusal(&refusal),
    }
}

/// The same for what has passed a gate already: one signature of a JSON serialisation, or a detached one.
pub async fn judge_strict(strict: &Strict, keys: &Keys, allowed: &[&str], now: i64) -> Verdict {
    let selection = select(strict, keys, allowed);
    let mut tried = Vec::new();
    if let Selection::Try { algorithm, keys } = &selection {
        for key in keys {
            tried.push(verify(strict, key, algorithm).await.map_err(|problem| problem.to_string()));
        }
    }
    Verdict::of(&selection, &tried, now)
}

/// Reads what a person pasted as a key, in whatever form. For PEM the Workshop's program is fetched, once.
///
/// # Errors
/// A sentence: what it is instead, and what to paste.
pub async fn read_keys(text: &str) -> Result<Keys, String> {
    if keys::is_pem(text) {
        of_pem(text, Source::Pasted, "the key in the PEM file").await
    } else {
        Keys::read(text)
    }
}

/// The keys that a token carries, to be shown and tried, and never to be trusted. An address in it is not followed.
pub async fn carried(strict: &Strict) -> Keys {
    let mut carried = Keys::carried(&strict.header_text, &strict.header);
    if let Some(pem) = keys::carried_certificate(&strict.header) {
        let source = Source::CarriedByToken("x5c");
        carried
            .add(of_pem(&pem, source, "the key of the certificate in the token").await.unwrap_or_default());
    }
    carried
}

async fn of_pem(text: &str, source: Source, label: &str) -> Result<Keys, String> {
    if text.contains("PRIVATE KEY-----") {
        return Err("This is a private key. A signature is checked with the public half: paste that, or a certificate.".to_owned());
    }
    let read = workshop::open().await?.public_key(text)?;
    Ok(Keys { keys: vec![Key::of_spki(&read.spki, label, source)], left_out: 0 })
}

async fn import(key: &Key, algorithm: &'static Algorithm) -> Result<CryptoKey, CryptoProblem> {
    let members = match &key.material {
        Material::Public(public) => public.to_value(),
        Material::Hmac { k, .. } => serde_json::json!({ "kty": "oct", "k": k.expose() }),
        Material::NotUnderstood(why) => return Err(CryptoProblem::Unfit(why.clone())),
    };
    let members = if let Value::Object(members) = members { members } else { serde_json::Map::new() };
    let imported = subtle()?.import_key_with_object(
        "jwk",
        &material(&members),
        &importing(algorithm),
        false,
        &usages(&["verify"]),
    );
    run(imported).await.map(JsCast::unchecked_into).map_err(|problem| named(problem, algorithm))
}

fn named(problem: CryptoProblem, algorithm: &Algorithm) -> CryptoProblem {
    let sentence = match &problem {
        CryptoProblem::Refused(reason) if reason.starts_with("NotSupportedError") => format!(
            "This browser does not know `{}`. Ed25519 came with Chrome 137, Firefox 129 and Safari 17.",
            algorithm.name
        ),
        CryptoProblem::Refused(reason) if reason.starts_with("DataError") => {
            format!("The browser does not take this as a key for `{}`. The key is damaged.", algorithm.name)
        }
        _ => return problem,
    };
    CryptoProblem::Unfit(sentence)
}

/// What a key is for. Always an object: older Firefox wants no bare name.
fn importing(algorithm: &Algorithm) -> Object {
    let more = if algorithm.family == Family::Ecdsa {
        ("namedCurve", algorithm.curve)
    } else {
        ("hash", algorithm.hash)
    };
    dictionary(&[("name", name(algorithm)), more])
}

/// How it is checked. JOSE fixes the salt of RSASSA-PSS to the length of the hash (RFC 7518, 3.5).
fn checking(algorithm: &Algorithm) -> Object {
    let parameters = dictionary(&[("name", name(algorithm)), ("hash", algorithm.hash)]);
    if algorithm.family == Family::RsaPss {
        js::set(&parameters, "saltLength", &JsValue::from(algorithm.hash_bytes));
    }
    parameters
}

fn name(algorithm: &Algorithm) -> &'static str {
    match algorithm.family {
        Family::Hmac => "HMAC",
        Family::RsaPkcs1 => "RSASSA-PKCS1-v1_5",
        Family::RsaPss => "RSA-PSS",
        Family::Ecdsa => "ECDSA",
        Family::Ed25519 => "Ed25519",
    }
}
