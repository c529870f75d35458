//! Registration and management of applications. The administrator's name and password are asked for each time: there
//! is no registration access token here.

use axum::http::{Method, StatusCode};
use axum::response::Response;

use super::administrators::User;
use super::application::{Application, unified};
use super::refusal::Refusal;
use super::{IdentityServer, document, members, rules, statement};
use crate::answer;
use crate::call::Call;
use crate::partner::random;
use crate::store::Taken;

/// How many letters and digits an identifier and a secret have.
const CLIENT_ID_LENGTH: usize = 28;
const SECRET_LENGTH: usize = 44;

impl IdentityServer {
    /// The address of all applications: registers one, or finds one by `?client_name=`.
    pub fn applications(&self, call: &Call) -> Response {
        finished(match call.method {
            Method::POST => self.register(call),
            Method::GET | Method::HEAD => self.find(call),
            _ => Err(Refusal::Method),
        })
    }

    /// The address of one application: reads, updates or deletes it.
    pub fn application(&self, call: &Call) -> Response {
        finished(match call.method {
            Method::GET | Method::HEAD => self.read(call),
            Method::PUT => self.update(call),
            Method::DELETE => self.delete(call),
            _ => Err(Refusal::Method),
        })
    }

    fn register(&self, call: &Call) -> Result<Response, Refusal> {
        let user = self.user(call)?;
        let asked = read_body(call)?;
        let mandatory = Refusal::Statement("Mandatory software statement is missing");
        let statement = members::text(&asked, "software_statement").ok_or(mandatory)?;
        let claims = statement::verified(statement, &self.directory_keys)?;
        rules::check(&asked, &claims)?;
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
        Ok(shown(StatusCode::CREATED, &application))
    }

    fn find(&self, call: &Call) -> Result<Response, Refusal> {
        let user = self.user(call)?;
        let query = call.uri.query().unwrap_or_default();
        let name = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "client_name");
        let name = name.map(|(_, value)| value).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Refusal::Metadata("Insufficient data in the request".to_owned()))?;
        let found = self.store.application_named(&user.tenant, &name)?;
        Ok(shown(StatusCode::OK, &own(found, &user)?))
    }

    fn read(&self, call: &Call) -> Result<Response, Refusal> {
        Ok(shown(StatusCode::OK, &self.authorised(call)?))
    }

    fn update(&self, call: &Call) -> Result<Response, Refusal> {
        let before = self.authorised(call)?;
        let asked = read_body(call)?;
        let mut after = before.updated(&asked);
        let text = |application: &Application| {
            members::text(&application.members, "software_statement").unwrap_or_default().to_owned()
        };
        let claims = match text(&after) {
            same if same == text(&before) => statement::kept(&same).unwrap_or_default(),
            other => statement::verified(&other, &self.directory_keys)?,
        };
        rules::check(&after.members, &claims)?;
        if !self.store.update_application(&after)? {
            return Err(name_taken(after.name()));
        }
        tracing::info!(client_id = %after.client_id, "changed at the identity server");
        // The answer has the `jwks_uri` of the request, whatever is kept.
        match asked.get("jwks_uri") {
            Some(sent) => after.members.insert("jwks_uri".to_owned(), sent.clone()),
            None => after.members.shift_remove("jwks_uri"),
        };
        Ok(shown(StatusCode::OK, &after))
    }

    fn delete(&self, call: &Call) -> Result<Response, Refusal> {
        let application = self.authorised(call)?;
        self.store.remove_application(&application.client_id)?;
        tracing::info!(client_id = %application.client_id, "deleted at the identity server");
        Ok(answer::empty(StatusCode::NO_CONTENT))
    }

    /// The application of the path, if it is the caller's.
    fn authorised(&self, call: &Call) -> Result<Application, Refusal> {
        let user = self.user(call)?;
        own(self.store.application(&call.segment_from_end(0))?, &user)
    }
}

fn own(found: Option<Application>, user: &User) -> Result<Application, Refusal> {
    let application =
        found.filter(|application| application.tenant == user.tenant).ok_or(Refusal::Unauthorized)?;
    if application.owner == user.name { Ok(application) } else { Err(Refusal::Forbidden) }
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

fn shown(status: StatusCode, application: &Application) -> Response {
    answer::with_type(status, "application/json", document::of(application))
}

fn finished(outcome: Result<Response, Refusal>) -> Response {
    outcome.unwrap_or_else(Response::from)
}
