//! Postman: an environment with the values, and a collection (schema 2.1) that uses them.

use serde_json::{Value, json};

use super::{Credentials, Format, Held, Proof, proof::CLIENT_CREDENTIALS};
use crate::domain::json::pretty;

pub(super) const ENVIRONMENT: Format = Format {
    id: "postman-environment",
    label: "Postman environment",
    extension: "postman_environment.json",
    media_type: "application/json",
    hint: "Import it together with the collection.",
    write: environment,
};

pub(super) const COLLECTION: Format = Format {
    id: "postman-collection",
    label: "Postman collection",
    extension: "postman_collection.json",
    media_type: "application/json",
    hint: "Import it together with the environment. The secret stands in the environment only.",
    write: collection,
};

/// What the collection says of its own form.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

fn environment(credentials: &Credentials, held: Held<'_>) -> String {
    let value = |key: &str, value: &str, kind: &str| json!({ "key": key, "value": value, "type": kind, "enabled": true });
    let mut values = vec![
        value("token_endpoint", &credentials.token_endpoint, "default"),
        value("client_id", &credentials.client_id, "default"),
    ];
    match held {
        Held::Written(secret) => values.push(value("client_secret", secret, "secret")),
        // Postman asks for what is empty.
        Held::Elsewhere => values.push(value("client_secret", "", "secret")),
        Held::None => {}
    }
    if matches!(credentials.proof, Proof::Key(_)) {
        values.push(value("client_assertion", "", "secret"));
    }
    values.push(value("scope", &credentials.scope, "default"));
    values.push(value("access_token", "", "secret"));
    let name = format!("{}, {}", credentials.name, credentials.environment);
    let file = json!({ "name": name, "values": values, "_postman_variable_scope": "environment" });
    pretty(&file) + "\n"
}

fn collection(credentials: &Credentials, _: Held<'_>) -> String {
    let file = json!({
        "info": { "name": credentials.name, "description": description(credentials), "schema": SCHEMA },
        "auth": { "type": "bearer", "bearer": [{ "key": "token", "value": "{{access_token}}", "type": "string" }] },
        "item": [{
            "name": "Get a token",
            "event": events(credentials),
            "request": {
                "auth": { "type": "noauth" },
                "method": "POST",
                "header": [{ "key": "Accept", "value": "application/json" }],
                "url": "{{token_endpoint}}",
                "body": { "mode": "urlencoded", "urlencoded": form(credentials) },
            },
            "response": [],
        }],
    });
    pretty(&file) + "\n"
}

fn form(credentials: &Credentials) -> Vec<Value> {
    let (mut pairs, assertion) = match &credentials.proof {
        Proof::Key(key) => key.fields(),
        _ => (vec![("grant_type", CLIENT_CREDENTIALS)], ""),
    };
    let alone = matches!(&credentials.proof, Proof::Key(key) if key.grant);
    if !credentials.scope.is_empty() && !alone {
        pairs.insert(1, ("scope", "{{scope}}"));
    }
    match &credentials.proof {
        Proof::Basic => {}
        Proof::Post => pairs.extend([("client_id", "{{client_id}}"), ("client_secret", "{{client_secret}}")]),
        Proof::Key(_) if alone => pairs.push((assertion, "{{client_assertion}}")),
        Proof::Key(_) => {
            pairs.extend([("client_id", "{{client_id}}"), (assertion, "{{client_assertion}}")]);
        }
        Proof::Other(_) => pairs.push(("client_id", "{{client_id}}")),
    }
    pairs.into_iter().map(|(key, value)| json!({ "key": key, "value": value, "type": "text" })).collect()
}

fn events(credentials: &Credentials) -> Vec<Value> {
    let script = |listen: &str, lines: &[&str]| json!({ "listen": listen, "script": { "type": "text/javascript", "exec": lines } });
    let mut events = Vec::new();
    if credentials.proof == Proof::Basic {
        events.push(script("prerequest", &[
            "// RFC 6749, 2.3.1: both halves are encoded as in a form, which Postman's own Basic does not do.",
            "const half = (name) => encodeURIComponent(pm.environment.get(name));",
            "const both = btoa(`${half('client_id')}:${half('client_secret')}`);",
            "pm.request.headers.upsert({ key: 'Authorization', value: `Basic ${both}` });",
        ]));
    }
    events.push(script(
        "test",
        &[
            "pm.test('There is a token', () => pm.response.to.have.status(200));",
            "pm.environment.set('access_token', pm.response.json().access_token);",
        ],
    ));
    events
}

fn description(credentials: &Credentials) -> String {
    let mut out = format!("{}. Issuer: {}.", credentials.title(), credentials.issuer);
    if let Proof::Key(key) = &credentials.proof {
        let kid = key.kid.as_deref().unwrap_or("the one you registered");
        out.push_str(&format!(
            " The client proves itself with a private key, and Postman does not sign: before each request put a new assertion into the variable client_assertion. The curl script and the Node program show how it is made: {}, kid {kid}, aud {}, good once and for {} seconds.",
            key.signs_with().name(),
            key.audience,
            key.lifetime,
        ));
    }
    out
}
