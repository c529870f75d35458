//! Keys and assertions as values. Examples of the RFCs are written from their text.

use portico::domain::jose::{
    Algorithm, PublicJwk,
    assertion::{Assertion, Claims, Header},
    compact, from_base64url, jwks, openssl, pem,
};
use serde_json::{Map, Value, json};

/// RFC 7517, A.1: the two public keys of the example set.
fn rfc7517() -> Value {
    json!({"keys":[
        {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
         "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"},
        {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
         "e":"AQAB","alg":"RS256","kid":"2011-04-29"}]})
}

fn members(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn ec(kid: &str) -> Value {
    json!({"kty":"EC","crv":"P-256","kid":kid,"use":"sig",
        "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})
}

fn okp(kid: &str) -> Value {
    json!({"kty":"OKP","crv":"Ed25519","kid":kid,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
}

#[test]
fn the_example_of_rfc_7638_is_hashed_as_it_stands_there() {
    let key = &jwks::understood(&rfc7517())[1];
    let input = key.thumbprint_input();
    assert!(input.starts_with(r#"{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmb"#), "{input}");
    assert!(input.ends_with("KnqDKgw\"}"), "{input}");
    assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    // RFC 8037, A.3.
    let key = PublicJwk::read(&members(&okp("x"))).unwrap();
    assert_eq!(
        key.thumbprint_input(),
        r#"{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
    );
}

#[test]
fn what_a_key_is_for_stays_and_what_is_not_of_a_key_goes() {
    let mut written = ec("k");
    written
        .as_object_mut()
        .unwrap()
        .extend([("ext".to_owned(), json!(true)), ("key_ops".to_owned(), json!(["verify"]))]);
    let read = PublicJwk::read(&members(&written)).unwrap();
    assert_eq!(
        read.to_value(),
        json!({"kty":"EC","use":"sig","kid":"k","crv":"P-256",
        "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})
    );
    let named = read.named("other", Some(Algorithm::Es256));
    assert_eq!((named.kid.as_deref(), named.alg.as_deref()), (Some("other"), Some("ES256")));
}

#[test]
fn what_must_not_be_registered_is_refused_with_a_sentence() {
    let with = |mut key: Value, name: &str, value: &str| {
        key.as_object_mut().unwrap().insert(name.to_owned(), json!(value));
        key
    };
    let short = "s".repeat(171);
    let cases = [
        (with(ec("k"), "d", "AA").to_string(), "private key"),
        (json!({"keys":[ec("a"), with(okp("b"), "d", "AA")]}).to_string(), "Key 2: This is a private key"),
        (json!({"kty":"oct","k":"AA"}).to_string(), "symmetric key"),
        (json!({"kty":"RSA","n":short,"e":"AQAB"}).to_string(), "1024 bits"),
        (
            json!({"keys":[ec("a"), with(okp("a"), "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]})
                .to_string(),
            "same kid",
        ),
        (json!({"keys":[ec("a"), ec("b")]}).to_string(), "same key"),
        (json!({"keys":[ec("a"), with(ec("b"), "use", "enc")]}).to_string(), "same key"),
        (with(ec("a"), "use", "enc").to_string(), "it needs “sig”"),
        (json!({"keys":[]}).to_string(), "no key in it"),
        (json!({"keys":"x"}).to_string(), "a list"),
        (json!({"keys":[1]}).to_string(), "A key is an object"),
        (json!({"iss":"x"}).to_string(), "no kty"),
        (with(ec("a"), "crv", "secp256k1").to_string(), "secp256k1"),
        (with(ec("a"), "x", "AAAA").to_string(), "32 bytes"),
        (with(ec("a"), "y", "not base64!").to_string(), "“y”"),
        (with(okp("a"), "crv", "X25519").to_string(), "X25519"),
        (json!({"kty":"AKP"}).to_string(), "“AKP”"),
        (r#"{"kty":"EC","kty":"RSA"}"#.to_owned(), "stands twice"),
        ("-----BEGIN PUBLIC KEY-----".to_owned(), "PEM"),
        ("{".to_owned(), "not JSON"),
    ];
    for (text, words) in cases {
        let problem = jwks::read(&text).unwrap_err();
        assert!(problem.contains(words), "wanted {words:?}, got {problem:?} for {text}");
    }
    assert_eq!(jwks::read(&ec("a").to_string()).unwrap().len(), 1);
    assert_eq!(jwks::read(&json!([ec("a"), okp("b")]).to_string()).unwrap().len(), 2);
}

#[test]
fn a_set_of_very_many_keys_is_refused_before_they_are_compared() {
    let keys: Vec<Value> = (0..20_000).map(|number| okp(&number.to_string())).collect();
    let problem = jwks::read(&json!({ "keys": keys }).to_string()).unwrap_err();
    assert!(problem.starts_with("There are 20000 keys in this set."), "{problem}");
}

#[test]
fn a_set_of_a_server_keeps_what_is_understood() {
    let set = json!({"keys":[{"kty":"AKP","kid":"q"}, {"kty":"RSA","alg":"RSA-OAEP","n":"AA","e":"AQAB"}, ec("a")]});
    let understood = jwks::understood(&set);
    assert_eq!(understood.len(), 1);
    assert_eq!(understood[0].kid.as_deref(), Some("a"));
}

#[test]
fn an_assertion_is_written_in_the_order_people_read_it() {
    let assertion = Assertion {
        header: Header {
            algorithm: Algorithm::Ps256,
            kid: Some("key-1".to_owned()),
            typ: "client-authentication+jwt".to_owned(),
            x5t_s256: None,
        },
        claims: Claims {
            iss: "treasury".to_owned(),
            sub: "treasury".to_owned(),
            aud: "https://id.bank.example".to_owned(),
            iat: Some(1_666_000_000),
            exp: 1_666_000_060,
            jti: "5f0d3a1c".to_owned(),
            more: Map::new(),
        },
    };
    let input = assertion.unsigned().signing_input();
    let parts: Vec<String> =
        input.split('.').map(|part| String::from_utf8(from_base64url(part).unwrap()).unwrap()).collect();
    assert_eq!(parts[0], r#"{"alg":"PS256","typ":"client-authentication+jwt","kid":"key-1"}"#);
    assert_eq!(
        parts[1],
        r#"{"iss":"treasury","sub":"treasury","aud":"https://id.bank.example","iat":1666000000,"exp":1666000060,"jti":"5f0d3a1c"}"#
    );
    assert_eq!(compact(&input, &[1, 2, 3]).expose(), format!("{input}.AQID"));
}

/// RFC 7515, A.1 and A.3: the encoded parts of the examples. Their spaces and line breaks are part of them.
#[test]
fn base64url_is_that_of_the_examples() {
    let header = portico::domain::jose::base64url(b"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}");
    assert_eq!(header, "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9");
    assert_eq!(portico::domain::jose::base64url(b"{\"alg\":\"ES256\"}"), "eyJhbGciOiJFUzI1NiJ9");
    assert_eq!(from_base64url("not base64"), None);
}

#[test]
fn pem_has_lines_of_64_characters() {
    let text = pem::encode("PUBLIC KEY", &[0; 100]);
    let lines: Vec<&str> = text.expose().lines().collect();
    assert_eq!(lines[0], "-----BEGIN PUBLIC KEY-----");
    assert_eq!(lines[1].len(), 64);
    assert_eq!(*lines.last().unwrap(), "-----END PUBLIC KEY-----");
    assert!(!pem::single_line(&[0; 100]).contains('\n'));
}

/// The very command that the page shows, for keys that OpenSSL made.
#[test]
fn the_shown_command_prints_the_thumbprint() {
    use std::process::Command;
    let folder = std::env::temp_dir().join(format!("portico-thumbprint-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(&folder).output().unwrap();
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    for options in [
        ["EC", "ec_paramgen_curve:P-256"],
        ["RSA", "rsa_keygen_bits:2048"],
        ["RSA", "rsa_keygen_bits:3072"],
        ["ED25519", ""],
    ] {
        let mut arguments = vec!["genpkey", "-algorithm", options[0], "-out", "key.pem"];
        if !options[1].is_empty() {
            arguments.extend(["-pkeyopt", options[1]]);
        }
        run("openssl", &arguments);
        // The numbers as Node reads them, which shares nothing with the command.
        let script = "const k=require('crypto').createPublicKey(require('fs').readFileSync('key.pem'));console.log(JSON.stringify(k.export({format:'jwk'})))";
        let jwk: Value = serde_json::from_str(&run("node", &["-e", script])).unwrap();
        let key = PublicJwk::read(&members(&jwk)).unwrap();
        std::fs::write(folder.join("input"), key.thumbprint_input()).unwrap();
        let digest = run(
            "sh",
            &["-c", "openssl dgst -sha256 -binary input | openssl base64 -A | tr '+/' '-_' | tr -d '='"],
        );
        let command = openssl::thumbprint(key.kind, "key.pem").unwrap();
        assert_eq!(run("sh", &["-c", &command]), digest, "{options:?}\n{command}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The key sets of Wycheproof, read as keys that somebody wants to register. What is refused, and why; the signatures are
/// not looked at here.
#[test]
fn the_key_sets_of_wycheproof_are_judged() {
    /// Accepted although the vectors call it bad: a point that is not on its curve (22) cannot be seen without the
    /// arithmetic of curves. The browser refuses it when it imports the key.
    const TAKEN: [u64; 2] = [5, 22];
    let file: Value =
        serde_json::from_str(include_str!("../vectors/wycheproof/json_web_key_test.json")).unwrap();
    let mut cases = 0;
    for group in file["testGroups"].as_array().unwrap() {
        // A group with a public half gives that; a symmetric one has only the other.
        let set = if group["public"].is_object() { &group["public"] } else { &group["private"] };
        for case in group["tests"].as_array().unwrap() {
            let (id, comment) = (case["tcId"].as_u64().unwrap(), case["comment"].as_str().unwrap());
            let read = jwks::read(&set.to_string());
            assert_eq!(read.is_ok(), TAKEN.contains(&id), "{id} {comment}: {read:?}");
            cases += 1;
        }
    }
    assert_eq!(cases, 26);
}
