//! The record of an application: what it takes over from answers, and in which state it is.

use portico::domain::{
    application::{
        Application, Pending, SecretNote, Write,
        history::{Entry, Outcome, Step},
        state::{Group, State},
    },
    compare::{self, Line},
    registration::{ClientMetadata, Registration},
    secret::Secret,
};
use proptest::prelude::*;

use crate::support::{answer, keycloak};

const NOW: i64 = 1_666_016_100;

fn application() -> Application {
    let registration = Registration::read(&answer(201, &keycloak("register-response.json"))).unwrap();
    let asked = ClientMetadata { client_name: "gateway-client".into(), ..ClientMetadata::default() };
    Application::new("x1".into(), "kc", &["balances".into()], asked, &registration, NOW)
}

fn entry(step: Step, outcome: Outcome) -> Entry {
    Entry::new(NOW, step, outcome, "")
}

fn done(step: Step, status: u16) -> Entry {
    entry(step, Outcome::Done { status, elapsed_ms: 12 })
}

fn refused(step: Step, status: u16, error: &str) -> Entry {
    entry(step, Outcome::Refused { status, error: Some(error.to_owned()) })
}

#[test]
fn the_record_holds_the_registration_token_and_no_client_secret() {
    let application = application();
    assert!(application.registration_access_token.is_some());
    assert_eq!(application.created_at, 1_666_016_078);
    let stored = serde_json::to_string(&application).unwrap();
    assert!(!stored.contains("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY"));
    assert_eq!(serde_json::from_str::<Application>(&stored).unwrap(), application);
    assert!(!format!("{application:?}").contains("eyJ"));
}

#[test]
fn what_an_answer_leaves_out_stays_as_it_was() {
    let mut application = application();
    let (token, uri) =
        (application.registration_access_token.clone(), application.registration_client_uri.clone());
    application
        .merge(&Registration::read(&answer(200, r#"{"client_id":"1","client_name":"renamed"}"#)).unwrap());
    assert_eq!(application.name(), "renamed");
    assert_eq!(application.registration_access_token, token);
    assert_eq!(application.registration_client_uri, uri);
    assert_eq!(application.registered["client_id_issued_at"], 1_666_016_078);
    application.merge(
        &Registration::read(&answer(200, r#"{"client_id":"1","registration_access_token":"new"}"#)).unwrap(),
    );
    assert_eq!(application.registration_access_token, Some(Secret::new("new")));
    assert_eq!(application.name(), "gateway-client");
}

#[test]
fn the_state_is_what_was_seen_last() {
    let called = Step::Called { product: "Balances".into(), method: "GET".into() };
    #[rustfmt::skip]
    let table = [
        (vec![], State::Registered),
        (vec![done(Step::Registered, 201)], State::Registered),
        (vec![done(Step::Registered, 201), refused(Step::Read, 401, "invalid_token")], State::Waiting),
        (vec![done(Step::Registered, 201), refused(Step::Token, 401, "invalid_client")], State::Waiting),
        (vec![done(Step::Registered, 201), done(Step::Token, 200)], State::Active),
        (vec![done(Step::Token, 200), refused(called.clone(), 403, "insufficient_scope")], State::Active),
        (vec![done(Step::Token, 200), refused(Step::Token, 401, "invalid_client")], State::Refused),
        (vec![done(Step::Token, 200), done(Step::Read, 200)], State::Active),
        (vec![done(Step::Token, 200), entry(Step::Token, Outcome::NoAnswer)], State::Registered),
        (vec![done(Step::Registered, 201), refused(Step::Read, 401, "invalid_token"), done(Step::Changed, 200)], State::Active),
        (vec![done(Step::Token, 200), done(Step::Deleted, 204)], State::Deleted),
        (vec![done(Step::Token, 200), refused(Step::Deleted, 401, "invalid_token")], State::Active),
    ];
    for (history, state) in table {
        let application = Application { history, ..application() };
        assert_eq!(application.standing(NOW).state, state, "{:#?}", application.history);
    }
    let active = Application { history: vec![done(Step::Token, 200), done(called, 200)], ..application() };
    assert!(
        active.standing(NOW + 60).evidence.contains("Balances answered 200"),
        "{}",
        active.standing(NOW).evidence
    );
}

#[test]
fn a_write_without_an_answer_outranks_everything() {
    let application = Application {
        pending: Some(Pending::new(Write::Change, NOW)),
        history: vec![done(Step::Token, 200)],
        ..application()
    };
    let standing = application.standing(NOW);
    assert_eq!(standing.state, State::AtRisk);
    assert_eq!(standing.state.group(), Group::NeedsYou);
    assert!(standing.evidence.starts_with("Change sent 17 Oct 2022"), "{}", standing.evidence);
}

#[test]
fn secrets_that_end_are_pointed_out_in_time() {
    let ends = |seconds: i64| {
        let secret = SecretNote {
            last_four: None,
            salt: String::new(),
            digest: String::new(),
            iterations: 1,
            expires_at: Some(if seconds == 0 { 0 } else { NOW + seconds }),
            kept: None,
        };
        Application { secret: Some(secret), ..application() }.standing(NOW).state
    };
    assert_eq!(ends(0), State::Registered, "0 means never");
    assert_eq!(ends(12 * 86_400 + 60), State::SecretExpires { days: 12 });
    assert_eq!(ends(31 * 86_400), State::Registered);
    assert_eq!(ends(-1), State::SecretExpired);
}

#[test]
fn scopes_by_who_named_them() {
    let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let rows = compare::scopes(&list("a b"), &list("a b"), Some(&list("a profile")));
    let seen: Vec<_> =
        rows.iter().map(|row| (row.scope.as_str(), row.asked, row.registered, row.granted)).collect();
    assert_eq!(
        seen,
        [
            ("a", true, true, Some(true)),
            ("b", true, true, Some(false)),
            ("profile", false, false, Some(true))
        ]
    );
    assert_eq!(compare::scopes(&list("a"), &list("a"), None)[0].granted, None);
}

#[test]
fn a_changed_line_is_one_out_and_one_in() {
    assert_eq!(
        compare::lines("a\nb\nc", "a\nB\nc\nd"),
        [
            Line::Same("a".into()),
            Line::Removed("b".into()),
            Line::Added("B".into()),
            Line::Same("c".into()),
            Line::Added("d".into())
        ]
    );
}

proptest! {
    /// Applying a difference gives both texts back.
    #[test]
    fn a_difference_holds_both_texts(old in "([a-c]\n){0,8}", new in "([a-c]\n){0,8}") {
        let lines = compare::lines(&old, &new);
        let side = |keep: fn(&Line) -> Option<&String>| lines.iter().filter_map(keep).map(|line| format!("{line}\n")).collect::<String>();
        let left = side(|line| match line { Line::Same(text) | Line::Removed(text) => Some(text), Line::Added(_) => None });
        let right = side(|line| match line { Line::Same(text) | Line::Added(text) => Some(text), Line::Removed(_) => None });
        prop_assert_eq!(left, old);
        prop_assert_eq!(right, new);
    }
}
