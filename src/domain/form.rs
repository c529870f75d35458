//! The form of a new application: what was typed, and what it takes to send it.

mod keys;

use serde::{Deserialize, Serialize};

use crate::domain::{
    catalogue::Product,
    config::{Environment, MachineRedirectUri, ResponseTypes},
    registration::{self, ClientMetadata},
    url,
};

pub use keys::KeySource;

/// Everything a partner typed, as typed. The initial access token is not here: a draft is stored, the token is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// ID of the environment.
    pub environment: String,
    /// Application name.
    pub name: String,
    /// What it is for, where apps have a description.
    pub description: String,
    /// Contact e-mail.
    pub contact: String,
    /// Whether people sign in through this application.
    pub sign_in: bool,
    /// Redirect URIs, one a line.
    pub redirect_uris: String,
    /// IDs of the chosen products.
    pub products: Vec<String>,
    /// `token_endpoint_auth_method`; empty means the first that is offered.
    pub method: String,
    /// Where the public keys come from, when the client signs; empty means from here.
    pub key_source: String,
    /// The public half of the key that was made or loaded here, as a set.
    pub key_here: String,
    /// Public keys as pasted.
    pub keys: String,
    /// Address of the public keys.
    pub jwks_uri: String,
}

impl Draft {
    /// Whether nothing was typed or chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { name, contact, sign_in, redirect_uris, products, .. } = self;
        let Self { description, key_here, keys, jwks_uri, .. } = self;
        let texts = [name, contact, redirect_uris, description, key_here, keys, jwks_uri];
        !sign_in && products.is_empty() && texts.into_iter().all(String::is_empty)
    }

    /// Whether people sign in: ticked, and offered here. What was ticked for another environment is kept.
    #[must_use]
    pub fn signs_in(&self, environment: &Environment) -> bool {
        self.sign_in && environment.offers_sign_in()
    }

    /// The method as chosen, or the first one offered.
    #[must_use]
    pub fn method<'a>(&'a self, environment: &'a Environment) -> &'a str {
        environment
            .auth_methods
            .iter()
            .find(|method| **method == self.method)
            .or_else(|| environment.auth_methods.first())
            .map_or("client_secret_basic", String::as_str)
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Application name.
    Name,
    /// Contact e-mail.
    Contact,
    /// Redirect URIs.
    RedirectUris,
    /// The list of products.
    Products,
    /// The authentication method.
    Method,
    /// The public keys.
    Keys,
    /// The initial access token.
    InitialAccessToken,
    /// The sign-in.
    SignIn,
    /// What it is for.
    Description,
}

impl Field {
    /// The `id` of its input in the page.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Contact => "contact",
            Self::RedirectUris => "redirect-uris",
            Self::Products => "products",
            Self::Method => "method",
            Self::Keys => "keys",
            Self::InitialAccessToken => "initial-access-token",
            Self::SignIn => "who-is-asking",
            Self::Description => "description",
        }
    }

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Application name",
            Self::Contact => "Contact e-mail",
            Self::RedirectUris => "Redirect URIs",
            Self::Products => "Products",
            Self::Method => "Method",
            Self::Keys => "Keys",
            Self::InitialAccessToken => "Initial access token",
            Self::SignIn => "Sign-in",
            Self::Description => "Description",
        }
    }
}

/// One thing to change before the form can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: Field,
    /// What to change, in a sentence.
    pub text: String,
}

impl Problem {
    /// A problem at a field.
    #[must_use]
    pub fn new(field: Field, text: impl Into<String>) -> Self {
        Self { field, text: text.into() }
    }
}

/// A form that can be sent. Only [`validate`] makes one, so holding it proves that the rules hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Valid {
    metadata: ClientMetadata,
    products: Vec<String>,
}

impl Valid {
    /// What will be registered.
    #[must_use]
    pub fn metadata(&self) -> &ClientMetadata {
        &self.metadata
    }

    /// IDs of the chosen products, in the order of the catalogue.
    #[must_use]
    pub fn products(&self) -> &[String] {
        &self.products
    }
}

