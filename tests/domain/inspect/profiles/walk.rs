//! Over all profiles at once: no rule is dead, no name is used twice, nothing that was pasted is without a profile.

use portico::domain::inspect::profiles::{Rule, proposed};

use super::*;

fn corpus() -> Vec<Case> {
    [
        common::cases(),
        access::cases(),
        keycloak::cases(),
        id_token::cases(),
        assertions::cases(),
        dpop::cases(),
        banking::cases(),
        fapi::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rules() -> Vec<&'static Rule> {
    ALL.iter().flat_map(|profile| profile.rules).collect()
}

#[test]
fn every_rule_is_seen_to_pass_and_to_fail() {
    let mut states = seen(&corpus());
    // What only an encrypted token shows.
    let encrypted = format!("{}.a.b.c.d", encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#));
    for (id, rule) in [("id_token", "id-encrypted"), ("access_token", "access-encrypted")] {
        states.insert((rule, verdict(profile(id), rule, &encrypted, &known()).state));
    }
    for rule in rules() {
        for state in [State::Pass, State::Fail] {
            assert!(states.contains(&(rule.id, state)), "{} was never seen in {state:?}", rule.id);
        }
    }
}

#[test]
fn the_document_counts_them_right() {
    let counted = format!("{} rules in {} profiles", rules().len(), ALL.len());
    assert!(include_str!("../../../../docs/inspector.md").contains(&counted), "{counted}");
}

#[test]
fn names_are_unique_and_words_are_there() {
    let ids: HashSet<&str> = rules().iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules().len());
    let profiles: HashSet<&str> = ALL.iter().map(|profile| profile.id).collect();
    assert_eq!(profiles.len(), ALL.len());
    for rule in rules() {
        assert!(
            rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.id
        );
        assert!(!rule.name.is_empty() && !rule.name.ends_with('.') && !rule.source.is_empty(), "{}", rule.id);
        assert!(rule.what_to_do.is_empty() || rule.what_to_do.ends_with('.'), "{}", rule.id);
    }
    for profile in ALL {
        assert!(!profile.name.is_empty() && profile.about.ends_with('.'), "{}", profile.id);
    }
}

#[test]
fn a_rule_of_every_token_is_asked_once() {
    for profile in ALL {
        let checked = check(profile, &read(ACCESS_TOKEN), &known());
        let ids: HashSet<&str> = checked.iter().map(|checked| checked.rule.id).collect();
        assert_eq!(ids.len(), checked.len(), "{}", profile.id);
        assert!(ids.contains("algorithm") && profile.rules.iter().all(|rule| ids.contains(rule.id)));
    }
}

#[test]
fn what_is_proposed() {
    for (header, payload, ids) in [
        (r#"{"alg":"RS256","typ":"at+jwt"}"#, "{}", vec!["access_token", "fapi2", "common"]),
        (RS, r#"{"typ":"ID"}"#, vec!["id_token", "common"]),
        (RS, r#"{"iss":"a","sub":"b","aud":"c"}"#, vec!["jwt_bearer", "common"]),
        (RS, r#"{"client_id":"a"}"#, vec!["access_token", "common"]),
        (r#"{"alg":"ES256","typ":"dpop+jwt"}"#, "{}", vec!["dpop", "common"]),
        (RS, r#"{"htm":"GET","htu":"https://a.example"}"#, vec!["dpop", "common"]),
        (RS, r#"{"redirect_uris":[]}"#, vec!["request", "fapi2", "common"]),
        (RS, r#"{"software_id":"a","org_id":"b"}"#, vec!["statement", "common"]),
        (RS, "{}", vec!["common"]),
    ] {
        let found: Vec<&str> =
            proposed(&read(&signed(header, payload))).iter().map(|found| found.id).collect();
        assert_eq!(found, ids, "{header} {payload}");
    }
    assert!(proposed(&read("O91G451HZ0V83opz6udiSEjchPynd2Ss9")).is_empty());
    assert!(check(profile("common"), &read("words"), &known()).is_empty());
}
