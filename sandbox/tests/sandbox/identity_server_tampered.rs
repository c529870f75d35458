//! Damaged and forged input at Identity Server: it is refused, and never the server's own fault.

use aws_lc_rs::hmac;
use portico_sandbox::jose::base64url;
use portico_sandbox::jose::jws::Unverified;
use serde_json::{Value, json};

use crate::backend::basic;
use crate::identity_server::*;

/// The statement with one character in the middle of a segment changed.
fn changed_in(segment: usize) -> String {
    let good = statement(&DIRECTORY);
    let mut segments: Vec<String> = good.split('.').map(str::to_owned).collect();
    let (before, rest) = segments[segment].split_at(segments[segment].len() / 2);
    let other = if rest.starts_with('A') { "B" } else { "A" };
    segments[segment] = format!("{before}{other}{}", rest.split_at(1).1);
    segments.join(".")
}

/// The claims of a good statement under another header, with what this makes of the signing input as signature.
fn resigned(header: &Value, sign: impl Fn(&str) -> Vec<u8>) -> String {
    let good = statement(&DIRECTORY);
    let claims = Unverified::parse(&good).unwrap().claims.to_string();
    let input = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.as_bytes()));
    format!("{input}.{}", base64url(&sign(&input)))
}

#[tokio::test]
async fn a_tampered_statement_is_refused() {
    let public = DIRECTORY.public_jwk()["n"].as_str().unwrap().to_owned();
    let with_public_key = hmac::Key::new(hmac::HMAC_SHA256, public.as_bytes());
    let hs256 = json!({ "alg": "HS256", "kid": "k", "typ": "JWT" });
    for (what, tampered) in [
        ("header", changed_in(0)),
        ("claims", changed_in(1)),
        ("signature", changed_in(2)),
        ("none", resigned(&json!({ "alg": "none" }), |_| Vec::new())),
        ("HS256", resigned(&hs256, |input| hmac::sign(&with_public_key, input.as_bytes()).as_ref().to_vec())),
        ("of another directory", statement(&OTHER)),
        ("two segments", "a.b".to_owned()),
    ] {
        let body = request("tampered", &json!({ "software_statement": tampered }));
        let refused = refusal(&send(ADMIN, "POST", REGISTER, &body).await);
        let sentence = "Signature validation failed for the software statement".to_owned();
        assert_eq!(refused, (400, "invalid_software_statement".to_owned(), sentence), "{what}");
    }
}

#[tokio::test]
async fn no_damage_to_a_request_is_the_servers_own_fault() {
    let (path, _) = registered("damage", &json!({})).await;
    let good = request("damage", &json!({})).to_string().into_bytes();
    let authorization = basic(ADMIN.0, ADMIN.1);
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/json")];
    for at in (0..good.len()).step_by(5) {
        let byte = b"\"{}[],:0e\\\xff"[at % 11];
        let mut damaged = good.clone();
        damaged[at] = byte;
        let cut = good[..at].to_vec();
        for (method, path, body) in [
            ("POST", REGISTER, damaged.clone()),
            ("PUT", path.as_str(), damaged),
            ("PUT", path.as_str(), cut),
        ] {
            let answer = BANK.call(method, path, &headers, body).await;
            let status = answer.status.as_u16();
            assert!(matches!(status, 200 | 201 | 400), "{method} {at} {byte}: {status} {}", answer.text());
            answer.json();
        }
    }
}
