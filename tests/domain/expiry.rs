//! What ends when, and the calendar file of it.

use portico::domain::{
    application::{
        Application, SecretNote,
        history::{Entry, Outcome, Step},
    },
    config,
    expiry::{Ending, Nearness, What, calendar, endings, not_after},
    registration::{ClientMetadata, Registration},
    secret::Secret,
};
use proptest::prelude::*;
use serde_json::json;

const NOW: i64 = 1_666_016_078;
const DAY: i64 = 86_400;
const PORTAL: &str = r#"{"version":1,"environments":[
    {"id":"prod","name":"Production","kind":"production","dialect":"keycloak","issuer":"https://id.example/realms/r"}]}"#;

fn application(id: &str, secret_ends: Option<i64>) -> Application {
    let registration = Registration { client_id: format!("{id}-client"), ..Registration::default() };
    let asked = ClientMetadata { client_name: format!("{id}-name"), ..ClientMetadata::default() };
    let mut made = Application::new(id.to_owned(), "prod", &[], asked, &registration, 100);
    made.secret = Some(SecretNote {
        last_four: None,
        salt: String::new(),
        digest: String::new(),
        iterations: 1,
        expires_at: secret_ends,
        kept: None,
    });
    made
}

fn listed(applications: &[Application]) -> Vec<Ending> {
    endings(applications, &config::read(PORTAL).unwrap(), NOW)
}

fn ending(at: i64) -> Ending {
    Ending {
        what: What::ClientSecret,
        application: "a1".to_owned(),
        name: "gateway-client".to_owned(),
        environment: "Production".to_owned(),
        at,
    }
}

#[test]
fn what_ends_stands_soonest_first_and_what_never_ends_not_at_all() {
    let mut token = application("token", Some(0));
    // {"exp":1700000000}
    token.registration_access_token = Some(Secret::new("e30.eyJleHAiOjE3MDAwMDAwMDB9.c2ln"));
    let mut deleted = application("deleted", Some(NOW + DAY));
    deleted.log(Entry::new(NOW, Step::Deleted, Outcome::Done { status: 204, elapsed_ms: 1 }, ""));
    let mut opaque = application("opaque", None);
    opaque.registration_access_token = Some(Secret::new("reg-a.b.c"));
    let all = [
        application("later", Some(NOW + 400 * DAY)),
        token,
        deleted,
        opaque,
        application("over", Some(NOW - 1)),
    ];
    let listed = listed(&all);
    let lines: Vec<(&str, &What)> = listed.iter().map(|e| (e.application.as_str(), &e.what)).collect();
    assert_eq!(
        lines,
        [
            ("over", &What::ClientSecret),
            ("token", &What::RegistrationAccessToken),
            ("later", &What::ClientSecret),
        ]
    );
    assert_eq!((listed[0].name.as_str(), listed[0].environment.as_str()), ("over-name", "Production"));
}

#[test]
fn days_are_counted_down_to_the_second() {
    for (at, days, nearness, words) in [
        (NOW - 3 * DAY, -3, Nearness::Ended, "ended 3 days ago"),
        (NOW - DAY, -1, Nearness::Ended, "ended a day ago"),
        (NOW, 0, Nearness::Ended, "has just ended"),
        (NOW + 1, 0, Nearness::Soon, "ends within a day"),
        (NOW + DAY, 1, Nearness::Soon, "ends in a day"),
        (NOW + 30 * DAY - 1, 29, Nearness::Soon, "ends in 29 days"),
        (NOW + 30 * DAY, 30, Nearness::Later, "ends in 30 days"),
    ] {
        let ending = ending(at);
        assert_eq!((ending.days_left(NOW), ending.nearness(NOW)), (days, nearness), "{words}");
        assert_eq!(ending.left(NOW), words);
    }
    assert_eq!(ending(i64::MIN).nearness(NOW), Nearness::Ended);
    assert_eq!(ending(i64::MAX).nearness(i64::MIN), Nearness::Later);
}

/// Self-signed by OpenSSL, which says: notAfter=Oct 28 07:36:50 2126 GMT.
const PEM: &str = include_str!("../../sandbox/tests/sandbox/rsa_1024_certificate.pem");
const PEM_ENDS: i64 = 4948846610;

fn der() -> Vec<u8> {
    use base64::Engine as _;
    let body: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

#[test]
fn the_end_of_a_certificate_is_read() {
    assert_eq!(not_after(&der()), Some(PEM_ENDS));
    let body: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
    let mut one = application("one", None);
    one.registered.insert(
        "jwks".to_owned(),
        json!({"keys": [{"kid": "k1", "x5c": [body]}, {"x5c": ["?"]}, {"kid": "k2"}]}),
    );
    let listed = listed(&[one]);
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].what, listed[0].at), (&What::Certificate("k1".to_owned()), PEM_ENDS));
    assert_eq!(listed[0].what.words(), "Certificate of the key k1");
}

