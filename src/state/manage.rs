//! Reading, changing and deleting a registration.
//!
//! One writer per client over all tabs. Before every write a GET with the same token: the browser itself may send a
//! write twice, and a 401 after that GET said 200 means "probably done, its answer was lost". The intent is stored
//! before the request leaves, the answer before anything is shown; when there is no answer, a GET with the old token
//! finds out what can be found out.

mod answers;
mod desk;
mod repair;
mod request;
mod token;

use desk::Desk;
pub(in crate::state) use desk::latest;
pub use repair::repair;
pub(in crate::state) use request::{address, authorization, shows_certificate};
pub use request::{ready, request};

use leptos::prelude::*;

use crate::{
    browser::{clock, leave, locks},
    domain::{
        application::{
            Pending, Write,
            history::{Entry, Outcome, Step},
        },
        config::Environment,
        http::Response,
        registration::{ClientMetadata, Operation},
        secret::Secret,
        time,
    },
    state::{Session, Trouble, backend::refused},
};

/// Reads the registration: changes nothing at the server.
///
/// # Errors
/// Why it could not be read.
pub async fn read(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        let response = desk.exchange(Operation::Read).await?;
        desk.take_read(&response, "").await
    })
    .await
}

/// Replaces the registration by a document of our own making.
///
/// # Errors
/// Why it was not changed, or why that cannot be told.
pub async fn change(
    session: Session,
    environment: &Environment,
    id: &str,
    asked: &ClientMetadata,
    products: &[String],
) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        desk.prove_access().await?;
        let _asked_before_leaving = leave::ask_first();
        desk.intend(Pending::change(asked, products, clock::now())).await?;
        match desk.write(Operation::Update, Some(asked)).await? {
            Some(response) => desk.take_change(&response, asked, products).await,
            None => Ok(()),
        }
    })
    .await
}

/// Sends the document of the last request unchanged: where an update rotates the registration access token, that is a
/// new one in place of one that may have been seen by others.
///
/// # Errors
/// As [`change`].
pub async fn renew_token(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let application = latest(session, id).await?;
    change(session, environment, id, &application.asked, &application.products).await
}

/// Deletes the client at the server. The record stays here until it is forgotten.
///
/// # Errors
/// Why it was not deleted, or why that cannot be told.
pub async fn delete(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        desk.prove_access().await?;
        let _asked_before_leaving = leave::ask_first();
        desk.intend(Pending::new(Write::Delete, clock::now())).await?;
        match desk.write(Operation::Delete, None).await? {
            Some(response) => desk.take_deletion(&response).await,
            None => Ok(()),
        }
    })
    .await
}

/// Sends a write again that a read has shown not to have been made.
///
/// # Errors
/// As [`change`] and [`delete`]; and when there is none to send.
pub async fn send_again(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    let pending = latest(session, id).await?.pending;
    match pending {
        Some(Pending { write: Write::Change, asked: Some(asked), products, .. }) => {
            change(session, environment, id, &asked, &products).await
        }
        Some(Pending { write: Write::Delete, .. }) => delete(session, environment, id).await,
        _ => Err(Trouble::not_sent("There is nothing to send again.", "Reload the page to see why.")),
    }
}

/// Gives up a write that has no answer. Nothing is sent.
///
/// # Errors
/// When that cannot be stored.
pub async fn give_up(session: Session, id: &str) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut application = latest(session, id).await?;
        if let Some(pending) = application.pending.take() {
            let what = match pending.write {
                Write::Change => "Gave up a change",
                Write::Delete => "Gave up the deletion",
            };
            let evidence = format!("It was sent {}.", time::date_time(pending.at));
            application.log(Entry::new(clock::now(), Step::Here(what.to_owned()), Outcome::Local, evidence));
        }
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await
}

/// Takes an answer that came by another way than this page's own request, such as curl. `asked` is the document and the
/// products of a change; without them it is the change that is on its way.
///
/// # Errors
/// When the answer is a refusal, or cannot be read.
pub async fn accept(
    session: Session,
    environment: &Environment,
    id: &str,
    operation: Operation,
    asked: Option<(ClientMetadata, Vec<String>)>,
    response: &Response,
) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        let pending = desk.application.pending.clone();
        let sent = pending.and_then(|pending| Some((pending.asked?, pending.products)));
        match (operation, asked.or(sent)) {
            (Operation::Update, Some((asked, products))) => {
                desk.take_change(response, &asked, &products).await
            }
            (Operation::Delete, _) => desk.take_deletion(response).await,
            _ => desk.take_read(response, "The answer was pasted.").await,
        }
    })
    .await
}

/// Takes a registration access token that the operator regenerated, after a read with it was let in: the old one is
/// not let go for one that does not work.
///
/// # Errors
/// When it belongs to another application of this browser, or why the read was refused or had no answer.
pub async fn replace_token(
    session: Session,
    environment: &Environment,
    id: &str,
    token: Secret,
) -> Result<(), Trouble> {
    if let Some(other) = owner(session, id, &token) {
        // Some servers destroy a token that is shown at another client's address.
        return Err(Trouble::not_sent(
            format!("This is the registration access token of {other}. It was not sent."),
            "Enter the token that the operator gave you for this application.",
        ));
    }
    exclusively(session, id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        let old = desk.application.registration_access_token.replace(token);
        let response = desk.exchange(Operation::Read).await?;
        match desk.dialect.read(Operation::Read, &response) {
            Ok(_) => desk.take_read(&response, "With the registration access token that was entered.").await,
            Err(refusal) => {
                desk.application.registration_access_token = old;
                desk.finish(refused(Step::Read, &refusal)).await?;
                Err(refusal.into())
            }
        }
    })
    .await
}

/// The name of another application that this token belongs to.
fn owner(session: Session, id: &str, token: &Secret) -> Option<String> {
    session.vault.applications.with_untracked(|list| {
        list.iter()
            .find(|other| other.id != id && other.registration_access_token.as_ref() == Some(token))
            .map(|other| other.name().to_owned())
    })
}

/// Keeps the client secret in this browser, or stops keeping it; `None` is the latter. Nothing is sent.
///
/// # Errors
/// When it cannot be stored.
pub async fn keep_secret(session: Session, id: &str, secret: Option<Secret>) -> Result<(), Trouble> {
    exclusively(session, id, async || {
        let mut application = latest(session, id).await?;
        if let Some(note) = &mut application.secret {
            note.kept = secret;
        }
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await
}

/// One writer of an application's record at a time, over all tabs. While another tab is at work, the page of the
/// application says so.
pub(super) async fn exclusively<T>(session: Session, id: &str, work: impl AsyncFnOnce() -> T) -> T {
    let name = format!("portico.application.{id}");
    let held = match locks::try_hold(&name).await {
        Some(held) => held,
        None => {
            session.vault.waits.try_update(|ids| ids.push(id.to_owned()));
            let held = locks::hold(&name).await;
            session.vault.waits.try_update(|ids| {
                if let Some(at) = ids.iter().position(|waiting| waiting == id) {
                    ids.remove(at);
                }
            });
            held
        }
    };
    let result = work().await;
    drop(held);
    result
}
