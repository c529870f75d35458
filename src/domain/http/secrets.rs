//! What a command asks for, because it does not stand in its text.

use super::{Part, Request, Text};
use crate::domain::{secret::Secret, url::percent_encode};

/// A secret of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// What it is, in words.
    pub label: &'static str,
    /// The shell variable that stands for it.
    pub variable: &'static str,
    /// The secret, as it is typed.
    pub value: Secret,
}

impl Request {
    /// The tokens and assertions of the request, which this page knows: each once, in the order in which they stand. Not
    /// passwords and client secrets: who runs the command has those.
    #[must_use]
    pub fn needed(&self) -> Vec<Needed> {
        let mut out: Vec<Needed> = Vec::new();
        let texts = self.headers.iter().map(|(_, value)| value).chain(&self.body);
        for needed in texts.flat_map(hidden) {
            if !out.iter().any(|known| known.variable == needed.variable) {
                out.push(needed);
            }
        }
        out
    }
}

/// A value that was encoded for its place would be encoded again by curl: it is left out.
fn hidden(text: &Text) -> impl Iterator<Item = Needed> {
    text.0.iter().filter_map(|part| match part {
        Part::Hidden { label, variable, value }
            if !value.is_empty()
                && *variable != "CLIENT_SECRET"
                && percent_encode(value.expose()) == value.expose() =>
        {
            Some(Needed { label, variable, value: value.clone() })
        }
        _ => None,
    })
}
