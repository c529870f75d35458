//! What is said of a signature. Right by a key that somebody chose, right by a key that the token brings along, and
//! wrong or not checked are never mixed.

use super::algorithm::Algorithm;
use super::gate::Refusal;
use super::key::{Key, Source};
use super::select::Selection;

/// How a verdict looks. Only the first may ever be green.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Right by a chosen key.
    Good,
    /// The arithmetic holds, and it proves nothing.
    Caution,
    /// Wrong.
    Bad,
    /// Nothing was found out.
    Neutral,
}

/// What is said of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right by a key that a person or the portal's settings chose.
    RightByChosenKey {
        /// What the key is called, with its `kid` if it has one.
        key: String,
        /// Where it came from.
        from: String,
        /// `alg`.
        algorithm: &'static str,
        /// What has to be said all the same, as sentences.
        warnings: Vec<String>,
    },
    /// Right by a key that the token carries. Whoever wrote the token wrote that too.
    RightByCarriedKey {
        /// The header parameter.
        parameter: &'static str,
        /// `alg`.
        algorithm: &'static str,
    },
    /// Right, by a key from where a software statement says that the keys are.
    RightByNamedKey {
        /// What the key is called, with its `kid` if it has one.
        key: String,
        /// The address in the statement.
        address: String,
        /// Where the key came from, in words.
        from: String,
        /// `alg`.
        algorithm: &'static str,
        /// What has to be said all the same, as sentences.
        warnings: Vec<String>,
    },
    /// A server that follows the rules refuses the token.
    Wrong {
        /// Why, in a sentence or a few.
        why: String,
    },
    /// It is not known.
    NotChecked {
        /// Why, in a sentence or a few.
        why: String,
        /// What would help, in a sentence.
        needs: String,
    },
}

/// What became of one key: right, wrong, or why it could not be tried.
pub type Tried = Result<bool, String>;

impl Verdict {
    /// What the gate refuses is wrong, whoever signed it.
    #[must_use]
    pub fn of_refusal(refusal: &Refusal) -> Self {
        Self::Wrong { why: refusal.text.clone() }
    }

    /// What follows when each key of a selection was tried, in its order; `now` in Unix seconds.
    #[must_use]
    pub fn of(selection: &Selection<'_>, tried: &[Tried], now: i64) -> Self {
        let (algorithm, keys) = match selection {
            Selection::Refused(refusal) => return Self::of_refusal(refusal),
            Selection::NoKey { why, needs } => {
                return Self::NotChecked { why: why.clone(), needs: needs.clone() };
            }
            Selection::Try { algorithm, keys } => (*algorithm, keys),
        };
        let right = keys.iter().zip(tried).find(|(_, tried)| matches!(tried, Ok(true)));
        if let Some((key, _)) = right {
            return Self::right(key, algorithm, now);
        }
        // A key that the browser did not take may be the right one, so nothing is wrong yet.
        if let Some(problem) = tried.iter().find_map(|tried| tried.as_ref().err()) {
            let needs = "Another browser, or another form of the key.".to_owned();
            return Self::NotChecked { why: problem.clone(), needs };
        }
        if tried.is_empty() || tried.len() < keys.len() {
            let why = "Not every key was tried.".to_owned();
            return Self::NotChecked { why, needs: "Check it again.".to_owned() };
        }
        let by = match keys.as_slice() {
            [key] => format!("The signature does not fit {}.", named(key)),
            keys => format!("The signature fits none of the {} keys that could have made it.", keys.len()),
        };
        let why = format!("{by} The token was changed, or it was signed with another key.");
        Self::Wrong { why }
    }

    /// What a right signature means, by where the key came from.
    fn right(key: &Key, algorithm: &'static Algorithm, now: i64) -> Self {
        let (name, from, warnings) = (named(key), key.source.words(now), key.warnings(algorithm));
        let algorithm = algorithm.name;
        match &key.source {
            Source::CarriedByToken(parameter) => Self::RightByCarriedKey { parameter, algorithm },
            Source::NamedByStatement { address, .. } => {
                Self::RightByNamedKey { key: name, address: address.clone(), from, algorithm, warnings }
            }
            Source::Pasted | Source::Environment { .. } | Source::Workshop => {
                Self::RightByChosenKey { key: name, from, algorithm, warnings }
            }
        }
    }

    /// What it is when the statement inside the token is right by a chosen key and names this address for the keys of
    /// the software: a key from there is then as good as one that was chosen.
    #[must_use]
    pub fn vouched(self, named: &str) -> Self {
        match self {
            Self::RightByNamedKey { key, address, from, algorithm, mut warnings } if address == named => {
                warnings.push("The signature of the statement that names the address is right.".to_owned());
                Self::RightByChosenKey { key, from, algorithm, warnings }
            }
            other => other,
        }
    }

    /// How it looks.
    #[must_use]
    pub fn tone(&self) -> Tone {
        match self {
            Self::RightByChosenKey { .. } => Tone::Good,
            Self::RightByCarriedKey { .. } | Self::RightByNamedKey { .. } => Tone::Caution,
            Self::Wrong { .. } => Tone::Bad,
            Self::NotChecked { .. } => Tone::Neutral,
        }
    }

    /// In a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::RightByChosenKey { .. } => "Signature right",
            Self::RightByCarriedKey { .. } => "Right only by its own key",
            Self::RightByNamedKey { .. } => "Right by a key that a statement names",
            Self::Wrong { .. } => "Signature not valid",
            Self::NotChecked { .. } => "Signature not checked",
        }
    }

    /// In sentences; code stands in backticks.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::RightByChosenKey { key, from, algorithm, warnings } => {
                fits(key, from, algorithm, warnings, "")
            }
            Self::RightByNamedKey { key, from, algorithm, warnings, .. } => fits(
                key,
                from,
                algorithm,
                warnings,
                " Anybody can write a statement that names an address. This counts when the signature of the statement inside this token is right by a key of the directory.",
            ),
            Self::RightByCarriedKey { parameter, algorithm } => format!(
                "It fits the key that the token itself carries in `{parameter}`, with `{algorithm}`. Anybody can write a token and put a key beside it, so this says nothing about who signed it. Choose a key to find out."
            ),
            Self::Wrong { why } => why.clone(),
            Self::NotChecked { why, needs } => format!("{why} {needs}"),
        }
    }
}

fn fits(key: &str, from: &str, algorithm: &str, warnings: &[String], more: &str) -> String {
    let mut text = format!("It fits {key}, {from}, with `{algorithm}`.{more}");
    for warning in warnings {
        text.push(' ');
        text.push_str(warning);
    }
    text
}

fn named(key: &Key) -> String {
    match &key.kid {
        Some(kid) => format!("{} (`{kid}`)", key.label),
        None => key.label.clone(),
    }
}
