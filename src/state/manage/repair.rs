//! Writes that were under way when a page was closed or the network broke: asked about on start, and when the network
//! is back. Only GETs are sent, and requests for the token that such a GET takes.

use leptos::prelude::*;

use super::{Desk, exclusively};
use crate::{
    domain::{application::Finding, config::Environment, registration::Operation},
    state::{Session, Trouble},
};

/// Finds out about every write without an answer. One that another tab is still carrying out is waited for.
pub async fn repair(session: Session) {
    let unfinished = session.vault.applications.try_with_untracked(|list| {
        list.iter()
            .filter(|application| {
                application.pending.as_ref().is_some_and(|pending| pending.finding != Finding::NotMade)
            })
            .map(|application| (application.id.clone(), application.environment.clone()))
            .collect::<Vec<_>>()
    });
    for (id, environment) in unfinished.unwrap_or_default() {
        if let Some(environment) = session.environment_by_id(&environment) {
            // What it says is in the history; without an answer it stays as it is until the next time.
            let _ = find_out(session, &environment, &id).await;
        }
    }
}

async fn find_out(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        if desk.application.pending.is_none() {
            return Ok(());
        }
        let response = desk.exchange(Operation::Read).await?;
        desk.take_read(&response, "").await
    })
    .await
}
