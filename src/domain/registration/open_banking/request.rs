//! The claims of a signed registration request (Open Banking DCR 3.3; RFC 7591, 2.3), in the order in which banks print
//! them. What is empty is left out.

use serde_json::{Map, Value};

use crate::domain::{
    config::{Environment, RequestForm, TLS_CLIENT_AUTH},
    jose::Unsigned,
    registration::{ClientMetadata, discovery::Reach, metadata::Software},
};

/// What a request says of the moment in which it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// `iat`, seconds since 1970.
    pub issued_at: i64,
    /// `exp`, seconds since 1970.
    pub expires_at: i64,
    /// `jti`: new for every send.
    pub id: String,
    /// `aud` where the form has none.
    pub audience: String,
    /// How the request travels.
    pub form: RequestForm,
}

impl Stamp {
    /// For a request that is sent now. `id` has to be new.
    #[must_use]
    pub fn new(environment: &Environment, reach: &Reach, now: i64, id: String) -> Self {
        let rules = &environment.signed_request;
        Self {
            issued_at: now,
            expires_at: now.saturating_add(rules.lifetime),
            id,
            audience: rules.audience.clone().unwrap_or_else(|| reach.issuer.clone()),
            form: rules.form,
        }
    }
}

const ORDER: [&str; 19] = [
    "iss",
    "iat",
    "exp",
    "jti",
    "aud",
    "redirect_uris",
    "token_endpoint_auth_signing_alg",
    "token_endpoint_auth_method",
    "grant_types",
    "response_types",
    "application_type",
    "id_token_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "request_object_signing_alg",
    "scope",
    "software_id",
    "tls_client_auth_subject_dn",
    "software_statement",
];

/// The request before its signature. Without a stamp, it says what does not change from one send to the next.
#[must_use]
pub fn unsigned(metadata: &ClientMetadata, stamp: Option<&Stamp>) -> Unsigned {
    let software = metadata.software.as_deref();
    let mut header = Map::new();
    header.insert("typ".to_owned(), "JWT".into());
    for (name, value) in [("alg", software.map(|it| &it.algorithm)), ("kid", software.map(|it| &it.kid))] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            header.insert(name.to_owned(), value.as_str().into());
        }
    }
    Unsigned { header, claims: members(&ORDER, metadata, stamp) }
}

/// The members of a request by their names, in this order; what is empty is left out.
pub(in crate::domain::registration) fn members(
    order: &[&str],
    metadata: &ClientMetadata,
    stamp: Option<&Stamp>,
) -> Map<String, Value> {
    let nothing = Software::default();
    let software = metadata.software.as_deref().unwrap_or(&nothing);
    let plain = metadata.plain();
    let value = |name: &str| -> Option<Value> {
        match name {
            "iat" => Some(stamp?.issued_at.into()),
            "exp" => Some(stamp?.expires_at.into()),
            "jti" => Some(stamp?.id.as_str().into()),
            "aud" => software.get("aud").cloned().or_else(|| Some(stamp?.audience.as_str().into())),
            "software_statement" => Some(software.statement.as_str().into()),
            "tls_client_auth_subject_dn"
                if metadata.token_endpoint_auth_method.as_deref() != Some(TLS_CLIENT_AUTH) =>
            {
                None
            }
            _ => plain.get(name).or_else(|| software.get(name)).cloned(),
        }
    };
    let filled = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    order.iter().filter_map(|name| Some(((*name).to_owned(), value(name).filter(filled)?))).collect()
}
