//! What a scenario is made of: calls one after another, and what is expected of each.

use super::change::Change;
use crate::domain::registration::Operation;

/// One row of a report.
#[derive(Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name in the conformance tool, or `P-…` where the tool has none.
    pub id: &'static str,
    /// Which of several cases under this name; empty when there is one.
    pub case: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// What the specification asks for; code stands in backticks.
    pub asks: &'static str,
    /// Where it asks for that.
    pub source: &'static str,
    /// What the server has to offer for this; without one of them the row is skipped.
    pub needs: &'static [Operation],
    /// The calls, in order. One that is not offered and not in `needs` is left out.
    pub acts: &'static [Act],
}

impl Scenario {
    /// The ID with its case: `DCR-004 expired`.
    #[must_use]
    pub fn name(&self) -> String {
        if self.case.is_empty() { self.id.to_owned() } else { format!("{} {}", self.id, self.case) }
    }
}

/// One call and what is expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// What is sent.
    pub call: Call,
    /// What has to come.
    pub expect: Expect,
    /// Whether it only leads up to what is checked: then another answer means that the row could not be run.
    pub prepares: bool,
}

/// Which client of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The first one.
    First,
    /// Another one.
    Second,
}

/// Which token is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// That of the client itself.
    Own,
    /// That of the other client.
    Of(Who),
    /// One that nobody gave out.
    MadeUp,
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// GET of the discovery document.
    Discover,
    /// POST to the registration endpoint.
    Register(Who, Change),
    /// POST to the token endpoint.
    Token(Who),
    /// GET of the registration.
    Retrieve(Who, Shown),
    /// PUT of the registration.
    Update(Who),
    /// DELETE of the registration.
    Delete(Who),
}

impl Call {
    /// The operation that the server has to offer; discovery and tokens are always there.
    #[must_use]
    pub fn operation(self) -> Option<Operation> {
        match self {
            Self::Discover | Self::Token(_) => None,
            Self::Register(..) => Some(Operation::Create),
            Self::Retrieve(..) => Some(Operation::Read),
            Self::Update(_) => Some(Operation::Update),
            Self::Delete(_) => Some(Operation::Delete),
        }
    }
}

/// What has to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Exactly this status.
    Status(u16),
    /// Any status of success.
    Success,
    /// Exactly 201, with a `client_id`.
    Created,
    /// A discovery document with a registration endpoint.
    Endpoint,
    /// 200 with an access token.
    Token,
    /// 200 with the registration, whole.
    Registration,
}

impl Expect {
    /// In words: "201 with a client ID".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Success => "success".to_owned(),
            Self::Created => "201 with a `client_id`".to_owned(),
            Self::Endpoint => "200 with an https `registration_endpoint`".to_owned(),
            Self::Token => "200 with an access token".to_owned(),
            Self::Registration => "200 with the whole registration".to_owned(),
        }
    }
}
