//! What a run begins with: the fixtures and test vectors of the repository, and a few small files of its own.

use portico::domain::inspect::samples;
use serde_json::Value;

use crate::mutate::pem;

/// The time at which the samples are issued and everything is read.
pub const NOW: i64 = 1_657_295_075;

/// Fixtures that hold tokens.
const FIXTURES: [&str; 9] = [
    include_str!("../../tests/fixtures/keycloak/access-token.jwt"),
    include_str!("../../tests/fixtures/keycloak/registration-access-token.jwt"),
    include_str!("../../tests/fixtures/keycloak/token-response.json"),
    include_str!("../../tests/fixtures/keycloak/register-response.json"),
    include_str!("../../tests/fixtures/wso2/client-assertion-with-spaces.txt"),
    include_str!("../../tests/fixtures/wso2/register-request.jwt"),
    include_str!("../../tests/fixtures/wso2/register-response.json"),
    include_str!("../../tests/fixtures/wso2/software-statement.jwt"),
    include_str!("../../tests/fixtures/wso2/identity-server-register-response.json"),
];

const KEY_VECTORS: &str = include_str!("../../tests/vectors/wycheproof/json_web_key_test.json");
const SIGNATURE_VECTORS: &str = include_str!("../../tests/vectors/wycheproof/json_web_signature_test.json");

/// Files in PEM.
const PEM: [&str; 10] = [
    include_str!("../corpus/bundle.pem"),
    include_str!("../corpus/certificate.pem"),
    include_str!("../corpus/ec-public.pem"),
    include_str!("../corpus/ec-sec1.pem"),
    include_str!("../corpus/ec.pem"),
    include_str!("../corpus/ed25519.pem"),
    include_str!("../corpus/encrypted.pem"),
    include_str!("../corpus/request.pem"),
    include_str!("../corpus/rsa-pkcs1.pem"),
    include_str!("../corpus/rsa-public.pem"),
];

/// Every twelfth vector is enough: most of them differ in the signature alone.
const EVERY: usize = 12;

fn bytes(text: impl Into<String>) -> Vec<u8> {
    text.into().into_bytes()
}

/// Tokens in all their forms.
#[must_use]
pub fn tokens() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = FIXTURES.iter().map(|text| bytes(*text)).collect();
    all.extend(samples::ALL.iter().map(|sample| bytes((sample.make)(NOW))));
    all.extend(strings_named(SIGNATURE_VECTORS, "jws").into_iter().step_by(EVERY).map(bytes));
    all.extend(OWN_TOKENS.iter().map(|text| bytes(*text)));
    all
}

/// Small tokens of the rarer forms: none, detached, JWE, JSON, `b64`, SD-JWT with a key binding, opaque.
const OWN_TOKENS: [&str; 13] = [
    "eyJhbGciOiJub25lIn0.e30.",
    "eyJhbGciOiJFUzI1NiJ9..AAAA",
    "ICAgICAgIAogeyJhbGciOiJFUzI1NiJ9.Zm9v.AAAA",
    "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.BB.CC.DD",
    "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19.$.02.AAAA",
    r#"{"payload":"e30","protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"1"},"signature":"AAAA"}"#,
    r#"{"payload":"e30","signatures":[{"protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AAAA"}]}"#,
    r#"{"protected":"eyJlbmMiOiJBMjU2R0NNIn0","recipients":[{"encrypted_key":"AA"}],"iv":"A","ciphertext":"A","tag":"A"}"#,
    "eyJhbGciOiJFUzI1NiJ9.eyJfc2QiOlsiYSJdLCJjbmYiOnt9fQ.AAAA~WyJzIiwiYSIsMV0~eyJ0eXAiOiJrYitqd3QifQ.e30.AA",
    r#"{"keys":[{"kty":"EC","crv":"P-256","x":"A","y":"A"}]}"#,
    "8xLOxBtZp8",
    "b1e05b0e-0c3f-4c0c-8f0c-0d0d5a7b0c3e.1.2",
    "curl -H 'Authorization: Bearer eyJhbGciOiJub25lIn0.e30.' 'https://a.example/?id_token=eyJhbGciOiJub25lIn0.e30.'",
];

/// JSON: what stands in the tokens, and documents.
#[must_use]
pub fn json() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> =
        FIXTURES.iter().filter(|text| text.starts_with('{')).map(|text| bytes(*text)).collect();
    for token in tokens() {
        let token = String::from_utf8_lossy(&token).into_owned();
        let parts = token.split('.').take(2);
        all.extend(parts.map(portico::domain::inspect::base64url::decode).map(|decoded| decoded.bytes));
    }
    all.retain(|text| text.first() == Some(&b'{'));
    all.extend(
        [
            r#"[1,-0.5e+3,true,false,null,"\u00e9\ud83d\ude00\n",{"a":{"b":[]},"a":2}]"#,
            "\u{feff}\"x\"",
            r#""\ud800\udc0""#,
            "[[[[[[[[[[[[1]]]]]]]]]]]]",
            "01",
        ]
        .map(bytes),
    );
    all
}

/// Keys as JSON, sets of them, and secrets.
#[must_use]
pub fn keys() -> Vec<Vec<u8>> {
    let vectors: Value = serde_json::from_str(KEY_VECTORS).unwrap_or_default();
    let groups = vectors.get("testGroups").and_then(Value::as_array).cloned().unwrap_or_default();
    let members = ["public", "private"];
    let keys = groups.iter().flat_map(|group| members.iter().filter_map(|name| group.get(name)));
    let mut all: Vec<Vec<u8>> = keys.map(|key| bytes(key.to_string())).collect();
    all.extend(["secret", "c2VjcmV0", "[]", r#"{"kty":"oct","k":"c2VjcmV0"}"#].map(bytes));
    all
}

/// Keys and certificates in PEM.
#[must_use]
pub fn pems() -> Vec<Vec<u8>> {
    PEM.iter().map(|text| bytes(*text)).collect()
}

/// The same in DER.
#[must_use]
pub fn ders() -> Vec<Vec<u8>> {
    pems().iter().flat_map(|text| pem::read(text)).map(|(_, der)| der).collect()
}

/// Every string of that name in a document, in its order.
fn strings_named(text: &str, name: &str) -> Vec<String> {
    fn collect(value: &Value, name: &str, found: &mut Vec<String>) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| collect(value, name, found)),
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::String(text) if key == name => found.push(text.clone()),
                        _ => collect(value, name, found),
                    }
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&serde_json::from_str(text).unwrap_or_default(), name, &mut found);
    found
}
