//! The request of an operation on a registration.

use crate::{
    browser::location,
    domain::{
        application::Application,
        config::Environment,
        http::Request,
        registration::{
            self, Authorization, ClientMetadata, Document, Management, Operation,
            discovery::{Mapped, Reach, map_registration_uri},
        },
        secret::Secret,
        url::percent_encode,
    },
    state::{Session, Trouble, signed_request},
};

/// The request of an operation as it would be sent, for review. What is only asked for or made when it is sent stands in
/// it by its name.
///
/// # Errors
/// Why it cannot be sent from here.
pub fn request(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    operation: Operation,
    asked: Option<&ClientMetadata>,
) -> Result<Request, Trouble> {
    let dialect = registration::dialect_of(environment);
    let document = asked.map(|metadata| dialect.document(metadata, Some(&application.client_id)));
    let authorization = shown_authorization(session, environment, application)?;
    made(environment, reach, application, operation, &authorization, document.as_ref())
}

/// The request of a change, made and signed now, to be sent by other means.
///
/// # Errors
/// Why it cannot be made.
pub async fn ready(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    asked: &ClientMetadata,
) -> Result<Request, Trouble> {
    let document =
        signed_request::document(session, environment, reach, asked, &application.client_id).await?;
    let authorization = shown_authorization(session, environment, application)?;
    made(environment, reach, application, Operation::Update, &authorization, Some(&document))
}

/// What opens a registration; by its name where it is only asked for when a request is sent.
fn shown_authorization(
    session: Session,
    environment: &Environment,
    application: &Application,
) -> Result<Authorization, Trouble> {
    let held = authorization(session, environment, application);
    Ok(match registration::dialect_of(environment).management() {
        Management::ApplicationToken => held.unwrap_or(Authorization::ApplicationToken(Secret::default())),
        Management::Basic => held.unwrap_or_else(|_| nobody()),
        Management::RegistrationAccessToken { .. } | Management::SignIn => held?,
    })
}

/// A user who is not named yet.
fn nobody() -> Authorization {
    Authorization::Basic { user: "USER".to_owned(), password: Secret::default() }
}

/// The request of an operation.
///
/// # Errors
/// When the registration lies where nothing is sent.
pub(super) fn made(
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    operation: Operation,
    authorization: &Authorization,
    document: Option<&Document>,
) -> Result<Request, Trouble> {
    let url = address(environment, reach, application)?;
    let request = registration::dialect_of(environment).request(operation, &url, authorization, document);
    Ok(request.with_certificate(shows_certificate(environment)))
}

/// Whether requests about a registration take a client certificate. Where no software statement vouches for a client,
/// only the token endpoint and the products ask for one.
pub(in crate::state) fn shows_certificate(environment: &Environment) -> bool {
    environment.client_certificate && registration::dialect_of(environment).habits().takes_statements()
}

/// What opens the registration of an application.
///
/// # Errors
/// What is missing.
pub(in crate::state) fn authorization(
    session: Session,
    environment: &Environment,
    application: &Application,
) -> Result<Authorization, Trouble> {
    match registration::dialect_of(environment).management() {
        Management::RegistrationAccessToken { .. } => application
            .registration_access_token
            .clone()
            .map(Authorization::RegistrationAccessToken)
            .ok_or_else(|| {
                Trouble::not_sent(
                    "There is no registration access token for this application.",
                    "Enter the one from the operator under Credentials, or ask the operator to make the change.",
                )
            }),
        Management::ApplicationToken => session
            .vault
            .token_untracked(&application.id)
            .map(|held| Authorization::ApplicationToken(held.answer.access_token))
            .ok_or_else(|| {
                Trouble::not_sent(
                    "There is no token of this application.",
                    "Get one under Token, then press the button again.",
                )
            }),
        Management::Basic => session
            .vault
            .user_untracked(&environment.id)
            .map(|user| Authorization::Basic { user: user.name, password: user.password })
            .ok_or_else(|| {
                Trouble::not_sent(
                    "The server wants the name and password of a user who may register clients.",
                    "Enter them under Credentials, then press the button again.",
                )
            }),
        Management::SignIn => session
            .sign_ins
            .token(&environment.id)
            .map(|signed_in| Authorization::SignIn(signed_in.access_token))
            .ok_or_else(|| {
                Trouble::not_sent(
                    "You are not signed in, or your sign-in has ended.",
                    "Sign in on this page, then press the button again.",
                )
            }),
    }
}

/// The address of the registration as the page calls it.
///
/// # Errors
/// When it lies where nothing is sent.
pub(in crate::state) fn address(
    environment: &Environment,
    reach: &Reach,
    application: &Application,
) -> Result<String, Trouble> {
    let printed = application.registration_client_uri.clone().unwrap_or_else(|| {
        let resource = registration::dialect_of(environment)
            .resource(&application.registered, &application.client_id)
            .unwrap_or_else(|| application.client_id.clone());
        format!("{}/{}", reach.registration_printed, percent_encode(&resource))
    });
    match map_registration_uri(environment, &location::origin(), reach, &printed) {
        Mapped::Call(url) => Ok(url),
        Mapped::Foreign(origin) => Err(Trouble::not_sent(
            format!(
                "The server printed a registration address at {origin}, which is not configured. The token is not sent there."
            ),
            "The operator adds a prefix for it, or this address, to portal.json.",
        )),
    }
}
