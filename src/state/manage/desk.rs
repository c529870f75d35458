//! What one operation on a registration is carried out with: one application, one environment, and the steps that all
//! operations share. It lives for one operation, inside its lock.

use super::request;
use crate::{
    browser::clock,
    domain::{
        application::{
            Application, Pending,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        diagnosis::{self, Purpose},
        http::Response,
        registration::{self, ClientMetadata, Dialect, Operation, Refusal, Registration, discovery::Reach},
        secret::Secret,
    },
    state::{
        Session, Trouble,
        backend::{done, exchange, note, reach, refused},
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
        let reach = reach(session, environment).await?;
        let dialect = registration::dialect_of(environment);
        Ok(Self { session, environment: environment.clone(), reach, dialect, application })
    }

    pub(super) async fn exchange(
        &self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
    ) -> Result<Response, Trouble> {
        let request =
            request(self.session, &self.environment, &self.reach, &self.application, operation, asked)?;
        exchange(self.session, &self.environment, Purpose::Manage, &request)
            .await
            .map_err(|unanswered| unanswered.trouble)
    }

    /// A GET with the token that the write is going to use. It also brings what another tool may have changed.
    pub(super) async fn prove_access(&mut self) -> Result<(), Trouble> {
        let response = self.exchange(Operation::Read, None).await?;
        let registration = self.registration(Operation::Read, &response).await?;
        self.application.merge(&registration);
        Ok(())
    }

    /// Stores what is about to be sent. Without that nothing is sent.
    pub(super) async fn intend(&mut self, pending: Pending) -> Result<(), Trouble> {
        self.application.pending = Some(pending);
        self.session.vault.save(self.application.clone()).await?;
        Ok(())
    }

    /// Sends a write. `None` when there was no answer and a read showed that it was made all the same.
    ///
    /// An answer that means "refused" takes the intent back. No answer, a failure of the server, or a 401 right after
    /// the GET was let in leave it open, because the write may have been carried out: a read then finds out what it can.
    pub(super) async fn write(
        &mut self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
    ) -> Result<Option<Response>, Trouble> {
        let request =
            request(self.session, &self.environment, &self.reach, &self.application, operation, asked)?;
        match exchange(self.session, &self.environment, Purpose::Manage, &request).await {
            Ok(response) if response.status == 401 || response.status >= 500 => {
                let refusal = self.dialect.refusal(operation, &response);
                self.application.log(refused(step_of(operation), &refusal));
                self.find_out(refusal.into(), response.status == 401).await
            }
            Ok(response) if response.is_success() => Ok(Some(response)),
            Ok(response) => {
                self.application.pending = None;
                Ok(Some(response))
            }
            Err(unanswered) => {
                let headline = unanswered.trouble.headline();
                let entry = Entry::new(clock::now(), step_of(operation), Outcome::NoAnswer, headline);
                if unanswered.nothing_was_done {
                    self.application.pending = None;
                    self.finish(entry).await?;
                    return Err(unanswered.trouble);
                }
                self.application.log(entry);
                self.find_out(unanswered.trouble, false).await
            }
        }
    }

    /// After a write without a clear answer: what a read with the old token tells. `refused` says that the write itself
    /// was answered with a 401.
    async fn find_out(&mut self, trouble: Trouble, refused_write: bool) -> Result<Option<Response>, Trouble> {
        // Stored now, because the read may not come to its end either.
        self.session.vault.save(self.application.clone()).await?;
        let response = match self.exchange(Operation::Read, None).await {
            Ok(response) => response,
            Err(_) => return Err(trouble),
        };
        match self.dialect.read(Operation::Read, &response) {
            Ok(registration) => {
                let made = self.application.settle(&registration) == Some(true);
                if refused_write && !made {
                    // The token works, so the 401 was about something else: it was a refusal.
                    self.application.pending = None;
                }
                self.take(&registration, done(Step::Read, &response, evidence(made).to_owned())).await?;
                match made {
                    true => Ok(None),
                    false if refused_write => Err(trouble),
                    false => Err(Trouble::not_sent(
                        format!("{} A read shows that nothing was changed.", trouble.headline()),
                        "Send it again when you are ready: the registration access token still works.",
                    )),
                }
            }
            Err(refusal) => {
                self.application.doubt(refusal.status, clock::now());
                self.finish(refused(Step::Read, &refusal)).await?;
                Err(probably_made(refusal))
            }
        }
    }

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
    async fn registration(
        &mut self,
        operation: Operation,
        response: &Response,
    ) -> Result<Registration, Trouble> {
        match self.dialect.read(operation, response) {
            Ok(registration) if self.application.is_answered_by(&registration) => Ok(registration),
            Ok(_) => Err(another_client()),
            Err(mut refusal) => {
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
    async fn take(&mut self, registration: &Registration, mut entry: Entry) -> Result<(), Trouble> {
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

fn step_of(operation: Operation) -> Step {
    match operation {
        Operation::Create => Step::Registered,
        Operation::Read => Step::Read,
        Operation::Update => Step::Changed,
        Operation::Delete => Step::Deleted,
    }
}

/// What a read says about the write before it.
fn evidence(made: bool) -> &'static str {
    if made {
        "It shows the change whose answer was lost: the change was made."
    } else {
        "The registration access token still works: the write without an answer was not carried out."
    }
}

fn another_client() -> Trouble {
    Trouble::not_sent(
        "The answer is about another client than this application, so nothing of it was taken.",
        "Check that the answer belongs to this application; else show the operator the time.",
    )
}

/// A moment before the write the server took this token, and now it does not.
fn probably_made(mut refusal: Refusal) -> Trouble {
    refusal.meaning =
        "A moment ago the server took this token, and after the write it does not. So the write was probably carried out, and its answer was lost; or the client was switched off just now."
            .to_owned();
    refusal.next =
        "Nothing here was thrown away. The overview says what may have happened, and how to get access back."
            .to_owned();
    refusal.into()
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
