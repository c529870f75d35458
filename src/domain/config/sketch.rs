//! An environment as a person fills it in: what the discovery document says stands there first, as a default and never
//! as a limit, because servers under-report.

use serde_json::{Map, Value, json};

use super::{AUTH_METHODS, Added, Problem};
use crate::domain::{json, url};

/// The form, as typed. Empty means "not given".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Issuer (RFC 8414, 2).
    pub issuer: String,
    /// Name for people.
    pub name: String,
    /// `sandbox` or `production`.
    pub kind: String,
    /// ID of the dialect.
    pub dialect: String,
    /// Whether the page reads the discovery document each time.
    pub discovery: bool,
    /// Client registration endpoint (RFC 7591, 3).
    pub registration: String,
    /// Token endpoint (RFC 6749, 3.2).
    pub token: String,
    /// JWK set (RFC 7517).
    pub jwks: String,
    /// Token introspection (RFC 7662).
    pub introspection: String,
    /// Path on this site behind which the server answers.
    pub prefix: String,
    /// `token_endpoint_auth_method`s to offer.
    pub auth_methods: Vec<String>,
    /// `grant_types` of an application, separated by spaces.
    pub grant_types: String,
    /// `required`, `optional` or `none`.
    pub initial_access_token: String,
    /// `issuer`, `token_endpoint` or a value.
    pub assertion_audience: String,
    /// Base URL of product calls.
    pub api: String,
}

/// How the portal got hold of the discovery document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The page read it, and will read it again.
    Fetched,
    /// A person pasted it, or there is none: the page cannot read it, so that the endpoints have to be written down.
    ByHand,
}

impl Sketch {
    /// What to start from.
    #[must_use]
    pub fn propose(typed: &str, document: &Map<String, Value>, source: Source) -> Self {
        let text = |name: &str| json::string(document, name).unwrap_or_default();
        let issuer = Some(text("issuer")).filter(|issuer| url::origin(issuer).is_some());
        let issuer = issuer.unwrap_or_else(|| typed.trim().trim_end_matches('/').to_owned());
        let keycloak = is_keycloak(&issuer, &text("registration_endpoint"));
        let by_hand = source == Source::ByHand;
        let endpoint = |name: &str| if by_hand { text(name) } else { String::new() };
        Self {
            name: name_of(&issuer),
            kind: "sandbox".to_owned(),
            dialect: if keycloak { "keycloak" } else { "rfc7591" }.to_owned(),
            discovery: !by_hand,
            registration: endpoint("registration_endpoint"),
            token: endpoint("token_endpoint"),
            jwks: endpoint("jwks_uri"),
            introspection: endpoint("introspection_endpoint"),
            prefix: String::new(),
            auth_methods: methods(document),
            grant_types: grants(document),
            initial_access_token: if keycloak { "required" } else { "optional" }.to_owned(),
            assertion_audience: "issuer".to_owned(),
            api: String::new(),
            issuer,
        }
    }

    /// The piece of `portal.json`. Members that would say what is so anyway are left out.
    #[must_use]
    pub fn piece(&self, id: &str) -> Map<String, Value> {
        let mut piece = Map::new();
        let mut put = |name: &str, value: Value| drop(piece.insert(name.to_owned(), value));
        put("id", json!(id));
        put("name", json!(self.name.trim()));
        put("kind", json!(self.kind));
        put("dialect", json!(self.dialect));
        put("issuer", json!(self.issuer.trim()));
        if !self.discovery {
            put("discovery", json!(false));
        }
        let endpoints: Map<String, Value> = [
            ("registration", &self.registration),
            ("token", &self.token),
            ("jwks", &self.jwks),
            ("introspection", &self.introspection),
        ]
        .into_iter()
        .filter(|(_, address)| !address.trim().is_empty())
        .map(|(name, address)| (name.to_owned(), json!(address.trim())))
        .collect();
        if !endpoints.is_empty() {
            put("endpoints", Value::Object(endpoints));
        }
        if !self.prefix.trim().is_empty() {
            let replaces = url::origin(self.issuer.trim()).unwrap_or_default();
            put("via", json!({ "prefix": self.prefix.trim().trim_end_matches('/'), "replaces": replaces }));
        }
        put("auth_methods", json!(self.auth_methods));
        put("grant_types", json!(self.grant_types.split_whitespace().collect::<Vec<_>>()));
        put("initial_access_token", json!(self.initial_access_token));
        put("assertion_audience", json!(self.assertion_audience.trim()));
        put("api", json!(self.api.trim()));
        piece
    }

