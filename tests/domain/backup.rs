//! Backups: the form of the file, and what a restore does with each record.

use portico::domain::{
    application::{
        Application, Pending, Write,
        history::{Entry, Outcome, Step},
    },
    backup::{
        Contents, Envelope, Unusable,
        plan::{self, Standing},
    },
    record::{Kind, Record},
    registration::{ClientMetadata, Registration},
    secret::Secret,
};
use proptest::prelude::*;

fn entry(at: i64, step: Step, outcome: Outcome) -> Entry {
    serde_json::from_value(serde_json::json!({
        "at": at, "step": step, "outcome": outcome, "evidence": ""
    }))
    .unwrap()
}

fn done(at: i64, step: Step) -> Entry {
    entry(at, step, Outcome::Done { status: 200, elapsed_ms: 1 })
}

fn refused(at: i64, step: Step) -> Entry {
    entry(at, step, Outcome::Refused { status: 401, error: None })
}

/// Registered at 10 with the token `rat-10`.
fn application() -> Application {
    let registration = Registration {
        client_id: "c".to_owned(),
        registration_access_token: Some(Secret::new("rat-10")),
        ..Registration::default()
    };
    let asked = ClientMetadata { client_name: "gateway-client".into(), ..ClientMetadata::default() };
    let mut one = Application::new("x1".into(), "kc", &[], asked, &registration, 10);
    one.history.push(done(10, Step::Registered));
    one
}

fn with(entries: &[Entry], token: &str) -> Application {
    let mut one = application();
    one.history.extend(entries.iter().cloned());
    one.registration_access_token = Some(Secret::new(token));
    one
}

fn record(application: &Application) -> Record {
    Record { id: application.id.clone(), version: 1, json: serde_json::to_string(application).unwrap() }
}

fn pending(at: i64) -> Pending {
    serde_json::from_value(serde_json::json!({ "write": Write::Change, "at": at })).unwrap()
}

fn compare(here: &Application, file: &Application) -> Standing {
    plan::compare(Kind::Applications, Some(&record(here)), &record(file))
}

#[test]
fn which_application_is_newer_is_told_by_the_token_that_was_last_let_in() {
    let start = application();
    let changed = with(&[done(50, Step::Changed)], "rat-50");
    let changed_later = with(&[done(90, Step::Changed)], "rat-90");
    let token_asked = with(&[done(100, Step::Token)], "rat-10");
    let refused_later = with(&[refused(100, Step::Read)], "rat-10");
    let no_answer_later = with(&[entry(100, Step::Changed, Outcome::NoAnswer)], "rat-10");
    let read_later = with(&[done(60, Step::Read)], "rat-10");
    let other_token = with(&[], "rat-x");
    let deleted = with(&[done(70, Step::Deleted)], "");
    let mut unfinished = start.clone();
    unfinished.pending = Some(pending(80));
    for (what, here, file, expected) in [
        ("the same", &start, &start, Standing::Same),
        ("changed after the backup", &changed, &start, Standing::NewerHere),
        ("changed in another browser", &start, &changed, Standing::OlderHere),
        ("both changed, theirs later", &changed, &changed_later, Standing::OlderHere),
        ("both changed, ours later", &changed_later, &changed, Standing::NewerHere),
        ("a token request there is later, and proves nothing", &changed, &token_asked, Standing::NewerHere),
        ("a refused read there is later, and proves nothing", &changed, &refused_later, Standing::NewerHere),
        ("a change without an answer there is later", &changed, &no_answer_later, Standing::NewerHere),
        ("read there with the same token", &start, &read_later, Standing::OlderHere),
        ("the same token, only more history there", &start, &token_asked, Standing::OlderHere),
        ("the same token, only more history here", &token_asked, &start, Standing::NewerHere),
        ("two tokens and nothing tells", &start, &other_token, Standing::Differs),
        ("deleted here", &deleted, &changed, Standing::NewerHere),
        ("deleted there", &changed, &deleted, Standing::OlderHere),
        ("a write without an answer here", &unfinished, &changed, Standing::NewerHere),
        ("a token let in there after that write", &unfinished, &changed_later, Standing::OlderHere),
    ] {
        assert_eq!(compare(here, file), expected, "{what}");
    }
}

