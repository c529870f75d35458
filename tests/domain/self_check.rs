//! The self-check against a bank that keeps every rule, and against banks that break one.

mod interrupted;
mod report;
mod server;

use portico::domain::{
    config::Environment,
    http::{Method, Response},
    jose::{Algorithm, Unsigned},
    registration::{discovery::Reach, open_banking::SoftwareStatement},
    self_check::{Check, Counts, KeyName, Kit, SCENARIOS, Software, Step, Verdict, refusal},
};
use serde_json::{Value, json};

use crate::support::{PAGE, environment, shipped, wso2};
use server::{BANK, KEY, Server, sign, statement};

fn bank(more: &str) -> Environment {
    environment(&format!(
        r#"{{"id":"bank","name":"Bank","kind":"sandbox","dialect":"open_banking","issuer":"{BANK}",
        "auth_methods":["private_key_jwt"],"assertion_audience":"token_endpoint","initial_access_token":"none",
        "software_statement":{{"directory":{{"issuer":"Example Directory","jwks":"{BANK}/directory/keys"}}}}{more}}}"#
    ))
}

fn software(id: &str) -> Software {
    let claims = json!({
        "iss": id, "iat": 0, "exp": 0, "jti": "", "aud": "BANK", "redirect_uris": ["https://app.example/callback"],
        "token_endpoint_auth_signing_alg": "PS256", "token_endpoint_auth_method": "private_key_jwt",
        "grant_types": ["client_credentials"], "response_types": ["code id_token"], "scope": "accounts payments",
        "software_id": id, "software_statement": statement("Example Directory", id, "old"),
    });
    let header = json!({ "typ": "JWT", "alg": "PS256", "kid": "mine" });
    let map = |value: Value| value.as_object().unwrap().clone();
    Software {
        good: Unsigned { header: map(header), claims: map(claims) },
        statement: Some(format!("{BANK}/directory/{id}")),
    }
}

fn kit(environment: Environment) -> Kit {
    Kit {
        reach: Reach {
            issuer: BANK.to_owned(),
            registration: format!("{BANK}/register"),
            token: format!("{BANK}/token"),
            token_printed: format!("{BANK}/token"),
            registration_printed: format!("{BANK}/register"),
            jwks: None,
            cross_origin: true,
        },
        environment,
        page_origin: PAGE.to_owned(),
        algorithm: Algorithm::Ps256,
        kid: "mine".to_owned(),
        software: software("first"),
        other: Some(software("second")),
        foreign: Some(software("foreign")),
    }
}

/// Drives a run to its end. `before` sees each step and may stop the run or answer itself.
fn drive(
    check: &mut Check,
    server: &mut Server,
    mut before: impl FnMut(&mut Check, &Step) -> Option<Result<Response, String>>,
) {
    for count in 0..2_000 {
        let step = check.next(server.now, &format!("id-{count}-0000-0000"));
        let own = before(check, &step);
        match step {
            Step::Sign(input) => check.signed(Ok(sign(KEY, &input))),
            Step::Send(request) => {
                let answer = own.unwrap_or_else(|| Ok(server.take(&request)));
                check.answer(answer);
            }
            Step::Wait(_) => {}
            Step::Done => return,
        }
    }
    panic!("no end");
}

fn run(kit: Kit, server: &mut Server) -> Check {
    let mut check = Check::new(kit).unwrap();
    drive(&mut check, server, |_, _| None);
    check
}

fn named(check: &Check, wanted: impl Fn(&Verdict) -> bool) -> Vec<String> {
    check.rows().iter().filter(|row| wanted(&row.verdict)).map(|row| row.scenario.name()).collect()
}

fn red(check: &Check) -> Vec<String> {
    named(check, |verdict| matches!(verdict, Verdict::Failed(_)))
}

const TESTED: &str = r#","self_check":true"#;

#[test]
fn a_bank_that_keeps_every_rule_is_green_and_nothing_stays_behind() {
    let mut server = Server::new("");
    let check = run(kit(bank(TESTED)), &mut server);
    assert_eq!(red(&check), [""; 0]);
    let all = Counts { passed: SCENARIOS.len(), ..Counts::default() };
    assert_eq!(check.counts(), all, "{:?}", check.rows());
    assert_eq!((server.left(), check.leftovers()), (0, &[][..]));
    assert_eq!((check.trouble(), check.is_stopped()), (None, false));
}

#[test]
fn without_other_software_the_same_checks_are_green() {
    let mut server = Server::new("");
    let check = run(Kit { other: None, foreign: None, ..kit(bank(TESTED)) }, &mut server);
    assert_eq!(check.counts().passed, SCENARIOS.len(), "{:?}", check.rows());
    assert_eq!(server.left(), 0);
}

