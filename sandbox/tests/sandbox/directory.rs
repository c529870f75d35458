//! The directories: software, its keys, and signed statements about it.

use portico_sandbox::jose::jwk::verified_by_set;
use portico_sandbox::jose::jws::Unverified;
use serde_json::{Value, json};

use crate::backend::{Backend, COMMON, OWN, part};
use crate::tpp::{KEY, Tpp};

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn a_statement_has_the_claims_of_the_directory_in_its_order() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let statement = tpp.statement().await;
    let set = COMMON.call("GET", "/directory/keys/directory.jwks", &[], "").await.json();
    assert!(verified_by_set(&Unverified::parse(&statement).unwrap(), &set));
    assert_eq!(part(&statement, 0), json!({ "alg": "PS256", "kid": set["keys"][0]["kid"], "typ": "JWT" }));
    let claims = part(&statement, 1);
    let names: Vec<&str> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names.join(" "),
        "iss iat jti software_environment software_mode software_id software_client_id software_client_name \
         software_client_description software_version software_client_uri software_redirect_uris software_roles \
         organisation_competent_authority_claims software_logo_uri org_status org_id org_name org_contacts \
         org_jwks_endpoint org_jwks_revoked_endpoint software_jwks_endpoint software_jwks_revoked_endpoint \
         software_policy_uri software_tos_uri software_on_behalf_of_org"
    );
    let text = |name: &str| claims[name].as_str().unwrap();
    assert_eq!((text("jti").len(), text("software_id").len(), text("org_id").len()), (16, 22, 18));
    assert_eq!((text("iss"), text("software_version")), ("Example Directory", "1.0"));
    assert_eq!(
        claims["software_redirect_uris"],
        json!(["https://tpp.example/callback", "https://tpp.example/back"])
    );
    assert_eq!(claims["software_roles"], json!(["AISP", "PISP"]));
    assert_eq!(text("software_logo_uri"), "https://tpp.example/logo.png");
    let authority = &claims["organisation_competent_authority_claims"];
    assert_eq!(authority["authorisations"][0], json!({ "member_state": "GB", "roles": ["AISP", "PISP"] }));
    for name in [
        "org_jwks_endpoint",
        "org_jwks_revoked_endpoint",
        "software_jwks_endpoint",
        "software_jwks_revoked_endpoint",
    ] {
        let path = text(name).strip_prefix(OWN).unwrap();
        assert!(COMMON.call("GET", path, &[], "").await.json()["keys"].is_array(), "{name}");
    }
    assert_ne!(part(&tpp.statement().await, 1)["jti"], claims["jti"]);
}

