//! The gateway behind mutual TLS: over real connections with a client certificate, without one, and through the prefix.

use std::sync::Arc;

use aws_lc_rs::digest;
use axum::http::StatusCode;
use portico_sandbox::jose::base64url;
use portico_sandbox::mtls::{self, authority::Material};
use serde_json::{Value, json};

use crate::backend::{Backend, OWN, part};
use crate::bank::FORM;
use crate::tpp::{KEY, REGISTER, TOKEN, Tpp};

const ACCOUNTS: &str = "/open-banking/v3.1/aisp/accounts";

/// A backend with the listener open.
struct Secured {
    backend: Backend,
    base: String,
    subject: String,
    material: Material,
}

impl Secured {
    async fn start(arguments: &[&str]) -> Self {
        let first = ["portico-sandbox", "--rate-limit", "0"];
        let backend = Backend::exactly(&first.iter().chain(arguments).copied().collect::<Vec<_>>());
        let listening = mtls::start(&backend.app, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let material = backend.app.open_banking.certificates().unwrap();
        Self { backend, base: listening.base, subject: listening.subject, material }
    }

    fn client(&self, with_certificate: bool) -> reqwest::Client {
        let ca = reqwest::Certificate::from_pem(self.material.ca_certificate.as_bytes()).unwrap();
        let mut client = reqwest::Client::builder().no_proxy().tls_certs_only([ca]);
        if with_certificate {
            let pair = format!("{}{}", self.material.client_key, self.material.client_certificate);
            client = client.identity(reqwest::Identity::from_pem(pair.as_bytes()).unwrap());
        }
        client.build().unwrap()
    }

    async fn json(&self, request: reqwest::RequestBuilder) -> (StatusCode, Value) {
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}")))
    }

    /// Registers with these members, straight at the listener; the client's id.
    async fn registered(&self, tpp: &Tpp<'_>, other: Value) -> String {
        let body = KEY.sign(&tpp.claims(&other).await);
        let request = self.client(true).post(format!("{}{REGISTER}", self.base));
        let (status, created) = self.json(request.header("content-type", "application/jwt").body(body)).await;
        assert_eq!(status, 201, "{created}");
        created["client_id"].as_str().unwrap().to_owned()
    }

    async fn token(&self, form: String) -> (StatusCode, Value) {
        let request = self.client(true).post(format!("{}{TOKEN}", self.base));
        self.json(request.header("content-type", FORM).body(form)).await
    }
}

#[tokio::test]
async fn nobody_gets_in_without_a_certificate() {
    let secured = Secured::start(&["--memory"]).await;
    let url = format!("{}/open-banking/.well-known/openid-configuration", secured.base);
    assert!(secured.client(false).get(&url).send().await.is_err());
    let stranger = Secured::start(&["--memory"]).await;
    let pair = format!("{}{}", stranger.material.client_key, stranger.material.client_certificate);
    let ca = reqwest::Certificate::from_pem(secured.material.ca_certificate.as_bytes()).unwrap();
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([ca]);
    let client = client.identity(reqwest::Identity::from_pem(pair.as_bytes()).unwrap()).build().unwrap();
    assert!(client.get(&url).send().await.is_err(), "a certificate of another authority");
    let (status, metadata) = secured.json(secured.client(true).get(&url)).await;
    assert_eq!(
        (status, &metadata["registration_endpoint"]),
        (StatusCode::OK, &json!(format!("{}{REGISTER}", secured.base)))
    );
    let elsewhere =
        secured.client(true).get(format!("{}/realms/sandbox/", secured.base)).send().await.unwrap();
    assert_eq!(elsewhere.status(), 404, "only the gateway is there");
}

