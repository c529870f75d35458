//! An application that was found at the server and not registered from here: what was asked for is unknown, so it starts
//! from what is registered.

use serde_json::{Map, Value};

use super::Application;
use crate::domain::{
    catalogue::Product,
    config::Environment,
    json,
    registration::{ClientMetadata, Registration, Software, dialect_of},
};

impl Application {
    /// A record out of an answer to a look-up. Only members that the dialect sends are taken over as asked for: a change
    /// repeats them. Nothing that opens the registration is in it.
    #[must_use]
    pub fn found(
        id: String,
        environment: &Environment,
        catalogue: &[Product],
        registration: &Registration,
        now: i64,
    ) -> Self {
        let asked = asked(environment, &registration.members);
        let scopes = asked.scopes();
        let products: Vec<String> = catalogue
            .iter()
            .filter(|product| environment.offers(&product.id))
            .filter(|product| environment.scopes_of(product).iter().all(|scope| scopes.contains(scope)))
            .map(|product| product.id.clone())
            .collect();
        Self::new(id, &environment.id, &products, asked, registration, now)
    }
}

fn asked(environment: &Environment, registered: &Map<String, Value>) -> ClientMetadata {
    let text = |name: &str| json::string(registered, name);
    let list = |name: &str| json::strings(registered, name);
    let members = dialect_of(environment).software_members();
    let kept = |name: &str| Some((name.to_owned(), registered.get(name)?.clone()));
    let software = (!members.is_empty()).then(|| {
        Box::new(Software {
            statement: text("software_statement").unwrap_or_default(),
            members: members.iter().filter_map(|member| kept(member.name)).collect(),
            ..Software::default()
        })
    });
    ClientMetadata {
        client_name: text("client_name").unwrap_or_default(),
        redirect_uris: list("redirect_uris"),
        grant_types: list("grant_types"),
        response_types: list("response_types"),
        token_endpoint_auth_method: text("token_endpoint_auth_method"),
        scope: text("scope"),
        jwks_uri: text("jwks_uri"),
        software,
        ..ClientMetadata::default()
    }
}
