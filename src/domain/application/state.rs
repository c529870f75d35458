//! In which state an application is, and how the portal knows. A state is derived from what was seen, never stored.

use super::{
    Application, Finding, Pending, Write,
    history::{Outcome, Step},
};
use crate::domain::{registration::apigee::Status, time};

/// The state of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Registered, not used yet.
    Registered,
    /// The server registered it and then does not let it in: somebody at the operator has to switch it on.
    Waiting,
    /// A token was got.
    Active,
    /// The secret ends within thirty days.
    SecretExpires {
        /// Whole days left.
        days: i64,
    },
    /// The secret has ended.
    SecretExpired,
    /// A write has no answer: the registration access token may have changed.
    AtRisk,
    /// A write without an answer turned out not to have been made: it can be sent again.
    NotMade(Write),
    /// The last request was refused.
    Refused,
    /// Deleted at the server; kept here for the record.
    Deleted,
}

/// From so many days on an ending secret is pointed out.
const WARN_DAYS: i64 = 30;
const DAY: i64 = 86_400;

/// A state with the sentence that proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// What was seen.
    pub evidence: String,
}

/// In which group of the list an application is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The partner has to act.
    NeedsYou,
    /// Somebody else has to act.
    Waiting,
    /// All is well.
    Active,
    /// Over.
    Deleted,
}

impl State {
    /// Its group.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::AtRisk
            | Self::NotMade(_)
            | Self::SecretExpired
            | Self::SecretExpires { .. }
            | Self::Refused => Group::NeedsYou,
            Self::Waiting => Group::Waiting,
            Self::Active | Self::Registered => Group::Active,
            Self::Deleted => Group::Deleted,
        }
    }

    /// One or two words for a chip.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Registered => "Registered".to_owned(),
            Self::Waiting => "Waiting for approval".to_owned(),
            Self::Active => "Active".to_owned(),
            Self::SecretExpires { days: 0 } => "Secret expires today".to_owned(),
            Self::SecretExpires { days: 1 } => "Secret expires in 1 day".to_owned(),
            Self::SecretExpires { days } => format!("Secret expires in {days} days"),
            Self::SecretExpired => "Secret expired".to_owned(),
            Self::AtRisk => "Access at risk".to_owned(),
            Self::NotMade(Write::Change) => "Change not made".to_owned(),
            Self::NotMade(Write::Delete) => "Not deleted".to_owned(),
            Self::Refused => "Refused".to_owned(),
            Self::Deleted => "Deleted".to_owned(),
        }
    }
}

impl Application {
    /// The state at a time, in seconds since 1970.
    #[must_use]
    pub fn standing(&self, now: i64) -> Standing {
        let standing = |state, evidence: String| Standing { state, evidence };
        if let Some(pending) = &self.pending {
            return unanswered(pending);
        }
        if let Some(deleted) = self.history.iter().rev().find(|entry| entry.step == Step::Deleted)
            && let Outcome::Done { status, .. } = deleted.outcome
        {
            let at = time::date_time(deleted.at);
            return standing(State::Deleted, format!("{status} on {at}. Kept for the record."));
        }
        match self.secret.as_ref().and_then(|note| note.expires_at) {
            Some(end) if end > 0 && end <= now => {
                return standing(State::SecretExpired, format!("On {}.", time::date_time(end)));
            }
            Some(end) if end > 0 && end - now <= WARN_DAYS * DAY => {
                let days = (end - now) / DAY;
                return standing(State::SecretExpires { days }, format!("On {}.", time::date_time(end)));
            }
            _ => {}
        }
        self.decided(now).unwrap_or_else(|| self.last_seen(now))
    }

    /// What an administrator has decided of a developer app, or has not decided yet. Nothing when its key opens something.
    fn decided(&self, now: i64) -> Option<Standing> {
        let app = self.developer_app()?;
        let seen = self.history.iter().rev().find(|entry| matches!(entry.outcome, Outcome::Done { .. }));
        let seen = seen.map(|entry| time::since(entry.at, now)).unwrap_or_default();
        let standing =
            |state, evidence: String| Some(Standing { state, evidence: format!("{evidence} Seen {seen}.") });
        if app.status == Status::Revoked {
            return standing(State::Refused, "The bank has revoked this app.".to_owned());
        }
        let key = app.current()?;
        if key.opens_something() {
            return None;
        }
        let reason = key.reason.as_ref().map(|reason| format!(" Reason: {reason}")).unwrap_or_default();
        if key.status == Status::Revoked {
            return standing(State::Refused, format!("The key is revoked.{reason}"));
        }
        let of = |wanted: Status| {
            let names: Vec<&str> = key
                .products
                .iter()
                .filter(|product| product.status == wanted)
                .map(|product| product.name.as_str())
                .collect();
            names.join(", ")
        };
        match (of(Status::Pending), of(Status::Revoked)) {
            (pending, _) if !pending.is_empty() => {
                standing(State::Waiting, format!("The bank has to approve {pending}."))
            }
            (_, revoked) if !revoked.is_empty() => {
                standing(State::Refused, format!("The bank refused {revoked}.{reason}"))
            }
            _ => None,
        }
    }