#[test]
fn what_is_missing_is_added_and_what_is_damaged_here_is_replaced() {
    let file = record(&application());
    assert_eq!(plan::compare(Kind::Applications, None, &file), Standing::New);
    let damaged = Record { json: "{".to_owned(), ..file.clone() };
    assert_eq!(plan::compare(Kind::Applications, Some(&damaged), &file), Standing::OlderHere);
    assert_eq!(plan::compare(Kind::Applications, Some(&file), &damaged), Standing::Differs);
}

fn small(id: &str, json: &str) -> Record {
    Record { id: id.to_owned(), version: 1, json: json.to_owned() }
}

#[test]
fn settings_go_by_their_time_and_drafts_stay() {
    let compare =
        |kind, here: &str, file: &str| plan::compare(kind, Some(&small("a", here)), &small("a", file));
    let settings = |here: &str, file: &str| compare(Kind::Settings, here, file);
    assert_eq!(settings(r#"{"saved_at":5}"#, r#"{"saved_at":6}"#), Standing::OlderHere);
    assert_eq!(settings(r#"{"saved_at":6}"#, r#"{"saved_at":5}"#), Standing::NewerHere);
    assert_eq!(settings(r#"{"saved_at":5,"a":1}"#, r#"{"saved_at":5}"#), Standing::Differs);
    assert_eq!(compare(Kind::Drafts, r#"{"name":"a"}"#, r#"{"name":"b"}"#), Standing::Differs);
    assert_eq!(compare(Kind::Drafts, r#"{"name":"a"}"#, r#"{"name":"a"}"#), Standing::Same);
}

#[test]
fn the_preview_names_everything_and_an_intent_whose_application_is_there_is_over() {
    let contents = Contents {
        made_at: 1,
        origin: "https://portal.example".to_owned(),
        records: vec![
            (
                Kind::Journal,
                small("x1", r#"{"asked":{"client_name":"gateway-client"},"environment":"kc","at":9}"#),
            ),
            (Kind::Journal, small("y1", r#"{"asked":{"client_name":"lost"},"environment":"kc","at":9}"#)),
            (
                Kind::Settings,
                small("environment:e", r#"{"environment":{"name":"partner-test"},"saved_at":7}"#),
            ),
            (Kind::Applications, record(&application())),
        ],
    };
    let lines = plan::plan(&[], &contents);
    let seen: Vec<_> = lines
        .iter()
        .map(|line| (line.kind, line.name.as_str(), line.environment.as_deref(), line.at, line.standing))
        .collect();
    assert_eq!(
        seen,
        [
            (Kind::Applications, "gateway-client", Some("kc"), Some(10), Standing::New),
            (Kind::Settings, "partner-test", None, Some(7), Standing::New),
            (Kind::Journal, "gateway-client", Some("kc"), Some(9), Standing::Same),
            (Kind::Journal, "lost", Some("kc"), Some(9), Standing::New),
        ]
    );
}

fn envelope() -> Envelope {
    Envelope { salt: vec![1; 16], iterations: 600_000, iv: vec![2; 12], data: vec![3; 40] }
}

#[test]
fn the_file_reads_back_and_says_how_its_key_is_made() {
    let text = envelope().write();
    assert_eq!(Envelope::read(&text), Ok(envelope()));
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["format"], "portico-backup");
    assert_eq!(file["version"], 1);
    assert_eq!(file["kdf"]["name"], "PBKDF2");
    assert_eq!(file["kdf"]["iterations"], 600_000);
    assert_eq!(file["iv"], "AgICAgICAgICAgIC");
}

#[test]
fn a_file_that_is_none_is_told_from_one_that_is_damaged_or_newer() {
    let whole: serde_json::Value = serde_json::from_str(&envelope().write()).unwrap();
    let but = |pointer: &str, value: serde_json::Value| {
        let mut file = whole.clone();
        *file.pointer_mut(pointer).unwrap() = value;
        Envelope::read(&file.to_string())
    };
    for foreign in
        ["", "hello", "[1]", "{}", r#"{"format":"other","version":1}"#, r#"{"format":"portico-export"}"#]
    {
        assert!(matches!(Envelope::read(foreign), Err(Unusable::Foreign(_))), "{foreign}");
    }
    assert_eq!(but("/version", 2.into()), Err(Unusable::Newer));
    for (pointer, value) in [
        ("/version", serde_json::Value::Null),
        ("/kdf", serde_json::Value::Null),
        ("/kdf/name", "scrypt".into()),
        ("/kdf/hash", "SHA-1".into()),
        ("/kdf/iterations", 0.into()),
        ("/kdf/iterations", 4_000_000_000_i64.into()),
        ("/kdf/salt", "%".into()),
        ("/iv", "AgIC".into()),
        ("/data", "AAAA".into()),
        ("/data", 7.into()),
    ] {
        let read = but(pointer, value);
        assert!(matches!(read, Err(Unusable::Damaged(_))), "{pointer}: {read:?}");
    }
    let text = envelope().write();
    let cut = text.get(..text.len() / 2).unwrap();
    assert!(matches!(Envelope::read(cut), Err(Unusable::Foreign(_) | Unusable::Damaged(_))));
}

#[test]
fn contents_read_back_and_records_of_a_later_form_are_not_taken() {
    let mut contents = Contents {
        made_at: 7,
        origin: "https://portal.example".to_owned(),
        records: vec![(Kind::Applications, record(&application())), (Kind::Drafts, small("d", "{}"))],
    };
    let text = contents.write();
    assert_eq!(Contents::read(&text), Ok(contents.clone()));
    assert!(!format!("{text:?}").contains("rat-10"));
    contents.records[0].1.version = 99;
    assert_eq!(Contents::read(&contents.write()), Err(Unusable::Newer));
    assert!(matches!(Contents::read(&Secret::new("{}")), Err(Unusable::Damaged(_))));
}

/// What two browsers with copies of one application did: `true` is a write or read that was let in.
fn steps() -> impl Strategy<Value = Vec<(bool, u8)>> {
    proptest::collection::vec((any::<bool>(), 0u8..4), 0..8)
}

proptest! {
    /// Two copies of a record go separate ways. The server knows one token at a time: a change is let in only with
    /// that one, and replaces it. However the two took turns, a restore never puts a dead token over the living one.
    #[test]
    fn the_living_token_is_never_replaced_by_a_dead_one(turns in steps()) {
        let mut copies = [application(), application()];
        let mut living = Secret::new("rat-10");
        let mut at = 10;
        for (which, what) in turns {
            at += 10;
            let copy = &mut copies[usize::from(which)];
            let let_in = copy.registration_access_token.as_ref() == Some(&living);
            let entry = match (what, let_in) {
                (0, true) => {
                    living = Secret::new(format!("rat-{at}"));
                    copy.registration_access_token = Some(living.clone());
                    done(at, Step::Changed)
                }
                (1, true) => done(at, Step::Read),
                (2, _) => done(at, Step::Token),
                (_, true) => refused(at, Step::Called { product: "p".into(), method: "GET".into() }),
                (_, false) => refused(at, Step::Read),
            };
            copy.history.push(entry);
        }
        let [here, file] = &copies;
        let result = if compare(here, file).is_written() { file } else { here };
        let had_it = here.registration_access_token.as_ref() == Some(&living);
        prop_assert!(!had_it || result.registration_access_token.as_ref() == Some(&living));
    }

    /// What is newer from one side is older from the other, and nothing is both.
    #[test]
    fn the_comparison_is_the_same_from_both_sides(a in steps(), b in steps()) {
        let build = |steps: Vec<(bool, u8)>| {
            let entries: Vec<Entry> = steps.into_iter().enumerate().map(|(index, (good, what))| {
                let at = 20 + i64::try_from(index).unwrap() * 3 + i64::from(what);
                if good { done(at, Step::Changed) } else { done(at, Step::Token) }
            }).collect();
            with(&entries, "rat-10")
        };
        let (a, b) = (build(a), build(b));
        let expected = match compare(&a, &b) {
            Standing::OlderHere => Standing::NewerHere,
            Standing::NewerHere => Standing::OlderHere,
            other => other,
        };
        prop_assert_eq!(compare(&b, &a), expected);
        prop_assert_eq!(compare(&a, &b) == Standing::Same, a == b);
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in ".{0,200}") {
        let _ = Envelope::read(&text);
        let _ = Contents::read(&Secret::new(text));
    }
}
