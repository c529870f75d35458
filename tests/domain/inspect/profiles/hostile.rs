//! Whatever is pasted: no panic, a sentence for every rule, and no more than linear time.

use std::time::{Duration, Instant};

use portico::domain::inspect::profiles::SignatureVerdict;
use proptest::prelude::*;

use super::*;

fn everything(now: i64) -> Known<'static> {
    Known {
        skew: now,
        client_id: Some("c"),
        nonce: Some("n"),
        max_age: Some(now),
        acr: Some("1"),
        access_token: Some("eyJ.eyJ"),
        code: Some(""),
        state: Some("é"),
        resource: Some("api"),
        method: Some("POST"),
        uri: Some("https://a.example/?b"),
        form: Some("a&b=%"),
        media_type: Some(";"),
        proof: Some(dpop::proof()),
        certificate_thumbprint: Some(""),
        token_endpoint: Some("/token"),
        algorithm: Some("PS256"),
        allowed_algorithms: Some(&[]),
        key_ids: Some(&["k"]),
        revoked_key_ids: Some(&[""]),
        used_ids: Some(&["a"]),
        directories: Some(&["a"]),
        max_statement_age: Some(now),
        unsigned_statements: Some(true),
        encrypted: Some(true),
        not_before: Some(now),
        stored_token: Some(""),
        uses_left: Some(0),
        signature: Some(SignatureVerdict::CarriedKey),
        now,
        ..known()
    }
}

/// Asks every rule, knowing nothing and knowing everything.
fn ask(text: &str, now: i64) {
    for known in [Known::at(now), everything(now)] {
        let seen = inspect(text, now, known.issuers);
        for profile in ALL {
            for checked in check(profile, &seen, &known) {
                let verdict = &checked.verdict;
                assert!(!verdict.sentence.is_empty(), "{}", checked.rule.id);
                assert_eq!(verdict.severity.is_some(), verdict.state == State::Fail, "{}", checked.rule.id);
                assert!(verdict.sentence.len() <= 1_000, "{}", checked.rule.id);
                assert!(verdict.what_to_do.is_none() || verdict.state == State::Fail);
            }
        }
    }
}

/// The names that rules look at, so that arbitrary values meet them.
const NAMES: [&str; 40] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "typ",
    "azp",
    "acr",
    "cnf",
    "scope",
    "nonce",
    "at_hash",
    "c_hash",
    "s_hash",
    "auth_time",
    "client_id",
    "realm_access",
    "resource_access",
    "allowed-origins",
    "htm",
    "htu",
    "ath",
    "software_statement",
    "redirect_uris",
    "software_id",
    "software_roles",
    "software_redirect_uris",
    "token_endpoint_auth_method",
    "response_types",
    "registration_auth",
    "alg",
    "kid",
    "crit",
    "b64",
    "jwk",
    "x5t",
    "x5t#S256",
    "x5c",
];

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        Just("1e999".to_owned()),
        Just("0".to_owned()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "[a-zA-Z0-9_.:/?#=-]{0,40}".prop_map(|text| format!("\"{text}\"")),
        prop::sample::select(vec![
            "Bearer",
            "ID",
            "InitialAccessToken",
            "RegistrationAccessToken",
            "none",
            "b64"
        ])
        .prop_map(|text| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec((prop::sample::select(NAMES.to_vec()), inner), 0..4).prop_map(object),
        ]
    })
}

fn object(members: Vec<(&'static str, String)>) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn members() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(NAMES.to_vec()), value()), 0..12).prop_map(object)
}

proptest! {
    #[test]
    fn any_json_can_be_judged(header in members(), payload in members(), now: i64) {
        ask(&token(&header, &payload), now);
    }

    #[test]
    fn any_statement_can_stand_in_a_request(header in members(), payload in members(), claims in members()) {
        let inner = token(&header, &payload);
        let members = claims.trim_start_matches('{');
        let comma = if members == "}" { "" } else { "," };
        ask(&token(PS, &format!(r#"{{"software_statement":"{inner}"{comma}{members}"#)), NOW);
    }

    #[test]
    fn any_bytes_can_be_judged(header: Vec<u8>, payload: Vec<u8>, now: i64) {
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        ask(&format!("{}.{}.AAAA", part(&header), part(&payload)), now);
        ask(&format!("{}.{}.AAAA", encode(RS), part(&payload)), now);
    }
}

#[test]
fn a_token_can_be_cut_anywhere() {
    let request = include_str!("../../../fixtures/wso2/update-request.jwt").trim();
    for end in (0..request.len()).step_by(37) {
        ask(&request[..end], NOW);
    }
}

#[test]
fn time_grows_with_the_token_and_not_with_its_square() {
    let many = |count: usize, name: &str| -> String {
        let uris: Vec<String> = (0..count).map(|n| format!("\"https://{name}{n}.example/\"")).collect();
        uris.join(",")
    };
    let request = |count: usize| {
        let inner = token(PS, &format!(r#"{{"software_redirect_uris":[{}]}}"#, many(count, "a")));
        let ours = many(count, "b");
        token(PS, &format!(r#"{{"redirect_uris":[{ours}],"aud":[{ours}],"software_statement":"{inner}"}}"#))
    };
    let time = |text: &str| {
        let seen = read(text);
        let start = Instant::now();
        for profile in ALL {
            assert!(!check(profile, &seen, &everything(NOW)).is_empty());
        }
        start.elapsed()
    };
    let (small, large) = (time(&request(1_000)), time(&request(10_000)));
    assert!(large < small * 60 + Duration::from_millis(100), "{small:?} {large:?}");
    let wide: Vec<String> = (0..100_000).map(|n| format!("\"m{n}\":{n}")).collect();
    let wide = time(&token(RS, &format!("{{{}}}", wide.join(","))));
    assert!(wide < Duration::from_secs(30), "{wide:?}");
}

#[test]
fn a_claim_is_found_among_very_many() {
    let many: Vec<String> = (0..10_000).map(|n| format!("\"sub{n}\":{n}")).collect();
    let text = token(RS, &format!(r#"{{"sub":"first",{},"sub":"last","client_id":"last"}}"#, many.join(",")));
    let found = verdict(profile("access_token"), "access-subject", &text, &known());
    assert_said("the last one counts", &found, Pass("acts for itself"));
    assert_eq!(found.evidence.as_deref(), Some("\"last\""));
}