    /// The state by the last request that says something about it.
    fn last_seen(&self, now: i64) -> Standing {
        let telling =
            |step: &Step| matches!(step, Step::Registered | Step::Read | Step::Changed | Step::Token);
        let Some(entry) = self.history.iter().rev().find(|entry| telling(&entry.step)) else {
            return Standing { state: State::Registered, evidence: "No token asked for yet.".to_owned() };
        };
        let ago = time::since(entry.at, now);
        let line = entry.request_line().unwrap_or_default();
        match (&entry.step, &entry.outcome) {
            (Step::Token, Outcome::Done { .. }) => {
                Standing { state: State::Active, evidence: self.last_call(entry.at, &ago) }
            }
            (step, Outcome::Refused { status: 401, error })
                if !self.was_ever_let_in() && looks_disabled(step, error.as_deref()) =>
            {
                Standing {
                    state: State::Waiting,
                    evidence: format!(
                        "Registered {}. Server answers 401.",
                        time::since(self.created_at, now)
                    ),
                }
            }
            (_, Outcome::Refused { .. }) => {
                Standing { state: State::Refused, evidence: format!("{}: {line}.", entry.title()) }
            }
            (Step::Read | Step::Changed, Outcome::Done { .. }) if self.was_ever_let_in() => {
                Standing { state: State::Active, evidence: format!("{} {ago}.", entry.title()) }
            }
            (Step::Registered, Outcome::Done { status, .. }) => {
                let at = time::clock(entry.at);
                Standing {
                    state: State::Registered,
                    evidence: format!("{status} at {at}. No token asked for yet."),
                }
            }
            _ => Standing { state: State::Registered, evidence: format!("{} {ago}.", entry.title()) },
        }
    }

    /// Whether the server has answered a token request or a read with yes: after that, 401 is not "waiting".
    fn was_ever_let_in(&self) -> bool {
        self.history.iter().any(|entry| {
            matches!(entry.step, Step::Read | Step::Changed | Step::Token)
                && matches!(entry.outcome, Outcome::Done { .. })
        })
    }

    fn last_call(&self, token_at: i64, ago: &str) -> String {
        let call =
            self.history.iter().rev().take_while(|entry| entry.at >= token_at).find_map(|entry| {
                match (&entry.step, &entry.outcome) {
                    (
                        Step::Called { product, .. },
                        Outcome::Done { status, .. } | Outcome::Refused { status, .. },
                    ) => Some(format!("{product} answered {status}")),
                    _ => None,
                }
            });
        match call {
            Some(call) => format!("Token {ago}, {call}."),
            None => format!("Token {ago}."),
        }
    }
}

/// The state while a write has no answer.
fn unanswered(pending: &Pending) -> Standing {
    let what = match pending.write {
        Write::Change => "Change",
        Write::Delete => "Deletion",
    };
    let sent = format!("{what} sent {}.", time::date_time(pending.at));
    match pending.finding {
        Finding::Unknown => {
            Standing { state: State::AtRisk, evidence: format!("{sent} No answer was stored.") }
        }
        Finding::Refused { status, at } => Standing {
            state: State::AtRisk,
            evidence: format!(
                "{sent} No answer was stored. A read answered {status} on {}.",
                time::date_time(at)
            ),
        },
        Finding::NotMade => Standing {
            state: State::NotMade(pending.write),
            evidence: format!("{sent} It did not arrive. The old registration is in force."),
        },
    }
}

/// Whether a 401 looks like that of a client that is not switched on. A wrong secret has a code of its own
/// (RFC 6749, 5.2, as Keycloak uses it), and says nothing about the client.
fn looks_disabled(step: &Step, error: Option<&str>) -> bool {
    *step != Step::Token || error != Some("unauthorized_client")
}
