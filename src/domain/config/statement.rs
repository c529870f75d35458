//! What an environment says of software statements (RFC 7591, 2.3) and of registration requests that are signed.

use super::{AUTH_METHODS, EnvironmentKind, TLS_CLIENT_AUTH, reader::Reader};
use crate::domain::{jose::Algorithm, registration::Operation};

/// Which software statements a server takes, and where they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementRules {
    /// The directory that a page can ask for one.
    pub directory: Option<Directory>,
    /// `iss` of the statements that the server takes; that of the directory when nothing else is said.
    pub issuers: Vec<String>,
    /// How old a statement may be, in seconds; `None` when the server does not mind.
    pub max_age: Option<i64>,
    /// Where a directory that the server must not trust makes software, on the page's own origin: for the self-check.
    pub untrusted: Option<String>,
}

/// A directory: an address is absolute, or a path on the page's own origin. `:organisation` and `:software` stand in it
/// where the two IDs belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// For people.
    pub name: String,
    /// `iss` of its statements.
    pub issuer: String,
    /// The keys it signs with (RFC 7517).
    pub jwks: String,
    /// Where it gives out a statement.
    pub statement: Option<String>,
    /// Where it takes a public key of the software.
    pub keys: Option<String>,
    /// Where it makes software for trying, on the page's own origin.
    pub trial: Option<String>,
}

impl Directory {
    /// An address of this directory for one piece of software.
    #[must_use]
    pub fn address(template: &str, organisation: &str, software: &str) -> String {
        let encoded = crate::domain::url::percent_encode;
        template.replace(":organisation", &encoded(organisation)).replace(":software", &encoded(software))
    }
}

/// In which form a registration request travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RequestForm {
    /// As a signed JWT.
    #[default]
    Jwt,
    /// As JSON with the same members, not signed.
    Json,
}

impl RequestForm {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jwt => "application/jwt",
            Self::Json => "application/json",
        }
    }
}

/// How a registration request is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequestRules {
    /// `aud`; `None` for the issuer.
    pub audience: Option<String>,
    /// How it travels.
    pub form: RequestForm,
    /// What it may be signed with, in the order offered; never empty.
    pub algorithms: Vec<Algorithm>,
    /// How long it lives, in seconds.
    pub lifetime: i64,
}

/// Long enough to read it through and press the button, short enough to be of no use to others.
const LIFETIME: i64 = 300;

impl Default for SignedRequestRules {
    fn default() -> Self {
        Self {
            audience: None,
            form: RequestForm::Jwt,
            algorithms: vec![Algorithm::Ps256],
            lifetime: LIFETIME,
        }
    }
}

const OPERATIONS: [(&str, Operation); 4] = [
    ("create", Operation::Create),
    ("read", Operation::Read),
    ("update", Operation::Update),
    ("delete", Operation::Delete),
];

/// Reads `software_statement`.
pub(super) fn rules(reader: &mut Reader<'_>) -> StatementRules {
    reader.known(&["directory", "issuers", "max_age", "untrusted"]);
    let directory = reader.object("directory", directory);
    let issuers = reader
        .strings("issuers")
        .unwrap_or_else(|| directory.iter().map(|directory: &Directory| directory.issuer.clone()).collect());
    let max_age = reader.number("max_age", 1.0..=1e9).map(|seconds| seconds as i64);
    let untrusted = path(reader, "untrusted");
    StatementRules { directory, issuers, max_age, untrusted }
}

fn directory(reader: &mut Reader<'_>) -> Directory {
    reader.known(&["name", "issuer", "jwks", "statement", "keys", "trial"]);
    let (issuer, jwks) = (reader.required("issuer"), reader.required("jwks"));
    let [statement, keys] = ["statement", "keys"].map(|name| reader.optional(name));
    let trial = path(reader, "trial");
    for (name, address) in [("jwks", Some(&jwks)), ("statement", statement.as_ref()), ("keys", keys.as_ref())]
    {
        reader.address(name, address.map_or("", String::as_str));
    }
    let name = reader.optional("name").unwrap_or_else(|| issuer.clone());
    Directory { name, issuer, jwks, statement, keys, trial }
}

/// A path on the page's own origin.
fn path(reader: &mut Reader<'_>, name: &str) -> Option<String> {
    let path = reader.optional(name);
    if path.as_ref().is_some_and(|path| !path.starts_with('/')) {
        reader.problem(name, "Write a path on this site that starts with /.");
    }
    path
}

/// Reads `signed_request`.
pub(super) fn signed_request(reader: &mut Reader<'_>) -> SignedRequestRules {
    reader.known(&["audience", "media_type", "algorithms", "lifetime"]);
    let usual = SignedRequestRules::default();
    let audience = reader.optional("audience");
    let form = reader.choice(
        "media_type",
        &[RequestForm::Jwt, RequestForm::Json].map(|form| (form.media_type(), form)),
        RequestForm::Jwt,
    );
    let algorithms = reader.strings("algorithms").map_or(usual.algorithms, |names| {
        let known: Vec<Algorithm> = names.iter().filter_map(|name| Algorithm::parse(name)).collect();
        if known.len() != names.len() || known.is_empty() {
            let names = Algorithm::ALL.map(Algorithm::name).join(", ");
            reader.problem("algorithms", format!("List one or more of: {names}."));
        }
        known
    });
    let lifetime = reader.number("lifetime", 10.0..=86_400.0).map_or(LIFETIME, |seconds| seconds as i64);
    SignedRequestRules { audience, form, algorithms, lifetime }
}

/// Reads `operations`: all four when it is left out.
pub(super) fn operations(reader: &mut Reader<'_>) -> Vec<Operation> {
    let Some(names) = reader.strings("operations") else {
        return OPERATIONS.map(|(_, operation)| operation).to_vec();
    };
    let known = |name: &String| OPERATIONS.iter().find(|(word, _)| word == name).map(|(_, found)| *found);
    if names.iter().any(|name| known(name).is_none()) {
        let words = OPERATIONS.map(|(word, _)| word).join(", ");
        reader.problem("operations", format!("List some of: {words}."));
    }
    names.iter().filter_map(known).collect()
}

/// Reads `self_check`. Nobody registers and deletes clients in production to see what happens.
pub(super) fn self_check(reader: &mut Reader<'_>, kind: EnvironmentKind) -> bool {
    let wanted = reader.flag("self_check", false);
    if wanted && kind != EnvironmentKind::Sandbox {
        reader.problem("self_check", "Only an environment of the kind sandbox can be checked like this.");
    }
    wanted && kind == EnvironmentKind::Sandbox
}

/// Reads `auth_methods`. A client certificate proves a client only where a statement vouches for it.
pub(super) fn methods(reader: &mut Reader<'_>) -> Vec<String> {
    let methods = reader.strings("auth_methods").unwrap_or_else(|| AUTH_METHODS.map(str::to_owned).to_vec());
    if methods.is_empty() {
        reader.problem("auth_methods", "List at least one method.");
    }
    let certificates = reader.get("software_statement").is_some();
    for method in &methods {
        if !AUTH_METHODS.contains(&method.as_str()) && !(certificates && method == TLS_CLIENT_AUTH) {
            let words = AUTH_METHODS.join(", ");
            reader.problem(
                "auth_methods",
                format!("“{method}” is not a method that this portal can use. Known: {words}."),
            );
        }
    }
    methods
}
