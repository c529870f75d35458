//! Taking over what an answer says: stored before anything is shown.

use super::{
    desk::{Desk, step_of},
    token::both_refused,
};
use crate::{
    browser::clock,
    domain::{
        application::history::{Entry, Step},
        diagnosis,
        http::Response,
        registration::{ClientMetadata, Operation, Registration},
        secret::Secret,
    },
    state::{
        Trouble,
        backend::{done, note, refused},
    },
};

impl Desk {
    /// Takes the answer to a read, whatever it is. It settles a write that has no answer.
    pub(super) async fn take_read(&mut self, response: &Response, remark: &str) -> Result<(), Trouble> {
        let registration = self.registration(Operation::Read, response).await?;
        let settled = self.application.settle(&registration).map(evidence).unwrap_or_default();
        let evidence = [remark, settled].join(" ").trim().to_owned();
        self.take(&registration, done(Step::Read, response, evidence)).await
    }

    /// Takes the answer to a change.
    pub(super) async fn take_change(
        &mut self,
        response: &Response,
        asked: &ClientMetadata,
        products: &[String],
    ) -> Result<(), Trouble> {
        let registration = match self.dialect.read(Operation::Update, response) {
            Ok(registration) if self.application.is_answered_by(&registration) => registration,
            Ok(_) => return Err(another_client()),
            Err(refusal) if response.is_success() && self.application.pending.is_some() => {
                self.application.log(refused(Step::Changed, &refusal));
                return self.find_out(refusal.into(), false).await.map(drop);
            }
            Err(refusal) => {
                self.finish(refused(Step::Changed, &refusal)).await?;
                return Err(refusal.into());
            }
        };
        asked.clone_into(&mut self.application.asked);
        products.clone_into(&mut self.application.products);
        self.application.pending = None;
        let replaced = registration.registration_access_token.is_some();
        let evidence = if replaced { "The registration access token was replaced and stored." } else { "" };
        self.take(&registration, done(Step::Changed, response, evidence.to_owned())).await
    }

    /// Takes the answer to a deletion. What opens the client goes; the rest stays for the record.
    pub(super) async fn take_deletion(&mut self, response: &Response) -> Result<(), Trouble> {
        if let Err(refusal) = self.dialect.deleted(response) {
            self.finish(refused(Step::Deleted, &refusal)).await?;
            return Err(refusal.into());
        }
        self.application.pending = None;
        self.application.registration_access_token = None;
        if let Some(note) = &mut self.application.secret {
            note.kept = None;
        }
        self.finish(done(Step::Deleted, response, String::new())).await
    }

    /// The registration in an answer. A refusal goes to the history; that of a read also to a write without an answer.
    pub(super) async fn registration(
        &mut self,
        operation: Operation,
        response: &Response,
    ) -> Result<Registration, Trouble> {
        match self.dialect.read(operation, response) {
            Ok(registration) if self.application.is_answered_by(&registration) => Ok(registration),
            Ok(_) => Err(another_client()),
            Err(mut refusal) => {
                if self.renewed && self.dialect.ends_token(operation, response) {
                    self.session.vault.drop_token(&self.application.id);
                    refusal = both_refused(refusal);
                }
                let token = self.application.registration_access_token.as_ref();
                diagnosis::look_into(&mut refusal, token, &self.reach.issuer, clock::now());
                self.application.doubt(refusal.status, clock::now());
                self.finish(refused(step_of(operation), &refusal)).await?;
                Err(refusal.into())
            }
        }
    }

    /// Takes over an answer. It is stored before anything else is done: the tab may be closed at any moment, and with it
    /// would go the new token. Only then a secret that is new is noted, which takes a while.
    pub(super) async fn take(
        &mut self,
        registration: &Registration,
        mut entry: Entry,
    ) -> Result<(), Trouble> {
        for odd in registration.notes.iter().chain(&self.application.contradictions(registration)) {
            entry.evidence = [entry.evidence.as_str(), odd].join(" ").trim_start().to_owned();
        }
        self.application.merge(registration);
        let held = self.session.vault.secret_untracked(&self.application.id);
        if let Some(secret) = &registration.client_secret {
            self.session.vault.hold_secret(&self.application.id, secret.clone());
        }
        self.finish(entry).await?;
        match &registration.client_secret {
            Some(secret) if self.application.secret.is_none() || held.as_ref() != Some(secret) => {
                self.note(secret, registration.client_secret_expires_at).await
            }
            _ => Ok(()),
        }
    }

    async fn note(&mut self, secret: &Secret, expires_at: Option<i64>) -> Result<(), Trouble> {
        let kept = self.application.secret.as_ref().is_some_and(|note| note.kept.is_some());
        let Some(mut fresh) = note(secret, expires_at).await else { return Ok(()) };
        fresh.kept = kept.then(|| secret.clone());
        self.application.secret = Some(fresh);
        self.session.vault.save(self.application.clone()).await.map_err(Trouble::from)
    }

    /// Writes the line and stores everything, and only then shows it.
    pub(super) async fn finish(&mut self, entry: Entry) -> Result<(), Trouble> {
        self.application.log(entry);
        self.session.vault.save(self.application.clone()).await.map_err(|problem| Trouble::NotSent {
            what: format!("This was done at the server, and this browser could not store it. {problem}"),
            next: "Download the credentials now: they live in this tab only.".to_owned(),
        })
    }
}

/// What a read says about the write before it.
pub(super) fn evidence(made: bool) -> &'static str {
    if made {
        "It shows the change whose answer was lost: the change was made."
    } else {
        "The registration can still be read: the write without an answer was not carried out."
    }
}

fn another_client() -> Trouble {
    Trouble::not_sent(
        "The answer is about another client than this application, so nothing of it was taken.",
        "Check that the answer belongs to this application; else show the operator the time.",
    )
}
