//! Writes without an answer: what a later read tells, and when the portal asks by itself.

use portico::domain::{
    application::{
        Application, Finding, Pending, Write,
        history::{Entry, Outcome, Step},
        state::State,
    },
    registration::{ClientMetadata, Registration},
};
use serde_json::json;

use crate::support::answer;

const NOW: i64 = 1_666_016_100;

fn asked(name: &str, scope: &str) -> ClientMetadata {
    ClientMetadata { client_name: name.into(), scope: Some(scope.into()), ..ClientMetadata::default() }
}

fn read(members: serde_json::Value) -> Registration {
    Registration::read(&answer(200, &members.to_string())).unwrap()
}

fn application() -> Application {
    let created = read(json!({
        "client_id": "c1", "client_name": "old", "scope": "a b", "registration_access_token": "rat-1",
    }));
    Application::new("x1".into(), "kc", &["p".into()], asked("old", "a b"), &created, NOW)
}

fn with_change(name: &str, scope: &str) -> Application {
    let mut application = application();
    application.pending = Some(Pending::change(&asked(name, scope), &["p".into(), "q".into()], NOW));
    application
}

fn refused(step: Step, at: i64, status: u16, error: &str) -> Entry {
    Entry::new(at, step, Outcome::Refused { status, error: Some(error.into()) }, "Said so.")
}

#[test]
fn a_change_that_is_seen_was_made_and_is_taken_over() {
    let cases = [
        (json!({"client_id": "c1", "client_name": "new", "scope": "c a"}), true),
        // The server shows only one of the two members that changed.
        (json!({"client_id": "c1", "client_name": "new"}), true),
        (json!({"client_id": "c1", "client_name": "old", "scope": "b a"}), false),
        // Half of it: not made as a whole.
        (json!({"client_id": "c1", "client_name": "new", "scope": "a b"}), false),
        // Shows neither: the token works, and nothing says that it was made.
        (json!({"client_id": "c1"}), false),
        // The server made up its own scopes, and took the name.
        (json!({"client_id": "c1", "client_name": "new", "scope": "openid"}), true),
    ];
    for (seen, made) in cases {
        let mut application = with_change("new", "a c");
        assert_eq!(application.settle(&read(seen.clone())), Some(made), "{seen}");
        assert_eq!(application.pending.is_none(), made, "{seen}");
        assert_eq!(application.asked.client_name, if made { "new" } else { "old" }, "{seen}");
        assert_eq!(application.products.len(), if made { 2 } else { 1 }, "{seen}");
        if !made {
            assert_eq!(application.standing(NOW).state, State::NotMade(Write::Change));
        }
    }
}

#[test]
fn a_change_of_nothing_cannot_be_seen() {
    let mut application = with_change("old", "a b");
    assert_eq!(application.settle(&read(json!({"client_id": "c1", "client_name": "old"}))), Some(false));
}

#[test]
fn without_a_write_there_is_nothing_to_settle() {
    assert_eq!(application().settle(&read(json!({"client_id": "c1"}))), None);
}

#[test]
fn a_deletion_after_which_the_client_can_be_read_was_not_made() {
    let mut application = application();
    application.pending = Some(Pending::new(Write::Delete, NOW));
    assert_eq!(application.settle(&read(json!({"client_id": "c1"}))), Some(false));
    assert_eq!(application.standing(NOW).state, State::NotMade(Write::Delete));
}

#[test]
fn a_refused_read_leaves_everything_and_says_so() {
    let mut application = with_change("new", "a c");
    application.doubt(401, NOW + 5);
    let pending = application.pending.clone().unwrap();
    assert_eq!(pending.finding, Finding::Refused { status: 401, at: NOW + 5 });
    assert_eq!(pending.asked.unwrap().client_name, "new");
    assert!(application.registration_access_token.is_some());
    let standing = application.standing(NOW + 6);
    assert_eq!(standing.state, State::AtRisk);
    assert!(standing.evidence.contains("401"), "{}", standing.evidence);
    // Later the client is switched on again: the same token is let in.
    assert_eq!(application.settle(&read(json!({"client_id": "c1", "client_name": "old"}))), Some(false));
}

#[test]
fn a_record_of_the_first_version_is_read() {
    let mut value = serde_json::to_value(with_change("new", "a c")).unwrap();
    value.as_object_mut().unwrap().remove("initial_access_token");
    value["pending"] = json!({"write": "Change", "at": NOW});
    let read: Application = serde_json::from_value(value).unwrap();
    assert_eq!(read.pending, Some(Pending::new(Write::Change, NOW)));
}

#[test]
fn the_same_refused_read_is_one_line() {
    let mut application = application();
    for minute in 0..5 {
        application.log(refused(Step::Read, NOW + 60 * minute, 401, "invalid_token"));
    }
    application.log(refused(Step::Token, NOW + 400, 401, "invalid_client"));
    application.log(refused(Step::Token, NOW + 401, 401, "invalid_client"));
    assert_eq!(application.history.len(), 3);
    let line = &application.history[0];
    assert_eq!((line.at, line.repeats), (NOW + 240, 4));
    assert_eq!(line.request_line().as_deref(), Some("GET 401 invalid_token, asked 5 times"));
}

#[test]
fn pauses_grow_from_a_minute_to_a_quarter_of_an_hour() {
    let mut application = application();
    application.log(Entry::new(NOW, Step::Registered, Outcome::Done { status: 201, elapsed_ms: 1 }, ""));
    assert_eq!(application.next_check(NOW), None, "registered, and nothing says that it waits");
    let mut at = NOW;
    let mut pauses = Vec::new();
    for _ in 0..7 {
        application.log(refused(Step::Read, at, 401, "invalid_token"));
        assert_eq!(application.standing(at).state, State::Waiting);
        assert!(!application.may_check_again(at + 59));
        assert!(application.may_check_again(at + 60));
        let next = application.next_check(at).unwrap();
        pauses.push(next - at);
        at = next;
    }
    assert_eq!(pauses, [60, 120, 240, 480, 900, 900, 900]);
    application.log(Entry::new(at, Step::Read, Outcome::Done { status: 200, elapsed_ms: 1 }, ""));
    assert_eq!(application.next_check(at), None);
    assert_eq!(application.standing(at).state, State::Active);
}

#[test]
fn a_wrong_secret_is_not_a_wait_and_a_disabled_client_is_read_at_once() {
    let mut wrong = application();
    wrong.log(refused(Step::Token, NOW, 401, "unauthorized_client"));
    assert_eq!(wrong.standing(NOW).state, State::Refused);
    let mut disabled = application();
    disabled.log(refused(Step::Token, NOW, 401, "invalid_client"));
    assert_eq!(disabled.standing(NOW).state, State::Waiting);
    assert_eq!(disabled.next_check(NOW), Some(NOW));
}
