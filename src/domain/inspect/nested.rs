//! Tokens inside a token: a software statement, a request, whatever claim holds a JWT. They are found, not read:
//! who wants to see one inspects it.

use crate::domain::secret::Secret;

use super::Layer;
use super::findings::Place;
use super::shape::{self, Part, Segment};
use super::way;

/// Tokens in tokens are opened so deep and no deeper.
pub const MAX_DEPTH: usize = 8;

/// All that is opened together is no longer than this.
pub const MAX_OPENED: usize = 20_000_000;

/// So many values are looked at between two pauses.
const AT_ONCE: usize = 4096;

/// No more than this are listed.
const MAX_NESTED: usize = 32;

/// Whether one more may be opened: at this depth (1 for a token directly inside the pasted one), so many bytes being
/// open with it.
#[must_use]
pub fn may_open(depth: usize, total_bytes: usize) -> bool {
    depth <= MAX_DEPTH && total_bytes <= MAX_OPENED
}

/// A token inside a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// Names from the top to here: `software_statement`, `vp.tokens[0]`; `key binding` at the end of an SD-JWT.
    pub path: String,
    /// Where it stands: in the text of the header or the payload, or in the token.
    pub place: Place,
    /// The token.
    pub token: Secret,
}

/// Adds the tokens among the strings of a layer.
pub(super) async fn of_layer(part: Part, layer: &Layer, found: &mut Vec<Nested>, pause: &impl AsyncFn()) {
    let Some(root) = layer.document.root() else { return };
    for (count, node) in layer.document.values().enumerate() {
        if count.is_multiple_of(AT_ONCE) {
            pause().await;
        }
        let token = node.as_str().filter(|text| found.len() < MAX_NESTED && shape::is_whole_jwt(text));
        if let Some(token) = token {
            let place = Place::Decoded(part, node.span());
            found.push(Nested { path: way::to(root, node), place, token: Secret::new(token) });
        }
    }
}

/// Adds the key binding of an SD-JWT.
pub(super) fn of_segments(token: &str, segments: &[Segment], found: &mut Vec<Nested>) {
    if let Some(segment) = segments.iter().find(|segment| segment.part == Part::KeyBinding) {
        found.push(Nested {
            path: segment.part.name().to_owned(),
            place: Place::Token(segment.range.clone()),
            token: Secret::new(token.get(segment.range.clone()).unwrap_or_default()),
        });
    }
}