#[test]
fn each_broken_rule_turns_exactly_its_rows_red() {
    let table: &[(&str, &[&str])] = &[
        ("plain-http", &["DCR-001"]),
        ("wrong-create-status", &["DCR-002"]),
        ("keeps-deleted", &["DCR-003", "DCR-010"]),
        ("accepts-expired", &["DCR-004 expired"]),
        ("accepts-unknown-issuer", &["DCR-004 unknown issuer"]),
        ("accepts-empty-issuer", &["DCR-004 empty issuer"]),
        ("accepts-long-issuer", &["DCR-004 long issuer"]),
        ("accepts-bad-method", &["DCR-004 method"]),
        ("string-numbers", &["DCR-005"]),
        ("stray-quote", &["DCR-005"]),
        ("accepts-any-token", &["DCR-007"]),
        ("update-after-delete", &["DCR-009"]),
        ("accepts-bad-response-type", &["DCR-011"]),
        ("accepts-changed-signature", &["P-01"]),
        ("accepts-replayed-jti", &["P-02"]),
        ("accepts-foreign-statement", &["P-03"]),
        ("accepts-foreign-redirect", &["P-04"]),
        ("accepts-other-clients-token", &["P-05"]),
    ];
    for (fault, rows) in table {
        for own in [true, false] {
            let mut kit = kit(bank(TESTED));
            kit.foreign = kit.foreign.filter(|_| own);
            let mut server = Server::new(fault);
            let check = run(kit, &mut server);
            assert_eq!(red(&check), *rows, "{fault}");
            let rest = SCENARIOS.len() - rows.len();
            assert_eq!(check.counts().passed, rest, "{fault}: {:?}", check.rows());
            assert_eq!((server.left(), check.leftovers().len()), (0, 0), "{fault}");
        }
    }
}

#[test]
fn what_is_not_offered_is_skipped_and_what_stays_is_said() {
    let mut server = Server::new("");
    let check = run(
        kit(bank(
            r#","self_check":true,"operations":["create"],"discovery":false,
        "endpoints":{"registration":"https://bank.example/register","token":"https://bank.example/token"}"#,
        )),
        &mut server,
    );
    let skipped = named(&check, |verdict| matches!(verdict, Verdict::Skipped(_)));
    let expected = ["DCR-001", "DCR-003", "DCR-005", "DCR-007", "DCR-008", "DCR-009", "DCR-010", "P-05"];
    assert_eq!(skipped, expected);
    assert_eq!(check.counts().passed, SCENARIOS.len() - expected.len());
    assert!(server.log.iter().all(|(method, url)| *method == Method::Post || url.contains("/directory/")));
    // Those of DCR-002 and P-02.
    assert_eq!((server.left(), check.leftovers().len()), (2, 2));
    assert!(check.leftovers().iter().all(|left| left.why == "Deleting is not offered here."));
}

#[test]
fn a_bank_that_refuses_to_delete_leaves_its_clients_by_name() {
    let mut server = Server::refusing(Method::Delete, "");
    let check = run(kit(bank(TESTED)), &mut server);
    assert_eq!(red(&check), ["DCR-002"]);
    assert_eq!(
        named(&check, |verdict| matches!(verdict, Verdict::Blocked(_))),
        ["DCR-003", "DCR-009", "DCR-010", "P-02"]
    );
    assert_eq!(check.leftovers().len(), server.left());
    assert!(
        check.leftovers().iter().all(|left| left.why == "Deleting answered 405." && left.client_id.is_some())
    );
}

#[test]
fn an_environment_that_is_not_for_testing_is_refused() {
    for (more, word) in [
        ("", "self_check"),
        (r#","self_check":true,"signed_request":{"media_type":"application/json"}"#, "signed"),
        (r#","self_check":true,"operations":["read"]"#, "registered"),
    ] {
        let environment = bank(more);
        let why = refusal(&environment).unwrap();
        assert!(why.contains(word), "{why}");
        assert_eq!(Check::new(kit(environment)).err(), Some(why));
    }
    assert_eq!(refusal(&bank(TESTED)), None);
}

#[test]
fn the_good_request_says_what_the_statement_and_the_environment_say() {
    let token = wso2("software-statement.jwt");
    let statement = SoftwareStatement::read(&token).unwrap();
    let environment = shipped("openbank");
    let reach = kit(environment.clone()).reach;
    let key = KeyName { algorithm: Algorithm::Es256, kid: "mine" };
    let good = Software::of(&statement, &environment, &reach, PAGE, key).unwrap();
    let claims = Value::Object(good.good.claims);
    let names: Vec<&String> = claims.as_object().unwrap().keys().take(5).collect();
    assert_eq!(names, ["iss", "iat", "exp", "jti", "aud"]);
    assert_eq!(claims["iss"], "oQ4KoaavpOuoE7rvQsZEOV");
    assert_eq!(claims["aud"], "OPENBANK0001");
    assert_eq!(claims["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(claims["token_endpoint_auth_signing_alg"], "ES256");
    assert_eq!(claims["response_types"], json!(["code id_token"]));
    assert_eq!(claims["redirect_uris"], json!(["https://www.google.com/redirects/redirect1"]));
    assert_eq!(claims["software_statement"], token.trim());
    assert_eq!(good.good.header["kid"], "mine");
    // It is of another directory than the one that is configured.
    assert_eq!(good.statement, None);
    let mut own = environment;
    let rules = own.software_statement.as_mut().unwrap();
    rules.directory.as_mut().unwrap().issuer = "OpenBanking Ltd".to_owned();
    let good = Software::of(&statement, &own, &reach, PAGE, key).unwrap();
    assert_eq!(
        good.statement.as_deref(),
        Some(
            "http://localhost:8080/directory/organisations/0015800001HQQrZAAX/software/oQ4KoaavpOuoE7rvQsZEOV/statement"
        )
    );
}
