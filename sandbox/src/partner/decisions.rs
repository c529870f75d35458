//! What an administrator decides about an application, a key or a product of a key, and the mail that tells of it.

use axum::http::Method;
use axum::response::Response;

use super::app::{App, Status};
use super::keys::no_product;
use super::{Ask, Partner, fault, mail, no_key, query};
use serde_json::Value;

/// The attribute of a key that says why one of its products was refused.
pub const REASON: &str = "status-reason";
/// The most characters of a reason.
const LONGEST_REASON: usize = 500;

/// What is decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The application.
    App,
    /// A key, by its name.
    Key(String),
    /// A product of a key: the key, then the product.
    Product(String, String),
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It can be used.
    Approve,
    /// It can't. What was pending is thereby rejected.
    Revoke,
}

impl Decision {
    /// A decision by the name of the `action`.
    pub fn named(action: &str) -> Option<Self> {
        match action {
            "approve" => Some(Self::Approve),
            "revoke" => Some(Self::Revoke),
            _ => None,
        }
    }

    fn status(self) -> Status {
        match self {
            Self::Approve => Status::Approved,
            Self::Revoke => Status::Revoked,
        }
    }
}

impl Ask<'_> {
    /// The reason in the query or, as JSON, in the body.
    pub(super) fn reason(&self) -> Option<String> {
        let in_body = || {
            let body: Value =
                serde_json::from_slice(&self.call.body).ok().filter(|_| self.call.method == Method::POST)?;
            body.get("reason")?.as_str().map(str::to_owned)
        };
        query(self.call, "reason").or_else(in_body)
    }
}

impl Partner {
    /// Carries out a decision, and sends mail when it changed something.
    ///
    /// # Errors
    /// The refusal, when there is no such application, key or product.
    pub fn decide(
        &self,
        developer: &str,
        app: &str,
        subject: &Subject,
        decision: Decision,
        reason: Option<&str>,
    ) -> Result<(), Response> {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let reason: Option<String> = reason.map(|reason| reason.chars().take(LONGEST_REASON).collect());
        let before =
            self.change(developer, app, |app| apply(app, subject, decision.status(), reason.as_deref()))?;
        if before != decision.status() {
            tracing::info!(app, ?subject, ?decision, "the bank decided");
            let mail = mail::about(app, subject, before, decision, reason.as_deref(), self.clock.now());
            self.store.add_partner_mail(developer, &mail).map_err(fault)?;
        }
        Ok(())
    }
}

/// Sets the status, and gives back the one before.
fn apply(app: &mut App, subject: &Subject, status: Status, reason: Option<&str>) -> Result<Status, Response> {
    match subject {
        Subject::App => Ok(std::mem::replace(&mut app.status, status)),
        Subject::Key(key) => {
            let key = app.key_mut(key).ok_or_else(|| no_key(key))?;
            if status == Status::Revoked {
                key.set_attribute(REASON, reason.or(key.attribute(REASON)).map(str::to_owned).as_deref());
            }
            Ok(std::mem::replace(&mut key.status, status))
        }
        Subject::Product(key, product) => {
            let key = app.key_mut(key).ok_or_else(|| no_key(key))?;
            let found = key.products.iter_mut().find(|one| one.apiproduct == *product);
            let before = std::mem::replace(&mut found.ok_or_else(|| no_product(product))?.status, status);
            match status {
                Status::Revoked if reason.is_some() => key.set_attribute(REASON, reason),
                _ if key.products.iter().all(|one| one.status != Status::Revoked) => {
                    key.set_attribute(REASON, None)
                }
                _ => {}
            }
            Ok(before)
        }
    }
}
