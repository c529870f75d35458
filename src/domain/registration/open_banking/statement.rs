//! A software statement (RFC 7591, 2.3) as a directory wrote it: UK names and Australian names.

use crate::domain::inspect::{
    inspect,
    json::{Document, Node, Value},
    profiles::ROLES,
};

/// What a directory says of a piece of software. Nothing here is verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoftwareStatement {
    /// The statement itself, compact (RFC 7515, 7.1).
    pub token: String,
    /// `alg` of its header.
    pub algorithm: String,
    /// `kid` of its header: a key of the directory.
    pub kid: Option<String>,
    /// `iss`: the directory.
    pub issuer: Option<String>,
    /// `iat`, seconds since 1970.
    pub issued_at: Option<i64>,
    /// `jti`.
    pub id: Option<String>,
    /// `software_environment`.
    pub environment: Option<String>,
    /// `software_id`.
    pub software_id: String,
    /// `org_id`.
    pub organisation_id: Option<String>,
    /// `org_name`.
    pub organisation_name: Option<String>,
    /// `software_client_name` or `client_name`.
    pub client_name: Option<String>,
    /// `software_redirect_uris` or `redirect_uris`.
    pub redirect_uris: Vec<String>,
    /// `software_roles`; one string counts as one role.
    pub roles: Vec<String>,
    /// `scope`, where the directory writes one.
    pub scope: Option<String>,
    /// Where the keys are.
    pub keys: KeyAddresses,
    /// Client, logo, policy and terms, by their names in the statement.
    pub addresses: Vec<(&'static str, String)>,
    /// What had to be done to read it, in sentences.
    pub notes: Vec<String>,
}

/// Where a statement says that keys are (RFC 7517).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyAddresses {
    /// Of the software: `software_jwks_endpoint` or `jwks_uri`.
    pub software: Option<String>,
    /// Those that were revoked: `software_jwks_revoked_endpoint` or `revocation_uri`.
    pub software_revoked: Option<String>,
    /// `org_jwks_endpoint`.
    pub organisation: Option<String>,
    /// `org_jwks_revoked_endpoint`.
    pub organisation_revoked: Option<String>,
}

const ADDRESSES: [&str; 8] = [
    "software_client_uri",
    "software_logo_uri",
    "software_policy_uri",
    "software_tos_uri",
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
];

impl SoftwareStatement {
    /// Reads whatever was pasted, dropped or fetched. Of a whole registration request it takes the statement inside.
    ///
    /// # Errors
    /// A sentence: it is no JWT, it is cut off, or it names no software.
    pub fn read(text: &str) -> Result<Self, String> {
        let seen = inspect(text, 0, &[]);
        let mut notes: Vec<String> = seen.repairs.iter().map(|repair| repair.sentence()).collect();
        let inside = seen.payload.as_ref().and_then(|layer| layer.document.text("software_statement"));
        if let Some(inside) = inside {
            notes.push("This is a whole registration request. The statement inside was taken.".to_owned());
            return Self::of(inside, notes);
        }
        Self::of(seen.token.expose(), notes)
    }

    fn of(token: &str, notes: Vec<String>) -> Result<Self, String> {
        let seen = inspect(token, 0, &[]);
        let (Some(header), Some(payload)) = (&seen.header, &seen.payload) else {
            return Err("This is no software statement: that is a JWT, three parts with dots between them."
                .to_owned());
        };
        let claims = &payload.document;
        if !claims.root().is_some_and(|root| root.is_complete()) {
            return Err("The statement is cut off or damaged. Copy the whole of it.".to_owned());
        }
        let Some(software_id) = text(claims, &["software_id"]) else {
            return Err(
                "This JWT names no `software_id`, so it is no software statement. Get one from the directory."
                    .to_owned(),
            );
        };
        let read = |names: &[&str]| text(claims, names);
        Ok(Self {
            token: seen.token.expose().to_owned(),
            algorithm: text(&header.document, &["alg"]).unwrap_or_default(),
            kid: text(&header.document, &["kid"]),
            issuer: read(&["iss"]),
            issued_at: claims.get("iat").and_then(integer),
            id: read(&["jti"]),
            environment: read(&["software_environment"]),
            software_id,
            organisation_id: read(&["org_id"]),
            organisation_name: read(&["org_name"]),
            client_name: read(&["software_client_name", "client_name"]),
            redirect_uris: texts(claims, &["software_redirect_uris", "redirect_uris"]),
            roles: texts(claims, &["software_roles"]),
            scope: read(&["scope"]),
            keys: KeyAddresses {
                software: read(&["software_jwks_endpoint", "jwks_uri"]),
                software_revoked: read(&["software_jwks_revoked_endpoint", "revocation_uri"]),
                organisation: read(&["org_jwks_endpoint"]),
                organisation_revoked: read(&["org_jwks_revoked_endpoint"]),
            },
            addresses: ADDRESSES.into_iter().filter_map(|name| Some((name, read(&[name])?))).collect(),
            notes,
        })
    }

    /// The scopes that the software may ask for: those it names, else those of its roles.
    #[must_use]
    pub fn scopes(&self) -> Vec<String> {
        match &self.scope {
            Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
            None => {
                let allowed = |(role, _): &&(&str, &str)| self.roles.iter().any(|mine| mine == role);
                ROLES.iter().filter(allowed).map(|(_, scope)| (*scope).to_owned()).collect()
            }
        }
    }
}

/// The first of these claims that is a text that is not empty; a number as it was written.
fn text(claims: &Document, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match claims.get(name)?.value() {
        Value::String(text) if !text.is_empty() => Some(text.to_string()),
        Value::Number(digits) => Some(digits.to_string()),
        _ => None,
    })
}

/// The strings of the first of these claims that is there: one, or an array of them.
fn texts(claims: &Document, names: &[&str]) -> Vec<String> {
    let found = names.iter().find_map(|name| claims.get(name));
    found.map(Node::one_or_many).unwrap_or_default().into_iter().map(str::to_owned).collect()
}

fn integer(node: Node<'_>) -> Option<i64> {
    match node.value() {
        Value::Number(digits) | Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}
