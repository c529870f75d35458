//! The self-check: the scenarios of the conformance tool for dynamic client registration, and checks of single requests
//! that it lacks, run against a test environment.
//!
//! Everything here is pure. [`Check`] says what is to be signed, sent or waited for, and takes what came; who drives it
//! has the key and the network.

mod call;
mod change;
mod check;
mod clients;
mod hide;
mod job;
mod judge;
mod kit;
mod record;
pub mod report;
mod run;
mod scenario;
mod table;

pub use check::{Check, Step};
pub use kit::KeyName;
pub use record::{Counts, Exchange, Leftover, Row, Verdict};
pub use scenario::Scenario;
pub use table::SCENARIOS;

use super::{
    config::{Environment, PRIVATE_KEY_JWT, RequestForm},
    jose::{Algorithm, Unsigned},
    registration::{Operation, StatementUse, dialect_of, discovery::Reach},
};

/// A piece of software that clients are registered for.
#[derive(Clone, Debug)]
pub struct Software {
    /// A request that the server takes: its header and claims. `iat`, `exp`, `jti` and, where there is a new one,
    /// `software_statement` are replaced for every send.
    pub good: Unsigned,
    /// Where the directory gives out a new statement: some servers take each statement once.
    pub statement: Option<String>,
}

/// What a run needs.
#[derive(Clone, Debug)]
pub struct Kit {
    /// The environment. It has to allow this.
    pub environment: Environment,
    /// How it is reached.
    pub reach: Reach,
    /// The origin of the page.
    pub page_origin: String,
    /// What the key signs with.
    pub algorithm: Algorithm,
    /// The name of the key in the key set of the software.
    pub kid: String,
    /// The software that most clients are registered for.
    pub software: Software,
    /// Other software, for the client whose token is tried; the first one where there is none.
    pub other: Option<Software>,
    /// Software with a statement of a directory that the server does not trust. Where there is none, a statement that
    /// the directory did not sign stands in for it.
    pub foreign: Option<Software>,
}

/// Why an environment cannot be checked, in a sentence; `None` when it can.
#[must_use]
pub fn refusal(environment: &Environment) -> Option<&'static str> {
    if !environment.self_check {
        Some("`portal.json` does not mark this environment as one for such checks (`self_check`).")
    } else if dialect_of(environment).habits().software_statement != StatementUse::SignedRequest
        || environment.signed_request.form != RequestForm::Jwt
    {
        Some("The checks are for servers that take signed registration requests with a software statement.")
    } else if !environment.auth_methods.iter().any(|method| method == PRIVATE_KEY_JWT) {
        Some("The checks ask for tokens with `private_key_jwt`, which is not offered here.")
    } else if !environment.allows(Operation::Create) {
        Some("Nothing can be registered here.")
    } else {
        None
    }
}
