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

/// A verdict on its way. Boxed: there are hundreds of places that make or hand on one, and most make it early.
pub type Said = Box<Verdict>;

/// Both sides are verdicts: the error is the one that ended the rule early, so that `?` can read a claim.
pub type Answer = Result<Said, Said>;

impl Verdict {
    #[inline(never)]
    fn new(state: State, severity: Option<Severity>, sentence: Cow<'static, str>) -> Said {
        Box::new(Self {
            state,
            severity,
            sentence,
            evidence: None,
            place: None,
            what_to_do: None,
            needs: None,
        })
    }

    #[inline(never)]
    pub(super) fn pass(sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::new(State::Pass, None, sentence.into())
    }

    #[inline(never)]
    pub(super) fn fail(severity: Severity, sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::new(State::Fail, Some(severity), sentence.into())
    }

    #[inline(never)]
    pub(super) fn error(sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::fail(Severity::Error, sentence)
    }

    #[inline(never)]
    pub(super) fn warning(sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::fail(Severity::Warning, sentence)
    }

    #[inline(never)]
    pub(super) fn unknown(sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::new(State::CannotKnow, None, sentence.into())
    }

    #[inline(never)]
    pub(super) fn none(sentence: impl Into<Cow<'static, str>>) -> Said {
        Self::new(State::NotApplicable, None, sentence.into())
    }

    /// What would decide it.
    pub(super) fn needing(mut self: Box<Self>, input: Input) -> Said {
        self.needs = Some(input);
        self
    }

    /// What is missing, by the name of the field in which it is asked for.
    #[inline(never)]
    pub(super) fn need(input: Input) -> Said {
        Self::unknown(["Give the ", input.label(), " above."].concat()).needing(input)
    }

    /// A pass or an error, with a sentence for each.
    #[inline(never)]
    pub(super) fn either(right: bool, pass: &'static str, error: &'static str) -> Said {
        if right { Self::pass(pass) } else { Self::error(error) }
    }
}
