//! The partner portal: products, applications, whose they are.

use serde_json::{Value, json};

use crate::backend::{Backend, COMMON, FOREIGN};
use crate::bank::{ANA, BEN, OLGA, ORGANIZATION, PAYMENTS, Person, RATES, RETAIL};

#[tokio::test]
async fn the_products_are_listed() {
    let ana = Person::new(&COMMON, ANA).await;
    let list = ana.good("GET", &format!("{ORGANIZATION}/apiproducts?expand=true"), Value::Null).await;
    let kinds: Vec<(&str, &str)> = list["apiProduct"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["approvalType"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [(RETAIL, "auto"), (PAYMENTS, "manual"), (RATES, "auto")]);
    let names = ana.good("GET", &format!("{ORGANIZATION}/apiproducts"), Value::Null).await;
    assert_eq!(names["apiProduct"][0], json!({ "name": RETAIL }));
    let one = ana.good("GET", &format!("{ORGANIZATION}/apiproducts/{RATES}"), Value::Null).await;
    assert_eq!(one["displayName"], "ConnectOne Rates");
}

#[tokio::test]
async fn an_application_is_made_read_replaced_and_deleted() {
    let backend = Backend::with(&[]);
    let ana = Person::new(&backend, ANA).await;
    let body = json!({
        "name": "treasury-1",
        "apiProducts": [RETAIL, PAYMENTS, RETAIL],
        "attributes": [{ "name": "DisplayName", "value": "Treasury" }],
        "callbackUrl": "https://northline.example/back",
        "keyExpiresIn": "86400000",
    });
    let answer = ana.send("POST", "", body.clone()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made = answer.json();
    assert_eq!(made["status"], "approved");
    assert_eq!(made["attributes"], json!([{ "name": "DisplayName", "value": "Treasury" }]));
    let created: i64 = made["createdAt"].as_str().unwrap().parse().unwrap();
    assert!((created / 1000 - backend.clock.now()).abs() < 5, "milliseconds in a string: {created}");
    assert_eq!(made["lastModifiedAt"], made["createdAt"]);
    for id in ["appId", "developerId"] {
        assert!(uuid::Uuid::parse_str(made[id].as_str().unwrap()).is_ok(), "{id}");
    }
    let key = &made["credentials"][0];
    assert_eq!(
        key["apiProducts"],
        json!([
            { "apiproduct": RETAIL, "status": "approved" },
            { "apiproduct": PAYMENTS, "status": "pending" },
        ])
    );
    assert_eq!(key["status"], "approved");
    assert_eq!(key["expiresAt"], (created + 86_400_000).to_string());
    assert_eq!(key["consumerKey"].as_str().unwrap().len(), 32);
    assert_eq!(key["scopes"], json!(["retail.loans.read", "payments.limits.read"]));

    assert_eq!(ana.good("GET", "treasury-1", Value::Null).await, made);
    let list = ana.good("GET", "", Value::Null).await;
    assert_eq!(list, json!({ "app": [{ "appId": made["appId"], "name": "treasury-1" }] }));
    let expanded = format!("{}?expand=true", ana.apps);
    assert_eq!(ana.good("GET", &expanded, Value::Null).await, json!({ "app": [made] }));

    assert_eq!(ana.refused("POST", "", body).await.1, "ALREADY_EXISTS");
    backend.clock.advance(10);
    let put = json!({ "name": "treasury-1", "attributes": [], "callbackUrl": "https://northline.example/2" });
    let put = ana.good("PUT", "treasury-1", put).await;
    assert_eq!(
        (&put["attributes"], &put["callbackUrl"]),
        (&json!([]), &json!("https://northline.example/2"))
    );
    assert_eq!((&put["createdAt"], &put["credentials"]), (&made["createdAt"], &made["credentials"]));
    assert_ne!(put["lastModifiedAt"], made["lastModifiedAt"]);
    let put = ana.good("PUT", "treasury-1", json!({ "apiProducts": [RATES] })).await;
    assert_eq!(put["credentials"].as_array().unwrap().len(), 2, "products in a PUT come with a new key");

    let attribute = json!({ "name": "Notes", "value": "x" });
    assert_eq!(ana.good("POST", "treasury-1/attributes/Notes", attribute.clone()).await, attribute);
    assert_eq!(ana.good("GET", "treasury-1", Value::Null).await["attributes"], json!([attribute]));
    assert_eq!(ana.good("DELETE", "treasury-1/attributes/Notes", Value::Null).await, attribute);
    assert_eq!(ana.refused("DELETE", "treasury-1/attributes/Notes", Value::Null).await.0, 404);

    assert_eq!(ana.good("DELETE", "treasury-1", Value::Null).await["appId"], made["appId"]);
    assert_eq!(ana.refused("GET", "treasury-1", Value::Null).await.1, "NOT_FOUND");
}

#[tokio::test]
async fn what_is_wrong_with_a_body_is_said() {
    let ana = Person::new(&COMMON, ANA).await;
    let long = "x".repeat(2049);
    let many: Vec<Value> = (0..19).map(|n| json!({ "name": n.to_string(), "value": "" })).collect();
    let twice = json!([{ "name": "a", "value": "1" }, { "name": "a", "value": "2" }]);
    let cases = [
        (json!({}), "The name of an app"),
        (json!({ "name": "a/b" }), "The name of an app"),
        (json!({ "name": "-a" }), "The name of an app"),
        (json!({ "name": "a".repeat(256) }), "The name of an app"),
        (json!({ "name": 5 }), "Invalid JSON payload"),
        (json!({ "name": "a", "apiProducts": ["none"] }), "API product none does not exist"),
        (json!({ "name": "a", "apiProducts": RETAIL }), "Invalid JSON payload"),
        (json!({ "name": "a", "callbackUrl": "javascript:alert(1)" }), "callbackUrl"),
        (json!({ "name": "a", "keyExpiresIn": "soon" }), "milliseconds"),
        (json!({ "name": "a", "keyExpiresIn": "0" }), "keyExpiresIn is 0"),
        (json!({ "name": "a", "attributes": [{ "name": "a", "value": long }] }), "2048"),
        (json!({ "name": "a", "attributes": [{ "name": "" }] }), "1024"),
        (json!({ "name": "a", "attributes": many }), "18"),
        (json!({ "name": "a", "attributes": twice }), "twice"),
        (json!([]), "Invalid JSON payload"),
    ];
    for (body, words) in cases {
        let (code, status, message) = ana.refused("POST", "", body.clone()).await;
        assert_eq!((code, status.as_str()), (400, "INVALID_ARGUMENT"), "{body}");
        assert!(message.contains(words), "{body}: {message}");
    }
    let bearer = format!("Bearer {}", ana.token);
    let plain = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    let answer = COMMON.call("POST", &ana.apps, &plain, "{}").await;
    assert!(
        answer.json()["error"]["message"].as_str().unwrap().contains("Content-Type"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn nobody_sees_what_is_anothers() {
    let backend = Backend::with(&[]);
    let (ana, ben) = (Person::new(&backend, ANA).await, Person::new(&backend, BEN).await);
    let olga = Person::new(&backend, OLGA).await;
    let (key, _) = ana.app("mine", &[RETAIL]).await;
    let of_ana = |rest: &str| format!("{}{rest}", ana.apps);
    let attempts = [
        ("GET", of_ana("")),
        ("GET", of_ana("?expand=true")),
        ("POST", of_ana("")),
        ("GET", of_ana("/mine")),
        ("PUT", of_ana("/mine")),
        ("DELETE", of_ana("/mine")),
        ("POST", of_ana("/mine?action=revoke")),
        ("POST", of_ana("/mine/attributes/a")),
        ("GET", of_ana(&format!("/mine/keys/{key}"))),
        ("POST", of_ana(&format!("/mine/keys/{key}?action=revoke"))),
        ("DELETE", of_ana(&format!("/mine/keys/{key}"))),
        ("DELETE", of_ana(&format!("/mine/keys/{key}/apiproducts/{RETAIL}"))),
        ("GET", format!("{ORGANIZATION}/developers/{ANA}/mail")),
        ("GET", format!("{ORGANIZATION}/developers/nobody@nowhere.example/apps")),
    ];
    for (method, path) in attempts {
        let (code, status, _) = ben.refused(method, &path, json!({})).await;
        assert_eq!((code, status.as_str()), (403, "PERMISSION_DENIED"), "{method} {path}");
    }
    assert_eq!(ben.good("GET", "", Value::Null).await, json!({ "app": [] }));
    assert_eq!(ben.refused("GET", "mine", Value::Null).await.0, 404);
    assert_eq!(ben.refused("GET", &format!("mine/keys/{key}"), Value::Null).await.0, 404);
    let taken = ben.good("POST", "", json!({ "name": "mine" })).await;
    assert_ne!(taken["credentials"][0]["consumerKey"], json!(key), "a name belongs to its developer only");
    let (code, status, _) = ben.refused("POST", "mine/keys", json!({ "consumerKey": key })).await;
    assert_eq!((code, status.as_str()), (409, "ALREADY_EXISTS"));
    assert_eq!(ana.good("GET", "mine", Value::Null).await["name"], "mine");

    assert_eq!(olga.good("GET", &of_ana("/mine"), Value::Null).await["name"], "mine");
    let nobody = format!("{ORGANIZATION}/developers/nobody@nowhere.example/apps");
    assert_eq!(olga.refused("GET", &nobody, Value::Null).await.0, 404);
    assert_eq!(
        ana.good("GET", &ana.apps.replace(ANA, "ANA@northline.example"), Value::Null).await["app"][0]["name"],
        "mine"
    );
}

#[tokio::test]
async fn who_is_not_signed_in_learns_nothing() {
    let backend = Backend::with(&["--sign-in-seconds", "60", "--portal-origin", FOREIGN]);
    let ana = Person::new(&backend, ANA).await;
    let answer = backend.call("GET", &ana.apps, &[("origin", FOREIGN)], "").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["error"]["status"]), (401, &json!("UNAUTHENTICATED")));
    assert_eq!(answer.header("access-control-allow-origin"), Some(FOREIGN), "a refusal can be read too");
    let answer = backend.with_bearer("GET", &ana.apps, "nonsense", None, &Value::Null).await;
    let code = |answer: &Value| answer["fault"]["detail"]["errorcode"].clone();
    assert_eq!(answer.status, 401);
    assert_eq!(code(&answer.json()), "keymanagement.service.invalid_access_token");
    backend.clock.advance(61);
    let answer = ana.send("GET", "", Value::Null).await;
    assert_eq!(answer.status, 401);
    assert_eq!(code(&answer.json()), "keymanagement.service.access_token_expired");
    assert!(answer.header("www-authenticate").unwrap().contains("invalid_token"));

    let ana = Person::new(&backend, ANA).await;
    let evil =
        backend.with_bearer("GET", &ana.apps, &ana.token, Some("https://evil.example"), &Value::Null).await;
    assert_eq!((evil.status.as_u16(), evil.header("access-control-allow-origin")), (403, None));
    let asked = backend.call("OPTIONS", &ana.apps, &[("origin", FOREIGN)], "").await;
    assert_eq!(asked.status, 204);
    assert_eq!(asked.header("access-control-allow-methods"), Some("GET, POST, PUT, DELETE, OPTIONS"));
    assert_eq!(asked.header("access-control-allow-headers"), Some("Authorization, Content-Type"));
    let other = ana.apps.replace("northbank", "southbank");
    assert_eq!(ana.refused("GET", &other, Value::Null).await.0, 404);
    assert_eq!(ana.refused("PATCH", "", Value::Null).await.0, 404);
}
