//! The lines of the history.

use crate::{
    browser::clock,
    domain::{
        application::history::{Entry, Outcome, Step},
        http::Response,
        registration::Refusal,
    },
    state::{Session, Trouble, manage},
};

/// Writes a line into the history of an application: into the newest record, because another tab, or a change that is
/// under way in this one, may have written since this tab read it.
pub async fn write(session: Session, id: &str, entry: Entry) {
    manage::exclusively(session, id, async || {
        if let Ok(mut application) = manage::latest(session, id).await {
            application.log(entry);
            // A failing store is said on every page; the line is shown all the same.
            let _ = session.vault.save(application).await;
        }
    })
    .await;
}

pub(super) async fn no_answer(session: Session, id: &str, step: Step, trouble: Trouble) -> Trouble {
    if trouble.was_sent() {
        let entry = Entry::new(clock::now(), step, Outcome::NoAnswer, trouble.headline());
        write(session, id, entry).await;
    }
    trouble
}

/// A line for a step the server said yes to.
#[must_use]
pub fn done(step: Step, response: &Response, evidence: String) -> Entry {
    let outcome = Outcome::Done { status: response.status, elapsed_ms: response.elapsed_ms };
    Entry::new(clock::now(), step, outcome, evidence)
}

/// A line for a step the server said no to. Its evidence is our sentence, not the server's: that may hold anything.
#[must_use]
pub fn refused(step: Step, refusal: &Refusal) -> Entry {
    let error = refusal.error.clone().filter(|error| error.len() <= 40 && !error.contains(' '));
    let outcome = Outcome::Refused { status: refusal.status, error };
    Entry::new(clock::now(), step, outcome, refusal.meaning.clone())
}
