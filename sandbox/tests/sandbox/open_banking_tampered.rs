//! Requests that were tampered with: each is refused, and says which of its parts is wrong.

use aws_lc_rs::hmac;
use portico_sandbox::jose::base64url;
use serde_json::{Value, json};

use crate::backend::{COMMON, part};
use crate::tpp::{KEY, Pair, REGISTER, TOKEN, Tpp, compact};

const REQUEST: &str = "invalid_request";
const STATEMENT: &str = "invalid_software_statement";

async fn refused(tpp: &Tpp<'_>, what: &str, body: String, error: &str, words: &str) {
    let answer = tpp.send("POST", REGISTER, None, body).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, error), "{what}: {}", answer.text());
    assert!(answer.description().contains(words), "{what}: {}", answer.text());
}

/// The token with one letter in the middle of a segment replaced by another.
fn changed(token: &str, segment: usize) -> String {
    let mut segments: Vec<Vec<char>> = token.split('.').map(|one| one.chars().collect()).collect();
    let middle = segments[segment].len() / 2;
    let letter = &mut segments[segment][middle];
    *letter = if *letter == 'A' { 'B' } else { 'A' };
    segments.iter().map(|one| one.iter().collect::<String>()).collect::<Vec<_>>().join(".")
}

#[tokio::test]
async fn a_changed_letter_is_found_in_each_segment_of_both_tokens() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    for segment in 0..3 {
        let signed = KEY.sign(&tpp.claims(&json!({})).await);
        let answer = tpp.send("POST", REGISTER, None, changed(&signed, segment)).await;
        assert_eq!(answer.status, 400, "segment {segment}: {}", answer.text());
        let statement = changed(&tpp.statement().await, segment);
        let answer = tpp.register(json!({ "software_statement": statement })).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, STATEMENT), "segment {segment}");
    }
}

#[tokio::test]
async fn other_algorithms_and_keys_do_not_count() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let claims = tpp.claims(&json!({})).await;
    let header = |alg: &str| json!({ "alg": alg, "kid": "signing", "typ": "JWT" });
    refused(&tpp, "none", compact(&header("none"), &claims, b""), REQUEST, "The algorithm is none").await;

    let input = compact(&header("HS256"), &claims, b"");
    let secret = hmac::Key::new(hmac::HMAC_SHA256, KEY.public()["n"].as_str().unwrap().as_bytes());
    let tag = hmac::sign(&secret, input.trim_end_matches('.').as_bytes());
    let forged = format!("{input}{}", base64url(tag.as_ref()));
    refused(&tpp, "HS256 with the public key", forged, REQUEST, "The algorithm is HS256").await;

    let stranger = Pair::new("signing").sign(&claims);
    refused(&tpp, "a key of somebody else", stranger, REQUEST, "not one of the key signing").await;
    let unknown = Pair::new("unknown").sign(&claims);
    refused(&tpp, "a kid that is not published", unknown, REQUEST, "no key with the kid unknown").await;
    let bare = compact(&json!({ "alg": "PS256" }), &claims, b"x");
    refused(&tpp, "no kid", bare, REQUEST, "has no kid").await;
    let critical = compact(&json!({ "alg": "PS256", "kid": "signing", "crit": ["a"] }), &claims, b"x");
    refused(&tpp, "crit", critical, REQUEST, "critical").await;

    let path = tpp.statement_path.replace("/statement", "/keys/signing");
    assert_eq!(COMMON.call("DELETE", &path, &[], "").await.status, 200);
    refused(&tpp, "a revoked key", KEY.sign(&claims), REQUEST, "was revoked").await;
}

