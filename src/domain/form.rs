//! The form of a new application: what was typed, and what it takes to send it.

mod draft;
mod field;
mod keys;
mod software;

use crate::domain::{
    catalogue::Product,
    config::{Environment, MachineRedirectUri, ResponseTypes},
    registration::{self, ClientMetadata, Habits},
    url,
};

pub use draft::Draft;
pub use field::Field;
pub use keys::KeySource;

fn habits(environment: &Environment) -> Habits {
    registration::dialect_of(environment).habits()
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
    let software = software::check(draft, environment, &mut problems);
    let metadata = ClientMetadata {
        client_name: name.to_owned(),
        description: description(draft, environment),
        contacts: (!contact.is_empty()).then(|| vec![contact.to_owned()]),
        redirect_uris: Some(redirect_uris),
        grant_types: Some(grant_types(draft, environment)),
        response_types: response_types(draft, environment),
        token_endpoint_auth_method: Some(draft.method(environment).to_owned()),
        scope: software::scope(draft, environment).or_else(|| scope(&chosen, environment)),
        jwks,
        jwks_uri,
        software,
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
    let is_app = habits(environment).developer_apps;
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
    let taken = habits(environment).developer_apps;
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
    let rules = &environment.response_types;
    if draft.signs_in(environment) {
        return match rules {
            // A bank names its flow, and takes no other.
            ResponseTypes::Send(list) if habits(environment).takes_statements() => Some(list.clone()),
            _ => Some(vec!["code".to_owned()]),
        };
    }
    match rules {
        ResponseTypes::Omit => None,
        ResponseTypes::Send(list) => Some(list.clone()),
    }
}

fn scope(products: &[&Product], environment: &Environment) -> Option<String> {
    let mut scopes: Vec<String> = software::own_scopes(environment);
    for scope in products.iter().flat_map(|product| environment.scopes_of(product)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    (!scopes.is_empty()).then(|| scopes.join(" "))
}
