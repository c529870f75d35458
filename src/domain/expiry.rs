//! What ends when: one list of everything that stops working by itself, soonest first.

pub mod calendar;
mod certificate;

use serde_json::Value;

use crate::domain::{
    application::{Application, state::State},
    config::Portal,
    jose::from_base64url,
    json,
};

pub use certificate::not_after;

/// From so many days before the end on a person is told without asking.
pub const SOON: i64 = 30;
const DAY: i64 = 86_400;

/// What it is that ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A client secret (RFC 7591, 3.2.1).
    ClientSecret,
    /// A registration access token that says when it ends.
    RegistrationAccessToken,
    /// A certificate of a registered key (RFC 7517, 4.7), by the `kid` of the key.
    Certificate(String),
}

/// One thing that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// What it is.
    pub what: What,
    /// ID of the application in the portal.
    pub application: String,
    /// Name of the application.
    pub name: String,
    /// Name of the environment.
    pub environment: String,
    /// When it ends, seconds since 1970.
    pub at: i64,
}

/// How near an end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// It has ended.
    Ended,
    /// Within [`SOON`] days.
    Soon,
    /// Later.
    Later,
}

impl What {
    /// In words, as a line begins: "Client secret".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::ClientSecret => "Client secret".to_owned(),
            Self::RegistrationAccessToken => "Registration access token".to_owned(),
            Self::Certificate(kid) if kid.is_empty() => "Certificate".to_owned(),
            Self::Certificate(kid) => format!("Certificate of the key {kid}"),
        }
    }

    /// What to do before it ends.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::ClientSecret => {
                "Ask for a new secret before that day, and put it into your program: from then on no token is given."
            }
            Self::RegistrationAccessToken => {
                "Read the registration before that day, and see whether the server sends a new token: from then on only the operator can change or delete the application."
            }
            Self::Certificate(_) => {
                "Have a new certificate made before that day, and register it: from then on servers may refuse what the key signs."
            }
        }
    }
}

impl Ending {
    /// Whole days that are left; 0 on the last day, below 0 when it has ended.
    #[must_use]
    pub fn days_left(&self, now: i64) -> i64 {
        self.at.saturating_sub(now).div_euclid(DAY)
    }

    /// How near it is.
    #[must_use]
    pub fn nearness(&self, now: i64) -> Nearness {
        match self.days_left(now) {
            _ if self.at <= now => Nearness::Ended,
            days if days < SOON => Nearness::Soon,
            _ => Nearness::Later,
        }
    }

    /// `in 12 days`, `today`, `3 days ago`.
    #[must_use]
    pub fn left(&self, now: i64) -> String {
        if self.at <= now {
            let days = now.saturating_sub(self.at) / DAY;
            return match days {
                0 => "has just ended".to_owned(),
                1 => "ended a day ago".to_owned(),
                _ => format!("ended {days} days ago"),
            };
        }
        match self.days_left(now) {
            0 => "ends within a day".to_owned(),
            1 => "ends in a day".to_owned(),
            days => format!("ends in {days} days"),
        }
    }
}

/// Everything that ends, soonest first. What belongs to a deleted application is over, not ending.
#[must_use]
pub fn endings(applications: &[Application], portal: &Portal, now: i64) -> Vec<Ending> {
    let mut all: Vec<Ending> = applications
        .iter()
        .filter(|application| application.standing(now).state != State::Deleted)
        .flat_map(|application| {
            let environment = portal
                .environment(&application.environment)
                .map_or(&application.environment, |known| &known.name);
            of_application(application).into_iter().map(|(what, at)| Ending {
                what,
                application: application.id.clone(),
                name: application.name().to_owned(),
                environment: environment.clone(),
                at,
            })
        })
        .collect();
    all.sort_by(|a, b| (a.at, &a.name, &a.what).cmp(&(b.at, &b.name, &b.what)));
    all
}

fn of_application(application: &Application) -> Vec<(What, i64)> {
    let mut out = Vec::new();
    // RFC 7591, 3.2.1: 0 means that it does not expire.
    let secret = application.secret.as_ref().and_then(|note| note.expires_at).filter(|at| *at > 0);
    out.extend(secret.map(|at| (What::ClientSecret, at)));
    let token = application.registration_access_token.as_ref();
    let token = token.and_then(|token| expiry_of_jwt(token.expose())).filter(|at| *at > 0);
    out.extend(token.map(|at| (What::RegistrationAccessToken, at)));
    let keys = application.registered.get("jwks").or(application.asked.jwks.as_ref());
    out.extend(keys.map(certificates).unwrap_or_default());
    out
}

/// `exp` of a token that is a JWT (RFC 7519, 4.1.4).
fn expiry_of_jwt(token: &str) -> Option<i64> {
    let claims = from_base64url(token.split('.').nth(1)?)?;
    json::integer(&json::object(&String::from_utf8(claims).ok()?).ok()?.members, "exp")
}

/// The leaf certificates of a set of keys: the first of each `x5c`, which is Base64, not Base64url (RFC 7517, 4.7).
fn certificates(set: &Value) -> Vec<(What, i64)> {
    let keys = set.get("keys").and_then(Value::as_array);
    keys.into_iter()
        .flatten()
        .filter_map(|key| {
            let leaf = key.get("x5c")?.get(0)?.as_str()?;
            let kid = key.get("kid").and_then(Value::as_str).unwrap_or_default();
            Some((What::Certificate(kid.to_owned()), not_after(&certificate::from_base64(leaf)?)?))
        })
        .collect()
}
