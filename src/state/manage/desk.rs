//! What one operation on a registration is carried out with: one application, one environment, and the steps that all
//! operations share. It lives for one operation, inside its lock.

use super::request;
use crate::{
    browser::clock,
    domain::{
        application::{
            Application, Pending, Write,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        http::Response,
        registration::{self, ClientMetadata, Dialect, Operation, Registration, discovery::Reach},
    },
    state::{
        Session, Trouble,
        backend::{note, refused, send},
    },
};

/// Everything one operation needs.
pub(super) struct Desk {
    session: Session,
    environment: Environment,
    reach: Reach,
    pub(super) dialect: &'static dyn Dialect,
    pub(super) application: Application,
}

impl Desk {
    pub(super) async fn open(session: Session, environment: &Environment, id: &str) -> Result<Self, Trouble> {
        let application = latest(session, id).await?;
        let reach = session.environments.reach(environment).await?;
        let dialect = registration::dialect_of(environment);
        Ok(Self { session, environment: environment.clone(), reach, dialect, application })
    }

    pub(super) async fn exchange(
        &self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
    ) -> Result<Response, Trouble> {
        let request = request(&self.environment, &self.reach, &self.application, operation, asked)?;
        send(&self.environment, &request).await
    }

    /// A GET with the token that the write is going to use. It also brings what another tool may have changed.
    pub(super) async fn prove_access(&mut self) -> Result<(), Trouble> {
        let response = self.exchange(Operation::Read, None).await?;
        let registration = self.registration(Operation::Read, &response).await?;
        self.application.merge(&registration);
        Ok(())
    }

    /// Stores what is about to be sent. Without that nothing is sent.
    pub(super) async fn intend(&mut self, write: Write) -> Result<(), Trouble> {
        self.application.pending = Some(Pending { write, at: clock::now() });
        self.session.vault.save(self.application.clone()).await?;
        Ok(())
    }

    /// Sends a write. An answer that means "refused" takes the intent back. No answer, a failure of the server, or a
    /// 401 right after the GET was let in leaves it, because the write may have been carried out.
    pub(super) async fn write(
        &mut self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
        step: Step,
    ) -> Result<Response, Trouble> {
        match self.exchange(operation, asked).await {
            Ok(response) if response.status == 401 => {
                let mut refusal = self.dialect.refusal(operation, &response);
                refusal.meaning = format!(
                    "A moment ago the server took this token. So the {} was probably carried out, and its first answer was lost.",
                    if operation == Operation::Delete { "deletion" } else { "change" }
                );
                refusal.next =
                    "Nothing here was thrown away. Ask the operator to regenerate the registration access token, and enter it under Credentials.".to_owned();
                let entry = refused(step, &refusal);
                self.finish(entry).await?;
                Err(refusal.into())
            }
            Ok(response) => {
                if (400..500).contains(&response.status) {
                    self.application.pending = None;
                }
                Ok(response)
            }
            Err(trouble) => {
                let entry = Entry {
                    at: clock::now(),
                    step,
                    outcome: Outcome::NoAnswer,
                    evidence: trouble.headline(),
                };
                self.finish(entry).await?;
                Err(trouble)
            }
        }
    }

    pub(super) async fn registration(
        &mut self,
        operation: Operation,
        response: &Response,
    ) -> Result<Registration, Trouble> {
        match self.dialect.read(operation, response) {
            Ok(registration) => Ok(registration),
            Err(refusal) => {
                let step = if operation == Operation::Update { Step::Changed } else { Step::Read };
                let entry = refused(step, &refusal);
                self.finish(entry).await?;
                Err(refusal.into())
            }
        }
    }

    /// Takes over an answer; a secret that is new is noted and held for this tab.
    pub(super) async fn take(&mut self, registration: &Registration) {
        self.application.merge(registration);
        let Some(secret) = &registration.client_secret else { return };
        let kept = self.application.secret.as_ref().is_some_and(|note| note.kept.is_some());
        if let Some(mut fresh) = note(secret, registration.client_secret_expires_at).await {
            fresh.kept = kept.then(|| secret.clone());
            self.application.secret = Some(fresh);
        }
        self.session.vault.hold_secret(&self.application.id, secret.clone());
    }

    /// Writes the line and stores everything, and only then shows it.
    pub(super) async fn finish(&mut self, entry: Entry) -> Result<(), Trouble> {
        self.application.history.push(entry);
        self.session.vault.save(self.application.clone()).await.map_err(|problem| Trouble::NotSent {
            what: format!("This was done at the server, and this browser could not store it. {problem}"),
            next: "Download the credentials now: they live in this tab only.".to_owned(),
        })
    }
}

/// The record as it is stored, or as this page holds it when the store has trouble.
///
/// # Errors
/// When there is none.
pub(in crate::state) async fn latest(session: Session, id: &str) -> Result<Application, Trouble> {
    match session.vault.latest(id).await {
        Ok(Some(application)) => Ok(application),
        Ok(None) => session.vault.get_untracked(id).ok_or_else(|| {
            Trouble::not_sent("This application is no longer in this browser.", "Go back to the list.")
        }),
        Err(problem) => session.vault.get_untracked(id).ok_or_else(|| problem.into()),
    }
}
