//! Open banking: registration by a signed request that carries a software statement (Open Banking DCR 3.3; RFC 7591, 2.3).
//!
//! The client manages its registration with an access token of its own. Answers are those of the gateway of WSO2
//! (`docs/dialects.md` has the table).

mod answer;
pub mod checks;
pub mod directory;
pub mod members;
pub mod prefill;
mod refusals;
pub mod request;
pub mod statement;

use serde_json::Value;

pub(super) use answer::look_at_statement;
pub(super) use refusals::{Table, by_words};
pub use statement::SoftwareStatement;

use super::{
    ClientMetadata, Dialect, Document, Habits, Management, Operation, Refusal, Registration, Remark,
    SoftwareMember, Stamp, StatementUse, rfc7591,
};
use crate::domain::{compare, config::RequestForm, http::Response};

/// `…/open-banking/{version}/register`.
pub struct OpenBanking;

/// Its name in `portal.json`.
pub(super) const ID: &str = "open_banking";

impl Dialect for OpenBanking {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> &'static str {
        "Open banking"
    }

    fn management(&self) -> Management {
        Management::ApplicationToken
    }

    fn habits(&self) -> Habits {
        Habits {
            software_statement: StatementUse::SignedRequest,
            redirect_uri_in_token_request: true,
            sends_secret_again: true,
            not_granted: "The bank gives no scope beyond the roles in the software statement.",
            ..Habits::default()
        }
    }

    fn software_members(&self) -> &'static [SoftwareMember] {
        members::OPEN_BANKING
    }

    fn document(&self, metadata: &ClientMetadata, _client_id: Option<&str>) -> Document {
        Document::Unsigned(Box::new(request::unsigned(metadata, None)))
    }

    fn document_at(&self, metadata: &ClientMetadata, _client_id: Option<&str>, stamp: &Stamp) -> Document {
        let unsigned = request::unsigned(metadata, Some(stamp));
        match stamp.form {
            RequestForm::Jwt => Document::Unsigned(Box::new(unsigned)),
            RequestForm::Json => Document::Json(Value::Object(unsigned.claims)),
        }
    }

    fn read(&self, operation: Operation, response: &Response) -> Result<Registration, Refusal> {
        let (response, repaired) = answer::repaired(response);
        let read = rfc7591::read(&response);
        let mut registration =
            read.map_err(|problem| problem.unwrap_or_else(|| self.refusal(operation, &response)))?;
        registration.notes.extend(repaired);
        answer::look_at_statement(&mut registration);
        Ok(registration)
    }

    fn refusal(&self, operation: Operation, response: &Response) -> Refusal {
        refusals::explain(operation, response)
    }

    fn ends_token(&self, operation: Operation, response: &Response) -> bool {
        operation != Operation::Create && response.status == 401
    }

    fn meaning(
        &self,
        member: &str,
        asked: Option<&Value>,
        registered: Option<&Value>,
    ) -> Option<&'static str> {
        meaning(member, asked, registered)
    }

    fn remarks(&self, metadata: &ClientMetadata) -> Vec<Remark> {
        remarks(metadata)
    }
}

/// Members that a bank takes without saying so: they are missing in the answers that were seen.
const NOT_SHOWN: [&str; 5] = [
    "token_endpoint_auth_signing_alg",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "tls_client_auth_subject_dn",
    "software_statement",
];

fn meaning(member: &str, asked: Option<&Value>, registered: Option<&Value>) -> Option<&'static str> {
    match (asked, registered) {
        (Some(_), None) if NOT_SHOWN.contains(&member) => {
            Some("Banks usually leave this out of their answer.")
        }
        (None, Some(_)) if member == "client_secret" => {
            Some("The bank made a secret although the client proves itself otherwise.")
        }
        (None, Some(_)) if member.starts_with("software_") || member.starts_with("org_") => {
            Some(compare::FROM_STATEMENT)
        }
        _ => None,
    }
}

fn remarks(metadata: &ClientMetadata) -> Vec<Remark> {
    let mut remarks = vec![Remark {
        member: "software_statement",
        text: "is the word of the directory. The bank believes it, and checks everything else against it.",
    }];
    if metadata.software.as_ref().is_some_and(|software| software.get("software_id").is_none()) {
        remarks.push(Remark {
            member: "iss",
            text: "is the `software_id`: the bank compares it with the statement.",
        });
    }
    remarks
}
