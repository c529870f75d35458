//! One act: what has to be signed and sent for it, in which order.

use super::{
    Kit, call,
    change::{self, Change},
    check::{Check, Step},
    scenario::{Act, Call, Shown, Who},
};
use crate::domain::{http::Request, jose::Unsigned, registration::Operation, secret::Secret};

/// An act under way.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) act: Act,
    pub(super) cleaning: bool,
    pub(super) have: Have,
    pub(super) owed: Option<Owed>,
    /// How often it was asked to wait.
    pub(super) waits: u8,
}

/// What there is for it.
#[derive(Clone, Debug)]
pub(super) enum Have {
    Nothing,
    Statement(Option<String>),
    Forged(String),
    Compact(Secret, Unsigned),
}

/// What is to come from outside.
#[derive(Clone, Debug)]
pub(super) enum Owed {
    Statement,
    Forgery(Unsigned),
    Signature(Unsigned),
    Answer(Request, Option<Unsigned>),
}

impl Job {
    pub(super) fn new(act: Act, cleaning: bool) -> Self {
        Self { act, cleaning, have: Have::Nothing, owed: None, waits: 0 }
    }

    /// Once more from the beginning.
    pub(super) fn again(mut self) -> Self {
        self.have = Have::Nothing;
        self.waits += 1;
        self
    }

    /// Whether a request of it is on its way.
    pub(super) fn is_sent(&self) -> bool {
        matches!(self.owed, Some(Owed::Answer(..)))
    }
}

impl Check {
    /// What is to be done next for an act.
    pub(super) fn advance(&mut self, job: &mut Job, now: i64, id: &str) -> Result<Step, String> {
        let (owed, step) = match (&job.have, job.act.call) {
            (Have::Nothing, call @ (Call::Register(..) | Call::Update(_))) => {
                let (who, change) = self.origin(call)?;
                match &self.kit.software(who, change).statement {
                    Some(address) => (Owed::Statement, Step::Send(Box::new(Kit::statement(address)))),
                    None => self.sign_for(call, None, now, id)?,
                }
            }
            (Have::Nothing, Call::Token(who)) => {
                to_sign(self.kit.assertion(&self.client(who)?.id, now, id), Owed::Signature)
            }
            (Have::Nothing, call) => to_send(self.plain(call, id)?, None),
            (Have::Statement(statement), call) => self.sign_for(call, statement.clone(), now, id)?,
            (Have::Forged(statement), call) => {
                let statement = Some(statement.clone());
                to_sign(self.unsigned(call, statement.as_deref(), now, id)?, Owed::Signature)
            }
            (Have::Compact(compact, unsigned), call) => {
                to_send(self.proven(call, compact.clone())?, Some(unsigned.clone()))
            }
        };
        job.owed = Some(owed);
        Ok(step)
    }

    /// The software of a client: for which one, with which change it is or was registered.
    fn origin(&self, call: Call) -> Result<(Who, Change), String> {
        match call {
            Call::Register(who, change) => Ok((who, change)),
            Call::Update(who) => self.client(who).map(|client| (who, client.change)),
            _ => Ok((Who::First, Change::None)),
        }
    }

    /// The request of a registration or an update, or first the statement in it.
    fn sign_for(
        &mut self,
        call: Call,
        statement: Option<String>,
        now: i64,
        id: &str,
    ) -> Result<(Owed, Step), String> {
        let forges =
            matches!(call, Call::Register(_, Change::ForeignStatement)) && self.kit.foreign.is_none();
        if !forges {
            let unsigned = self.unsigned(call, statement.as_deref(), now, id)?;
            return Ok(to_sign(unsigned, Owed::Signature));
        }
        let own = statement.or_else(|| {
            let claim = self.kit.software.good.claims.get("software_statement")?;
            claim.as_str().map(str::to_owned)
        });
        let forged = own.and_then(|statement| change::forged(&statement, &self.kit));
        forged
            .map(|unsigned| to_sign(unsigned, Owed::Forgery))
            .ok_or_else(|| "The statement cannot be read.".to_owned())
    }

    fn unsigned(
        &mut self,
        call: Call,
        statement: Option<&str>,
        now: i64,
        id: &str,
    ) -> Result<Unsigned, String> {
        let (who, registered) = self.origin(call)?;
        let change = if let Call::Register(_, change) = call { change } else { Change::None };
        if change != Change::ReplayedId {
            id.clone_into(&mut self.last_id);
        }
        let software = self.kit.software(who, registered);
        Ok(self.kit.unsigned(software, statement, change, (now, &self.last_id)))
    }

    /// A call with what was signed for it.
    fn proven(&self, call: Call, compact: Secret) -> Result<Request, String> {
        match call {
            Call::Token(who) => Ok(self.kit.token(&self.client(who)?.id, &compact)),
            Call::Update(who) => {
                let client = self.client(who)?;
                let request = self.kit.signed(Some(&client.id), compact);
                Ok(call::with_token(request, client.token()?))
            }
            _ => Ok(self.kit.signed(None, compact)),
        }
    }

    /// A call for which nothing has to be signed.
    fn plain(&self, call: Call, id: &str) -> Result<Request, String> {
        let (operation, who, made_up) = match call {
            Call::Retrieve(who, Shown::MadeUp) => (Operation::Read, who, Some(Secret::new(id))),
            Call::Retrieve(who, Shown::Of(other)) => {
                (Operation::Read, who, Some(self.client(other)?.token()?.clone()))
            }
            Call::Retrieve(who, Shown::Own) => (Operation::Read, who, None),
            Call::Delete(who) => (Operation::Delete, who, None),
            _ => return Ok(self.kit.discover()),
        };
        let client = self.client(who)?;
        let token = made_up.map_or_else(|| client.token().cloned(), Ok)?;
        Ok(call::with_token(self.kit.plain(operation, &client.id), &token))
    }
}

fn to_sign(unsigned: Unsigned, owed: impl FnOnce(Unsigned) -> Owed) -> (Owed, Step) {
    let input = unsigned.signing_input();
    (owed(unsigned), Step::Sign(input))
}

fn to_send(request: Request, signed: Option<Unsigned>) -> (Owed, Step) {
    let step = Step::Send(Box::new(request.clone()));
    (Owed::Answer(request, signed), step)
}
