//! Changing an application: what the form starts with, and the document that goes out. Both are made from our own last
//! request, never from the server's echo.

use serde_json::Value;

use super::Application;
use crate::domain::{
    form::{Draft, KeySource, Valid},
    registration::ClientMetadata,
};

impl Application {
    /// Whether people sign in through this application, by what was asked for.
    #[must_use]
    pub fn signs_in(&self) -> bool {
        let holds = |list: &Option<Vec<String>>, word: &str| list.iter().flatten().any(|item| item == word);
        holds(&self.asked.grant_types, "authorization_code") || holds(&self.asked.response_types, "code")
    }

    /// The scopes a token request names: those that were asked for and are registered. Others the server may have
    /// added are its own business, and naming one that is not registered is refused.
    #[must_use]
    pub fn token_scopes(&self) -> Vec<String> {
        let registered = self.registered_scopes();
        self.asked.scopes().into_iter().filter(|scope| registered.contains(scope)).collect()
    }

    /// The form of a change, filled in with what was last asked for.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let sign_in = self.signs_in();
        let redirect_uris = self.asked.redirect_uris.as_deref().filter(|_| sign_in).unwrap_or_default();
        let source = if self.asked.jwks_uri.is_some() { KeySource::Address } else { KeySource::Pasted };
        Draft {
            environment: self.environment.clone(),
            name: self.asked.client_name.clone(),
            description: self.asked.description.clone().unwrap_or_default(),
            contact: self.asked.contacts.iter().flatten().next().cloned().unwrap_or_default(),
            sign_in,
            redirect_uris: redirect_uris.join("\n"),
            products: self.products.clone(),
            method: self.asked.token_endpoint_auth_method.clone().unwrap_or_default(),
            key_source: source.as_str().to_owned(),
            key_here: self
                .asked
                .software
                .as_ref()
                .and(self.asked.jwks.as_ref())
                .map(Value::to_string)
                .unwrap_or_default(),
            software: self.asked.software.clone(),
            keys: self.asked.jwks.as_ref().map(Value::to_string).unwrap_or_default(),
            jwks_uri: self.asked.jwks_uri.clone().unwrap_or_default(),
        }
    }

    /// A change as a whole document and the products that come with it: what was last asked for, with what the form
    /// changes. Members the form does not show stay as they are.
    #[must_use]
    pub fn changed(&self, draft: &Draft, valid: &Valid) -> (ClientMetadata, Vec<String>) {
        let new = valid.metadata();
        if new.software.is_some() {
            // Everything in such a request is shown, and a change has to repeat all of it.
            return (new.clone(), valid.products().to_vec());
        }
        let mut asked = self.asked.clone();
        asked.client_name.clone_from(&new.client_name);
        asked.description.clone_from(&new.description);
        asked.contacts = contacts(self.asked.contacts.as_deref(), new.contacts.as_deref());
        if new.grant_types.iter().flatten().any(|grant| grant == "authorization_code") {
            asked.redirect_uris.clone_from(&new.redirect_uris);
        }
        if same(&draft.products, &self.products) {
            // Also the scopes of products that are no longer offered.
            return (asked, self.products.clone());
        }
        asked.scope.clone_from(&new.scope);
        (asked, valid.products().to_vec())
    }
}

/// The same products, in whatever order.
fn same(left: &[String], right: &[String]) -> bool {
    left.len() == right.len() && left.iter().all(|id| right.contains(id))
}

/// The form shows the first contact; the others stay.
fn contacts(old: Option<&[String]>, new: Option<&[String]>) -> Option<Vec<String>> {
    let others = old.unwrap_or_default().iter().skip(1);
    let all: Vec<String> = new.unwrap_or_default().iter().chain(others).cloned().collect();
    (!all.is_empty() || old.is_some_and(<[String]>::is_empty)).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Vec<String> {
        items.iter().map(|item| (*item).to_owned()).collect()
    }

    #[test]
    fn contacts_that_the_form_does_not_show_stay() {
        let old = list(&["a@x.example", "b@x.example"]);
        let new = list(&["c@x.example"]);
        assert_eq!(contacts(Some(&old), Some(&new)), Some(list(&["c@x.example", "b@x.example"])));
        assert_eq!(contacts(Some(&old), None), Some(list(&["b@x.example"])));
        assert_eq!(contacts(None, None), None);
        assert_eq!(contacts(Some(&[]), None), Some(Vec::new()));
        assert_eq!(contacts(Some(&list(&["a@x.example"])), None), None);
    }
}
