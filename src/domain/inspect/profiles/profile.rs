//! A profile: rules as data, and what the rules that all profiles share expect of its tokens.

use crate::domain::inspect::Inspection;
use crate::domain::inspect::findings::{Severity, shortened};

use super::facts::Facts;
use super::verdict::{Answer, State, Verdict};

/// No honest sentence is longer, in bytes.
const LONGEST_SENTENCE: usize = 480;

/// One line of a table of checks.
pub struct Rule {
    /// Stable and unique: `assertion-audience`.
    pub id: &'static str,
    /// What is checked, in a few words.
    pub name: &'static str,
    /// Where the rule comes from: `RFC 7523, 3`.
    pub source: &'static str,
    /// What to do when it fails; empty when the sentence says it all.
    pub what_to_do: &'static str,
    /// The check.
    pub check: fn(&Facts<'_>) -> Answer,
}

impl Rule {
    pub(super) const fn new(
        id: &'static str,
        name: &'static str,
        source: &'static str,
        what_to_do: &'static str,
        check: fn(&Facts<'_>) -> Answer,
    ) -> Self {
        Self { id, name, source, what_to_do, check }
    }

    pub(super) fn judge(&self, facts: &Facts<'_>) -> Verdict {
        let mut verdict = *(self.check)(facts).unwrap_or_else(|early| early);
        if verdict.state == State::Fail && verdict.what_to_do.is_none() && !self.what_to_do.is_empty() {
            verdict.what_to_do = Some(self.what_to_do.into());
        }
        // Names out of the token stand in some sentences, and a token can make them as long as it likes.
        if verdict.sentence.len() > LONGEST_SENTENCE {
            verdict.sentence = shortened(&verdict.sentence).into();
        }
        verdict
    }
}

/// What `exp` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A token must have one.
    Needed,
    /// A token may have one.
    Optional,
    /// 0 and absence both mean "never" (Keycloak).
    ZeroIsNever,
}

/// What the common rules expect of the tokens of a profile.
#[derive(Clone, Copy)]
pub struct Expectation {
    /// `typ` of the header, one of these media types without `application/`; empty when there is no rule.
    pub types: &'static [&'static str],
    /// How bad another `typ` is.
    pub other_type: Severity,
    /// What is said about another `typ`.
    pub type_hint: &'static str,
    /// Algorithms that may have signed it.
    pub algorithms: &'static [&'static str],
    /// What `exp` means.
    pub end: End,
    /// From how many seconds of life on it is a warning, and an error.
    pub longest_life: (i64, i64),
    /// Whether `jwk` belongs into the header.
    pub carries_key: bool,
}

pub(super) const ASYMMETRIC: &[&str] =
    &["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];
pub(super) const ANY: &[&str] = &[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
    "HS256", "HS384", "HS512",
];
/// FAPI 2.0 Security Profile, 5.4.1.
pub(super) const FAPI: &[&str] = &["PS256", "ES256", "EdDSA", "Ed25519"];

impl Expectation {
    /// What can be expected of any signed token.
    pub(super) const PLAIN: Self = Self {
        types: &[],
        other_type: Severity::Warning,
        type_hint: "",
        algorithms: ANY,
        end: End::Optional,
        longest_life: (i64::MAX, i64::MAX),
        carries_key: false,
    };
}

/// The checks for one kind of token.
pub struct Profile {
    /// Stable and unique: `access_token`.
    pub id: &'static str,
    /// Its name in a list.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// Its own rules, without those that every token has to keep.
    pub rules: &'static [Rule],
    pub(super) expects: Expectation,
    /// How well it fits, 0 for not at all.
    pub(super) fits: fn(&Inspection) -> u8,
}

impl Profile {
    /// Algorithms that may have signed a token of this kind.
    #[must_use]
    pub fn algorithms(&self) -> &'static [&'static str] {
        self.expects.algorithms
    }
}
