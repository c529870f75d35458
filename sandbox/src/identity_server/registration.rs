//! Registration and management of applications. The administrator's name and password are asked for each time: there
//! is no registration access token here.

use std::sync::{MutexGuard, PoisonError};

use axum::http::{Method, StatusCode};
use axum::response::Response;

use super::administrators::User;
use super::application::{Application, unified};
use super::awkward::shown;
use super::refusal::Refusal;
use super::{IdentityServer, members, rules, statement};
use crate::answer;
use crate::awkward::Awkward;
use crate::call::Call;
use crate::partner::random;
use crate::store::Taken;

/// How many letters and digits an identifier and a secret have.
const CLIENT_ID_LENGTH: usize = 28;
const SECRET_LENGTH: usize = 44;

impl IdentityServer {
    /// The address of all applications: registers one, or finds one by `?client_name=`.
    pub fn applications(&self, call: &Call, wanted: Option<Awkward>) -> Response {
        let outcome = match call.method {
            Method::POST => self.register(call, wanted),
            Method::GET | Method::HEAD => self.find(call, wanted),
            _ => Err(Refusal::Method),
        };
        outcome.unwrap_or_else(|refusal| refusal.answer(wanted))
    }

    /// The address of one application: reads, updates or deletes it.
    pub fn application(&self, call: &Call, wanted: Option<Awkward>) -> Response {
        let outcome = match call.method {
            Method::GET | Method::HEAD => self.read(call, wanted),
            Method::PUT => self.update(call, wanted),
            Method::DELETE => self.delete(call, wanted),
            _ => Err(Refusal::Method),
        };
        outcome.unwrap_or_else(|refusal| refusal.answer(wanted))
    }

    fn register(&self, call: &Call, wanted: Option<Awkward>) -> Result<Response, Refusal> {
        let user = self.user(call, wanted)?;
        let asked = read_body(call)?;
        let mandatory = Refusal::Statement("Mandatory software statement is missing");
        let statement = members::text(&asked, "software_statement").ok_or(mandatory)?;
        let claims = statement::verified(statement, &self.directories, wanted)?;
        rules::check(&asked, &claims, wanted)?;
        let chosen = |name: &str| members::text(&asked, name).map(str::to_owned);
        let application = Application {
            client_id: match chosen("ext_param_client_id") {
                Some(client_id) => rules::check_client_id(&client_id).map(|()| client_id)?,
                None => random::alphanumerics(CLIENT_ID_LENGTH)?,
            },
            client_secret: match chosen("ext_param_client_secret") {
                Some(secret) => secret,
                None => random::alphanumerics(SECRET_LENGTH)?,
            },
            tenant: user.tenant,
            owner: user.name,
            members: unified(asked),
        };
        match self.store.add_application(&application)? {
            None => {}
            Some(Taken::Name) => return Err(name_taken(application.name())),
            Some(Taken::ClientId) => {
                let client_id = &application.client_id;
                return Err(Refusal::Metadata(format!("Client id {client_id} already exist in the system")));
            }
        }
        tracing::info!(client_id = %application.client_id, "registered with the identity server");
        let is_wrong = wanted == Some(Awkward::WrongCreateStatus);
        let status = if is_wrong { StatusCode::OK } else { StatusCode::CREATED };
        Ok(shown(status, &application, wanted))
    }

    fn find(&self, call: &Call, wanted: Option<Awkward>) -> Result<Response, Refusal> {
        let user = self.user(call, wanted)?;
        let query = call.uri.query().unwrap_or_default();
        let name = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "client_name");
        let name = name.map(|(_, value)| value).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Refusal::Metadata("Insufficient data in the request".to_owned()))?;
        let found = self.store.application_named(&user.tenant, &name)?;
        Ok(shown(StatusCode::OK, &own(found, &user, wanted)?, wanted))
    }

    fn read(&self, call: &Call, wanted: Option<Awkward>) -> Result<Response, Refusal> {
        Ok(shown(StatusCode::OK, &self.authorised(call, wanted)?, wanted))
    }

    fn update(&self, call: &Call, wanted: Option<Awkward>) -> Result<Response, Refusal> {
        let before = self.authorised(call, wanted)?;
        let asked = read_body(call)?;
        let mut after = before.updated(&asked);
        let text = |application: &Application| {
            members::text(&application.members, "software_statement").unwrap_or_default().to_owned()
        };
        let claims = match text(&after) {
            same if same == text(&before) => statement::kept(&same).unwrap_or_default(),
            other => statement::verified(&other, &self.directories, wanted)?,
        };
        rules::check(&after.members, &claims, wanted)?;
        if !self.store.update_application(&after)? && !self.is_ghost(&after.client_id) {
            return Err(name_taken(after.name()));
        }
        tracing::info!(client_id = %after.client_id, "changed at the identity server");
        // The answer has the `jwks_uri` of the request, whatever is kept.
        match asked.get("jwks_uri") {
            Some(sent) => after.members.insert("jwks_uri".to_owned(), sent.clone()),
            None => after.members.shift_remove("jwks_uri"),
        };
        Ok(shown(StatusCode::OK, &after, wanted))
    }

    fn delete(&self, call: &Call, wanted: Option<Awkward>) -> Result<Response, Refusal> {
        let application = self.authorised(call, wanted)?;
        if matches!(wanted, Some(Awkward::KeepsDeleted | Awkward::UpdateAfterDelete)) {
            self.ghosts().push(application.clone());
        }
        self.store.remove_application(&application.client_id)?;
        tracing::info!(client_id = %application.client_id, "deleted at the identity server");
        Ok(answer::empty(StatusCode::NO_CONTENT))
    }

    /// The application of the path, if it is the caller's.
    fn authorised(&self, call: &Call, wanted: Option<Awkward>) -> Result<Application, Refusal> {
        let user = self.user(call, wanted)?;
        let client_id = call.segment_from_end(0);
        let mut found = self.store.application(&client_id)?;
        let is_kept = match wanted {
            Some(Awkward::KeepsDeleted) => call.method == Method::GET,
            Some(Awkward::UpdateAfterDelete) => call.method == Method::PUT,
            _ => false,
        };
        if found.is_none() && is_kept {
            found = self.ghosts().iter().find(|ghost| ghost.client_id == client_id).cloned();
        }
        own(found, &user, wanted)
    }

    fn is_ghost(&self, client_id: &str) -> bool {
        self.ghosts().iter().any(|ghost| ghost.client_id == client_id)
    }

    fn ghosts(&self) -> MutexGuard<'_, Vec<Application>> {
        self.ghosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn own(found: Option<Application>, user: &User, wanted: Option<Awkward>) -> Result<Application, Refusal> {
    let application =
        found.filter(|application| application.tenant == user.tenant).ok_or(Refusal::Unauthorized)?;
    let is_overlooked = wanted == Some(Awkward::AcceptsOtherClientsToken);
    if is_overlooked || application.owner == user.name { Ok(application) } else { Err(Refusal::Forbidden) }
}

fn read_body(call: &Call) -> Result<serde_json::Map<String, serde_json::Value>, Refusal> {
    if !call.is_of_type("application/json") {
        return Err(Refusal::MediaType);
    }
    members::read(&call.body)
}

fn name_taken(name: &str) -> Refusal {
    Refusal::Metadata(format!("Application with the name {name} already exist in the system"))
}