#[test]
fn a_cut_certificate_is_none() {
    let der = der();
    for length in 0..der.len() {
        assert_eq!(not_after(&der[..length]), None, "cut at {length}");
    }
}

#[test]
fn a_calendar_file() {
    let file = calendar::file(&[ending(NOW + 20 * DAY), ending(NOW - DAY)], NOW);
    let expected = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Portico//What ends when//EN\r
CALSCALE:GREGORIAN\r
BEGIN:VEVENT\r
UID:client-secret-a1@portico\r
DTSTAMP:20221017T141438Z\r
DTSTART:20221106T141438Z\r
SUMMARY:Client secret of gateway-client ends\r
DESCRIPTION:Ask for a new secret before that day\\, and put it into your pro\r
 gram: from then on no token is given.\\nEnvironment: Production\r
TRANSP:TRANSPARENT\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-P15D\r
DESCRIPTION:Client secret of gateway-client ends in 15 days\r
END:VALARM\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-P7D\r
DESCRIPTION:Client secret of gateway-client ends in 7 days\r
END:VALARM\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-P1D\r
DESCRIPTION:Client secret of gateway-client ends in a day\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
";
    assert_eq!(file, expected);
    assert_eq!(calendar::file_name(NOW), "portico-2022-10-17.ics");
}

#[test]
fn all_six_alarms_sound_when_there_is_time() {
    let file = calendar::file(&[ending(NOW + 100 * DAY)], NOW);
    let triggers: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("TRIGGER:-P")).collect();
    assert_eq!(triggers, ["90D", "60D", "30D", "15D", "7D", "1D"]);
}

/// Lines as a calendar reads them (RFC 5545, 3.1): unfolded, each a name and a value.
fn unfolded(file: &str) -> Vec<(String, String)> {
    assert!(file.ends_with("\r\n"));
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let whole = file.replace("\r\n ", "");
    let pair = |line: &str| line.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    whole.split_terminator("\r\n").map(pair).collect()
}

fn text(value: &str) -> String {
    let mut out = String::new();
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        assert!(!matches!(c, ';' | ','), "{value:?} has one that is not escaped");
        out.push(match c {
            '\\' => match characters.next().unwrap() {
                'n' => '\n',
                other => other,
            },
            other => other,
        });
    }
    out
}

proptest! {
    #[test]
    fn a_calendar_reads_back_what_went_in(
        name in any::<String>(), environment in ".{0,60}", application in "[A-Za-z0-9_-]{16}", days in 1..4_000_i64
    ) {
        let ending = Ending { name: name.clone(), environment: environment.clone(), application, ..ending(NOW + days * DAY) };
        let lines = unfolded(&calendar::file(&[ending.clone(), Ending { what: What::Certificate("a,b".to_owned()), ..ending }], NOW));
        let clean = |text: &str| text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>();
        let mut open: Vec<&str> = Vec::new();
        for (key, value) in &lines {
            match key.as_str() {
                "BEGIN" => open.push(value),
                "END" => prop_assert_eq!(open.pop(), Some(value.as_str())),
                _ => prop_assert!(!open.is_empty()),
            }
        }
        prop_assert!(open.is_empty());
        let first = |key: &str| lines.iter().find(|(known, _)| known == key).unwrap().1.clone();
        prop_assert_eq!(text(&first("SUMMARY")), format!("Client secret of {} ends", clean(&name)));
        let end = format!("\nEnvironment: {}", clean(&environment));
        prop_assert!(text(&first("DESCRIPTION")).ends_with(&end));
        let uids: Vec<_> = lines.iter().filter(|(key, _)| key == "UID").collect();
        prop_assert!(uids.len() == 2 && uids[0] != uids[1]);
    }

    #[test]
    fn no_bytes_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = not_after(&bytes);
    }
}

/// Another reader than this one, where there is one.
#[test]
fn pythons_icalendar_reads_it() {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };
    let here = Command::new("python3").args(["-c", "import icalendar"]).output();
    if !here.is_ok_and(|output| output.status.success()) {
        return;
    }
    let program = "import sys, icalendar\nc = icalendar.Calendar.from_ical(sys.stdin.buffer.read())\ne = c.walk('VEVENT')[0]\nassert e.decoded('dtstart').year == 2023, e\nassert len(c.walk('VALARM')) == 6\nprint(e['summary'], end='')";
    let mut python = Command::new("python3")
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let ending = Ending { name: "Шлюз, \"a\"; \\ b".repeat(9), ..ending(NOW + 100 * DAY) };
    python
        .stdin
        .take()
        .unwrap()
        .write_all(calendar::file(std::slice::from_ref(&ending), NOW).as_bytes())
        .unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("Client secret of {} ends", ending.name));
}
