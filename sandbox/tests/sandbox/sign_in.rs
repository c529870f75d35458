//! Signing in at the provider for partners, as the portal does it, and what it refuses.

use aws_lc_rs::digest::{SHA256, digest};
use portico_sandbox::jose::verify::{PublicKey, verify};
use portico_sandbox::jose::{base64url, jws::Unverified};
use url::Url;

use crate::backend::{Answer, Backend, COMMON, FOREIGN, OWN, part};

pub const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters.~_";
pub const SIGNED_IN: &str = "http://localhost:8080/signed-in";
const FORM: &str = "application/x-www-form-urlencoded";

fn challenge() -> String {
    base64url(digest(&SHA256, VERIFIER.as_bytes()).as_ref())
}

/// The query of a request for a sign-in, with these parameters replaced, or left out when they are empty.
fn query(other: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let usual = [
        ("response_type", "code"),
        ("client_id", "portico"),
        ("redirect_uri", SIGNED_IN),
        ("scope", "openid email"),
        ("state", "s+1"),
        ("nonce", "n-1"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let rest = other.iter().filter(|(name, _)| usual.iter().all(|(known, _)| known != name));
    let usual = usual.iter().map(|(name, value)| {
        let replaced = other.iter().find(|(known, _)| known == name);
        (*name, replaced.map_or(*value, |(_, value)| *value))
    });
    let all = usual.chain(rest.copied()).filter(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish()
}

async fn choose(backend: &Backend, request: &str, choice: &str) -> Answer {
    let headers = [("origin", OWN), ("content-type", FORM)];
    backend.call("POST", "/identity/authorize", &headers, format!("{request}&{choice}")).await
}

fn location(answer: &Answer) -> Url {
    assert_eq!(answer.status, 303, "{}", answer.text());
    Url::parse(answer.header("location").unwrap()).unwrap()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

async fn code(backend: &Backend, email: &str) -> String {
    let answer = choose(backend, &query(&[]), &format!("person={email}")).await;
    parameter(&location(&answer), "code").unwrap()
}

async fn redeem(backend: &Backend, code: &str, other: &[(&str, &str)]) -> Answer {
    let usual = [
        ("grant_type", "authorization_code"),
        ("client_id", "portico"),
        ("code", code),
        ("redirect_uri", SIGNED_IN),
        ("code_verifier", VERIFIER),
    ];
    let fields = usual.map(|(name, value)| {
        (name, other.iter().find(|(known, _)| *known == name).map_or(value, |(_, value)| *value))
    });
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    backend.call("POST", "/identity/token", &[("content-type", FORM)], form).await
}

/// The access token of somebody who signs in.
pub async fn signed_in(backend: &Backend, email: &str) -> String {
    let code = code(backend, email).await;
    let answer = redeem(backend, &code, &[]).await;
    answer.json()["access_token"].as_str().unwrap_or_else(|| panic!("{}", answer.text())).to_owned()
}

#[tokio::test]
async fn a_partner_signs_in() {
    let backend = &COMMON;
    let metadata = backend.call("GET", "/identity/.well-known/openid-configuration", &[], "").await;
    assert_eq!(metadata.header("access-control-allow-origin"), Some("*"));
    let metadata = metadata.json();
    assert_eq!(metadata["issuer"], "http://localhost:8080/identity");
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"] {
        let url = Url::parse(metadata[name].as_str().unwrap()).unwrap();
        assert_ne!(backend.call("GET", url.path(), &[], "").await.status, 404, "{name}");
    }

    let page = backend.call("GET", &format!("/identity/authorize?{}", query(&[])), &[], "").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(policy.contains("form-action 'self' http://localhost:8080;"), "{policy}");
    let page = page.text();
    assert!(!page.contains("<script") && page.contains("name=\"nonce\" value=\"n-1\""), "{page}");
    for email in ["ana@northline.example", "ben@harbour.example", "olga@bank.example"] {
        assert!(page.contains(email), "{page}");
    }

    let back = location(&choose(backend, &query(&[]), "person=ana%40northline.example").await);
    assert!(back.as_str().starts_with("http://localhost:8080/signed-in?"), "{back}");
    assert_eq!(parameter(&back, "state").as_deref(), Some("s+1"));
    assert_eq!(parameter(&back, "iss").as_deref(), Some("http://localhost:8080/identity"));
    let answer = redeem(backend, &parameter(&back, "code").unwrap(), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let answer = answer.json();
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&"Bearer".into(), &300.into()));

    let (id, access) = (answer["id_token"].as_str().unwrap(), answer["access_token"].as_str().unwrap());
    let keys = backend.call("GET", "/identity/jwks", &[], "").await.json();
    for token in [id, access] {
        let token = Unverified::parse(token).unwrap();
        assert_eq!(token.header["kid"], keys["keys"][0]["kid"]);
        let key = PublicKey::Jwk(&keys["keys"][0]);
        assert_eq!(verify("RS256", key, token.signing_input, &token.signature), Ok(()));
    }
    let claims = part(id, 1);
    assert_eq!(claims["iss"], "http://localhost:8080/identity");
    assert_eq!((&claims["aud"], &claims["nonce"]), (&"portico".into(), &"n-1".into()));
    assert_eq!((&claims["email"], &claims["name"]), (&"ana@northline.example".into(), &"Ana".into()));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 300);
    assert_eq!(claims["at_hash"], base64url(&digest(&SHA256, access.as_bytes()).as_ref()[..16]));
    let claims = part(access, 1);
    assert_eq!(part(access, 0)["typ"], "at+jwt");
    assert_eq!((&claims["aud"], &claims["roles"][0]), (&"partner-api".into(), &"partner".into()));
}

#[tokio::test]
async fn what_the_portal_did_wrong_is_told_to_it() {
    let backend = &COMMON;
    let cases: [(&[(&str, &str)], &str); 11] = [
        (&[("response_type", "")], "invalid_request"),
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("response_mode", "fragment")], "invalid_request"),
        (&[("scope", "email")], "invalid_scope"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("prompt", "none")], "login_required"),
        (&[("request", "e30.e30.")], "request_not_supported"),
        (&[("request_uri", "https://a.example")], "request_uri_not_supported"),
    ];
    for (other, error) in cases {
        let path = format!("/identity/authorize?{}", query(other));
        let back = location(&backend.call("GET", &path, &[], "").await);
        assert_eq!(parameter(&back, "error").as_deref(), Some(error), "{other:?}");
        assert_eq!(parameter(&back, "state").as_deref(), Some("s+1"), "{other:?}");
        assert_eq!(parameter(&back, "iss").as_deref(), Some("http://localhost:8080/identity"), "{other:?}");
        assert_eq!(parameter(&back, "code"), None, "{other:?}");
    }
    let twice = format!("/identity/authorize?{}&nonce=2", query(&[]));
    let back = location(&backend.call("GET", &twice, &[], "").await);
    assert_eq!(parameter(&back, "error").as_deref(), Some("invalid_request"));
    let back = location(&choose(backend, &query(&[]), "cancel=yes").await);
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn nothing_goes_to_a_place_that_is_not_the_portals() {
    let backend = Backend::with(&["--portal-origin", "https://portal.example/anything"]);
    let page = async |other: &[(&str, &str)]| {
        backend.call("GET", &format!("/identity/authorize?{}", query(other)), &[], "").await
    };
    for good in [
        "https://portal.example/deeper/signed-in",
        "http://127.0.0.1:9/signed-in",
        "http://[::1]:9/signed-in",
        "http://localhost/signed-in",
    ] {
        assert_eq!(page(&[("redirect_uri", good)]).await.status, 200, "{good}");
    }
    for bad in [
        "https://portal.example/elsewhere",
        "https://portal.example.evil.example/signed-in",
        "https://portal.example@evil.example/signed-in",
        "http://portal.example/signed-in",
        "https://localhost/signed-in",
        "http://localhost.evil.example/signed-in",
        "javascript:alert(1)//signed-in",
        "/signed-in",
        "http://localhost:8080/signed-in#x",
        "",
    ] {
        let answer = page(&[("redirect_uri", bad)]).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert_eq!(answer.header("location"), None, "{bad}");
    }
    let answer = page(&[("client_id", "<b>other")]).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("&lt;b&gt;other"), "{}", answer.text());
    let form = format!("{}&person=ana%40northline.example", query(&[]));
    let headers = [("origin", FOREIGN), ("content-type", FORM)];
    assert_eq!(backend.call("POST", "/identity/authorize", &headers, form).await.status, 403);
    let form = format!("{}&person=mallory%40evil.example", query(&[]));
    let headers = [("origin", OWN), ("content-type", FORM)];
    assert_eq!(backend.call("POST", "/identity/authorize", &headers, form).await.status, 200, "asks again");
}

