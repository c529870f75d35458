//! The request of an operation on a registration.

use crate::{
    browser::location,
    domain::{
        application::Application,
        config::Environment,
        http::Request,
        registration::{
            self, Authorization, ClientMetadata, Operation,
            discovery::{Mapped, Reach, map_registration_uri},
        },
    },
    state::Trouble,
};

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
