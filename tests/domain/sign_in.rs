//! Signing in: what is asked, and which answers are taken (RFC 6749, RFC 7636, RFC 9207, OpenID Connect Core).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use portico::domain::{
    config::SignIn,
    http::Response,
    secret::Secret,
    sign_in::{Attempt, Provider, authorization_url, read_answer, read_provider, read_tokens, token_request},
};
use serde_json::{Value, json};

const NOW: i64 = 1_795_000_000;

fn rules() -> SignIn {
    SignIn {
        issuer: "https://id.bank.example".to_owned(),
        client_id: "portico".to_owned(),
        scope: "openid email".to_owned(),
        required: true,
    }
}

fn attempt() -> Attempt {
    Attempt {
        state: "st".to_owned(),
        nonce: "no".to_owned(),
        verifier: Secret::new("ver"),
        environment: "bank".to_owned(),
        back_to: "/applications/new".to_owned(),
        issuer: "https://id.bank.example".to_owned(),
        token_endpoint: "https://id.bank.example/token".to_owned(),
        redirect_uri: "https://portal.example/signed-in".to_owned(),
        at: NOW,
    }
}

fn answer(status: u16, body: &Value) -> Response {
    Response { status, headers: Vec::new(), body: body.to_string(), elapsed_ms: 1 }
}

fn tokens(claims: &Value) -> Response {
    let id_token = format!("e30.{}.AA", URL_SAFE_NO_PAD.encode(claims.to_string()));
    answer(
        200,
        &json!({"access_token": "at", "id_token": id_token, "expires_in": 300, "token_type": "Bearer"}),
    )
}

fn claims() -> Value {
    json!({"iss": "https://id.bank.example", "sub": "s", "aud": "portico", "exp": NOW + 60, "iat": NOW,
        "nonce": "no", "email": "ana@northline.example", "name": "Ana"})
}

#[test]
fn the_address_asks_for_a_code_with_pkce() {
    let provider = Provider {
        issuer: "https://id.bank.example".to_owned(),
        authorization_endpoint: "https://id.bank.example/authorize".to_owned(),
        token_endpoint: "https://id.bank.example/token".to_owned(),
    };
    let url = authorization_url(&provider, &rules(), &attempt(), "challenge");
    for part in [
        "response_type=code",
        "client_id=portico",
        "state=st",
        "nonce=no",
        "code_challenge=challenge",
        "code_challenge_method=S256",
        "scope=openid%20email",
    ] {
        assert!(url.contains(part), "{url}");
    }
    assert!(!url.contains("ver&") && !url.ends_with("ver"), "the verifier is in the address: {url}");
}

#[test]
fn only_the_answer_to_this_attempt_is_taken() {
    let code =
        |query: &str, now: i64| read_answer(&attempt(), query, now).map(|code| code.expose().to_owned());
    assert_eq!(code("code=a%2Bb&state=st", NOW).unwrap(), "a+b");
    assert_eq!(code("code=a&state=st&iss=https%3A%2F%2Fid.bank.example", NOW).unwrap(), "a");
    for (query, now, words) in [
        ("code=a&state=other", NOW, "does not belong"),
        ("code=a", NOW, "does not belong"),
        ("code=a&state=st&iss=https%3A%2F%2Fevil.example", NOW, "another sign-in"),
        ("code=a&state=st", NOW + 4_000, "too long"),
        ("error=access_denied&state=st", NOW, "cancelled"),
        ("error=server_error&error_description=Try+later&state=st", NOW, "Try later"),
        ("state=st", NOW, "no code"),
    ] {
        let problem = code(query, now).unwrap_err();
        assert!(problem.contains(words), "{query}: {problem}");
    }
}

#[test]
fn the_exchange_hides_code_and_verifier() {
    let request = token_request(&attempt(), &rules(), &Secret::new("the-code"));
    let shown = format!("{request:?}");
    assert!(!shown.contains("the-code") && !shown.contains("\"ver\""), "{shown}");
    let body = request.body.unwrap().reveal();
    assert!(body.expose().ends_with("&code=the-code&code_verifier=ver"), "{}", body.expose());
    assert!(!format!("{:?}", attempt()).contains("ver\""));
}

#[test]
fn an_id_token_that_is_not_for_this_portal_is_not_used() {
    let read = |claims: &Value| read_tokens(&attempt(), &rules(), &tokens(claims), NOW);
    let good = read(&claims()).unwrap();
    assert_eq!(
        (good.name.as_str(), good.email.as_deref(), good.expires_at),
        ("Ana", Some("ana@northline.example"), Some(NOW + 300))
    );
    assert!(good.is_good(NOW) && !good.is_good(NOW + 295));
    for (member, value, words) in [
        ("iss", json!("https://evil.example"), "another issuer"),
        ("aud", json!("other"), "another client"),
        ("aud", json!(["portico", "other"]), "another party"),
        ("azp", json!("other"), "another party"),
        ("nonce", json!("old"), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("exp", json!(NOW - 1_000), "expired"),
        ("exp", Value::Null, "no end"),
    ] {
        let mut wrong = claims();
        wrong[member] = value;
        let problem = read(&wrong).unwrap_err();
        assert!(problem.contains(words), "{member}: {problem}");
    }
    let refused =
        read_tokens(&attempt(), &rules(), &answer(400, &json!({"error": "invalid_grant"})), NOW).unwrap_err();
    assert!(refused.contains("invalid_grant"), "{refused}");
}

#[test]
fn a_provider_that_calls_itself_otherwise_is_not_asked() {
    let document = |issuer: &str| {
        answer(
            200,
            &json!({"issuer": issuer, "authorization_endpoint": "https://id.bank.example/a", "token_endpoint": "https://id.bank.example/t"}),
        )
    };
    assert!(read_provider(&rules(), "https://portal.example", &document("https://id.bank.example")).is_ok());
    let problem =
        read_provider(&rules(), "https://portal.example", &document("https://evil.example")).unwrap_err();
    assert!(problem.contains("calls itself"), "{problem}");
}
