//! What a rule says of a token: four different things, never mixed.

use std::borrow::Cow;

use super::known::Input;
use crate::domain::inspect::findings::{Place, Severity};

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The token keeps the rule.
    Pass,
    /// It breaks the rule; how badly is [`Verdict::severity`].
    Fail,
    /// Something is missing that only a person, a server or a key could tell.
    CannotKnow,
    /// The rule speaks of something that this token does not have.
    NotApplicable,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "Pass",
            Self::Fail => "Fail",
            Self::CannotKnow => "Cannot be known here",
            Self::NotApplicable => "Does not apply",
        }
    }
}

/// What a rule says of one token. In the sentences code stands in backticks; nothing else is marked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How the rule stands.
    pub state: State,
    /// [`Severity::Error`] or [`Severity::Warning`] when it fails, otherwise nothing.
    pub severity: Option<Severity>,
    /// What was seen, or what is missing.
    pub sentence: Cow<'static, str>,
    /// The value exactly as it was written; a long one ends in `…`.
    pub evidence: Option<String>,
    /// Where the evidence stands.
    pub place: Option<Place>,
    /// What a person can do about a fail.
    pub what_to_do: Option<Cow<'static, str>>,
    /// The answer that would decide what cannot be known.
    pub needs: Option<Input>,
}

/// Both sides are verdicts: the error is the one that ended the rule early, so that `?` can read a claim.
pub type Answer = Result<Verdict, Verdict>;

impl Verdict {
    fn new(state: State, severity: Option<Severity>, sentence: Cow<'static, str>) -> Self {
        Self { state, severity, sentence, evidence: None, place: None, what_to_do: None, needs: None }
    }

    pub(super) fn pass(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(State::Pass, None, sentence.into())
    }

    pub(super) fn fail(severity: Severity, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(State::Fail, Some(severity), sentence.into())
    }

    pub(super) fn error(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::fail(Severity::Error, sentence)
    }

    pub(super) fn warning(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::fail(Severity::Warning, sentence)
    }

    pub(super) fn unknown(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(State::CannotKnow, None, sentence.into())
    }

    pub(super) fn none(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(State::NotApplicable, None, sentence.into())
    }

    /// What is missing, by the name of the field in which it is asked for.
    pub(super) fn need(input: Input) -> Self {
        let sentence = ["Give the ", input.label(), " above."].concat();
        Self { needs: Some(input), ..Self::unknown(sentence) }
    }

    /// A pass or an error, with a sentence for each.
    pub(super) fn either(right: bool, pass: &'static str, error: &'static str) -> Self {
        if right { Self::pass(pass) } else { Self::error(error) }
    }
}
