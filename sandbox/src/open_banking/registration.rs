//! The registration endpoint: create, and with an application token read, update and delete (Open Banking DCR 3.3, after
//! RFC 7592).

use axum::http::{Method, StatusCode, header};
use axum::response::Response;

use super::client::Client;
use super::refusal::Refusal;
use super::{OpenBanking, document};
use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;
use crate::jose::random_text;

/// Where it is.
pub const REGISTER: &str = "/open-banking/v3.3/register";

/// What is done to a registered client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// GET.
    Read,
    /// PUT.
    Update,
    /// DELETE.
    Delete,
}

impl OpenBanking {
    /// Registers a client.
    pub fn register(&self, call: &Call, awkward: Option<Awkward>) -> Response {
        if call.method != Method::POST {
            return wrong_method("POST", awkward);
        }
        self.registered(call, awkward).unwrap_or_else(|refusal| refusal.answer(awkward))
    }

    /// Reads, updates or deletes the client that the path names.
    pub fn manage(&self, call: &Call, awkward: Option<Awkward>) -> Response {
        let operation = match call.method {
            Method::GET | Method::HEAD => Operation::Read,
            Method::PUT => Operation::Update,
            Method::DELETE => Operation::Delete,
            _ => return wrong_method("GET, PUT, DELETE", awkward),
        };
        self.managed(call, operation, awkward).unwrap_or_else(|refusal| refusal.answer(awkward))
    }

    fn registered(&self, call: &Call, awkward: Option<Awkward>) -> Result<Response, Refusal> {
        let request = self.checked(call, awkward)?;
        let client_id = random_text::<21>()?;
        let client = Client::asked(client_id, request.claims, request.statement, self.clock.now());
        self.store.add_open_banking_client(&client)?;
        let status = match awkward {
            Some(Awkward::WrongCreateStatus) => StatusCode::OK,
            _ => StatusCode::CREATED,
        };
        Ok(document::registered(status, &client, awkward))
    }

    fn managed(
        &self,
        call: &Call,
        operation: Operation,
        awkward: Option<Awkward>,
    ) -> Result<Response, Refusal> {
        let client = self.authorised(call, operation, awkward)?;
        match operation {
            Operation::Read => Ok(document::retrieved(&client, awkward)),
            Operation::Update => self.updated(call, &client, awkward),
            Operation::Delete => {
                self.store.delete_open_banking_client(&client.client_id)?;
                Ok(answer::empty(StatusCode::NO_CONTENT))
            }
        }
    }

    fn updated(&self, call: &Call, before: &Client, awkward: Option<Awkward>) -> Result<Response, Refusal> {
        let request = self.checked(call, awkward)?;
        let named = request.claims.get("client_id");
        if named.is_some_and(|named| named.as_str() != Some(&before.client_id)) {
            return Err(Refusal::metadata("The client_id is not that of the address"));
        }
        let statement = &request.statement;
        if statement.software_id != before.software_id || statement.issuer != before.directory {
            return Err(Refusal::statement(
                "The software statement is not about the software of this client",
            ));
        }
        let now = self.clock.now();
        let client = Client::asked(before.client_id.clone(), request.claims, request.statement, now);
        self.store.update_open_banking_client(&client)?;
        Ok(document::registered(StatusCode::OK, &client, awkward))
    }
}

fn wrong_method(allowed: &'static str, awkward: Option<Awkward>) -> Response {
    let refusal = Refusal::Said {
        status: StatusCode::METHOD_NOT_ALLOWED,
        error: "method_not_allowed",
        description: format!("The methods here are {allowed}."),
    };
    let mut response = refusal.answer(awkward);
    answer::set(&mut response, header::ALLOW, allowed);
    response
}
