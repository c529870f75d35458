//! Asking for a token, calling a product: each one request, each answer stored before it is shown.

mod lines;

pub use lines::{done, refused, write};

use lines::no_answer;

use crate::{
    browser::{clock, crypto, fetch, location},
    domain::{
        application::{Application, SecretNote, history::Step},
        config::Environment,
        diagnosis::Purpose,
        grant,
        http::{Failure, Request, Response},
        registration::{self, Authorization, Refusal, discovery::Reach},
        secret::Secret,
        url::percent_encode,
    },
    state::{
        Session, Trouble,
        diagnosis::investigate,
        keys::{self, ClientKey},
        vault::HeldToken,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// How long the portal waits for an answer of a backend.
pub const TIMEOUT_MS: u32 = 30_000;

/// Rounds of PBKDF2 for the digest of a client secret. Servers make secrets of 190 bits and more, so that this only
/// has to make a short, hand-made one expensive.
const DIGEST_ITERATIONS: u32 = 100_000;

/// What opens registration: an initial access token when there is one, else a sign-in that is good.
#[must_use]
pub fn authorization(session: Session, environment: &Environment, token: Option<Secret>) -> Authorization {
    match token {
        Some(token) => Authorization::InitialAccessToken(token),
        None => session
            .sign_ins
            .token(&environment.id)
            .map_or(Authorization::None, |signed_in| Authorization::SignIn(signed_in.access_token)),
    }
}

/// How the backend is reached by who is signed in: the address of a partner's apps has the partner in it.
///
/// # Errors
/// As [`crate::state::environments::Environments::reach`].
pub async fn reach(session: Session, environment: &Environment) -> Result<Reach, Trouble> {
    let reach = session.environments.reach(environment).await?;
    Ok(personal(session, environment, reach))
}

/// The same addresses, those of the person who is signed in.
#[must_use]
pub fn personal(session: Session, environment: &Environment, mut reach: Reach) -> Reach {
    let email = session.sign_ins.token(&environment.id).and_then(|signed_in| signed_in.email);
    if let Some(email) = email {
        let segment = percent_encode(&email);
        for address in [&mut reach.registration, &mut reach.registration_printed] {
            *address = address.replace(DEVELOPER, &segment);
        }
    }
    reach
}

/// Stands in the registration endpoint of portal.json where the e-mail address of the partner belongs.
const DEVELOPER: &str = ":developer";

/// A request without an answer that can be read.
pub struct Unanswered {
    /// Whether the diagnosis rules out that a write was carried out.
    pub nothing_was_done: bool,
    /// The explanation.
    pub trouble: Trouble,
}

impl Unanswered {
    /// It never came to a request.
    #[must_use]
    pub fn before(trouble: Trouble) -> Self {
        Self { nothing_was_done: true, trouble }
    }
}

/// Sends a request once, and tells whether it may have arrived when there is no answer.
///
/// # Errors
/// When no answer can be read; explained.
pub async fn exchange(
    session: Session,
    environment: &Environment,
    purpose: Purpose,
    request: &Request,
) -> Result<Response, Unanswered> {
    let outcome = match request.needs_other_hands(&location::origin()) {
        true => Err(Failure::ClientCertificate),
        false => fetch::send(request, TIMEOUT_MS).await,
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(failure) => {
            let diagnosis = investigate(session, environment, purpose, request, &failure).await;
            Err(Unanswered {
                nothing_was_done: !diagnosis.may_be_done,
                trouble: Trouble::Blocked {
                    diagnosis: Box::new(diagnosis),
                    request: Box::new(request.clone()),
                },
            })
        }
    }
}

/// Sends a request once.
///
/// # Errors
/// When no answer can be read; explained.
pub async fn send(
    session: Session,
    environment: &Environment,
    purpose: Purpose,
    request: &Request,
) -> Result<Response, Trouble> {
    exchange(session, environment, purpose, request).await.map_err(|unanswered| unanswered.trouble)
}

/// What is kept of a client secret; `None` where the browser gives this page no cryptography.
pub async fn note(secret: &Secret, expires_at: Option<i64>) -> Option<SecretNote> {
    let salt: [u8; 16] = crypto::random_bytes();
    let digest = crypto::pbkdf2_sha256(secret, &salt, DIGEST_ITERATIONS).await.ok()?;
    Some(SecretNote {
        last_four: secret.last_four(),
        salt: URL_SAFE_NO_PAD.encode(salt),
        digest: URL_SAFE_NO_PAD.encode(digest),
        iterations: DIGEST_ITERATIONS,
        expires_at,
        kept: None,
    })
}

/// Whether a text is the secret that was noted; `None` where the browser gives this page no cryptography.
pub async fn is_noted(secret: &Secret, note: &SecretNote) -> Option<bool> {
    let salt = URL_SAFE_NO_PAD.decode(&note.salt).ok()?;
    let digest = crypto::pbkdf2_sha256(secret, &salt, note.iterations).await.ok()?;
    Some(URL_SAFE_NO_PAD.encode(digest) == note.digest)
}

/// What a client proves itself with.
#[derive(Clone)]
pub enum Credential {
    /// A client secret.
    Secret(Secret),
    /// A key that is registered for it.
    Key(Box<ClientKey>),
}

/// The request for a token. An assertion in it is signed now, so that it is good for one send.
///
/// # Errors
/// When the browser cannot sign.
pub async fn token_request(
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    credential: &Credential,
    scope: &str,
) -> Result<Request, Trouble> {
    let (client_id, method, uri) = (&application.client_id, application.method(), application.redirect_uri());
    let request = match credential {
        Credential::Secret(secret) => {
            grant::client_credentials(&reach.token, method, client_id, secret, scope)
        }
        Credential::Key(key) => {
            let assertion = keys::client_assertion(environment, reach, client_id, key).await?;
            if application.grants_by_assertion() {
                grant::with_jwt_bearer(&reach.token, &assertion)
            } else if registration::dialect_of(environment).habits().redirect_uri_in_token_request {
                grant::with_application_assertion(&reach.token, client_id, &assertion, scope, uri)
            } else {
                grant::with_client_assertion(&reach.token, client_id, &assertion, scope)
            }
        }
    };
    Ok(request.with_certificate(environment.client_certificate))
}

/// Asks for a token with the registered method. The token is held for this tab and never stored.
///
/// # Errors
/// Refused (also written to the history), or no answer.
pub async fn request_token(
    session: Session,
    environment: &Environment,
    application: &Application,
    credential: &Credential,
    scope: &str,
) -> Result<(), Trouble> {
    let reach = session.environments.reach(environment).await?;
    let request = token_request(environment, &reach, application, credential, scope).await?;
    let response = match send(session, environment, Purpose::Token, &request).await {
        Ok(response) => response,
        Err(trouble) => return Err(no_answer(session, &application.id, Step::Token, trouble).await),
    };
    take_token(session, &application.id, scope, &response).await
}

/// Takes an answer of the token endpoint, also one that came by other means.
///
/// # Errors
/// When it is a refusal (also written to the history), or cannot be read.
pub async fn take_token(
    session: Session,
    application: &str,
    scope: &str,
    response: &Response,
) -> Result<(), Trouble> {
    match grant::read(response) {
        Ok(answer) => {
            let lifetime = answer.expires_in.map_or("unknown".to_owned(), |seconds| format!("{seconds} s"));
            let held = HeldToken {
                answer,
                asked_scope: scope.to_owned(),
                at: clock::now(),
                elapsed_ms: response.elapsed_ms,
            };
            session.vault.hold_token(application, held);
            write(session, application, done(Step::Token, response, format!("Lifetime {lifetime}."))).await;
            Ok(())
        }
        Err(refusal) => {
            write(session, application, refused(Step::Token, &refusal)).await;
            Err(refusal.into())
        }
    }
}

/// Calls a product. Any status is an answer; the history gets a line.
///
/// # Errors
/// When no answer can be read.
pub async fn call(
    session: Session,
    environment: &Environment,
    application: &str,
    product: &str,
    request: &Request,
) -> Result<Response, Trouble> {
    let step = Step::Called { product: product.to_owned(), method: request.method.as_str().to_owned() };
    match send(session, environment, Purpose::Product, request).await {
        Ok(response) => {
            let entry = if response.is_success() {
                done(step, &response, String::new())
            } else {
                refused(step, &Refusal::from_status(&response))
            };
            write(session, application, entry).await;
            Ok(response)
        }
        Err(trouble) => Err(no_answer(session, application, step, trouble).await),
    }
}
