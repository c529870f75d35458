//! WSO2 Identity Server, dynamic client registration 1.1: JSON with a software statement, by a user who may register.

use serde_json::Value;

use super::{
    ClientMetadata, Dialect, Document, Habits, Management, Operation, Refusal, Registration, Remark,
    SoftwareMember, Stamp, StatementUse,
    open_banking::{self, members, request},
    rfc7591,
};
use crate::domain::{
    form::{Field, Problem},
    http::{Method, Request, Response},
    url::percent_encode,
};

mod refusals;

/// `…/t/{tenant}/api/identity/oauth2/dcr/v1.1/register`.
pub struct IdentityServer;

/// Its name in `portal.json`.
pub(super) const ID: &str = "identity_server";

/// In the order in which the guide of the server prints them.
const ORDER: [&str; 26] = [
    "iss",
    "iat",
    "exp",
    "jti",
    "aud",
    "scope",
    "token_endpoint_auth_method",
    "token_endpoint_auth_signing_alg",
    "tls_client_auth_subject_dn",
    "grant_types",
    "response_types",
    "id_token_signed_response_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "request_object_signing_alg",
    "application_type",
    "software_id",
    "redirect_uris",
    "token_endpoint_allow_reuse_pvt_key_jwt",
    "tls_client_certificate_bound_access_tokens",
    "require_signed_request_object",
    "token_type_extension",
    "jwks_uri",
    "client_name",
    "ext_application_display_name",
    "software_statement",
];

impl Dialect for IdentityServer {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> &'static str {
        "WSO2 Identity Server"
    }

    fn management(&self) -> Management {
        Management::Basic
    }

    fn habits(&self) -> Habits {
        Habits {
            software_statement: StatementUse::Member,
            redirect_uri_in_token_request: true,
            sends_secret_again: true,
            ..Habits::default()
        }
    }

    fn software_members(&self) -> &'static [SoftwareMember] {
        members::IDENTITY_SERVER
    }

    fn suggested_name(&self, name: &str) -> Option<String> {
        (!name.chars().all(is_name)).then(|| suggestion(name))
    }

    fn check(&self, metadata: &ClientMetadata) -> Vec<Problem> {
        let name = &metadata.client_name;
        let problem = |suggested: String| {
            let text = format!(
                "The name takes letters of the English alphabet, digits, dots, - and _, and no spaces. For example {suggested}."
            );
            Problem::new(Field::Name, text)
        };
        self.suggested_name(name).map(problem).into_iter().collect()
    }

    fn document(&self, metadata: &ClientMetadata, _client_id: Option<&str>) -> Document {
        Document::Json(Value::Object(request::members(&ORDER, metadata, None)))
    }

    fn document_at(&self, metadata: &ClientMetadata, _client_id: Option<&str>, stamp: &Stamp) -> Document {
        Document::Json(Value::Object(request::members(&ORDER, metadata, Some(stamp))))
    }

    fn read(&self, operation: Operation, response: &Response) -> Result<Registration, Refusal> {
        let read = rfc7591::read(response);
        let mut registration =
            read.map_err(|problem| problem.unwrap_or_else(|| self.refusal(operation, response)))?;
        open_banking::look_at_statement(&mut registration);
        Ok(registration)
    }

    fn refusal(&self, operation: Operation, response: &Response) -> Refusal {
        refusals::explain(operation, response)
    }

    fn meaning(
        &self,
        member: &str,
        asked: Option<&Value>,
        registered: Option<&Value>,
    ) -> Option<&'static str> {
        match (member, asked, registered) {
            ("client_secret" | "client_secret_expires_at", ..) => None,
            (_, None, Some(_))
                if member.starts_with("ext_") || member == "require_pushed_authorization_requests" =>
            {
                Some("A setting of the server. A switch that a change leaves out becomes false.")
            }
            _ => None,
        }
    }

    fn remarks(&self, _metadata: &ClientMetadata) -> Vec<Remark> {
        vec![Remark {
            member: "require_signed_request_object",
            text: "and the other switches are sent with every change: the server takes an absent one for `false`.",
        }]
    }
}

/// `^[a-zA-Z0-9._-]*$`
fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || "._-".contains(character)
}

/// A name that the server takes: whatever it does not take becomes `_`.
#[must_use]
pub fn suggestion(name: &str) -> String {
    name.chars().map(|character| if is_name(character) { character } else { '_' }).collect()
}

/// The request that looks a client up by its name. It is answered like a read.
#[must_use]
pub fn find(registration: &str, name: &str, authorization: &super::Authorization) -> Request {
    let request = Request::new(Method::Get, format!("{registration}?client_name={}", percent_encode(name)));
    match authorization.header() {
        Some(value) => request.header("Authorization", value),
        None => request,
    }
}
