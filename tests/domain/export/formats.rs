//! Every format, read back by a reader of its language, whatever is in the values.

use super::*;
use serde_json::Value;
use yaml_rust2::{Yaml, YamlLoader};

/// Values as a server or a person may give them, oddities included.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\"'\\\\${}:#&*!|>%@`\\[\\], \\n\\t-]{0,12}",
        Just("\u{feff}\u{85}\u{2028}\u{7f}\u{0}".to_owned()),
        Just("${HOME} $$ #{1} {{x}} null".to_owned()),
        Just("~".to_owned()),
        Just("1e3".to_owned()),
    ]
}

fn with(secret: &str, name: &str, client_id: &str) -> Credentials {
    Credentials {
        name: name.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: Some(Secret::new(secret)),
        ..credentials()
    }
}

fn yaml(text: &str) -> Yaml {
    let mut documents = YamlLoader::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_kubernetes_secret() {
    let expected = "\
# gateway-client, Sandbox, registered 2022-10-17T14:14:38Z
# The client secret is not in this file. Put it in when you apply it:
#   envsubst '$CLIENT_SECRET' < this-file | kubectl apply -f -
# In the Pod:
#   envFrom: [{ secretRef: { name: gateway-client } }]
apiVersion: v1
kind: Secret
metadata:
  name: \"gateway-client\"
type: Opaque
stringData:
  ISSUER: \"http://localhost:8081/auth/realms/BBBBCAXXXXX\"
  TOKEN_URL: \"http://localhost:8081/auth/realms/BBBBCAXXXXX/protocol/openid-connect/token\"
  CLIENT_ID: \"1d4fa4dc-7883-4964-b9a1-2c29849f2719\"
  CLIENT_SECRET: \"${CLIENT_SECRET}\"
  SCOPE: \"cash-accounts:balances.read cash-accounts:statements.read\"
";
    assert_eq!(referring("kubernetes", &credentials()), expected);
}

#[test]
fn spring_boot_properties() {
    let expected = "\
# gateway-client, Sandbox, registered 2022-10-17T14:14:38Z
spring:
  security:
    oauth2:
      client:
        registration:
          \"gateway-client\":
            provider: \"gateway-client\"
            client-id: \"1d4fa4dc-7883-4964-b9a1-2c29849f2719\"
            client-secret: \"${CLIENT_SECRET}\"
            client-authentication-method: \"client_secret_basic\"
            authorization-grant-type: client_credentials
            scope: [\"cash-accounts:balances.read\", \"cash-accounts:statements.read\"]
        provider:
          \"gateway-client\":
            token-uri: \"http://localhost:8081/auth/realms/BBBBCAXXXXX/protocol/openid-connect/token\"
";
    assert_eq!(referring("spring", &credentials()), expected);
}

#[test]
fn compose_takes_the_key_as_a_secret() {
    let file = yaml(&written("compose", &signing()));
    let app = &file["services"]["app"];
    assert_eq!(app["environment"]["PRIVATE_KEY_FILE"].as_str(), Some("/run/secrets/client-key"));
    assert_eq!(app["secrets"][0].as_str(), Some("client-key"));
    assert_eq!(file["secrets"]["client-key"]["file"].as_str(), Some("./gateway-client.pem"));
    let secret = yaml(&referring("compose", &credentials()));
    let secret = &secret["services"]["app"]["environment"]["CLIENT_SECRET"];
    assert_eq!(secret.as_str(), Some("${CLIENT_SECRET:?it is not set}"));
}

#[test]
fn names_of_kubernetes_objects_are_labels() {
    for (name, label) in [
        ("Gateway Client", "gateway-client"),
        ("--a__b--", "a-b"),
        ("Шлюз Трембіти", "application"),
        ("1", "1"),
        (&"x-".repeat(60), &format!("{}x", "x-".repeat(31))),
    ] {
        let file = yaml(&written("kubernetes", &with("s", name, "c")));
        assert_eq!(file["metadata"]["name"].as_str(), Some(label));
    }
}

#[test]
fn a_http_file() {
    let file = referring("http", &credentials());
    assert!(file.contains("@client_secret = {{$processEnv CLIENT_SECRET}}\n"));
    assert!(file.contains("\nAuthorization: Basic {{client_id}}:{{client_secret}}\n"));
    assert!(file.contains("\n\ngrant_type=client_credentials&scope=cash-accounts%3Abalances.read"));
    let post = Credentials { proof: Proof::Post, ..credentials() };
    let post = written("http", &post);
    assert!(!post.contains("Authorization: Basic"));
    assert!(post.contains("&client_id={{client_id}}&client_secret={{client_secret}}\n"));
    let signs = written("http", &signing());
    assert!(signs.contains("client_assertion={{client_assertion}}") && signs.contains("ES256, kid k1"));
}

/// What the schema of collections 2.1 asks for: https://schema.postman.com/collection/json/v2.1.0/
#[test]
fn a_postman_collection_has_the_form_of_its_schema() {
    for credentials in [credentials(), Credentials { proof: Proof::Post, ..credentials() }, signing()] {
        let file = json(&written("postman-collection", &credentials));
        assert_eq!(
            file["info"]["schema"],
            "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        );
        assert!(file["info"]["name"].is_string() && file["info"]["description"].is_string());
        let auth = &file["auth"];
        assert!(auth[auth["type"].as_str().unwrap()][0]["key"].is_string());
        for item in file["item"].as_array().unwrap() {
            assert!(item["name"].is_string() && item["response"].as_array().is_some());
            let request = &item["request"];
            assert!(["GET", "POST"].contains(&request["method"].as_str().unwrap()));
            assert!(request["url"].is_string() && request["header"].is_array());
            let body = &request["body"];
            assert!(body[body["mode"].as_str().unwrap()].is_array());
            for pair in body["urlencoded"].as_array().unwrap() {
                assert!(pair["key"].is_string() && pair["value"].is_string() && pair["type"] == "text");
            }
            for event in item["event"].as_array().unwrap() {
                assert!(["prerequest", "test"].contains(&event["listen"].as_str().unwrap()));
                assert!(event["script"]["exec"].as_array().unwrap().iter().all(Value::is_string));
            }
        }
    }
}

/// Every variable that the collection uses is in the environment.
#[test]
fn the_two_files_of_postman_belong_together() {
    for credentials in [credentials(), Credentials { proof: Proof::Post, ..credentials() }, signing()] {
        let environment = json(&written("postman-environment", &credentials));
        assert_eq!(environment["_postman_variable_scope"], "environment");
        let known: Vec<&str> =
            environment["values"].as_array().unwrap().iter().map(|v| v["key"].as_str().unwrap()).collect();
        let collection = written("postman-collection", &credentials);
        for used in collection.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")) {
            assert!(known.contains(&used.0), "{} is not among {known:?}", used.0);
        }
    }
}

proptest! {
    #[test]
    fn yaml_gives_back_what_went_in(secret in odd(), name in odd(), client_id in odd()) {
        let credentials = with(&secret, &name, &client_id);
        let kubernetes = yaml(&written("kubernetes", &credentials));
        prop_assert_eq!(kubernetes["stringData"]["CLIENT_SECRET"].as_str(), Some(secret.as_str()));
        prop_assert_eq!(kubernetes["stringData"]["CLIENT_ID"].as_str(), Some(client_id.as_str()));

        // Compose reads two dollar signs as one.
        let compose = yaml(&written("compose", &credentials));
        let read = compose["services"]["app"]["environment"]["CLIENT_SECRET"].as_str().unwrap().to_owned();
        prop_assert!(!read.replace("$$", "").contains('$'));
        prop_assert_eq!(read.replace("$$", "$"), secret.clone());

        let spring = yaml(&written("spring", &credentials));
        let registration = &spring["spring"]["security"]["oauth2"]["client"]["registration"];
        let (_, registration) = registration.as_hash().unwrap().iter().next().unwrap();
        let read = registration["client-secret"].as_str().unwrap().to_owned();
        prop_assert_eq!(read.replace("\\${", "${"), secret.replace("\\${", "${"));
    }

    #[test]
    fn postman_gives_back_what_went_in(secret in odd(), name in odd(), client_id in odd()) {
        let credentials = with(&secret, &name, &client_id);
        let file = json(&written("postman-environment", &credentials));
        let value = |key: &str| {
            let values = file["values"].as_array().unwrap();
            values.iter().find(|v| v["key"] == key).unwrap()["value"].as_str().unwrap().to_owned()
        };
        prop_assert_eq!(value("client_secret"), secret);
        prop_assert_eq!(value("client_id"), client_id);
        let collection = json(&written("postman-collection", &credentials));
        prop_assert_eq!(collection["info"]["name"].as_str(), Some(name.as_str()));
    }

    /// A line of JavaScript holds one statement, whose text is JSON as well.
    #[test]
    fn javascript_gives_back_what_went_in(secret in odd(), name in odd(), client_id in odd()) {
        let file = written("node", &with(&secret, &name, &client_id));
        let of = |start: &str| {
            let line = file.lines().find_map(|line| line.strip_prefix(start)).unwrap();
            serde_json::from_str::<String>(line.strip_suffix(';').unwrap()).unwrap()
        };
        prop_assert_eq!(of("const clientSecret = "), secret);
        prop_assert_eq!(of("const clientId = "), client_id);
        let breaks = file.contains(['\u{2028}', '\u{85}']);
        prop_assert!(!breaks);
    }

    #[test]
    fn a_http_file_keeps_its_lines(secret in odd(), name in odd(), client_id in odd()) {
        let file = written("http", &with(&secret, &name, &client_id));
        let line = file.lines().find_map(|line| line.strip_prefix("@client_secret = ")).unwrap();
        prop_assert_eq!(portico::domain::url::percent_decode(line), Some(secret));
        prop_assert_eq!(file.lines().filter(|line| line.starts_with("POST ")).count(), 1);
    }
}