    /// The environment that it makes.
    ///
    /// # Errors
    /// Everything that is wrong, by the member of `portal.json`.
    pub fn check(&self, id: &str, now: i64) -> Result<Added, Vec<Problem>> {
        let added = Added::new(self.piece(id), now);
        let mut problems = added.as_ref().err().cloned().unwrap_or_default();
        let mut problem = |path: &str, text: &str| {
            if !problems.iter().any(|known| known.path == path) {
                problems.push(Problem { path: path.to_owned(), text: text.to_owned() });
            }
        };
        if url::origin(self.issuer.trim()).is_none() {
            problem(
                "issuer",
                "Write the issuer’s https address, for example https://login.bank.example/realms/partners.",
            );
        }
        if self.name.trim().is_empty() {
            problem("name", "Give it a name: it stands in the list of environments.");
        }
        if self.grant_types.trim().is_empty() {
            problem("grant_types", "Write at least one grant type, for example client_credentials.");
        }
        if self.assertion_audience.trim().is_empty() {
            problem("assertion_audience", "Choose one, or write the value.");
        }
        match added {
            Ok(added) if problems.is_empty() => Ok(added),
            _ => Err(problems),
        }
    }
}

/// An ID for a name, which none of these has: `partner-test`, `partner-test-2`.
#[must_use]
pub fn id_for(name: &str, taken: &[String]) -> String {
    let mut slug = String::new();
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = match slug.trim_end_matches('-') {
        "" => "environment",
        slug => slug,
    };
    // The prefix keeps it apart from what an operator is likely to write one day.
    let slug = format!("added-{slug}");
    let free = |id: &String| !taken.contains(id);
    Some(slug.clone())
        .into_iter()
        .chain((2..).map(|number: u32| format!("{slug}-{number}")))
        .find(free)
        .unwrap_or(slug)
}

/// The methods this portal can use and the document names; all of them when it names none of those.
fn methods(document: &Map<String, Value>) -> Vec<String> {
    let known = AUTH_METHODS.map(str::to_owned);
    let named = json::strings(document, "token_endpoint_auth_methods_supported").unwrap_or_default();
    let offered: Vec<String> = known.iter().filter(|method| named.contains(method)).cloned().collect();
    if offered.is_empty() { known.to_vec() } else { offered }
}

/// What an application of this portal may need, as far as the document names it; always `client_credentials`.
fn grants(document: &Map<String, Value>) -> String {
    let named = json::strings(document, "grant_types_supported").unwrap_or_default();
    let known =
        ["authorization_code", "refresh_token"].into_iter().filter(|grant| named.iter().any(|n| n == grant));
    std::iter::once("client_credentials").chain(known).collect::<Vec<_>>().join(" ")
}

/// Keycloak's addresses have not changed since its first releases.
fn is_keycloak(issuer: &str, registration: &str) -> bool {
    registration.contains("/clients-registrations/")
        || (registration.is_empty() && issuer.contains("/realms/"))
}

/// The last part of the path, or the host.
fn name_of(issuer: &str) -> String {
    let path = url::parts(issuer).map(|parts| parts.path).unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = url::percent_decode(last).unwrap_or_else(|| last.to_owned());
    if last.is_empty() { url::host(issuer) } else { last }
}

/// A discovery document out of the body of an answer.
///
/// # Errors
/// A sentence.
pub fn document(body: &str) -> Result<Map<String, Value>, String> {
    let members = json::object(body)
        .map_err(|problem| format!("{problem} A discovery document is a JSON object."))?
        .members;
    if json::string(&members, "issuer").is_none() && json::string(&members, "token_endpoint").is_none() {
        return Err(
            "This JSON names no issuer and no token endpoint: it is not a discovery document.".to_owned()
        );
    }
    Ok(members)
}
