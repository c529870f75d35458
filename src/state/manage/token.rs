//! The access token of the client itself, where it opens the registration (Open Banking DCR 3.3).

use leptos::prelude::untrack;

use super::desk::Desk;
use crate::{
    browser::clock,
    domain::{
        application::history::Step,
        diagnosis::Purpose,
        grant,
        http::Response,
        registration::{Management, Operation, Refusal},
        secret::Secret,
    },
    state::{
        Trouble,
        backend::{self, done, refused},
        vault::HeldToken,
    },
};

/// A token that ends within so many seconds is not sent any more.
const MARGIN: i64 = 5;

impl Desk {
    /// The token of this tab while it is good; else one is asked for.
    pub(super) async fn application_token(&mut self) -> Result<Secret, Trouble> {
        let held = self.session.vault.token_untracked(&self.application.id);
        let soon = clock::now().saturating_add(MARGIN);
        match held.filter(|held| !held.has_ended(soon)) {
            Some(held) => Ok(held.answer.access_token),
            None => self.new_token().await,
        }
    }

    /// Whether a refusal has used up a token for which a new one can be asked.
    pub(super) fn may_renew(&self, operation: Operation, response: &Response) -> bool {
        !self.renewed
            && self.dialect.management() == Management::ApplicationToken
            && self.dialect.ends_token(operation, response)
    }

    /// Throws the token away after a refusal, and asks for a new one: once in the life of a desk.
    pub(super) async fn renew_token(
        &mut self,
        operation: Operation,
        response: &Response,
    ) -> Result<(), Trouble> {
        let refusal = self.dialect.refusal(operation, response);
        self.finish(refused(super::desk::step_of(operation), &refusal)).await?;
        self.session.vault.drop_token(&self.application.id);
        match self.new_token().await {
            Ok(_) => Ok(()),
            Err(Trouble::Refused(second)) => {
                self.application.doubt(second.status, clock::now());
                self.session.vault.save(self.application.clone()).await?;
                Err(neither(second).into())
            }
            Err(trouble) => Err(trouble),
        }
    }

    async fn new_token(&mut self) -> Result<Secret, Trouble> {
        self.renewed = true;
        self.session.keys.load().await;
        let credential = untrack(|| backend::credential(self.session, &self.application))
            .ok_or_else(nothing_to_prove_with)?;
        let scope = self.application.token_scopes().join(" ");
        let request =
            backend::token_request(&self.environment, &self.reach, &self.application, &credential, &scope)
                .await?;
        let response = backend::send(self.session, &self.environment, Purpose::Token, &request).await?;
        match grant::read(&response) {
            Ok(answer) => {
                let token = answer.access_token.clone();
                let held = HeldToken {
                    answer,
                    asked_scope: scope,
                    at: clock::now(),
                    elapsed_ms: response.elapsed_ms,
                };
                self.session.vault.hold_token(&self.application.id, held);
                let line = done(Step::Token, &response, "For the request about the registration.".to_owned());
                self.finish(line).await?;
                Ok(token)
            }
            Err(refusal) => {
                self.finish(refused(Step::Token, &refusal)).await?;
                Err(refusal.into())
            }
        }
    }
}

fn nothing_to_prove_with() -> Trouble {
    Trouble::not_sent(
        "This request takes a token of the application, and what it is asked for with is not in this tab.",
        "Load the private key under Credentials, or enter the client secret under Token. Then press the button again.",
    )
}

/// The registration refused the token, and then no other was given.
fn neither(mut second: Refusal) -> Refusal {
    second.meaning = format!(
        "The bank refused the token, so a new one was asked for, and it gave none. Both together mean that it does not know this client any more: it was deleted, or switched off. {}",
        second.meaning
    );
    second.next =
        "Ask the operator whether the client still exists. If it is gone, forget it here.".to_owned();
    second
}

/// The registration refused a token that is a moment old.
pub(super) fn both_refused(mut refusal: Refusal) -> Refusal {
    refusal.meaning =
        "The bank gave a new token, and refused it here as well. So its token endpoint knows the client, and this address does not: the registration was deleted, or is another one's. A bank revokes the token with such an answer, so it was thrown away."
            .to_owned();
    refusal.next = "Ask the operator whether the registration still exists. Do not try again and again: some banks count."
        .to_owned();
    refusal
}
