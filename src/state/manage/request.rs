//! The request of an operation on a registration.

use crate::{
    browser::location,
    domain::{
        application::Application,
        config::Environment,
        http::Request,
        registration::{
            self, Authorization, ClientMetadata, Management, Operation,
            discovery::{Mapped, Reach, map_registration_uri},
        },
        url::percent_encode,
    },
    state::{Session, Trouble},
};

/// The request of an operation as it would be sent, for review.
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
    let authorization = authorization(session, environment, application)?;
    let url = address(environment, reach, application)?;
    let document = asked.map(|metadata| dialect.document(metadata, Some(&application.client_id)));
    Ok(dialect.request(operation, &url, &authorization, document.as_ref()))
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
            .tokens
            .try_with_untracked(|tokens| tokens.get(&application.id).cloned())
            .flatten()
            .map(|held| Authorization::ApplicationToken(held.answer.access_token))
            .ok_or_else(|| {
                Trouble::not_sent(
                    "There is no token of this application.",
                    "Get one under Token, then press the button again.",
                )
            }),
        Management::Basic => Err(Trouble::not_sent(
            "The server wants the name and password of a user who may register clients.",
            "Send the request with curl, and paste the answer.",
        )),
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
