//! The clients that a row registers: what is known of each, and that none is left behind.

use super::{
    change::Change,
    check::Check,
    judge,
    record::{Leftover, Verdict},
    run::Phase,
    scenario::{Act, Call, Expect, Who},
};
use crate::domain::{
    http::Response,
    json,
    registration::{Operation, dialect_of},
    secret::Secret,
};

/// A client that this row registered.
#[derive(Clone, Debug)]
pub(super) struct Client {
    who: Who,
    pub(super) change: Change,
    pub(super) id: String,
    token: Option<Secret>,
    gone: bool,
    /// Whether deleting was tried with a token that was new.
    retried: bool,
    pub(super) why: String,
}

impl Client {
    /// Its token.
    pub(super) fn token(&self) -> Result<&Secret, String> {
        self.token.as_ref().ok_or_else(|| "There is no token for this client.".to_owned())
    }
}

impl Check {
    /// The row has done its acts: what it registered is deleted.
    pub(super) fn clean_up(&mut self) {
        self.settle_as(Verdict::Passed);
        self.phase = Phase::Cleaning;
        if !self.kit.environment.allows(Operation::Delete) {
            self.clients
                .iter_mut()
                .for_each(|client| "Deleting is not offered here.".clone_into(&mut client.why));
            return;
        }
        for client in self.clients.iter_mut().filter(|client| !client.gone) {
            client.retried = client.token.is_none();
            if client.retried {
                self.queue.push_back(tidy(Call::Token(client.who)));
            }
            self.queue.push_back(tidy(Call::Delete(client.who)));
        }
    }

    /// What could not be deleted is kept by name.
    pub(super) fn leave(&mut self) {
        let row = self.current_name();
        for client in self.clients.drain(..).filter(|client| !client.gone) {
            self.leftovers.push(Leftover { client_id: Some(client.id), row: row.clone(), why: client.why });
        }
    }

    /// What an answer changes, whatever was expected.
    pub(super) fn effects(&mut self, call: Call, response: &Response) {
        let members = json::object(&response.body).map(|object| object.members).unwrap_or_default();
        for name in ["access_token", "client_secret", "registration_access_token"] {
            self.secrets.extend(json::string(&members, name).map(Secret::new));
        }
        if !response.is_success() {
            return;
        }
        match call {
            Call::Register(who, change) => self.registered(who, change, response),
            Call::Token(who) => {
                let token = json::string(&members, "access_token").map(Secret::new);
                if let Some(client) = self.client_mut(who) {
                    client.token = token;
                }
            }
            Call::Delete(who) => {
                if let Some(client) = self.client_mut(who) {
                    client.gone = true;
                }
            }
            _ => {}
        }
    }

    /// Read as tolerantly as the portal reads: a client in a damaged answer is there all the same.
    fn registered(&mut self, who: Who, change: Change, response: &Response) {
        match dialect_of(&self.kit.environment).read(Operation::Create, response) {
            Ok(read) => {
                self.secrets.extend(read.client_secret.into_iter().chain(read.registration_access_token));
                self.clients.push(Client {
                    who,
                    change,
                    id: read.client_id,
                    token: None,
                    gone: false,
                    retried: false,
                    why: "It was not deleted.".to_owned(),
                });
            }
            Err(_) => {
                let why = "The answer names no client ID.".to_owned();
                self.leftovers.push(Leftover { client_id: None, row: self.current_name(), why });
            }
        }
    }

    /// A token may have been revoked by what the row did: then a new one is asked for, once.
    pub(super) fn tidied(&mut self, call: Call, response: &Response) {
        let Some(client) = who(call).and_then(|who| self.client_mut(who)) else { return };
        if response.is_success() {
            return;
        }
        let what = if matches!(call, Call::Token(_)) { "Asking for a token" } else { "Deleting" };
        client.why = format!("{what} answered {}.", judge::came(response));
        let (retries, who) = (!std::mem::replace(&mut client.retried, true), client.who);
        if retries {
            client.token = None;
            self.queue.push_back(tidy(Call::Token(who)));
            self.queue.push_back(tidy(Call::Delete(who)));
        }
    }

    /// A client of this row.
    pub(super) fn client(&self, who: Who) -> Result<&Client, String> {
        let found = self.clients.iter().find(|client| client.who == who);
        found.ok_or_else(|| "There is no client for this.".to_owned())
    }

    pub(super) fn client_mut(&mut self, who: Who) -> Option<&mut Client> {
        self.clients.iter_mut().find(|client| client.who == who)
    }
}

fn tidy(call: Call) -> (Act, bool) {
    let expect = if matches!(call, Call::Token(_)) { Expect::Token } else { Expect::Success };
    (Act { call, expect, prepares: true }, true)
}

/// Which client a call is about.
pub(super) fn who(call: Call) -> Option<Who> {
    match call {
        Call::Discover => None,
        Call::Register(who, _)
        | Call::Token(who)
        | Call::Retrieve(who, _)
        | Call::Update(who)
        | Call::Delete(who) => Some(who),
    }
}
