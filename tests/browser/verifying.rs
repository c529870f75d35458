//! Signatures that others made, checked by the browser: the vectors of Wycheproof and the examples of the standards.

mod examples;

use portico::browser::verifying::{judge, judge_strict};
use portico::domain::inspect::verify::algorithm::ANY;
use portico::domain::inspect::verify::gate::gate_detached;
use portico::domain::inspect::verify::gate::serialised::gate_json;
use portico::domain::inspect::verify::{Keys, Strict, Tone, Verdict, gate};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

const SIGNATURES: &str = include_str!("../vectors/wycheproof/json_web_signature_test.json");
const KEYS: &str = include_str!("../vectors/wycheproof/json_web_key_test.json");

/// Every case: its number, whether it is called valid, the token, and the key as a verifier has it.
fn cases(file: &str) -> Vec<(u64, bool, String, Value)> {
    let file: Value = serde_json::from_str(file).unwrap();
    let mut cases = Vec::new();
    for group in file["testGroups"].as_array().unwrap() {
        // A group with a public half gives that to the verifier; a symmetric one has only the other.
        let key = if group["public"].is_object() { &group["public"] } else { &group["private"] };
        for case in group["tests"].as_array().unwrap() {
            let result = case["result"].as_str().unwrap();
            assert!(matches!(result, "valid" | "invalid"), "{result}");
            let token = case["jws"].as_str().unwrap().to_owned();
            cases.push((case["tcId"].as_u64().unwrap(), result == "valid", token, key.clone()));
        }
    }
    assert_eq!(cases.len() as u64, file["numberOfTests"].as_u64().unwrap());
    cases
}

fn keys(key: &Value) -> Keys {
    Keys::read(&key.to_string()).unwrap()
}

async fn verdict(token: &str, key: &Value) -> Verdict {
    judge(token, &keys(key), &ANY, 0).await
}

async fn of(strict: &Strict, key: &str) -> Verdict {
    judge_strict(strict, &Keys::read(key).unwrap(), &ANY, 0).await
}

/// The cases in which the file is wrong, and what is wrong with it. The verifier is not bent to them.
const DISPUTED: [(u64, &str); 8] = [
    (346, "called valid, but its key is for PS256 only and the token is PS384"),
    (347, "called valid, but its key names ES521, which is no algorithm, and the token is ES512"),
    (350, "as 346, with key_ops in the place of use"),
    (351, "as 347, with key_ops in the place of use"),
    (367, "called invalid for its padding, but it has none: byte for byte it is the valid case 357"),
    (370, "called invalid for the padding of its payload: byte for byte it is the valid case 357"),
    (372, "called valid, but there is a question mark inside its header, which no base64url has"),
    (373, "called valid, but there is a question mark inside its payload, which no base64url has"),
];

#[wasm_bindgen_test]
async fn the_signatures_of_wycheproof() {
    let cases = cases(SIGNATURES);
    let mut disagreed = Vec::new();
    for (id, valid, token, key) in &cases {
        let verdict = verdict(token, key).await;
        assert!(!matches!(verdict, Verdict::RightByCarriedKey { .. }), "{id}: {verdict:?}");
        if (verdict.tone() == Tone::Good) != *valid {
            disagreed.push(*id);
        }
    }
    assert_eq!(disagreed, DISPUTED.map(|(id, _)| id));
    assert_eq!(cases.len() - disagreed.len(), 393);
}

#[wasm_bindgen_test]
async fn the_disputed_cases_are_what_they_are_said_to_be() {
    let cases = cases(SIGNATURES);
    let case = |id: u64| cases.iter().find(|(known, ..)| *known == id).unwrap();
    for id in [367, 370] {
        assert_eq!((&case(id).2, &case(id).3), (&case(357).2, &case(357).3), "{id}");
    }
    for id in [372, 373] {
        assert!(case(id).2.contains('?'), "{id}");
        assert_eq!(gate(&case(id).2).unwrap_err().rule, "base64url", "{id}");
    }
    // RFC 7520, 4.2 and 4.3: with what the key says of its algorithm put right, they are right.
    for (id, algorithm) in [(346, "PS384"), (347, "ES512"), (350, "PS384"), (351, "ES512")] {
        let (_, _, token, key) = case(id);
        let mut key = key.clone();
        assert_eq!(verdict(token, &key).await.tone(), Tone::Neutral, "{id}: not checked, and not wrong");
        key["alg"] = algorithm.into();
        assert_eq!(verdict(token, &key).await.tone(), Tone::Good, "{id}");
    }
}

/// Sets of keys. Where we do not agree, and why.
const DISPUTED_SETS: [(u64, &str); 4] = [
    (
        1,
        "a set that holds a secret beside a public key: the key is chosen by kid and kind, so neither passes for the other",
    ),
    (10, "a secret one byte too short: right, with a warning beside it, because tests use short secrets"),
    (11, "as 10, for HS384"),
    (12, "as 10, for HS512"),
];

#[wasm_bindgen_test]
async fn the_key_sets_of_wycheproof() {
    let mut disagreed = Vec::new();
    for (id, valid, token, set) in cases(KEYS) {
        let verdict = verdict(&token, &set).await;
        if (verdict.tone() == Tone::Good) != valid {
            disagreed.push(id);
        }
        if (10..=12).contains(&id) {
            assert!(verdict.text().contains("can guess a short secret"), "{id}: {verdict:?}");
        }
    }
    assert_eq!(disagreed, DISPUTED_SETS.map(|(id, _)| id));
}

