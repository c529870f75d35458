//! Applications: listed, made, replaced, deleted (`organizations.developers.apps`).

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::app::{App, Attribute, Status};
use super::body::{self, AppBody, Milliseconds};
use super::decisions::Subject;
use super::{Ask, Outcome, Partner, expand, fault, no_app, refusal};
use crate::answer;

impl Partner {
    pub(super) fn list_apps(&self, ask: &Ask<'_>) -> Outcome {
        let apps = self.store.partner_apps(Some(ask.developer.email)).map_err(fault)?;
        let list: Vec<Value> = match expand(ask.call) {
            true => apps.iter().map(App::document).collect(),
            false => apps.iter().map(|app| json!({ "appId": app.app_id, "name": app.name })).collect(),
        };
        Ok(answer::json(StatusCode::OK, &json!({ "app": list })))
    }

    pub(super) fn list_mail(&self, ask: &Ask<'_>) -> Outcome {
        let mail = self.store.partner_mail(ask.developer.email).map_err(fault)?;
        let list: Vec<Value> = mail
            .iter()
            .map(|mail| {
                json!({
                    "to": ask.developer.email,
                    "sentAt": mail.sent_at.saturating_mul(1000).to_string(),
                    "kind": mail.kind,
                    "subject": mail.subject,
                    "body": mail.body,
                })
            })
            .collect();
        Ok(answer::json(StatusCode::OK, &json!({ "mail": list })))
    }

    /// Makes an application with one key. Products that wait for an administrator are `pending` in it; the key itself
    /// is there at once.
    pub(super) fn create_app(&self, ask: &Ask<'_>) -> Outcome {
        let body: AppBody = body::read(ask.call)?;
        let now = self.now_ms();
        let key_expires_in = Milliseconds::duration(body.key_expires_in)?;
        let mut key = new_key(now, key_expires_in)?;
        key.products = body::products(&body.api_products)?;
        let app = App {
            app_id: Uuid::new_v4().to_string(),
            developer: ask.developer.email.to_owned(),
            name: body::app_name(body.name)?,
            attributes: body::app_attributes(body.attributes)?,
            callback_url: body::callback(body.callback_url)?,
            key_expires_in,
            status: Status::Approved,
            created_at: now,
            modified_at: now,
            keys: vec![key],
        };
        if !self.store.add_partner_app(&app).map_err(fault)? {
            return Err(refusal::exists(&format!("App with name {} already exists.", app.name)));
        }
        Ok(answer::json(StatusCode::CREATED, &app.document()))
    }

    pub(super) fn show_app(&self, ask: &Ask<'_>, name: &str) -> Outcome {
        let developer = ask.developer.email;
        let app = self.store.partner_app(developer, name).map_err(fault)?;
        Ok(answer::json(StatusCode::OK, &app.ok_or_else(|| no_app(developer, name))?.document()))
    }

    /// Puts other attributes and another callback in the place of the old. As at Apigee, products named here come with
    /// a new key; those of a key there is are changed at the key.
    pub(super) fn replace_app(&self, ask: &Ask<'_>, name: &str) -> Outcome {
        let body: AppBody = body::read(ask.call)?;
        if body.name.as_deref().is_some_and(|other| other != name) {
            return Err(refusal::invalid("The name of an app can't be changed."));
        }
        let attributes = body::app_attributes(body.attributes)?;
        let callback_url = body::callback(body.callback_url)?;
        let products = body::products(&body.api_products)?;
        let wish = body.key_expires_in.map(|wish| Milliseconds::duration(Some(wish))).transpose()?;
        let document = self.change(ask.developer.email, name, |app| {
            app.attributes = attributes;
            app.callback_url = callback_url;
            app.key_expires_in = wish.unwrap_or(app.key_expires_in);
            if !products.is_empty() {
                let mut key = new_key(self.now_ms(), app.key_expires_in)?;
                key.products = products;
                app.keys.push(key);
            }
            Ok(app.document())
        })?;
        Ok(answer::json(StatusCode::OK, &document))
    }

    pub(super) fn delete_app(&self, ask: &Ask<'_>, name: &str) -> Outcome {
        let developer = ask.developer.email;
        let app = self.store.remove_partner_app(developer, name).map_err(fault)?;
        Ok(answer::json(StatusCode::OK, &app.ok_or_else(|| no_app(developer, name))?.document()))
    }

    pub(super) fn decide_app(&self, ask: &Ask<'_>, name: &str) -> Outcome {
        let decision = ask.decision()?.ok_or_else(|| refusal::invalid("Which action: approve or revoke?"))?;
        ask.must_be_administrator()?;
        self.decide(ask.developer.email, name, &Subject::App, decision, ask.reason().as_deref())?;
        Ok(answer::empty(StatusCode::NO_CONTENT))
    }

    pub(super) fn set_app_attribute(&self, ask: &Ask<'_>, app: &str, name: &str) -> Outcome {
        let body: Attribute = body::read(ask.call)?;
        if body.name != name {
            let message = format!("The body is about the attribute {}, the path about {name}.", body.name);
            return Err(refusal::invalid(&message));
        }
        let set = self.change(ask.developer.email, app, |app| {
            let mut list = app.attributes.clone();
            match list.iter_mut().find(|one| one.name == name) {
                Some(one) => one.value.clone_from(&body.value),
                None => list.push(body.clone()),
            }
            app.attributes = body::app_attributes(list)?;
            Ok(body)
        })?;
        Ok(answer::json(StatusCode::OK, &set))
    }

    pub(super) fn remove_app_attribute(&self, ask: &Ask<'_>, app: &str, name: &str) -> Outcome {
        let removed = self.change(ask.developer.email, app, |app| {
            let found = app.attributes.iter().position(|one| one.name == name);
            let missing = || refusal::not_found(&format!("The app has no attribute {name}."));
            Ok(app.attributes.remove(found.ok_or_else(missing)?))
        })?;
        Ok(answer::json(StatusCode::OK, &removed))
    }
}

/// A key without products or attributes.
pub(super) fn new_key(now: i64, expires_in: Option<i64>) -> Result<super::app::Key, Response> {
    let random = |length| super::random::alphanumerics(length).map_err(|reason| refusal::internal(&reason));
    Ok(super::app::Key {
        consumer_key: random(32)?,
        consumer_secret: super::app::ConsumerSecret(random(32)?),
        products: Vec::new(),
        issued_at: now,
        expires_at: expires_in.map(|time| now.saturating_add(time)),
        status: Status::Approved,
        attributes: Vec::new(),
    })
}
