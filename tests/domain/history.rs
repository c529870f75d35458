//! The history of an application: the chain of its lines, and its files.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use portico::domain::{
    application::{
        Application,
        history::{
            self, Entry, Outcome, Step,
            chain::{self, Verdict},
        },
    },
    registration::{ClientMetadata, Registration},
};
use proptest::prelude::*;
use serde_json::Value;

const NOW: i64 = 1_666_016_078;

/// Digests for the logic of the chain; real ones are compared below.
fn quick(text: &str) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// SHA-256 by OpenSSL, which shares nothing with the portal.
fn sha256(text: &str) -> String {
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha256", "-binary"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    openssl.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    URL_SAFE_NO_PAD.encode(openssl.wait_with_output().unwrap().stdout)
}

fn close(entries: &mut [Entry], digest: fn(&str) -> String) {
    while let Some((index, text)) = chain::next_open(entries) {
        entries[index].hash = Some(digest(&text));
    }
}

fn verdict(entries: &[Entry], digest: fn(&str) -> String) -> Verdict {
    let digests: Vec<String> = chain::to_verify(entries).iter().map(|text| digest(text)).collect();
    chain::verdict(entries, &digests)
}

fn done(at: i64, step: Step) -> Entry {
    Entry::new(at, step, Outcome::Done { status: 200, elapsed_ms: 12 }, "All is well.")
}

fn entries() -> Vec<Entry> {
    vec![
        done(NOW, Step::Registered),
        Entry::new(
            NOW + 1,
            Step::Read,
            Outcome::Refused { status: 401, error: Some("invalid_token".to_owned()) },
            "No.",
        ),
        done(NOW + 2, Step::Called { product: "Залишки, \"A\"".to_owned(), method: "GET".to_owned() }),
        Entry::new(NOW + 3, Step::Here("=1+1".to_owned()), Outcome::Local, "-2\n+3"),
    ]
}

fn application(history: Vec<Entry>) -> Application {
    let registration = Registration { client_id: "c-1".to_owned(), ..Registration::default() };
    let asked = ClientMetadata { client_name: "gateway-client".to_owned(), ..ClientMetadata::default() };
    Application { history, ..Application::new("a".to_owned(), "prod", &[], asked, &registration, NOW) }
}

#[test]
fn what_is_hashed_is_sorted_json_behind_the_digest_of_the_line_before() {
    let entry = &entries()[1];
    let expected = r#"abc{"at":1666016079,"evidence":"No.","outcome":{"Refused":{"error":"invalid_token","status":401}},"step":"Read"}"#;
    assert_eq!(chain::hashed("abc", entry), expected);
    let hashed = Entry { hash: Some("x".to_owned()), ..entry.clone() };
    assert_eq!(chain::hashed("abc", &hashed), expected);
}

#[test]
fn a_chain_begins_at_the_first_save_and_goes_on() {
    let mut entries = entries();
    assert_eq!(verdict(&entries, quick), Verdict::Unchained);
    close(&mut entries, quick);
    assert_eq!(verdict(&entries, quick), Verdict::Unbroken { since: NOW, open: 0 });
    let before = entries.clone();
    entries.push(done(NOW + 9, Step::Token));
    assert_eq!(verdict(&entries, quick), Verdict::Unbroken { since: NOW, open: 1 });
    close(&mut entries, quick);
    assert_eq!(verdict(&entries, quick), Verdict::Unbroken { since: NOW, open: 0 });
    assert_eq!(entries[..4], before, "lines that are written stay");
    assert_eq!(verdict(&[], quick), Verdict::Unchained);
}

#[test]
fn the_line_that_counts_a_refusal_is_chained_anew() {
    let mut application = application(entries());
    let refused = || Entry::new(NOW + 60, Step::Read, Outcome::Refused { status: 401, error: None }, "");
    application.log(refused());
    close(&mut application.history, quick);
    let before = application.history.clone();
    application.log(refused());
    assert_eq!((application.history.len(), application.history[4].repeats), (5, 1));
    close(&mut application.history, quick);
    assert_eq!(verdict(&application.history, quick), Verdict::Unbroken { since: NOW, open: 0 });
    assert_eq!(application.history[..4], before[..4]);
    assert_ne!(application.history[4].hash, before[4].hash);
}

#[test]
fn a_line_without_a_digest_among_others_is_not_mended() {
    let mut entries = entries();
    close(&mut entries, quick);
    entries[1].hash = None;
    close(&mut entries, quick);
    assert_eq!(entries[1].hash, None);
    assert_eq!(verdict(&entries, quick), Verdict::Broken { line: 2 });
}

