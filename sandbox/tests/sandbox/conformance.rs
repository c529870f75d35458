//! What the conformance tool of Open Banking asks of a bank, and what it leaves out: all of it is right here, and each
//! way of breaking one rule is found in the rows of that rule and in no other.

use portico_sandbox::jose::signing_key::{RsaAlgorithm, SigningKey};
use serde_json::{Value, json};

use crate::backend::{Backend, COMMON};
use crate::tpp::{KEY, REGISTER, Tpp};

/// The rows of a run that came out wrong.
type Wrong = Vec<&'static str>;

struct Run<'a> {
    backend: &'a Backend,
    tpp: Tpp<'a>,
    wrong: Wrong,
}

impl<'a> Run<'a> {
    async fn of(backend: &'a Backend) -> Wrong {
        let tpp = Tpp::new(backend, json!({})).await;
        let mut run = Self { backend, tpp, wrong: Vec::new() };
        run.scenarios().await;
        run.requests().await;
        run.wrong
    }

    fn row(&mut self, id: &'static str, right: bool) {
        if !right {
            self.wrong.push(id);
        }
    }

    /// A registration that must be refused.
    async fn refused(&mut self, id: &'static str, other: Value) {
        let answer = self.tpp.register(other).await;
        self.row(id, answer.status == 400);
    }

    async fn scenarios(&mut self) {
        let metadata =
            self.backend.call("GET", "/open-banking/.well-known/openid-configuration", &[], "").await.json();
        let endpoint = metadata["registration_endpoint"].as_str().unwrap_or_default();
        self.row("DCR-001", endpoint.ends_with(REGISTER));

        let created = self.tpp.register(json!({})).await;
        let id = created.json()["client_id"].as_str().unwrap().to_owned();
        let token = self.tpp.token(&id).await;
        let deleted = self.tpp.delete(&id, &token).await;
        self.row("DCR-002", created.status == 201 && deleted.status == 204);
        let read = self.tpp.read(&id, &token).await;
        self.row("DCR-003", read.status == 401);

        let now = self.backend.clock.now();
        self.refused("DCR-004 expired", json!({ "iat": now - 600, "exp": now - 300 })).await;
        self.refused("DCR-004 unknown issuer", json!({ "iss": "foo.is/invalid" })).await;
        self.refused("DCR-004 empty issuer", json!({ "iss": "" })).await;
        self.refused("DCR-004 long issuer", json!({ "iss": "a".repeat(30) })).await;
        self.refused("DCR-004 method", json!({ "token_endpoint_auth_method": "RS256" })).await;

        let id = self.tpp.registered(json!({})).await;
        let token = self.tpp.token(&id).await;
        let read = self.tpp.read(&id, &token).await;
        self.row("DCR-005", read.status == 200 && fits_the_schema(&read.json()));
        let read = self.tpp.read(&id, "foobar").await;
        self.row("DCR-007", read.status == 401);
        let updated = self.tpp.update(&id, &token, json!({ "scope": "accounts" })).await;
        self.row("DCR-008", updated.status == 200);
        self.tpp.delete(&id, &token).await;

        let id = self.tpp.registered(json!({})).await;
        let token = self.tpp.token(&id).await;
        self.tpp.delete(&id, &token).await;
        let updated = self.tpp.update(&id, &token, json!({})).await;
        self.row("DCR-009", updated.status == 401);

        let id = self.tpp.registered(json!({})).await;
        let token = self.tpp.token(&id).await;
        self.tpp.delete(&id, &token).await;
        let read = self.tpp.read(&id, &token).await;
        self.row("DCR-010", read.status == 401);
        self.refused("DCR-011", json!({ "response_types": ["id_token", "token"] })).await;
    }

    /// What the tool doesn't ask.
    async fn requests(&mut self) {
        let signed = KEY.sign(&self.tpp.claims(&json!({})).await);
        let answer = self.tpp.send("POST", REGISTER, None, changed(&signed)).await;
        self.row("signature", answer.status == 400);

        let signed = KEY.sign(&self.tpp.claims(&json!({})).await);
        assert!(self.tpp.send("POST", REGISTER, None, signed.clone()).await.status.is_success());
        let again = self.tpp.send("POST", REGISTER, None, signed).await;
        self.row("replay", again.status == 400);

        let other = Tpp::at(self.backend, "/other-directory", json!({})).await;
        let foreign = other.register(json!({})).await;
        self.row("foreign statement", foreign.status == 400);
        self.refused("redirect", json!({ "redirect_uris": ["https://elsewhere.example/callback"] })).await;

        let (mine, theirs) = (self.tpp.registered(json!({})).await, self.tpp.registered(json!({})).await);
        let token = self.tpp.token(&theirs).await;
        let read = self.tpp.read(&mine, &token).await;
        self.row("other token", read.status == 401);
    }
}

