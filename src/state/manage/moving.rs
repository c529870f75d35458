//! The same registration by another way: an environment that reaches the same server through this site.

use super::{exclusively, latest};
use crate::{
    browser::clock,
    domain::{
        application::history::{Entry, Outcome, Step},
        config::Environment,
    },
    state::{Session, Trouble},
};

/// From now on requests about an application go by another environment. Nothing is sent.
///
/// # Errors
/// When it cannot be stored.
pub async fn go_through(session: Session, id: &str, environment: &Environment) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut application = latest(session, id).await?;
        let before = std::mem::replace(&mut application.environment, environment.id.clone());
        let step = Step::Here(format!("Goes through {}", environment.name));
        let evidence = format!("It went by the environment {before} before. It is the same server.");
        application.log(Entry::new(clock::now(), step, Outcome::Local, evidence));
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await
}
