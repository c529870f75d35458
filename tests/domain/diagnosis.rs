//! Why a request had no answer: every row of the table, and no more certainty than it allows.

use portico::domain::{
    diagnosis::{Asked, Cause, Certainty, Diagnosis, Fits, Probes, Purpose, Seen, TokenSays, diagnose},
    http::{Failure, Method, Request},
};

const PAGE: &str = "http://localhost:8080";
const SERVER: &str = "http://localhost:8081/realms/r/clients-registrations/openid-connect";
const NOW: i64 = 1_666_016_100;

const OK: Seen = Seen::Readable { status: 200, elapsed_ms: 41 };
const OPAQUE: Seen = Seen::Opaque { elapsed_ms: 35 };
const NO: Seen = Seen::Blocked;
const TIME: Seen = Seen::TimedOut;
const NONE: Seen = Seen::NotAsked;

fn asked() -> Asked {
    Asked {
        method: Method::Post,
        url: SERVER.to_owned(),
        purpose: Purpose::Register,
        keycloak: true,
        issuer: "http://localhost:8081/realms/r".to_owned(),
        discovery: "http://localhost:8081/realms/r/.well-known/openid-configuration".to_owned(),
        page_origin: PAGE.to_owned(),
        origin_configured: true,
        token: Some(TokenSays {
            allowed_origins: None,
            issuer: Some("http://localhost:8081/realms/r".to_owned()),
            expires_at: Some(0),
        }),
        at: NOW,
    }
}

fn probes(discovery: Seen, opaque: Seen, plain: Seen, own: Seen) -> Probes {
    Probes { discovery, opaque, plain, own, ..Probes::default() }
}

fn listing(origins: &[&str]) -> Option<TokenSays> {
    let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
    Some(TokenSays { allowed_origins: Some(origins), ..asked().token.unwrap() })
}

fn of(change: impl FnOnce(&mut Asked), failure: &Failure, seen: &Probes) -> Diagnosis {
    let mut asked = asked();
    change(&mut asked);
    diagnose(asked, failure, seen)
}

#[test]
fn every_row_of_the_table() {
    use Cause as C;
    use Certainty::{CannotBeTold, Certain, Likely};
    type Change = fn(&mut Asked);
    let same: Change = |_| {};
    let blocked = Failure::Blocked;
    let policy = Failure::ContentSecurityPolicy { origin: "http://localhost:8081".to_owned() };
    let slow = Failure::Timeout { after_ms: 30_000 };
    let other: Change = |a| {
        a.keycloak = false;
        a.token = None;
    };
    let https: Change = |a| {
        a.page_origin = "https://portal.example".to_owned();
        a.url = "http://id.example/register".to_owned();
    };
    let lists_page: Change = |a| a.token = listing(&["https://x.example", PAGE]);
    let token_endpoint: Change = |a| a.purpose = Purpose::Token;
    let own_site: Change = |a| a.url = format!("{PAGE}/idp/x");
    let closed = Probes { private_network_closed: true, ..probes(NO, NO, NONE, OK) };
    let offline = Probes { offline: true, ..probes(NO, NO, NONE, NO) };
    let rows: Vec<(&str, Change, &Failure, Probes, C, Certainty)> = vec![
        ("mixed content", https, &blocked, probes(NONE, NONE, NONE, NONE), C::MixedContent, Certain),
        (
            "policy, not listed",
            |a| a.origin_configured = false,
            &policy,
            Probes::default(),
            C::PolicyWithoutOrigin,
            Certain,
        ),
        ("policy, listed", same, &policy, Probes::default(), C::RedirectedElsewhere, Likely),
        (
            "policy seen by B only (Chromium)",
            same,
            &blocked,
            probes(NO, Seen::Policy, NONE, NONE),
            C::RedirectedElsewhere,
            Likely,
        ),
        (
            "A and C readable",
            same,
            &blocked,
            probes(OK, NONE, Seen::Readable { status: 404, elapsed_ms: 3 }, NONE),
            C::PreflightRefused,
            Likely,
        ),
        ("token without origins", same, &blocked, probes(OK, NONE, NO, NONE), C::OriginNotAllowed, Likely),
        (
            "token for other origins",
            |a| a.token = listing(&["https://x.example"]),
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::OriginNotAllowed,
            Likely,
        ),
        (
            "origin with a slash is another",
            |a| a.token = listing(&["http://localhost:8080/"]),
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::OriginNotAllowed,
            Likely,
        ),
        (
            "a plus is no origin",
            |a| a.token = listing(&["+"]),
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::OriginNotAllowed,
            Likely,
        ),
        (
            "token lists this page",
            lists_page,
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::RefusedUnreadably,
            Likely,
        ),
        (
            "token for every page",
            |a| a.token = listing(&["*"]),
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::RefusedUnreadably,
            Likely,
        ),
        ("another server", other, &blocked, probes(OK, NONE, NO, NONE), C::WithheldHere, Certain),
        (
            "Keycloak, opaque token",
            |a| a.token = None,
            &blocked,
            probes(OK, NONE, NO, NONE),
            C::WithheldHere,
            Certain,
        ),
        ("token endpoint", token_endpoint, &blocked, probes(OK, NONE, NO, NONE), C::NoWebOrigin, Likely),
        ("B opaque", same, &blocked, probes(NO, OPAQUE, NONE, NONE), C::NoCors, Certain),
        ("A in no time", same, &blocked, probes(TIME, NONE, NONE, OK), C::TimedOut, Certain),
        ("B in no time", same, &blocked, probes(NO, TIME, NONE, OK), C::TimedOut, Certain),
        ("the request in no time", same, &slow, probes(OK, NONE, NONE, NONE), C::TimedOut, Certain),
        ("offline by the browser", same, &Failure::Offline, Probes::default(), C::Offline, Certain),
        ("offline meanwhile", same, &blocked, offline, C::Offline, Certain),
        ("A, B and P fail", same, &blocked, probes(NO, NO, NONE, NO), C::Offline, Certain),
        ("A and B fail, P is there", same, &blocked, probes(NO, NO, NONE, OK), C::NoConnection, CannotBeTold),
        ("a private network", same, &blocked, closed, C::PrivateNetwork, Likely),
        ("a redirect", same, &Failure::Redirected, Probes::default(), C::Redirected, Certain),
        (
            "discovery redirects",
            same,
            &blocked,
            probes(Seen::Redirected, NO, NONE, OK),
            C::Redirected,
            Certain,
        ),
        ("this site, there", own_site, &blocked, probes(NONE, NONE, NONE, OK), C::OwnSiteBroke, Certain),
        ("this site, gone", own_site, &blocked, probes(NONE, NONE, NONE, NO), C::Offline, Certain),
        (
            "a client certificate",
            same,
            &Failure::ClientCertificate,
            Probes::default(),
            C::ClientCertificate,
            Certain,
        ),
        ("too large", same, &Failure::TooLarge { limit: 9 }, Probes::default(), C::TooLarge, Certain),
    ];
    for (name, change, failure, seen, cause, certainty) in rows {
        let diagnosis = of(change, failure, &seen);
        assert_eq!(diagnosis.cause, cause, "{name}");
        assert_eq!(diagnosis.certainty, certainty, "{name}");
        assert!(!diagnosis.sentence.is_empty() && !diagnosis.next.is_empty(), "{name}");
        assert_eq!(diagnosis.possibilities.len(), 4, "{name}");
        let deciding = diagnosis.evidence.iter().filter(|line| line.decides).count();
        assert!(deciding <= 1, "{name}: {:?}", diagnosis.evidence);
        assert!(!diagnosis.headline.ends_with('.'), "{name}");
    }
}