#[test]
fn a_record_of_an_older_build_is_read() {
    let old = r#"{"at":5,"step":"Token","outcome":"NoAnswer","evidence":"e"}"#;
    let entry: Entry = serde_json::from_str(old).unwrap();
    assert_eq!((entry.hash.as_ref(), serde_json::to_string(&entry).unwrap().as_str()), (None, old));
}

/// As the file itself says how: with nothing but the file, a JSON writer that sorts, and OpenSSL.
#[test]
fn who_has_the_file_can_check_the_chain() {
    let mut entries = entries();
    close(&mut entries, sha256);
    assert_eq!(verdict(&entries, sha256), Verdict::Unbroken { since: NOW, open: 0 });
    let file: Value = serde_json::from_str(&history::to_json(&application(entries), "Production")).unwrap();
    let mut before = String::new();
    for entry in file["entries"].as_array().unwrap() {
        let mut record = entry["record"].clone();
        record.sort_all_objects();
        let hash = sha256(&format!("{before}{record}"));
        assert_eq!(entry["hash"], hash.as_str());
        before = hash;
    }
    assert!(file["chain"].as_str().unwrap().contains("SHA-256"));
    assert_eq!(file["entries"].as_array().unwrap().len(), 4);
}

#[test]
fn the_table_is_read_by_programs_that_calculate_as_text() {
    let mut entries = entries();
    entries[0].hash = Some("-starts-with-a-sign".to_owned());
    let expected = "at,what,request,evidence,hash\r\n\
        2022-10-17T14:14:38Z,Registered,\"POST 200, 12 ms\",All is well.,\"'-starts-with-a-sign\"\r\n\
        2022-10-17T14:14:39Z,Reading the registration,GET 401 invalid_token,No.,\r\n\
        2022-10-17T14:14:40Z,\"Called Залишки, \"\"A\"\"\",\"GET 200, 12 ms\",All is well.,\r\n\
        2022-10-17T14:14:41Z,\"'=1+1\",,\"'-2\n+3\",\r\n";
    assert_eq!(history::to_csv(&entries), expected);
}

/// A reader of RFC 4180.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(characters.next(), Some('\n'));
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && field.is_empty());
    rows
}

fn steps() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (any::<String>(), any::<String>(), any::<u16>()).prop_map(|(what, evidence, status)| {
        Entry::new(
            NOW + i64::from(status),
            Step::Here(what),
            Outcome::Done { status, elapsed_ms: 1 },
            evidence,
        )
    });
    prop::collection::vec(entry, 1..8)
}

proptest! {
    #[test]
    fn the_table_gives_back_what_went_in(entries in steps()) {
        let rows = read_csv(&history::to_csv(&entries));
        prop_assert_eq!(rows.len(), entries.len() + 1);
        for (row, entry) in rows.iter().skip(1).zip(&entries) {
            prop_assert_eq!(row.len(), 5);
            for (field, text) in [(&row[1], &entry.title()), (&row[3], &entry.evidence)] {
                prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                prop_assert_eq!(field.strip_prefix('\'').filter(|_| field != text).unwrap_or(field), text);
            }
        }
    }

    /// Whatever is done to one line is noticed at that line, or at the one that follows it.
    #[test]
    fn tampering_is_noticed(entries in steps(), which in any::<prop::sample::Index>(), how in 0..5_u8) {
        let mut entries = entries;
        close(&mut entries, quick);
        let index = which.index(entries.len());
        let last = index + 1 == entries.len();
        let entry = &mut entries[index];
        match how {
            0 => entry.evidence.push('x'),
            1 => entry.at += 1,
            2 => entry.outcome = Outcome::Local,
            3 => entry.repeats += 1,
            _ if last => entry.hash = Some("forged".to_owned()),
            _ => drop(entries.remove(index)),
        }
        prop_assert_eq!(verdict(&entries, quick), Verdict::Broken { line: index + 1 });
    }

    #[test]
    fn lines_that_change_places_are_noticed(entries in steps(), which in any::<prop::sample::Index>()) {
        let mut entries = entries;
        close(&mut entries, quick);
        let index = which.index(entries.len());
        prop_assume!(index + 1 < entries.len());
        entries.swap(index, index + 1);
        prop_assert_eq!(verdict(&entries, quick), Verdict::Broken { line: index + 1 });
    }
}