#[tokio::test]
async fn the_certificate_is_who_a_client_is_and_what_its_token_is_bound_to() {
    let secured = Secured::start(&["--memory"]).await;
    let tpp = Tpp::new(&secured.backend, json!({})).await;
    assert_eq!(secured.subject, "CN=sandbox client,O=Sandbox Organisation Ltd,C=GB");
    let method = |dn: &str| {
        json!({
            "token_endpoint_auth_method": "tls_client_auth",
            "tls_client_auth_subject_dn": dn,
            "token_endpoint_auth_signing_alg": null,
        })
    };
    let form = |id: &str| format!("grant_type=client_credentials&client_id={id}&scope=accounts");
    let id = secured.registered(&tpp, method(&secured.subject)).await;
    let (status, answer) = secured.token(form(&id)).await;
    assert_eq!(status, 200, "{answer}");
    let token = answer["access_token"].as_str().unwrap();
    let der = rcgen_der(&secured.material.client_certificate);
    let thumbprint = base64url(digest::digest(&digest::SHA256, &der).as_ref());
    assert_eq!(part(token, 1)["cnf"], json!({ "x5t#S256": thumbprint }));

    let call = secured.client(true).get(format!("{}{ACCOUNTS}", secured.base)).bearer_auth(token);
    assert_eq!(secured.json(call).await.0, 200);
    let without = secured.backend.with_bearer("GET", ACCOUNTS, token, None, &Value::Null).await;
    assert_eq!(without.status, 401, "the token is bound to the certificate");
    let plain = secured.backend.call("POST", TOKEN, &[("content-type", FORM)], form(&id)).await;
    assert_eq!(plain.error(), "invalid_client", "the plain listener sees no certificate");

    let spaced =
        secured.registered(&tpp, method("CN=sandbox client, O=Sandbox Organisation Ltd, C=GB")).await;
    let reversed =
        secured.registered(&tpp, method("C=GB,O=Sandbox Organisation Ltd,CN=sandbox client")).await;
    let other = secured.registered(&tpp, method("CN=somebody else")).await;
    assert_eq!(secured.token(form(&spaced)).await.0, 200);
    for id in [reversed, other] {
        let (status, answer) = secured.token(form(&id)).await;
        assert_eq!((status, &answer["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));
    }
    let signing = secured.registered(&tpp, json!({})).await;
    assert_eq!(secured.token(form(&signing)).await.0, 401, "registered with private_key_jwt");
    let assertion = tpp.token_form(&id, &json!({ "aud": format!("{}{TOKEN}", secured.base) }), "");
    assert_eq!(secured.token(assertion).await.0, 401, "registered with tls_client_auth");
}

#[tokio::test]
async fn the_prefix_passes_on_with_the_certificate() {
    let secured = Secured::start(&["--memory"]).await;
    let (backend, tpp) = (&secured.backend, Tpp::new(&secured.backend, json!({})).await);
    let metadata = backend.call("GET", "/mtls/open-banking/.well-known/openid-configuration", &[], "").await;
    assert_eq!(metadata.json()["issuer"], format!("{}/open-banking", secured.base));
    let page = [("content-type", "application/jwt"), ("origin", OWN)];
    let body = KEY.sign(&tpp.claims(&json!({})).await);
    let created = backend.call("POST", &format!("/mtls{REGISTER}"), &page, body).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let id = created.json()["client_id"].as_str().unwrap().to_owned();
    let form = tpp.token_form(&id, &json!({ "aud": format!("{}{TOKEN}", secured.base) }), "");
    let token = backend.call("POST", &format!("/mtls{TOKEN}"), &[("content-type", FORM)], form).await.json();
    let token = token["access_token"].as_str().unwrap();
    assert!(part(token, 1)["cnf"].is_object());
    let managed = format!("/mtls{REGISTER}/{id}");
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(backend.call("GET", &managed, &headers, "").await.status, 200);
    assert_eq!(backend.call("GET", &managed.replace("/mtls", ""), &headers, "").await.status, 401);
    assert_eq!(backend.call("DELETE", &managed, &headers, "").await.status, 204);
    assert_eq!(backend.call("GET", &managed, &headers, "").await.status, 401);
    let foreign = [("origin", "https://elsewhere.example")];
    assert_eq!(backend.call("GET", &managed, &foreign, "").await.status, 403);
    let without = Backend::with(&[]);
    assert_eq!(without.call("GET", &managed, &[], "").await.status, 404, "no listener, no prefix");
}

#[tokio::test]
async fn the_certificates_outlive_a_restart_and_are_written_for_clients() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.sqlite");
    let arguments = ["--data", file.to_str().unwrap()];
    let before = Secured::start(&arguments).await;
    let after = Secured::start(&arguments).await;
    assert_eq!(before.material.ca_certificate, after.material.ca_certificate);
    assert!(!format!("{:?}", after.material).contains("PRIVATE"));
    let written = folder.path().join("files");
    mtls::write_files(&after.material, &written).unwrap();
    for (name, content) in [
        ("ca.pem", &after.material.ca_certificate),
        ("client.pem", &after.material.client_certificate),
        ("client.key", &after.material.client_key),
    ] {
        assert_eq!(&std::fs::read_to_string(written.join(name)).unwrap(), content, "{name}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(written.join("client.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
    let app = Arc::clone(&after.backend.app);
    app.stopping.send_replace(true);
}

/// What curl does with the files that the program writes.
#[tokio::test(flavor = "multi_thread")]
async fn curl_gets_in_with_the_files() {
    let secured = Secured::start(&["--memory"]).await;
    let folder = tempfile::tempdir().unwrap();
    mtls::write_files(&secured.material, folder.path()).unwrap();
    let curl = |with_certificate: bool| {
        let mut command = std::process::Command::new("curl");
        command.current_dir(folder.path()).args(["-sS", "--noproxy", "*", "--cacert", "ca.pem"]);
        if with_certificate {
            command.args(["--cert", "client.pem", "--key", "client.key"]);
        }
        command.arg(format!("{}/open-banking/jwks", secured.base)).output().unwrap()
    };
    let answered = curl(true);
    assert!(answered.status.success(), "{}", String::from_utf8_lossy(&answered.stderr));
    let set: Value = serde_json::from_slice(&answered.stdout).unwrap();
    assert_eq!(set["keys"][0]["alg"], "PS256");
    assert!(!curl(false).status.success());
}

fn rcgen_der(pem: &str) -> Vec<u8> {
    use base64::Engine as _;
    let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    base64::engine::general_purpose::STANDARD.decode(lines).unwrap()
}
