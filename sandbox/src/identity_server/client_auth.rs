//! Client authentication at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2).

use aws_lc_rs::constant_time;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::application::Application;
use super::{IdentityServer, awkward, members};
use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;
use crate::realm::RealmError;

/// Why no token is given.
#[derive(Debug)]
pub(super) enum Refused {
    /// 401 `invalid_client`.
    Client(String),
    /// 400 with this `error`.
    Request(&'static str, &'static str),
    /// 500: this server's own fault.
    Fault(RealmError),
}

impl Refused {
    pub(super) fn client(description: impl Into<String>) -> Self {
        Self::Client(description.into())
    }

    /// The answer, as it is wanted for the request.
    pub(super) fn answer(self, wanted: Option<Awkward>) -> Response {
        let (status, error, description) = match self {
            Self::Client(description) => (StatusCode::UNAUTHORIZED, "invalid_client", description),
            Self::Request(error, description) => (StatusCode::BAD_REQUEST, error, description.to_owned()),
            Self::Fault(reason) => return answer::fault(&reason),
        };
        // The server writes the description first.
        awkward::refusal(status, &json!({ "error_description": description, "error": error }), wanted)
    }
}

impl<E: Into<RealmError>> From<E> for Refused {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

impl IdentityServer {
    /// The application that the call proves to come from.
    pub(super) fn authenticated(
        &self,
        call: &Call,
        form: &[(String, String)],
        tenant: &str,
    ) -> Result<Application, Refused> {
        if let Some(assertion) = field(form, "client_assertion") {
            return self.signed(call, form, assertion, tenant);
        }
        let basic = call.basic();
        let used = if basic.is_some() { "client_secret_basic" } else { "client_secret_post" };
        let of_form = || {
            let text = |name: &str| field(form, name).map(str::to_owned);
            text("client_id").zip(text("client_secret"))
        };
        let (client_id, secret) = basic
            .or_else(of_form)
            .ok_or_else(|| Refused::client("Unsupported Client Authentication Method!"))?;
        let application = self.known(&client_id, tenant)?;
        let method = members::text(&application.members, "token_endpoint_auth_method");
        if method.is_some_and(|method| method != used) {
            return Err(Refused::client("Unsupported Client Authentication Method!"));
        }
        constant_time::verify_slices_are_equal(secret.as_bytes(), application.client_secret.as_bytes())
            .map_err(|_| Refused::client("Client credentials are invalid."))?;
        Ok(application)
    }

    /// The application of this identifier in the tenant.
    pub(super) fn known(&self, client_id: &str, tenant: &str) -> Result<Application, Refused> {
        let found = self.store.application(client_id)?.filter(|application| application.tenant == tenant);
        found.ok_or_else(|| {
            let sentence = format!("A valid OAuth client could not be found for client_id: {client_id}");
            Refused::client(sentence)
        })
    }
}

/// A field of a form.
pub(super) fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
