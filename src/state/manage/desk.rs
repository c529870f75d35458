//! What one operation on a registration is carried out with: one application, one environment, and the steps that all
//! operations share. It lives for one operation, inside its lock. What answers say is taken over in `answers.rs`.

use super::{
    authorization,
    request::{address, made, shows_certificate},
};
use crate::{
    browser::{clock, location},
    domain::{
        application::{
            Application, Pending,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        diagnosis::Purpose,
        http::{Method, Request, Response},
        registration::{
            self, Authorization, ClientMetadata, Dialect, Management, Operation, Refusal, discovery::Reach,
        },
    },
    state::{
        Session, Trouble,
        backend::{Unanswered, done, exchange, reach, refused},
        signed_request, used_ids,
    },
};

/// Everything one operation needs.
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) environment: Environment,
    pub(super) reach: Reach,
    pub(super) dialect: &'static dyn Dialect,
    pub(super) application: Application,
    /// Whether a token was asked for at this desk.
    pub(super) renewed: bool,
}

impl Desk {
    pub(super) async fn open(session: Session, environment: &Environment, id: &str) -> Result<Self, Trouble> {
        let application = latest(session, id).await?;
        let reach = reach(session, environment).await?;
        let dialect = registration::dialect_of(environment);
        Ok(Self { session, environment: environment.clone(), reach, dialect, application, renewed: false })
    }

    /// Sends a request that changes nothing. When the server ends the token with its answer, a new one is asked for, once.
    pub(super) async fn exchange(&mut self, operation: Operation) -> Result<Response, Trouble> {
        let response = self.send(operation, None).await.map_err(|unanswered| unanswered.trouble)?;
        if !self.may_renew(operation, &response) {
            return Ok(response);
        }
        self.renew_token(operation, &response).await?;
        self.send(operation, None).await.map_err(|unanswered| unanswered.trouble)
    }

    /// Sends a request once. A document is made and signed for this one send.
    async fn send(
        &mut self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
    ) -> Result<Response, Unanswered> {
        let request = self.request(operation, asked).await.map_err(Unanswered::before)?;
        exchange(self.session, &self.environment, Purpose::Manage, &request).await
    }

    async fn request(
        &mut self,
        operation: Operation,
        asked: Option<&ClientMetadata>,
    ) -> Result<Request, Trouble> {
        let authorization = match self.dialect.management() {
            Management::ApplicationToken => Authorization::ApplicationToken(self.application_token().await?),
            _ => authorization(self.session, &self.environment, &self.application)?,
        };
        let document = match asked {
            Some(asked) => {
                let client_id = &self.application.client_id;
                let (environment, reach) = (&self.environment, &self.reach);
                let document =
                    signed_request::document(self.session, environment, reach, asked, client_id).await?;
                used_ids::remember(&document);
                Some(document)
            }
            None => None,
        };
        made(&self.environment, &self.reach, &self.application, operation, &authorization, document.as_ref())
    }

    /// Whether the server lets a registration be read.
    fn can_read(&self) -> bool {
        self.environment.operations.contains(&Operation::Read)
    }

    /// A GET with the token that the write is going to use. It also brings what another tool may have changed. Where a
    /// page cannot send it, the write itself says so; where the server offers no read, there is nothing to prove with.
    pub(super) async fn prove_access(&mut self) -> Result<(), Trouble> {
        if self.is_by_hand() || !self.can_read() {
            return Ok(());
        }
        let response = self.exchange(Operation::Read).await?;
        let registration = self.registration(Operation::Read, &response).await?;
        self.application.merge(&registration);
        Ok(())
    }

    /// Whether a page cannot send requests about this registration.
    fn is_by_hand(&self) -> bool {
        address(&self.environment, &self.reach, &self.application).is_ok_and(|url| {
            Request::new(Method::Get, url)
                .with_certificate(shows_certificate(&self.environment))
                .needs_other_hands(&location::origin())
        })
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
        let mut outcome = self.send(operation, asked).await;
        // Without a read before it the token may simply have ended. A refused token did nothing, so it can be sent again.
        if let Ok(response) = &outcome
            && !self.can_read()
            && self.may_renew(operation, response)
        {
            let response = response.clone();
            if let Err(trouble) = self.renew_token(operation, &response).await {
                return self.give_up(trouble).await;
            }
            outcome = self.send(operation, asked).await;
        }
        match outcome {
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
            Err(unanswered) if !unanswered.trouble.was_sent() => self.give_up(unanswered.trouble).await,
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

    /// Takes the intent back: nothing was changed at the server.
    async fn give_up(&mut self, trouble: Trouble) -> Result<Option<Response>, Trouble> {
        self.application.pending = None;
        self.session.vault.save(self.application.clone()).await?;
        Err(trouble)
    }

    /// After a write without a clear answer: what a read with the old token tells. `refused` says that the write itself
    /// was answered with a 401.
    pub(super) async fn find_out(
        &mut self,
        trouble: Trouble,
        refused_write: bool,
    ) -> Result<Option<Response>, Trouble> {
        if refused_write && !self.can_read() {
            return self.give_up(trouble).await;
        }
        // Stored now, because the read may not come to its end either.
        self.session.vault.save(self.application.clone()).await?;
        if !self.can_read() {
            return Err(trouble);
        }
        let response = match self.exchange(Operation::Read).await {
            Ok(response) => response,
            Err(Trouble::Refused(refusal)) => return Err(refusal.into()),
            Err(_) => return Err(trouble),
        };
        match self.dialect.read(Operation::Read, &response) {
            Ok(registration) => {
                let made = self.application.settle(&registration) == Some(true);
                if refused_write && !made {
                    // The token works, so the 401 was about something else: it was a refusal.
                    self.application.pending = None;
                }
                self.take(
                    &registration,
                    done(Step::Read, &response, super::answers::evidence(made).to_owned()),
                )
                .await?;
                match made {
                    true => Ok(None),
                    false if refused_write => Err(trouble),
                    false => Err(Trouble::not_sent(
                        format!("{} A read shows that nothing was changed.", trouble.headline()),
                        "Send it again when you are ready: you still have access to the registration.",
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
}

pub(super) fn step_of(operation: Operation) -> Step {
    match operation {
        Operation::Create => Step::Registered,
        Operation::Read => Step::Read,
        Operation::Update => Step::Changed,
        Operation::Delete => Step::Deleted,
    }
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