#[tokio::test]
async fn keys_are_added_published_and_revoked() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let (organisation, software) = (tpp.organisation.as_str(), tpp.software.as_str());
    let keys = format!("/directory/organisations/{organisation}/software/{software}/keys");
    let published = async |revoked: &str| {
        let path = format!("/directory/keys/{organisation}/{revoked}{software}.jwks");
        let set = COMMON.call("GET", &path, &[], "").await.json();
        set["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(published("").await, ["signing"]);
    // The key of RFC 7638 section 3.1, whose thumbprint it gives.
    let rfc = json!({
        "kty": "RSA", "e": "AQAB", "alg": "RS256",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
    });
    let added = COMMON.call("POST", &keys, &[JSON], rfc.to_string()).await;
    let thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    assert_eq!((added.status.as_u16(), &added.json()["keys"][1]["kid"]), (201, &json!(thumbprint)));
    assert_eq!(COMMON.call("POST", &keys, &[JSON], rfc.to_string()).await.status, 400);
    assert_eq!(published("").await, ["signing", thumbprint]);
    assert_eq!(COMMON.call("DELETE", &format!("{keys}/{thumbprint}"), &[], "").await.status, 200);
    assert_eq!(COMMON.call("DELETE", &format!("{keys}/{thumbprint}"), &[], "").await.status, 404);
    assert_eq!(
        (published("").await, published("revoked/").await),
        (vec!["signing".into()], vec![thumbprint.into()])
    );
    assert_eq!(
        COMMON.call("POST", &keys, &[JSON], rfc.to_string()).await.status,
        400,
        "a revoked kid comes back"
    );

    for (name, body) in [
        ("private", json!({ "kty": "RSA", "n": KEY.public()["n"], "e": "AQAB", "d": "AA" })),
        ("too short", json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" })),
        ("secret", json!({ "kty": "oct", "k": "AA" })),
        ("other curve", json!({ "kty": "EC", "crv": "P-384", "x": "AA", "y": "AA" })),
        ("for encryption", json!({ "kty": "RSA", "n": KEY.public()["n"], "e": "AQAB", "use": "enc" })),
        ("kid", json!({ "kty": "RSA", "n": KEY.public()["n"], "e": "AQAB", "kid": 5 })),
        ("a list", json!([])),
    ] {
        let answer = COMMON.call("POST", &keys, &[JSON], body.to_string()).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"), "{name}");
    }
    assert_eq!(COMMON.call("POST", &keys, &[JSON], "{").await.status, 400);
    let of_organisation = format!("/directory/organisations/{organisation}/keys");
    let body = json!({ "kty": "RSA", "n": KEY.public()["n"], "e": "AQAB", "kid": software });
    assert_eq!(COMMON.call("POST", &of_organisation, &[JSON], body.to_string()).await.status, 201);
    assert_eq!(COMMON.call("DELETE", &format!("{of_organisation}/{software}"), &[], "").await.status, 200);
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_is_refused() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let (organisation, software) = (tpp.organisation.as_str(), tpp.software.as_str());
    for path in [
        format!("/directory/organisations/{organisation}/software/none/statement"),
        format!("/directory/organisations/none/software/{software}/statement"),
        format!("/other-directory/organisations/{organisation}/software/{software}/statement"),
        format!("/directory/keys/none/{software}.jwks"),
        format!("/directory/keys/{organisation}/{software}"),
        "/directory/keys/none/none.jwks".to_owned(),
        "/directory/nothing".to_owned(),
    ] {
        let answer = COMMON.call("GET", &path, &[], "").await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (404, "not_found"), "{path}");
    }
    let good = json!({ "client_name": "A", "redirect_uris": ["https://a.example/cb"] });
    for (name, value) in [
        ("client_name", json!(" ")),
        ("client_name", json!("a".repeat(129))),
        ("redirect_uris", json!([])),
        ("redirect_uris", json!(["urn:a"])),
        ("redirect_uris", json!([format!("https://a.example/{}", "a".repeat(250))])),
        ("roles", json!(["ASPSP"])),
        ("roles", json!(["AISP", "AISP"])),
        ("jwk", json!({ "kty": "oct", "k": "AA" })),
        ("logo_uri", json!("nowhere")),
        ("other", json!(1)),
    ] {
        let mut wish: Value = good.clone();
        wish[name] = value;
        let answer = COMMON.call("POST", "/directory/try/software", &[JSON], wish.to_string()).await;
        assert_eq!(answer.status, 400, "{wish}");
    }
    let foreign = [JSON, ("origin", "https://elsewhere.example")];
    let answer = COMMON.call("POST", "/directory/try/software", &foreign, good.to_string()).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (403, None));
    let local = [("origin", "http://localhost:5173")];
    let answer = COMMON.call("GET", "/directory/keys/directory.jwks", &local, "").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:5173"));
}

#[tokio::test]
async fn a_restart_keeps_the_directory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.sqlite");
    let arguments = ["portico-sandbox", "--rate-limit", "0", "--data", file.to_str().unwrap()];
    let before = Backend::exactly(&arguments);
    let tpp = Tpp::new(&before, json!({})).await;
    let statement = tpp.statement().await;
    let path = tpp.statement_path.clone();
    drop(tpp);
    drop(before);
    let after = Backend::exactly(&arguments);
    let set = after.call("GET", "/directory/keys/directory.jwks", &[], "").await.json();
    assert!(verified_by_set(&Unverified::parse(&statement).unwrap(), &set));
    assert_eq!(
        part(&after.call("GET", &path, &[], "").await.text(), 1)["software_id"],
        part(&statement, 1)["software_id"]
    );
}
