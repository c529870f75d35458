//! The limits: size of a body, requests a second.

use axum::http::StatusCode;
use serde_json::json;

use crate::backend::{Backend, COMMON, FOREIGN, REGISTRATION, TOKEN, basic};

#[tokio::test]
async fn a_body_has_64_kilobytes_at_most() {
    let limit = 64 * 1024;
    for path in [REGISTRATION, TOKEN, "/api/start-bp", "/try/initial-access-token"] {
        let within = COMMON.call("POST", path, &[], vec![b' '; limit]).await;
        assert_ne!(within.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let over = COMMON.call("POST", path, &[], vec![b' '; limit + 1]).await;
        assert_eq!((over.status.as_u16(), over.error().as_str()), (413, "invalid_request"), "{path}");
        assert!(over.description().contains("64 KB"));
    }
}

#[tokio::test]
async fn too_many_requests_of_one_client_are_refused() {
    let backend = Backend::exactly(&["portico-sandbox", "--memory", "--rate-limit", "5"]);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let ask = async |client: &str| {
        let who = basic(client, "x");
        backend.call("POST", TOKEN, &[form, ("authorization", &who)], "grant_type=client_credentials").await
    };
    let mut refused = None;
    for _ in 0..8 {
        let answer = ask("one").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("eight requests at once are more than five a second");
    assert_eq!((refused.error().as_str(), refused.header("retry-after")), ("too_many_requests", Some("1")));
    assert!(refused.description().contains('5'));
    assert_eq!(ask("two").await.status, StatusCode::UNAUTHORIZED, "another client is not held back");

    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(ask("one").await.status, StatusCode::UNAUTHORIZED, "a second later it may go on");
}

#[tokio::test]
async fn a_page_can_read_that_a_product_refused_for_haste() {
    let backend = Backend::exactly(&["portico-sandbox", "--memory", "--rate-limit", "1"]);
    let mut last = None;
    for _ in 0..3 {
        last = Some(
            backend.with_bearer("GET", "/api/data-factory/licences", "t", Some(FOREIGN), &json!(null)).await,
        );
    }
    let last = last.unwrap();
    assert_eq!((last.status.as_u16(), last.header("access-control-allow-origin")), (429, Some("*")));
}