#[test]
fn a_refusal_of_the_page_is_no_maybe() {
    let seen = probes(OK, NONE, NO, NONE);
    let refused = of(|_| {}, &Failure::Blocked, &seen);
    assert!(!refused.may_be_done);
    assert!(
        refused.sentence.contains(PAGE) && refused.sentence.contains("nothing was done"),
        "{}",
        refused.sentence
    );
    let hidden = of(|a| a.token = listing(&[PAGE]), &Failure::Blocked, &seen);
    assert!(
        hidden.may_be_done && hidden.sentence.ends_with("may have been carried out."),
        "{}",
        hidden.sentence
    );
    let read = of(|a| (a.method, a.token) = (Method::Get, listing(&[PAGE])), &Failure::Blocked, &seen);
    assert!(!read.may_be_done);
}

#[test]
fn a_page_does_not_try_without_a_certificate() {
    let asked = Request::new(Method::Put, "https://bank.example:8446/register/c1");
    assert!(!asked.needs_other_hands(PAGE));
    let asked = asked.with_certificate(true);
    assert!(asked.needs_other_hands(PAGE));
    let prefix = Request::new(Method::Put, format!("{PAGE}/mtls/register/c1")).with_certificate(true);
    assert!(!prefix.needs_other_hands(PAGE));
    let diagnosis = of(|a| a.method = Method::Put, &Failure::ClientCertificate, &Probes::default());
    assert!(!diagnosis.may_be_done && diagnosis.sentence.ends_with("nothing was sent."));
    assert!(diagnosis.settings[0].text.contains("prefix"), "{:?}", diagnosis.settings);
}

#[test]
fn what_cannot_be_told_leads_to_a_new_tab() {
    for seen in [probes(NO, NO, NONE, OK), probes(NO, OPAQUE, NONE, NONE), probes(TIME, NONE, NONE, OK)] {
        assert_eq!(of(|_| {}, &Failure::Blocked, &seen).open, Some(asked().discovery));
    }
    assert_eq!(of(|_| {}, &Failure::Blocked, &probes(OK, NONE, NO, NONE)).open, None);
}

