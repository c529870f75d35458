//! Why something did not work, in the form every page shows.

use crate::{
    browser::{crypto::CryptoProblem, location, store::StoreProblem},
    domain::{
        diagnosis::{self, Cause, Diagnosis},
        failure::{self, Circumstances, Explained},
        http::{Failure, Request},
        registration::Refusal,
        secret::Secret,
    },
};

/// What stood in the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The server said no.
    Refused(Refusal),
    /// There is no answer that could be read, and it was looked into.
    Blocked {
        /// What was found out.
        diagnosis: Box<Diagnosis>,
        /// The request, for sending it by other means.
        request: Box<Request>,
    },
    /// The discovery document could not be read.
    NoAnswer(Explained),
    /// The portal would not even send it; a sentence and the next step.
    NotSent {
        /// What is the matter.
        what: String,
        /// What to do.
        next: String,
    },
    /// This browser could not store what has to be stored first; nothing was sent.
    NotStored(String),
}

impl Trouble {
    /// A request that was never sent.
    #[must_use]
    pub fn not_sent(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self::NotSent { what: what.into(), next: next.into() }
    }

    /// A failure of a request, explained.
    #[must_use]
    pub fn no_answer(failure: &Failure, request: &Request) -> Self {
        Self::NoAnswer(failure::explain(
            failure,
            &Circumstances {
                method: request.method,
                url: request.url.clone(),
                page_origin: location::origin(),
            },
        ))
    }

    /// Where a refusal has several reasons in one text, the token tells which it is.
    #[must_use]
    pub fn look_into_token(mut self, token: Option<&Secret>, issuer: &str, now: i64) -> Self {
        if let Self::Refused(refusal) = &mut self {
            diagnosis::look_into(refusal, token, issuer, now);
        }
        self
    }

    /// The request that has no answer, when it can be sent by other means.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Blocked { request, .. } => Some(request),
            _ => None,
        }
    }

    /// Whether a request has left this page.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        match self {
            Self::Refused(_) | Self::NoAnswer(_) => true,
            Self::Blocked { diagnosis, .. } => diagnosis.cause != Cause::ClientCertificate,
            Self::NotSent { .. } | Self::NotStored(_) => false,
        }
    }

    /// A headline: the first bold words of a note.
    #[must_use]
    pub fn headline(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("The server answered {}.", refusal.line()),
            Self::Blocked { diagnosis, .. } => format!("{}.", diagnosis.headline),
            Self::NoAnswer(explained) => format!("{}.", explained.headline),
            Self::NotSent { what, .. } => what.clone(),
            Self::NotStored(_) => {
                "Nothing was sent, because this browser could not store it first.".to_owned()
            }
        }
    }

    /// What it means.
    #[must_use]
    pub fn meaning(&self) -> String {
        match self {
            Self::Refused(refusal) => match &refusal.quoted {
                Some(quoted) => format!("{} It says: {quoted}", refusal.meaning),
                None => refusal.meaning.clone(),
            },
            Self::Blocked { diagnosis, .. } => diagnosis.sentence.clone(),
            Self::NoAnswer(explained) => explained.evidence.clone(),
            Self::NotSent { .. } => String::new(),
            Self::NotStored(problem) => problem.clone(),
        }
    }

    /// What to do next.
    #[must_use]
    pub fn next(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.next.clone(),
            Self::Blocked { diagnosis, .. } => diagnosis.next.to_owned(),
            Self::NoAnswer(explained) => explained.next.clone(),
            Self::NotSent { next, .. } => next.clone(),
            Self::NotStored(_) => {
                "Free some space or allow storage for this site, then press the button again.".to_owned()
            }
        }
    }

    /// The server's own words, for a fold.
    #[must_use]
    pub fn raw(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refusal.raw.clone()).filter(|raw| !raw.trim().is_empty()),
            _ => None,
        }
    }
}

impl From<StoreProblem> for Trouble {
    fn from(problem: StoreProblem) -> Self {
        Self::NotStored(problem.to_string())
    }
}

impl From<CryptoProblem> for Trouble {
    fn from(problem: CryptoProblem) -> Self {
        Self::not_sent(problem.to_string(), "Nothing was sent.")
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