#[tokio::test]
async fn a_code_works_once_for_its_verifier_and_for_a_minute() {
    let backend = Backend::with(&["--sign-in-seconds", "7"]);
    let refused = async |other: &[(&str, &str)], status: u16, error: &str| {
        let code = code(&backend, "ben%40harbour.example").await;
        let answer = redeem(&backend, &code, other).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (status, error), "{other:?}");
    };
    refused(&[("grant_type", "")], 400, "invalid_request").await;
    refused(&[("grant_type", "client_credentials")], 400, "unsupported_grant_type").await;
    refused(&[("client_id", "other")], 401, "invalid_client").await;
    refused(&[("code", "x")], 400, "invalid_grant").await;
    refused(&[("redirect_uri", "http://localhost:8080/other/signed-in")], 400, "invalid_grant").await;
    refused(&[("code_verifier", "")], 400, "invalid_request").await;
    refused(&[("code_verifier", "short")], 400, "invalid_request").await;
    refused(&[("code_verifier", &"a".repeat(43))], 400, "invalid_grant").await;

    let once = code(&backend, "ben%40harbour.example").await;
    let answer = redeem(&backend, &once, &[]).await;
    assert_eq!(answer.json()["expires_in"], 7);
    let access = answer.json()["access_token"].as_str().unwrap().to_owned();
    assert!(backend.app.identity.accepted(&access, OWN).is_ok());
    assert!(backend.app.identity.accepted(&access, FOREIGN).is_err(), "of another issuer");
    assert_eq!(redeem(&backend, &once, &[]).await.error(), "invalid_grant");
    assert!(backend.app.identity.accepted(&access, OWN).is_err(), "a code used twice takes its token back");
    let id = answer.json()["id_token"].as_str().unwrap().to_owned();
    assert!(backend.app.identity.accepted(&id, OWN).is_err(), "an ID token is no access token");

    let late = code(&backend, "ben%40harbour.example").await;
    backend.clock.advance(61);
    assert_eq!(redeem(&backend, &late, &[]).await.error(), "invalid_grant");
}

