//! What was typed into the form of a new application.

use serde::{Deserialize, Serialize};

use super::habits;
use crate::domain::{config::Environment, registration::Software};

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
    /// What a registration by software statement needs; nothing until there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub software: Option<Box<Software>>,
}

impl Draft {
    /// Whether nothing was typed or chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { name, contact, sign_in, redirect_uris, products, .. } = self;
        let Self { description, key_here, keys, jwks_uri, software, .. } = self;
        let texts = [name, contact, redirect_uris, description, key_here, keys, jwks_uri];
        let statement = software.as_ref().is_some_and(|software| !software.statement.is_empty());
        !sign_in && !statement && products.is_empty() && texts.into_iter().all(String::is_empty)
    }

    /// Whether people sign in: ticked, and offered here. What was ticked for another environment is kept. Who registers
    /// by a software statement always says where a sign-in returns to.
    #[must_use]
    pub fn signs_in(&self, environment: &Environment) -> bool {
        environment.offers_sign_in() && (self.sign_in || habits(environment).takes_statements())
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
