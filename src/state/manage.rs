//! Reading, changing and deleting a registration.
//!
//! One writer per client over all tabs. Before every write a GET with the same token: the browser itself may send a
//! write twice, and a 401 after that GET said 200 means "probably done, its answer was lost". The intent is stored
//! before the request leaves, the answer before anything is shown.

mod desk;

use desk::Desk;
pub(in crate::state) use desk::latest;

use crate::{
    browser::{location, locks},
    domain::{
        application::{Application, Write, history::Step},
        config::Environment,
        http::Request,
        registration::{
            self, Authorization, ClientMetadata, Operation,
            discovery::{Mapped, Reach, map_registration_uri},
        },
        secret::Secret,
    },
    state::{
        Session, Trouble,
        backend::{done, refused},
    },
};

/// Reads the registration: changes nothing at the server.
///
/// # Errors
/// Why it could not be read.
pub async fn read(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    exclusively(id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        let response = desk.exchange(Operation::Read, None).await?;
        let registration = desk.registration(Operation::Read, &response).await?;
        let was_pending = desk.application.pending.take().is_some();
        desk.take(&registration).await;
        let evidence = if was_pending {
            "The registration access token still works: the write without an answer was not carried out."
        } else {
            ""
        };
        desk.finish(done(Step::Read, &response, evidence.to_owned())).await
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
    exclusively(id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        desk.prove_access().await?;
        desk.intend(Write::Change).await?;
        let response = desk.write(Operation::Update, Some(asked), Step::Changed).await?;
        let registration = desk.registration(Operation::Update, &response).await?;
        let replaced = registration.registration_access_token.is_some();
        asked.clone_into(&mut desk.application.asked);
        products.clone_into(&mut desk.application.products);
        desk.application.pending = None;
        desk.take(&registration).await;
        let evidence = if replaced { "The registration access token was replaced and stored." } else { "" };
        desk.finish(done(Step::Changed, &response, evidence.to_owned())).await
    })
    .await
}

/// Deletes the client at the server. The record stays here until it is forgotten.
///
/// # Errors
/// Why it was not deleted, or why that cannot be told.
pub async fn delete(session: Session, environment: &Environment, id: &str) -> Result<(), Trouble> {
    exclusively(id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        desk.prove_access().await?;
        desk.intend(Write::Delete).await?;
        let response = desk.write(Operation::Delete, None, Step::Deleted).await?;
        if let Err(refusal) = desk.dialect.deleted(&response) {
            let entry = refused(Step::Deleted, &refusal);
            desk.finish(entry).await?;
            return Err(refusal.into());
        }
        desk.application.pending = None;
        desk.application.registration_access_token = None;
        if let Some(note) = &mut desk.application.secret {
            note.kept = None;
        }
        desk.finish(done(Step::Deleted, &response, String::new())).await
    })
    .await
}

/// Takes a registration access token that the operator regenerated, after a read with it was let in: the old one is
/// not let go for one that does not work.
///
/// # Errors
/// Why the read was refused, or had no answer.
pub async fn replace_token(
    session: Session,
    environment: &Environment,
    id: &str,
    token: Secret,
) -> Result<(), Trouble> {
    exclusively(id, async || {
        let mut desk = Desk::open(session, environment, id).await?;
        let old = desk.application.registration_access_token.replace(token);
        let response = desk.exchange(Operation::Read, None).await?;
        match desk.dialect.read(Operation::Read, &response) {
            Ok(registration) => {
                desk.application.pending = None;
                desk.take(&registration).await;
                desk.finish(done(
                    Step::Read,
                    &response,
                    "With the registration access token that was entered.".to_owned(),
                ))
                .await
            }
            Err(refusal) => {
                desk.application.registration_access_token = old;
                desk.finish(refused(Step::Read, &refusal)).await?;
                Err(refusal.into())
            }
        }
    })
    .await
}

/// Keeps the client secret in this browser, or stops keeping it; `None` is the latter. Nothing is sent.
///
/// # Errors
/// When it cannot be stored.
pub async fn keep_secret(session: Session, id: &str, secret: Option<Secret>) -> Result<(), Trouble> {
    exclusively(id, async || {
        let mut application = latest(session, id).await?;
        if let Some(note) = &mut application.secret {
            note.kept = secret;
        }
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await
}

/// The request of an operation as it would be sent, for review.
///
/// # Errors
/// Why it cannot be sent from here.
pub fn request(
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    operation: Operation,
    asked: Option<&ClientMetadata>,
) -> Result<Request, Trouble> {
    let token = application.registration_access_token.clone().ok_or_else(|| {
        Trouble::not_sent(
            "There is no registration access token for this application.",
            "Enter the one from the operator under Credentials, or ask the operator to make the change.",
        )
    })?;
    let printed = application.registration_client_uri.clone().unwrap_or_else(|| {
        format!(
            "{}/{}",
            reach.registration_printed,
            crate::domain::url::percent_encode(&application.client_id)
        )
    });
    let url = match map_registration_uri(environment, &location::origin(), reach, &printed) {
        Mapped::Call(url) => url,
        Mapped::Foreign(origin) => {
            return Err(Trouble::not_sent(
                format!(
                    "The server printed a registration address at {origin}, which is not configured. The token is not sent there."
                ),
                "The operator adds a prefix for it, or this address, to portal.json.",
            ));
        }
    };
    let dialect = registration::dialect_of(environment);
    let document = asked.map(|metadata| dialect.document(metadata, Some(&application.client_id)));
    Ok(dialect.request(operation, &url, &Authorization::RegistrationAccessToken(token), document.as_ref()))
}

/// One writer of an application's record at a time, over all tabs.
pub(super) async fn exclusively<T>(id: &str, work: impl AsyncFnOnce() -> T) -> T {
    locks::exclusive(&format!("portico.application.{id}"), work).await
}
