//! Client authentication with a signed assertion, refused in the words that Keycloak was seen to use.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, KeyPair as _};
use axum::{Router, routing::get};
use portico_sandbox::jose::base64url;
use serde_json::{Value, json};

use crate::backend::{Answer, COMMON, OWN, Registered, TOKEN};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A client's key pair on P-256.
struct Pair(EcdsaKeyPair);

impl Pair {
    fn make() -> Self {
        Self(EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn jwk(&self, kid: &str) -> Value {
        let (x, y) = self.0.public_key().as_ref().split_at(1).1.split_at(32);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": base64url(x), "y": base64url(y) })
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| base64url(value.to_string().as_bytes());
        let input = format!("{}.{}", part(header), part(claims));
        let signed = self.0.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", base64url(signed.as_ref()))
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn claims(client: &Registered) -> Value {
    let jti = uuid::Uuid::new_v4().to_string();
    let issuer = format!("{OWN}/realms/sandbox");
    json!({ "iss": client.id, "sub": client.id, "aud": issuer, "exp": now() + 60, "iat": now(), "jti": jti })
}

/// A client that is registered with the key `k1`.
async fn registered_with(pair: &Pair) -> Registered {
    COMMON
        .registered(
            json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": { "keys": [pair.jwk("k1")] } }),
        )
        .await
}

async fn ask(assertion: &str) -> Answer {
    let body = format!(
        "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={assertion}"
    );
    COMMON.call("POST", TOKEN, &[FORM], body).await
}

#[tokio::test]
async fn a_signed_assertion_is_as_good_as_a_secret() {
    let pair = Pair::make();
    let client = registered_with(&pair).await;
    let header = json!({ "alg": "ES256", "kid": "k1" });
    let issuer = format!("{OWN}/realms/sandbox");
    for audience in [json!(issuer), json!([issuer]), json!(format!("{issuer}/protocol/openid-connect/token"))]
    {
        let mut claims = claims(&client);
        claims["aud"] = audience;
        assert_eq!(ask(&pair.sign(&header, &claims)).await.status, 200);
    }
}

#[tokio::test]
async fn an_assertion_that_is_not_good_is_refused_in_keycloaks_words() {
    let pair = Pair::make();
    let client = registered_with(&pair).await;
    let header = json!({ "alg": "ES256", "kid": "k1" });
    let issuer = format!("{OWN}/realms/sandbox");
    let cases = [
        ("aud", json!([issuer, "https://other.example"]), "Multiple audiences not allowed"),
        ("aud", json!("https://other.example"), "Invalid token audience"),
        ("jti", Value::Null, "Token jti claim is required"),
        ("exp", json!(now() - 60), "Token is not active"),
        ("exp", Value::Null, "Token exp claim is required"),
        ("iat", json!(now() + 600), "Token was issued in the future"),
        ("iss", json!("somebody"), "Issuer mismatch. The issuer should match the subject"),
    ];
    for (claim, value, description) in cases {
        let mut claims = claims(&client);
        claims[claim] = value;
        let answer = ask(&pair.sign(&header, &claims)).await;
        assert_eq!((answer.status.as_u16(), answer.error().as_str()), (400, "invalid_client"), "{claim}");
        assert_eq!(answer.description(), description);
    }
    let once = pair.sign(&header, &claims(&client));
    assert_eq!(ask(&once).await.status, 200);
    assert_eq!(ask(&once).await.description(), "Token reuse detected");
    let unknown = pair.sign(&json!({ "alg": "ES256", "kid": "k2" }), &claims(&client));
    assert_eq!(ask(&unknown).await.description(), "Unable to load public key");
    let other = Pair::make().sign(&header, &claims(&client));
    assert!(ask(&other).await.description().ends_with("Signature on JWT token failed validation"));
}

#[tokio::test]
async fn a_secret_does_not_open_what_a_key_locks() {
    let pair = Pair::make();
    let client = registered_with(&pair).await;
    let body = format!("grant_type=client_credentials&client_id={}&client_secret=anything", client.id);
    let answer = COMMON.call("POST", TOKEN, &[FORM], body).await;
    assert_eq!((answer.status.as_u16(), answer.error().as_str()), (401, "invalid_client"));
}

#[tokio::test]
async fn keys_at_an_address_are_fetched() {
    let pair = Pair::make();
    let set = json!({ "keys": [pair.jwk("k1")] });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/keys", listener.local_addr().unwrap());
    let routes = Router::new().route("/keys", get(move || async move { set.to_string() }));
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    let client = COMMON
        .registered(json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": address }))
        .await;
    let header = json!({ "alg": "ES256", "kid": "k1" });
    assert_eq!(ask(&pair.sign(&header, &claims(&client))).await.status, 200);
    server.abort();
    let _ = server.await;
    assert_eq!(ask(&pair.sign(&header, &claims(&client))).await.description(), "Unable to load public key");
}
