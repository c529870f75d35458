//! Creating a client. The intent is in the journal before the POST leaves, under the ID that the application is going
//! to have; the application is stored before anything is shown; the entry goes last. The POST is never repeated: when
//! no answer is stored, the entry says that a client may exist.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::task::spawn_local;

use crate::{
    browser::{clock, crypto, leave, locks, store},
    domain::{
        application::{Application, history::Step},
        catalogue::Approval,
        config::Environment,
        diagnosis::Purpose,
        form::Valid,
        http::Response,
        journal::{Creation, Doubt},
        registration::{self, Operation, Refusal},
        secret::Secret,
    },
    state::{
        Session, Trouble,
        backend::{done, exchange, note, reach},
        manage,
        sending::{self, Proofs},
    },
};

/// Registers an application. Returns its ID in the portal.
///
/// # Errors
/// Refused, no answer, or the intent could not be stored. A failing store after the answer is no error here: the
/// application exists at the server, is shown, and the portal says that it is not stored.
pub async fn register(
    session: Session,
    environment: &Environment,
    valid: &Valid,
    proofs: &Proofs,
) -> Result<String, Trouble> {
    let reach = reach(session, environment).await?;
    let digest = digest(proofs.token.as_ref()).await;
    let request = sending::request(session, environment, &reach, valid, proofs).await?;
    let mut creation = creation(environment, valid, digest);
    // While it is held, other tabs know that an answer may still come.
    let _on_its_way = locks::hold(&lock(&creation.id)).await;
    let _asked_before_leaving = leave::ask_first();
    session.vault.intend(&creation).await?;
    match exchange(session, environment, Purpose::Register, &request).await {
        Ok(response) => conclude(session, environment, creation, &response)
            .await
            .map_err(|trouble| trouble.look_into_token(proofs.token.as_ref(), &reach.issuer, clock::now())),
        Err(unanswered) if unanswered.nothing_was_done => {
            close(session, &creation).await;
            Err(unanswered.trouble)
        }
        Err(unanswered) => {
            creation.doubt = Doubt::NoAnswer;
            session.vault.doubt(creation).await;
            Err(unanswered.trouble)
        }
    }
}

/// Takes an answer that came by another way than this page's own request, such as curl. Returns the ID of the
/// application.
///
/// # Errors
/// When the answer is a refusal, or cannot be read.
pub async fn accept(
    session: Session,
    environment: &Environment,
    valid: &Valid,
    response: &Response,
) -> Result<String, Trouble> {
    conclude(session, environment, creation(environment, valid, None), response).await
}

/// Takes an answer to a registration of the journal that was thought lost. Returns the ID of the application.
///
/// # Errors
/// When the answer is a refusal, or cannot be read; the entry stays.
pub async fn accept_late(
    session: Session,
    environment: &Environment,
    creation: Creation,
    response: &Response,
) -> Result<String, Trouble> {
    conclude(session, environment, creation, response).await
}

/// Takes an entry out of the journal: the partner has settled the matter with the operator.
///
/// # Errors
/// When it cannot be removed.
pub async fn settle(session: Session, creation: &Creation) -> Result<(), Trouble> {
    session.vault.close(&creation.id).await.map_err(Trouble::from)
}

/// The lock that is held while a registration is on its way.
pub(super) fn lock(id: &str) -> String {
    format!("portico.creation.{id}")
}

fn creation(environment: &Environment, valid: &Valid, token: Option<String>) -> Creation {
    Creation {
        id: crypto::random_id(),
        environment: environment.id.clone(),
        products: valid.products().to_vec(),
        asked: valid.metadata().clone(),
        at: clock::now(),
        token,
        doubt: Doubt::OnItsWay,
    }
}

/// Enough of a digest to know the same token again. Such tokens are made by servers, of at least 128 random bits.
async fn digest(token: Option<&Secret>) -> Option<String> {
    let digest = crypto::sha256(token?.expose().as_bytes()).await.ok()?;
    digest.get(..16).map(|start| URL_SAFE_NO_PAD.encode(start))
}

/// Stores what an answer says, and then closes the entry.
async fn conclude(
    session: Session,
    environment: &Environment,
    mut creation: Creation,
    response: &Response,
) -> Result<String, Trouble> {
    let registered = match registration::dialect_of(environment).read(Operation::Create, response) {
        Ok(registered) => registered,
        Err(mut refusal) => {
            refusal.name_scopes(&creation.asked.scopes());
            match doubt(session, &creation, &refusal) {
                Some(doubt) => {
                    creation.doubt = doubt;
                    session.vault.doubt(creation).await;
                }
                None => close(session, &creation).await,
            }
            return Err(refusal.into());
        }
    };
    let mut application = Application::new(
        creation.id.clone(),
        &environment.id,
        &creation.products,
        creation.asked.clone(),
        &registered,
        clock::now(),
    );
    application.initial_access_token.clone_from(&creation.token);
    if let Some(secret) = &registered.client_secret {
        application.secret = note(secret, registered.client_secret_expires_at).await;
        session.vault.hold_secret(&application.id, secret.clone());
    }
    let mut evidence = vec![format!("Client ID {}.", application.client_id)];
    evidence.extend(registered.notes);
    application.log(done(Step::Registered, response, evidence.join(" ")));
    let (id, manageable) = (application.id.clone(), application.registration_access_token.is_some());
    // Not an error: the vault shows the application all the same, and says on every page that nothing is stored. The
    // entry then stays, because it is all that a restart would find.
    if session.vault.save(application).await.is_ok() {
        close(session, &creation).await;
    }
    // Some browsers ask the person first: nothing waits for the answer.
    spawn_local(async {
        store::keep_safe().await;
    });
    if manageable && waits_for_approval(session, &creation.products) {
        look_whether_it_is_let_in(session, environment.clone(), id.clone());
    }
    Ok(id)
}

/// What a refusal leaves open. A 4xx did nothing, with one exception: a token that is used up at its first use here.
fn doubt(session: Session, creation: &Creation, refusal: &Refusal) -> Option<Doubt> {
    let used_up = refusal.status == 401 && refusal.mentions("No remaining count");
    match refusal.status {
        _ if used_up && !session.vault.has_used(creation.token.as_deref()) => Some(Doubt::UsedUp),
        400..500 => None,
        status => Some(Doubt::Unclear { status }),
    }
}

async fn close(session: Session, creation: &Creation) {
    // An entry that stays is seen in the list, and can be removed there.
    let _ = session.vault.close(&creation.id).await;
}

fn waits_for_approval(session: Session, products: &[String]) -> bool {
    products
        .iter()
        .any(|id| session.product(id).is_some_and(|product| product.approval == Approval::Operator))
}

/// A read that changes nothing: where a person has to approve, it shows at once whether that is still to come.
fn look_whether_it_is_let_in(session: Session, environment: Environment, id: String) {
    spawn_local(async move {
        // What it says goes to the history, from which the state is told.
        let _ = manage::read(session, &environment, &id).await;
    });
}