#[tokio::test]
async fn pages_of_the_portal_may_redeem_and_sign_out() {
    let backend = Backend::with(&["--portal-origin", FOREIGN]);
    let evil = [("origin", "https://evil.example"), ("content-type", FORM)];
    let answer = backend.call("POST", "/identity/token", &evil, "grant_type=authorization_code").await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let portal = [("origin", FOREIGN), ("content-type", FORM)];
    let answer = backend.call("POST", "/identity/token", &portal, "").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("access-control-allow-origin"), Some(FOREIGN));
    let answer = backend.call("OPTIONS", "/identity/token", &portal, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-headers"), Some("Authorization, Content-Type"));

    let answer = redeem(&backend, &code(&backend, "ana%40northline.example").await, &[]).await.json();
    let id = answer["id_token"].as_str().unwrap();
    let to = "https%3A%2F%2Fportal.example%2F";
    let path = format!("/identity/logout?id_token_hint={id}&post_logout_redirect_uri={to}&state=bye");
    assert_eq!(
        location(&backend.call("GET", &path, &[], "").await).as_str(),
        "https://portal.example/?state=bye"
    );
    let path = format!("/identity/logout?post_logout_redirect_uri={to}");
    assert_eq!(backend.call("GET", &path, &[], "").await.status, 400, "nobody says for whom");
    let path = "/identity/logout?client_id=portico&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F";
    assert_eq!(backend.call("GET", path, &[], "").await.status, 400);
    assert_eq!(backend.call("GET", "/identity/logout", &[], "").await.status, 200);
}
