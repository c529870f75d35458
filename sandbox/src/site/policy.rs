//! The policies that every file of the portal is sent with.

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::{HeaderName, header};
use axum::response::Response;
use serde_json::Value;
use url::Url;

use crate::answer;

const OTHERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(self), clipboard-write=(self)",
    ),
];

/// Every port of this computer, as a policy can name it; it has no way to name an IPv6 address.
const LOOPBACK: &str = " http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*";

/// Sets the policies. The page may connect to its own origin, to those that the configuration names, and to servers on
/// this computer where that was asked for.
pub(super) async fn apply(response: &mut Response, config: Option<&Path>, allow_loopback: bool) {
    for (name, value) in OTHERS {
        answer::set(response, name, value);
    }
    let mut connect = String::from("connect-src 'self'");
    for origin in configured_origins(config).await {
        connect.push(' ');
        connect.push_str(&origin);
    }
    if allow_loopback {
        connect.push_str(LOOPBACK);
    }
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; {connect}; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    answer::set_text(response, header::CONTENT_SECURITY_POLICY, &policy);
}

/// The origins of all http and https addresses in the environments of the configuration.
/// A configuration that can't be read names none; the page itself says what is wrong with it.
async fn configured_origins(config: Option<&Path>) -> BTreeSet<String> {
    let mut origins = BTreeSet::new();
    if let Some(config) = config
        && let Ok(bytes) = tokio::fs::read(config).await
        && let Ok(document) = serde_json::from_slice::<Value>(&bytes)
        && let Some(environments) = document.get("environments")
    {
        collect(environments, &mut origins);
    }
    origins
}

fn collect(value: &Value, origins: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            origins.extend(url.map(|url| url.origin().ascii_serialization()));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, origins)),
        Value::Object(members) => members.values().for_each(|member| collect(member, origins)),
        _ => {}
    }
}