#[wasm_bindgen_test]
async fn the_examples_of_the_standards() {
    for (place, token, key) in examples::COMPACT {
        let strict = gate(token).unwrap();
        assert_eq!(of(&strict, key).await.tone(), Tone::Good, "{place}");
        // One bit of the signature, of what was signed, and the token of another key.
        let mut changed = strict.clone();
        changed.signature[0] ^= 1;
        assert_eq!(of(&changed, key).await.tone(), Tone::Bad, "{place}");
        let mut changed = strict.clone();
        changed.signing_input.push(b'A');
        assert_eq!(of(&changed, key).await.tone(), Tone::Bad, "{place}");
        let mut changed = strict;
        changed.signature.pop();
        assert_eq!(of(&changed, key).await.tone(), Tone::Bad, "{place}");
    }
}

/// RFC 7515, A.6 and A.7, and RFC 7797, 4.2.
#[wasm_bindgen_test]
async fn serialisations_and_payloads_that_travel_elsewhere() {
    let (rsa, ec) = (examples::RSA_SIGNATURE, examples::EC_SIGNATURE);
    let one = json!({"protected":"eyJhbGciOiJSUzI1NiJ9","header":{"kid":"2010-12-29"},"signature":rsa});
    let two = json!({"protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"e9bc097a-ce51-4036-9562-d2ade882db0d"},"signature":ec});
    let general = json!({"payload":examples::PAYLOAD,"signatures":[one, two.clone()]}).to_string();
    let read = gate_json(&general).unwrap();
    assert_eq!(of(read[0].as_ref().unwrap(), examples::RSA).await.tone(), Tone::Good);
    assert_eq!(of(read[1].as_ref().unwrap(), examples::P_256).await.tone(), Tone::Good);
    assert_eq!(of(read[1].as_ref().unwrap(), examples::RSA).await.tone(), Tone::Neutral);
    let mut flattened = two;
    flattened["payload"] = examples::PAYLOAD.into();
    let read = gate_json(&flattened.to_string()).unwrap();
    assert_eq!(of(read[0].as_ref().unwrap(), examples::P_256).await.tone(), Tone::Good);
    let detached = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";
    assert_eq!(of(&gate_detached(detached, b"$.02").unwrap(), examples::HMAC).await.tone(), Tone::Good);
    assert_eq!(of(&gate_detached(detached, b"$.03").unwrap(), examples::HMAC).await.tone(), Tone::Bad);
}

/// RFC 7520, 4.4 to 4.7: one payload, one secret; whole, detached, and with the header outside of what is signed.
#[wasm_bindgen_test]
async fn the_cookbook_with_a_secret() {
    let cases = cases(SIGNATURES);
    let (_, _, whole, key) = cases.iter().find(|(id, ..)| *id == 348).unwrap();
    let key = key.to_string();
    let parts: Vec<&str> = whole.split('.').collect();
    let payload = portico::domain::jose::from_base64url(parts[1]).unwrap();
    let detached = format!("{}..{}", parts[0], parts[2]);
    assert_eq!(of(&gate_detached(&detached, &payload).unwrap(), &key).await.tone(), Tone::Good);
    let kid = "018c0ae5-4d9b-471b-bfd6-eef314bc7037";
    for object in [
        json!({"payload":parts[1],"protected":"eyJhbGciOiJIUzI1NiJ9","header":{"kid":kid},"signature":examples::COOKBOOK_4_6}),
        json!({"payload":parts[1],"header":{"alg":"HS256","kid":kid},"signature":examples::COOKBOOK_4_7}),
    ] {
        let read = gate_json(&object.to_string()).unwrap();
        assert_eq!(of(read[0].as_ref().unwrap(), &key).await.tone(), Tone::Good, "{object}");
    }
}

/// RFC 9449, 4.1: the proof is right by its own key, and that is never green.
#[wasm_bindgen_test]
async fn a_key_that_the_token_carries_is_never_trusted() {
    let strict = gate(examples::DPOP_PROOF).unwrap();
    let carried = Keys::carried(&strict.header_text, &strict.header);
    let verdict = judge(examples::DPOP_PROOF, &carried, &ANY, 0).await;
    assert!(matches!(verdict, Verdict::RightByCarriedKey { parameter: "jwk", .. }), "{verdict:?}");
    assert_eq!(verdict.tone(), Tone::Caution);
    // A chosen key decides, whatever the token brings along.
    let mut both = carried;
    both.add(Keys::read(examples::P_256).unwrap());
    assert_eq!(judge(examples::DPOP_PROOF, &both, &ANY, 0).await.tone(), Tone::Bad);
    assert_eq!(judge(examples::DPOP_PROOF, &Keys::default(), &ANY, 0).await.tone(), Tone::Neutral);
}

/// A secret that was pasted as it is, and one that is base64url; the verdict says which reading fits.
#[wasm_bindgen_test]
async fn a_pasted_secret_is_tried_in_both_readings() {
    let (_, token, key) = examples::COMPACT[0];
    let k = serde_json::from_str::<Value>(key).unwrap()["k"].as_str().unwrap().to_owned();
    let verdict = judge(token, &Keys::read(&k).unwrap(), &ANY, 0).await;
    assert!(verdict.text().contains("the secret read as base64url"), "{verdict:?}");
    assert_eq!(judge(token, &Keys::read("another").unwrap(), &ANY, 0).await.tone(), Tone::Bad);
}

/// A point that is not on its curve: the browser refuses the key, so nothing was found out.
#[wasm_bindgen_test]
async fn a_damaged_key_proves_nothing() {
    let (_, token, key) = examples::COMPACT[2];
    let mut key: Value = serde_json::from_str(key).unwrap();
    key["y"] = key["x"].clone();
    let verdict = verdict(token, &key).await;
    assert_eq!(verdict.tone(), Tone::Neutral);
    assert!(verdict.text().contains("The key is damaged"), "{verdict:?}");
}