#[tokio::test]
async fn statements_of_others_do_not_count() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let neighbour = Tpp::new(&COMMON, json!({ "jwk": null })).await;
    let foreign = Tpp::at(&COMMON, "/other-directory", json!({})).await;
    let with =
        async |statement: String| KEY.sign(&tpp.claims(&json!({ "software_statement": statement })).await);

    let swapped = with(neighbour.statement().await).await;
    refused(&tpp, "of a neighbour", swapped, REQUEST, "no key with the kid signing").await;
    let other = with(foreign.statement().await).await;
    refused(&tpp, "of another directory", other, STATEMENT, "\"Other Directory\", which is not allowed")
        .await;

    let claims = part(&tpp.statement().await, 1);
    let own = with(KEY.sign(&claims)).await;
    refused(&tpp, "signed by the software itself", own, STATEMENT, "Signature validation failed").await;
    let unsigned = with(compact(&json!({ "alg": "none" }), &claims, b"")).await;
    refused(&tpp, "unsigned", unsigned, STATEMENT, "Signature validation failed").await;
    let mut renamed = part(&foreign.statement().await, 1);
    renamed["iss"] = json!("Example Directory");
    let statement = foreign.statement().await;
    let parts: Vec<&str> = statement.split('.').collect();
    let renamed = format!("{}.{}.{}", parts[0], base64url(renamed.to_string().as_bytes()), parts[2]);
    refused(&tpp, "renamed", with(renamed).await, STATEMENT, "Signature validation failed").await;
    for (what, statement) in [("a number", json!(5)), ("no JWS", json!("abc")), ("empty", json!(""))] {
        let body = KEY.sign(&tpp.claims(&json!({ "software_statement": statement })).await);
        refused(&tpp, what, body, STATEMENT, "Malformed Software Statement").await;
    }
    let without = KEY.sign(&tpp.claims(&json!({ "software_statement": null })).await);
    refused(&tpp, "none at all", without, STATEMENT, "cannot be null").await;
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_the_words_of_the_gateway() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let cut = tpp.statement().await.replace('.', "");
    for (body, words) in [
        (String::new(), "Request payload is empty or not present."),
        ("abc".to_owned(), "Malformed request JWT"),
        (cut, "Malformed request JWT"),
        ("a.b.c".to_owned(), "Provided jwt is malformed and cannot be decoded"),
        ("e30.W10.AA".to_owned(), "Provided jwt is malformed and cannot be decoded"),
        ("{}".to_owned(), "Malformed request JWT"),
    ] {
        refused(&tpp, words, body, REQUEST, words).await;
    }
    let as_json = [("content-type", "application/json")];
    for body in [KEY.sign(&tpp.claims(&json!({})).await), "{}".to_owned(), "[]".to_owned()] {
        let answer = COMMON.call("POST", REGISTER, &as_json, body).await;
        assert_eq!((answer.status.as_u16(), answer.description().as_str()), (400, "Malformed request found"));
    }
}

/// Bytes without sense, everywhere: an answer comes, and it is not the server's own fault.
#[tokio::test]
async fn any_bytes_get_an_answer() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let id = tpp.registered(json!({})).await;
    let token = tpp.token(&id).await;
    let managed = format!("{REGISTER}/{id}");
    let odd: [&[u8]; 6] =
        [b"\xff\xfe", b"{", b"..", b"eyJhbGciOiJub25lIn0.eyJhIjoxZTk5OX0.", b"\0", "🜁.🜁.🜁".as_bytes()];
    for path in [
        REGISTER,
        &managed,
        TOKEN,
        "/open-banking/v3.1/pisp/domestic-payment-consents",
        "/directory/try/software",
    ] {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            if (method, path) == ("DELETE", managed.as_str()) {
                continue;
            }
            for kind in ["application/jwt", "application/json", "application/x-www-form-urlencoded", "x"] {
                for body in odd {
                    let headers = [("content-type", kind), ("authorization", &*format!("Bearer {token}"))];
                    let answer = COMMON.call(method, path, &headers, body.to_vec()).await;
                    assert!(answer.status.as_u16() < 500, "{method} {path}: {}", answer.text());
                    let _: Value = answer.json();
                }
            }
        }
    }
}