/// Checks a draft against the rules of every server and of this environment's dialect.
///
/// # Errors
/// Every problem, in the order of the page.
pub fn validate(
    draft: &Draft,
    environment: &Environment,
    catalogue: &[Product],
    page_origin: &str,
) -> Result<Valid, Vec<Problem>> {
    let mut problems = Vec::new();
    let name = draft.name.trim();
    if name.is_empty() {
        problems.push(Problem::new(Field::Name, "Give the application a name, for example gateway-client."));
    }
    if name.chars().any(char::is_control) {
        problems.push(Problem::new(Field::Name, "Take out the line breaks and control characters."));
    }
    let contact = draft.contact.trim();
    if let Some(text) = email_problem(contact) {
        problems.push(Problem::new(Field::Contact, text));
    }
    let redirect_uris = redirect_uris(draft, environment, page_origin, &mut problems);
    let chosen: Vec<&Product> = catalogue
        .iter()
        .filter(|product| environment.offers(&product.id) && draft.products.contains(&product.id))
        .collect();
    if chosen.is_empty() && catalogue.iter().any(|product| environment.offers(&product.id)) {
        problems.push(Problem::new(
            Field::Products,
            "Choose at least one product, so that the token has a scope to carry.",
        ));
    }
    let (jwks, jwks_uri) = keys::check(draft, environment, &mut problems);
    let metadata = ClientMetadata {
        client_name: name.to_owned(),
        description: description(draft, environment),
        contacts: (!contact.is_empty()).then(|| vec![contact.to_owned()]),
        redirect_uris: Some(redirect_uris),
        grant_types: Some(grant_types(draft, environment)),
        response_types: response_types(draft, environment),
        token_endpoint_auth_method: Some(draft.method(environment).to_owned()),
        scope: scope(&chosen, environment),
        jwks,
        jwks_uri,
    };
    problems.extend(registration::dialect_of(environment).check(&metadata));
    problems.sort_by_key(|problem| problem.field as u8);
    if problems.is_empty() {
        Ok(Valid { metadata, products: chosen.iter().map(|product| product.id.clone()).collect() })
    } else {
        Err(problems)
    }
}

fn redirect_uris(
    draft: &Draft,
    environment: &Environment,
    page_origin: &str,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let is_app = registration::dialect_of(environment).habits().developer_apps;
    if !draft.signs_in(environment) && !is_app {
        return match environment.machine_redirect_uri {
            MachineRedirectUri::None => Vec::new(),
            MachineRedirectUri::Portal => vec![format!("{page_origin}/")],
        };
    }
    let uris: Vec<String> = draft
        .redirect_uris
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if uris.is_empty() && !is_app {
        problems
            .push(Problem::new(Field::RedirectUris, "Enter the address a sign-in returns to, one a line."));
    }
    if let Some(problem) = uris.iter().find_map(|uri| Some((uri, redirect_uri_problem(uri)?))) {
        problems.push(Problem::new(Field::RedirectUris, format!("“{}”: {}", problem.0, problem.1)));
    }
    uris
}

/// RFC 6749, 3.1.2: absolute and without a fragment; RFC 8252, 7.3: plain http for this computer only.
fn redirect_uri_problem(uri: &str) -> Option<String> {
    let parts = match url::parts(uri) {
        Ok(parts) => parts,
        Err(text) => return Some(text),
    };
    let text = match parts.scheme.as_str() {
        _ if parts.has_fragment => "A redirect URI has no # part.",
        _ if parts.has_userinfo => "Take out the user name and password.",
        "https" | "http" if parts.host.is_empty() => "The host is missing.",
        "https" => return None,
        "http" if url::is_loopback(&parts.host) => return None,
        "http" => "Use https. Plain http is for this computer only.",
        "javascript" | "data" | "vbscript" | "file" | "blob" | "about" => "This scheme is never allowed.",
        scheme if scheme.contains('.') => return None,
        _ => "Use https, or a scheme of your own that holds a dot, for example com.example.app.",
    };
    Some(text.to_owned())
}

/// A member that only developer apps have.
fn description(draft: &Draft, environment: &Environment) -> Option<String> {
    let text = draft.description.trim();
    let taken = registration::dialect_of(environment).habits().developer_apps;
    (taken && !text.is_empty()).then(|| text.to_owned())
}

fn email_problem(email: &str) -> Option<&'static str> {
    if email.is_empty() {
        return None;
    }
    let Some((local, domain)) = email.rsplit_once('@') else {
        return Some("Write an e-mail address, for example integration@northline.example.");
    };
    if local.is_empty() {
        return Some("Add the part before the @.");
    }
    if email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("Take the space out of the address.");
    }
    if domain.is_empty() || domain.starts_with('.') || domain.ends_with('.') || !domain.contains('.') {
        return Some("Add the part after the @, for example northline.example.");
    }
    None
}

fn grant_types(draft: &Draft, environment: &Environment) -> Vec<String> {
    environment
        .grant_types
        .iter()
        .filter(|grant| {
            draft.signs_in(environment) || !matches!(grant.as_str(), "authorization_code" | "refresh_token")
        })
        .cloned()
        .collect()
}

fn response_types(draft: &Draft, environment: &Environment) -> Option<Vec<String>> {
    if draft.signs_in(environment) {
        return Some(vec!["code".to_owned()]);
    }
    match &environment.response_types {
        ResponseTypes::Omit => None,
        ResponseTypes::Send(list) => Some(list.clone()),
    }
}

fn scope(products: &[&Product], environment: &Environment) -> Option<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in products.iter().flat_map(|product| environment.scopes_of(product)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    (!scopes.is_empty()).then(|| scopes.join(" "))
}
