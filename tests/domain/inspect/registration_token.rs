//! What the field for the initial access token says before anything is sent.

use portico::domain::inspect::clean::Repair;
use portico::domain::inspect::registration_token::{Here, InitialAccessTokenFacts, Lamp};

use super::*;

const ISSUER: &str = "http://localhost:8081/auth/realms/BBBBCAXXXXX";

fn here(cross_origin: bool) -> Here<'static> {
    Here {
        now: NOW,
        page_origin: "http://localhost:8080",
        environment: "Sandbox",
        issuer: ISSUER,
        cross_origin,
    }
}

fn initial(more: &str) -> String {
    token(
        r#"{"alg":"HS512"}"#,
        &format!(r#"{{"iss":"{ISSUER}","aud":"{ISSUER}","typ":"InitialAccessToken"{more}}}"#),
    )
}

fn told(facts: &InitialAccessTokenFacts) -> Vec<(&str, Lamp, &str)> {
    facts.facts.iter().map(|fact| (fact.label, fact.lamp, fact.text.as_str())).collect()
}

fn fact<'a>(facts: &'a InitialAccessTokenFacts, label: &str) -> (Lamp, &'a str) {
    let fact = facts.facts.iter().find(|fact| fact.label == label).unwrap();
    (fact.lamp, fact.text.as_str())
}

#[test]
fn six_facts() {
    let text = initial(&format!(r#","exp":{},"allowed-origins":["http://localhost:8080"]"#, NOW + 83_640));
    let facts = InitialAccessTokenFacts::read(&text, &here(true));
    assert_eq!(
        told(&facts),
        [
            ("Kind", Lamp::Ok, "Initial access token: right for registering"),
            ("Expires", Lamp::Ok, "In 23 h 14 min, 9 Jul 2022, 14:58 UTC"),
            ("Issuer", Lamp::Ok, "Realm BBBBCAXXXXX, same as Sandbox"),
            ("Allowed origins", Lamp::Ok, "`http://localhost:8080`, this page"),
            ("Uses left", Lamp::Unknown, "Only the server knows"),
            ("Signature", Lamp::Unknown, "HS512: only the server can check it"),
        ]
    );
    assert_eq!((facts.problems.len(), facts.expires_in), (0, Some(83_640)));
}

#[test]
fn what_is_pasted_around_it_is_not_sent() {
    let text = initial("");
    let facts = InitialAccessTokenFacts::read(&format!("Authorization: Bearer {text}\n"), &here(false));
    assert_eq!(facts.token.expose(), text);
    assert!(facts.repairs.contains(&Repair::Bearer));
    assert_eq!(fact(&facts, "Expires"), (Lamp::Ok, "Never"));
    assert_eq!(InitialAccessTokenFacts::read("  ", &here(true)).facts, []);
}

#[test]
fn the_wrong_token() {
    let facts = InitialAccessTokenFacts::read(REGISTRATION_ACCESS_TOKEN, &here(false));
    let (lamp, text) = fact(&facts, "Kind");
    assert_eq!(
        (lamp, text),
        (Lamp::Bad, "Registration access token: right for one registration that exists already")
    );
    assert!(facts.cannot_work());
    assert!(
        facts.problems[0].text.starts_with("This is no initial access token (registration access token).")
    );

    let facts = InitialAccessTokenFacts::read(ACCESS_TOKEN, &here(false));
    assert_eq!(fact(&facts, "Kind").0, Lamp::Warn);
    assert!(!facts.problems[0].certain, "a role may allow an access token to register");

    let text = claims(&format!(r#"{{"iss":"registry","sub":"partner","aud":"as","exp":{}}}"#, NOW + 60));
    let facts = InitialAccessTokenFacts::read(&text, &here(false));
    assert_eq!(fact(&facts, "Kind").0, Lamp::Warn, "a server of its own kind may take it");

    let facts = InitialAccessTokenFacts::read("just some words", &here(false));
    assert!(facts.cannot_work());
    let opaque = InitialAccessTokenFacts::read("O91G451HZ0V83opz6udiSEjchPynd2Ss9", &here(true));
    assert_eq!(opaque.problems, []);
    assert!(opaque.facts.iter().all(|fact| fact.lamp == Lamp::Unknown));
}

#[test]
fn expired() {
    for (ago, certain) in [(30, false), (60, false), (61, true), (9_000_000, true)] {
        let facts =
            InitialAccessTokenFacts::read(&initial(&format!(r#","exp":{}"#, NOW - ago)), &here(false));
        assert_eq!(fact(&facts, "Expires").0, Lamp::Bad);
        assert_eq!((facts.problems.len(), facts.cannot_work()), (1, certain));
    }
}

#[test]
fn the_wrong_realm() {
    let text = initial("").clone();
    let other = Here { issuer: "http://localhost:8081/auth/realms/OTHER", ..here(false) };
    let facts = InitialAccessTokenFacts::read(&text, &other);
    assert_eq!(fact(&facts, "Issuer"), (Lamp::Bad, "Realm BBBBCAXXXXX, not the one of Sandbox"));
    assert!(facts.cannot_work());

    let other = Here { issuer: "http://127.0.0.1:8081/auth/realms/BBBBCAXXXXX", ..here(false) };
    let facts = InitialAccessTokenFacts::read(&text, &other);
    let words = "Realm BBBBCAXXXXX, but at `localhost:8081`, not `127.0.0.1:8081`";
    assert_eq!(fact(&facts, "Issuer"), (Lamp::Bad, words));

    let none = Here { issuer: "", ..here(false) };
    assert_eq!(fact(&InitialAccessTokenFacts::read(&text, &none), "Issuer").0, Lamp::Unknown);
}

#[test]
fn allowed_origins() {
    for (claim, cross_origin, lamp, problems) in [
        (r#","allowed-origins":["http://localhost:8080"]"#, true, Lamp::Ok, 0),
        (r#","allowed-origins":["https://a.example","http://localhost:8080"]"#, true, Lamp::Ok, 0),
        (r#","allowed-origins":["*"]"#, true, Lamp::Ok, 0),
        (r#","allowed-origins":["https://a.example"]"#, true, Lamp::Bad, 1),
        (r#","allowed-origins":["http://localhost:8080/"]"#, true, Lamp::Bad, 1),
        (r#","allowed-origins":["https://a.example"]"#, false, Lamp::Ok, 0),
        (r#","allowed-origins":[""]"#, true, Lamp::Warn, 1),
        ("", true, Lamp::Warn, 1),
        ("", false, Lamp::Ok, 0),
    ] {
        let facts = InitialAccessTokenFacts::read(&initial(claim), &here(cross_origin));
        assert_eq!(fact(&facts, "Allowed origins").0, lamp, "{claim} {cross_origin}");
        assert_eq!(facts.problems.len(), problems, "{claim} {cross_origin}");
        assert_eq!(facts.cannot_work(), lamp == Lamp::Bad);
    }
}