#[test]
fn what_the_token_says_is_evidence() {
    let seen = probes(OK, NONE, NO, NONE);
    let token_line = |change: fn(&mut Asked)| {
        let lines = of(change, &Failure::Blocked, &seen).evidence;
        lines
            .into_iter()
            .find(|line| line.probe == "Look into the token")
            .map(|line| line.answer)
            .unwrap_or_default()
    };
    assert_eq!(token_line(|_| {}), "No `allowed-origins`");
    assert_eq!(token_line(|a| a.token = listing(&["https://x.example"])), "https://x.example");
    let expired = token_line(|a| {
        a.token = listing(&[PAGE]);
        a.token.as_mut().unwrap().expires_at = Some(NOW - 60);
    });
    assert!(expired.starts_with("Expired 17 Oct 2022"), "{expired}");
    let elsewhere =
        token_line(|a| a.token.as_mut().unwrap().issuer = Some("http://127.0.0.1:8081/realms/r".into()));
    assert_eq!(elsewhere, "Issuer http://127.0.0.1:8081/realms/r");
    assert_eq!(token_line(|a| a.token = None), "");
}

#[test]
fn the_operator_reads_the_exact_setting() {
    let seen = probes(OK, NONE, NO, NONE);
    let keycloak = of(|_| {}, &Failure::Blocked, &seen).operator_message();
    for part in ["Allowed Registration Web Origins", "26.5", PAGE, SERVER, "17 Oct 2022, 14:15:00", "likely"]
    {
        assert!(keycloak.contains(part), "{part} is missing in:\n{keycloak}");
    }
    let other = |a: &mut Asked| (a.keycloak, a.token) = (false, None);
    let headers = of(other, &Failure::Blocked, &seen).operator_message();
    for part in [
        "Access-Control-Allow-Origin: http://localhost:8080",
        "Access-Control-Allow-Methods: POST",
        "authorization, content-type",
    ] {
        assert!(headers.contains(part), "{part} is missing in:\n{headers}");
    }
    let policy = Failure::ContentSecurityPolicy { origin: "http://localhost:8081".to_owned() };
    let message = of(|a| a.origin_configured = false, &policy, &Probes::default()).operator_message();
    assert!(message.contains("connect-src") && message.contains("http://localhost:8081"), "{message}");
}

#[test]
fn the_four_possibilities_agree_with_the_cause() {
    let fits = |diagnosis: &Diagnosis| diagnosis.possibilities.iter().map(|row| row.fits).collect::<Vec<_>>();
    let refused = of(|_| {}, &Failure::Blocked, &probes(OK, NONE, NO, NONE));
    assert_eq!(fits(&refused), [Fits::No, Fits::No, Fits::Yes, Fits::Perhaps]);
    let gone = of(|_| {}, &Failure::Blocked, &probes(NO, NO, NONE, OK));
    assert_eq!(fits(&gone), [Fits::Yes, Fits::No, Fits::Perhaps, Fits::No]);
    let mixed = of(
        |a| (a.page_origin, a.url) = ("https://p.example".into(), "http://id.example/x".into()),
        &Failure::Blocked,
        &Probes::default(),
    );
    assert_eq!(fits(&mixed)[1], Fits::Yes);
}

fn jwt(claims: &str) -> portico::domain::secret::Secret {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    portico::domain::secret::Secret::new(format!("eyJh.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)))
}

#[test]
fn a_token_is_looked_into() {
    let says = TokenSays::read(&jwt(r#"{"iss":"i","exp":7,"allowed-origins":["o"]}"#)).unwrap();
    assert_eq!(
        says,
        TokenSays { allowed_origins: Some(vec!["o".into()]), issuer: Some("i".into()), expires_at: Some(7) }
    );
    // As Keycloak writes it when no web origins were given.
    assert_eq!(TokenSays::read(&jwt(r#"{"allowed-origins":[]}"#)).unwrap().allowed_origins, None);
    for token in ["", "opaque", "a.b.c", "a.!!.c"] {
        assert_eq!(TokenSays::read(&portico::domain::secret::Secret::new(token)), None, "{token}");
    }
}

/// "Failed decode token" is said for three reasons; each is told apart by the token, and nothing else is changed.
#[test]
fn one_text_for_three_reasons_is_told_apart() {
    use portico::domain::{
        diagnosis::look_into,
        registration::{Operation, dialect},
    };
    let keycloak = dialect("keycloak").unwrap();
    let refusal = |text: &str| keycloak.refusal(Operation::Create, &crate::support::answer(401, text));
    let undecodable = r#"{"error":"invalid_token","error_description":"Failed decode token"}"#;
    let rows = [
        (r#"{"iss":"http://id/r","exp":100}"#, "The token expired on"),
        (
            r#"{"iss":"http://other/r","exp":0}"#,
            "The token is of http://other/r, and the server calls itself http://id/r",
        ),
        (r#"{"iss":"http://id/r","exp":0}"#, "so the token is damaged"),
    ];
    for (claims, words) in rows {
        let mut refusal = refusal(undecodable);
        look_into(&mut refusal, Some(&jwt(claims)), "http://id/r", NOW);
        assert!(refusal.meaning.contains(words), "{claims}: {}", refusal.meaning);
        assert!(!refusal.next.is_empty());
    }
    let mut used_up = refusal(
        r#"{"error":"invalid_token","error_description":"No remaining count on initial access token"}"#,
    );
    let before = used_up.clone();
    look_into(&mut used_up, Some(&jwt("{}")), "http://id/r", NOW);
    assert_eq!(used_up, before);
}
