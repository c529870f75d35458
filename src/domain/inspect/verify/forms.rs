//! The signatures of whatever form a token has, each through its gate.

use super::gate::{self, serialised};
use super::{Refusal, Strict};
use crate::domain::inspect::Inspection;
use crate::domain::inspect::shape::Shape;

/// Every signature of what was read, in order. `detached` is the payload of a token that travels without it; an SD-JWT
/// is signed up to its first tilde (RFC 9901, 4).
#[must_use]
pub fn signatures(inspection: &Inspection, detached: &str) -> Vec<Result<Strict, Refusal>> {
    let token = inspection.token.expose();
    match inspection.shape {
        Shape::JsonFlattened | Shape::JsonGeneral => match serialised::gate_json(token) {
            Ok(all) => all,
            Err(refusal) => vec![Err(refusal)],
        },
        Shape::Detached => vec![gate::gate_detached(token, detached.as_bytes())],
        Shape::SelectiveDisclosure => vec![gate::gate(token.split('~').next().unwrap_or_default())],
        _ => vec![gate::gate(token)],
    }
}
