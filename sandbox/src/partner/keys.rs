//! Keys of an application: added, given products and a certificate, revoked
//! (`organizations.developers.apps.keys`).

use axum::http::StatusCode;
use axum::response::Response;

use super::app::{App, ConsumerSecret, Key, KeyProduct};
use super::apps::new_key;
use super::body::{self, KeyBody, Milliseconds};
use super::decisions::{Decision, Subject};
use super::{Ask, Outcome, Partner, fault, no_app, no_key, refusal};
use crate::answer;

impl Partner {
    /// Adds a key beside those there are.
    pub(super) fn create_key(&self, ask: &Ask<'_>, app: &str) -> Outcome {
        let body: KeyBody = body::read(ask.call)?;
        let now = self.now_ms();
        let attributes = body::key_attributes(body.attributes, self.clock.now())?;
        let products = body::products(&body.api_products)?;
        let consumer_key = body.consumer_key.map(|text| body::chosen("consumerKey", text)).transpose()?;
        let secret = body.consumer_secret.map(|text| body::chosen("consumerSecret", text)).transpose()?;
        let wish = body.key_expires_in.map(|wish| Milliseconds::duration(Some(wish))).transpose()?;
        let document = self.change(ask.developer.email, app, |app| {
            let fresh = new_key(now, wish.unwrap_or(app.key_expires_in))?;
            let key = Key {
                consumer_key: consumer_key.unwrap_or_else(|| fresh.consumer_key.clone()),
                consumer_secret: secret.map_or_else(|| fresh.consumer_secret.clone(), ConsumerSecret),
                products,
                attributes,
                ..fresh
            };
            let document = key.document();
            app.keys.push(key);
            Ok(document)
        })?;
        Ok(answer::json(StatusCode::CREATED, &document))
    }

    pub(super) fn show_key(&self, ask: &Ask<'_>, app: &str, key: &str) -> Outcome {
        let developer = ask.developer.email;
        let found = self.store.partner_app(developer, app).map_err(fault)?;
        let found = found.ok_or_else(|| no_app(developer, app))?;
        Ok(answer::json(StatusCode::OK, &found.key(key).ok_or_else(|| no_key(key))?.document()))
    }

    /// With an action, approves or revokes the key; its own key a partner may revoke. Without, adds to it.
    pub(super) fn update_or_decide_key(&self, ask: &Ask<'_>, app: &str, key: &str) -> Outcome {
        let Some(decision) = ask.decision()? else { return self.update_key(ask, app, key) };
        if decision == Decision::Approve {
            ask.must_be_administrator()?;
        }
        let subject = Subject::Key(key.to_owned());
        self.decide(ask.developer.email, app, &subject, decision, ask.reason().as_deref())?;
        Ok(answer::empty(StatusCode::NO_CONTENT))
    }

    /// Adds products, and sets attributes. A product that is there stays as it stands.
    fn update_key(&self, ask: &Ask<'_>, app: &str, key: &str) -> Outcome {
        let body: KeyBody = body::read(ask.call)?;
        let attributes = body::key_attributes(body.attributes, self.clock.now())?;
        let products = body::products(&body.api_products)?;
        let document = self.change(ask.developer.email, app, |app| {
            let key = found(app, key)?;
            let is_new =
                |one: &KeyProduct| key.products.iter().all(|there| there.apiproduct != one.apiproduct);
            let added: Vec<KeyProduct> = products.into_iter().filter(is_new).collect();
            key.products.extend(added);
            for attribute in &attributes {
                key.set_attribute(&attribute.name, Some(&attribute.value));
            }
            Ok(key.document())
        })?;
        Ok(answer::json(StatusCode::OK, &document))
    }

    pub(super) fn delete_key(&self, ask: &Ask<'_>, app: &str, key: &str) -> Outcome {
        let removed = self.change(ask.developer.email, app, |app| {
            let at = app.keys.iter().position(|one| one.consumer_key == key).ok_or_else(|| no_key(key))?;
            Ok(app.keys.remove(at))
        })?;
        Ok(answer::json(StatusCode::OK, &removed.document()))
    }

    pub(super) fn decide_product(&self, ask: &Ask<'_>, app: &str, key: &str, product: &str) -> Outcome {
        let decision = ask.decision()?.ok_or_else(|| refusal::invalid("Which action: approve or revoke?"))?;
        ask.must_be_administrator()?;
        let subject = Subject::Product(key.to_owned(), product.to_owned());
        self.decide(ask.developer.email, app, &subject, decision, ask.reason().as_deref())?;
        Ok(answer::empty(StatusCode::NO_CONTENT))
    }

    pub(super) fn remove_product(&self, ask: &Ask<'_>, app: &str, key: &str, product: &str) -> Outcome {
        let document = self.change(ask.developer.email, app, |app| {
            let key = found(app, key)?;
            let at = key.products.iter().position(|one| one.apiproduct == product);
            key.products.remove(at.ok_or_else(|| no_product(product))?);
            Ok(key.document())
        })?;
        Ok(answer::json(StatusCode::OK, &document))
    }
}

fn found<'a>(app: &'a mut App, key: &str) -> Result<&'a mut Key, Response> {
    app.key_mut(key).ok_or_else(|| no_key(key))
}

/// 404 for a product the key doesn't have.
pub(super) fn no_product(product: &str) -> Response {
    refusal::not_found(&format!("The key has no API product {product}."))
}