/// The same with the last letter but one of the signature changed.
fn changed(token: &str) -> String {
    let at = token.len() - 2;
    let changed = |(index, letter)| match (index == at, letter) {
        (true, 'A') => 'B',
        (true, _) => 'A',
        (false, letter) => letter,
    };
    token.chars().enumerate().map(changed).collect()
}

/// The rules of the tool for an answer about a client.
fn fits_the_schema(document: &Value) -> bool {
    let text = |name: &str| document[name].as_str().unwrap_or_default();
    let texts = |name: &str| -> Vec<&str> {
        document[name]
            .as_array()
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    };
    let numbers = ["client_id_issued_at", "client_secret_expires_at"];
    (1..=36).contains(&text("client_id").len())
        && numbers.iter().all(|name| document[name].is_null() || document[name].is_i64())
        && !texts("redirect_uris").is_empty()
        && texts("redirect_uris").iter().all(|uri| uri.starts_with("https://") && uri.len() <= 256)
        && matches!(text("token_endpoint_auth_method"), "private_key_jwt" | "tls_client_auth")
        && !text("token_endpoint_auth_signing_alg").is_empty()
        && !texts("grant_types").is_empty()
        && texts("response_types").iter().all(|one| matches!(*one, "code" | "code id_token"))
        && !text("scope").is_empty()
        && text("software_statement").split('.').count() == 3
        && matches!(text("application_type"), "web" | "mobile")
        && (1..=5).contains(&text("id_token_signed_response_alg").len())
        && (1..=5).contains(&text("request_object_signing_alg").len())
}

#[tokio::test]
async fn a_right_bank_passes_and_each_broken_one_fails_where_it_is_broken() {
    let backend = Backend::with(&["--faults"]);
    let broken: [(Value, &[&str]); 16] = [
        (Value::Null, &[]),
        (json!("accepts-expired"), &["DCR-004 expired"]),
        (json!("accepts-unknown-issuer"), &["DCR-004 unknown issuer"]),
        (json!("accepts-empty-issuer"), &["DCR-004 empty issuer"]),
        (json!("accepts-long-issuer"), &["DCR-004 long issuer"]),
        (json!("accepts-bad-method"), &["DCR-004 method"]),
        (json!("accepts-bad-response-type"), &["DCR-011"]),
        (json!("keeps-deleted"), &["DCR-003", "DCR-010"]),
        (json!("accepts-any-token"), &["DCR-007"]),
        (json!("accepts-changed-signature"), &["signature"]),
        (json!("accepts-replayed-jti"), &["replay"]),
        (json!("accepts-foreign-statement"), &["foreign statement"]),
        (json!("accepts-foreign-redirect"), &["redirect"]),
        (json!("accepts-other-clients-token"), &["other token"]),
        (json!("wrong-create-status"), &["DCR-002"]),
        (json!("update-after-delete"), &["DCR-009"]),
    ];
    for (name, rows) in broken {
        let order = json!({ "gateway": name }).to_string();
        assert_eq!(backend.call("POST", "/try/awkward", &[], order).await.status, 200);
        assert_eq!(Run::of(&backend).await, rows, "{name}");
    }
}

/// The tool has one statement for all its requests.
#[tokio::test]
async fn one_statement_serves_a_whole_run_when_the_bank_allows_it() {
    for (flags, second) in [(&[][..], 400), (&["--allow-statement-reuse"][..], 201)] {
        let backend = Backend::with(flags);
        let tpp = Tpp::new(&backend, json!({})).await;
        let statement = tpp.statement().await;
        let other = json!({ "software_statement": statement });
        assert_eq!(tpp.register(other.clone()).await.status, 201);
        let answer = tpp.register(other).await;
        assert_eq!(answer.status, second, "{}", answer.text());
        if second == 400 {
            assert_eq!(answer.error(), "invalid_software_statement");
            assert!(answer.description().contains("replayed jti in the software statement"));
        }
    }
}

/// What the tool sends where its name for the test does not say it: a request that is signed with RS256 and names that
/// algorithm, and a header of a token without the token.
#[tokio::test]
async fn what_the_tool_really_sends_is_refused_for_the_right_reason() {
    let tpp = Tpp::new(&COMMON, json!({})).await;
    let key = SigningKey::generate().unwrap();
    let key = SigningKey::from_pkcs8("signing".to_owned(), RsaAlgorithm::Rs256, &key).unwrap();
    let claims = tpp.claims(&json!({ "id_token_signed_response_alg": "RS256" })).await;
    let signed = key.sign_as("JWT", &claims).unwrap();
    let answer = COMMON.call("POST", REGISTER, &[("content-type", "application/jose")], signed).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_request"));
    assert!(answer.description().contains("The algorithm is RS256"), "{}", answer.text());

    let id = tpp.registered(json!({})).await;
    let path = format!("{REGISTER}/{id}");
    for header in ["Bearer ", "Bearer"] {
        let answer = COMMON.call("GET", &path, &[("authorization", header)], "").await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "invalid_token"));
    }
    let token = tpp.token(&id).await;
    assert_eq!(tpp.delete(&id, &token).await.status, 204, "and the client is still there");
}
