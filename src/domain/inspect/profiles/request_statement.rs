//! What a bank checks of the software statement inside a registration request (Open Banking DCR).

use crate::domain::inspect::json::Node;

use super::facts::Facts;
use super::profile::ASYMMETRIC;
use super::verdict::{Answer, State, Verdict};
use super::{life, shared, statement};

/// A rule of the statement, asked of the one inside. Its places would point into another token.
pub(super) fn inside(f: &Facts<'_>, check: fn(&Facts<'_>) -> Answer) -> Answer {
    let inner = f.statement()?;
    let said = check(&inner).unwrap_or_else(|early| early);
    let evidence = said.evidence.clone();
    let mut outer = f.with("software_statement", said)?;
    outer.evidence = evidence;
    Ok(outer)
}

/// Only the directory can have signed it: not nobody, and not somebody with a secret that others know.
pub(super) fn signed(f: &Facts<'_>) -> Answer {
    let node = f.parameter("alg")?.ok_or_else(|| Verdict::error("Its header has no `alg`."))?;
    let name = node.as_str().unwrap_or_default();
    if name.eq_ignore_ascii_case("none") {
        return statement::unsigned(f);
    }
    let verdict = if ASYMMETRIC.contains(&name) {
        Verdict::pass([name, " takes a key that only the directory has."].concat())
    } else {
        Verdict::error(
            ["No directory signs with ", name, ": who can verify that can also forge it."].concat(),
        )
    };
    Ok(f.on_parameter(node, verdict))
}

/// Some banks take each statement once, most do not.
pub(super) fn replay(f: &Facts<'_>) -> Answer {
    let said = shared::replay(f)?;
    Ok(match said.state {
        State::Fail => {
            let id = f.claim("jti")?.and_then(Node::as_str).unwrap_or_default();
            Verdict::warning(
                ["The statement ", id, " was sent before. Some servers take each one once."].concat(),
            )
        }
        _ => said,
    })
}

/// Statements of some countries end.
pub(super) fn expiry(f: &Facts<'_>) -> Answer {
    if f.claim("exp")?.is_none() {
        return Ok(Verdict::none("It names no end."));
    }
    life::expiry(f)
}
