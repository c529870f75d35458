//! The self-check against a bank that keeps every rule, and against banks that break one.

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

use crate::support::{PAGE, answer, environment, shipped, wso2};
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
fn stopped_after_any_step_it_still_tidies_up() {
    let all = {
        let mut server = Server::new("");
        run(kit(bank(TESTED)), &mut server);
        server.log.len()
    };
    for stop_at in 0..all * 2 {
        let (mut server, mut steps) = (Server::new(""), 0);
        let mut check = Check::new(kit(bank(TESTED))).unwrap();
        drive(&mut check, &mut server, |check, _| {
            steps += 1;
            if steps == stop_at + 1 {
                check.stop();
            }
            None
        });
        assert_eq!((server.left(), check.leftovers().len()), (0, 0), "stopped at {stop_at}");
        let counts = check.counts();
        assert_eq!((counts.failed, counts.ahead), (0, 0), "stopped at {stop_at}: {:?}", check.rows());
    }
}

#[test]
fn a_server_that_does_not_answer_ends_the_run() {
    let (mut server, mut asked) = (Server::new(""), 0);
    let mut check = Check::new(kit(bank(TESTED))).unwrap();
    drive(&mut check, &mut server, |_, step| {
        let Step::Send(request) = step else { return None };
        let is_bank = !request.url.contains("/directory/");
        is_bank.then(|| {
            asked += 1;
            Err("No answer came.".to_owned())
        })
    });
    assert_eq!(asked, 3);
    assert_eq!(check.counts().not_run, SCENARIOS.len());
    assert!(check.trouble().unwrap().contains("No answer came."));
    // Two of them were registrations that may have been carried out.
    assert_eq!(check.leftovers().len(), 2);
    assert!(check.leftovers().iter().all(|left| left.client_id.is_none()));
}

/// Answers 429 to these, so many times.
fn busy(kit: Kit, at: &str, times: usize) -> (Check, Vec<u32>) {
    let (mut server, mut refused, mut waits) = (Server::new(""), 0, Vec::new());
    let mut check = Check::new(kit).unwrap();
    drive(&mut check, &mut server, |_, step| match step {
        Step::Send(request) if request.url.contains(at) && refused < times => {
            refused += 1;
            let mut answer = answer(429, "");
            answer.headers.push(("retry-after".to_owned(), "7".to_owned()));
            Some(Ok(answer))
        }
        Step::Wait(seconds) => {
            waits.push(*seconds);
            None
        }
        _ => None,
    });
    assert_eq!((server.left(), check.leftovers().len()), (0, 0));
    (check, waits)
}

#[test]
fn a_server_that_asks_to_wait_is_asked_again() {
    for at in ["/token", "/directory/", "/register", "/.well-known/"] {
        let (check, waits) = busy(kit(bank(TESTED)), at, 2);
        assert_eq!(waits, [7, 7], "{at}");
        assert_eq!(check.counts().passed, SCENARIOS.len(), "{at}");
    }
}

#[test]
fn being_busy_is_never_a_verdict() {
    for at in ["/token", "/directory/", "/register", "/.well-known/"] {
        let (check, _) = busy(kit(bank(TESTED)), at, 4);
        assert_eq!((check.counts().failed, check.counts().not_run), (0, 1), "{at}: {:?}", check.rows());
    }
}

#[test]
fn a_key_that_cannot_sign_ends_the_run() {
    let mut check = Check::new(kit(bank(TESTED))).unwrap();
    let mut server = Server::new("");
    loop {
        match check.next(server.now, "id") {
            Step::Sign(_) => check.signed(Err("The browser refused.".to_owned())),
            Step::Send(request) => check.answer(Ok(server.take(&request))),
            Step::Wait(_) => {}
            Step::Done => break,
        }
    }
    assert_eq!(check.counts().passed, 1);
    assert!(check.trouble().unwrap().contains("The browser refused."));
    assert_eq!(server.left(), 0);
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
