//! What can be said of a signature without computing anything: the gate, the keys, the selection, the words.

mod differential;
mod gate;
mod keys;
mod properties;
mod second_reader_of_keys;
mod select;
mod verdict;

use portico::domain::inspect::verify::Source;
use serde_json::Value;

const WYCHEPROOF: &str = include_str!("../../../vectors/wycheproof/json_web_signature_test.json");

/// The keys of an environment, fetched at that time.
fn idp(fetched_at: i64) -> Source {
    Source::Environment { host: "idp.example".to_owned(), fetched_at }
}

/// The keys from where a statement says that they are.
fn named_by_statement() -> Source {
    Source::NamedByStatement { address: "https://keys.example/software.jwks".to_owned(), fetched_at: 0 }
}

/// Number, result and token of every case.
fn wycheproof() -> Vec<(u64, String, String)> {
    let file: Value = serde_json::from_str(WYCHEPROOF).unwrap();
    let mut cases = Vec::new();
    for group in file["testGroups"].as_array().unwrap() {
        for case in group["tests"].as_array().unwrap() {
            let text = |name: &str| case[name].as_str().unwrap().to_owned();
            cases.push((case["tcId"].as_u64().unwrap(), text("result"), text("jws")));
        }
    }
    assert_eq!(cases.len(), 401);
    cases
}
