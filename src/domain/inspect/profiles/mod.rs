//! The checks that an inspector shows: rules as data, one file for each kind of token.
//!
//! A profile is proposed from the content and can be chosen. A rule that needs something which nobody told says so.
//! No cryptography but digests, no network, no clock.

mod access_token;
mod client_assertion;
mod common;
mod digest;
mod dpop;
mod facts;
mod fapi2;
mod header;
mod id_token;
mod index;
mod jwt_bearer;
mod keycloak_access;
mod keycloak_registration;
mod known;
mod life;
mod profile;
mod request;
mod request_client;
mod request_statement;
mod shared;
mod statement;
mod verdict;

pub use facts::Facts;
pub use known::{Input, Known, SignatureVerdict};
pub use profile::{End, Expectation, Profile, Rule};
pub use request::ROLES;
pub use verdict::{Answer, Said, State, Verdict};

use super::Inspection;

/// Every profile, in the order in which a list shows them.
pub static ALL: &[&Profile] = &[
    &access_token::PROFILE,
    &keycloak_access::PROFILE,
    &keycloak_registration::PROFILE,
    &id_token::PROFILE,
    &client_assertion::PROFILE,
    &jwt_bearer::PROFILE,
    &dpop::PROFILE,
    &request::PROFILE,
    &statement::PROFILE,
    &fapi2::PROFILE,
    &common::PROFILE,
];

/// A rule and what it says.
pub struct Checked {
    /// The rule.
    pub rule: &'static Rule,
    /// What it says.
    pub verdict: Verdict,
}

/// The profiles that fit what was pasted, the best first. There is at least one for every JWT.
#[must_use]
pub fn proposed(inspection: &Inspection) -> Vec<&'static Profile> {
    if !inspection.is_jwt() {
        return Vec::new();
    }
    let mut fitting: Vec<(u8, &'static Profile)> = Vec::new();
    for profile in ALL {
        let fit = (profile.fits)(inspection);
        if fit > 0 {
            // They are a dozen at most: a sort would be more code than this.
            let place = fitting.iter().position(|(other, _)| *other < fit).unwrap_or(fitting.len());
            fitting.insert(place, (fit, profile));
        }
    }
    fitting.into_iter().map(|(_, profile)| profile).collect()
}

/// The profile of that [`Profile::id`].
#[must_use]
pub fn named(id: &str) -> Option<&'static Profile> {
    ALL.iter().find(|profile| profile.id == id).copied()
}

/// What the profile's own rules and then those of every token say. Nothing for what is not a JWT.
#[must_use]
pub fn check(profile: &'static Profile, inspection: &Inspection, known: &Known<'_>) -> Vec<Checked> {
    if !inspection.is_jwt() {
        return Vec::new();
    }
    let facts = Facts::new(inspection, known, profile);
    let own = if profile.id == common::PROFILE.id { &[] } else { profile.rules };
    own.iter()
        .chain(common::PROFILE.rules)
        .map(|rule| Checked { rule, verdict: rule.judge(&facts) })
        .collect()
}
