//! The lamp of a state: every page shows the same one.

use crate::{components::prelude::Lamp, domain::application::state::State};

/// Its lamp.
#[must_use]
pub fn lamp(state: State) -> Lamp {
    match state {
        State::Registered | State::Deleted => Lamp::Known,
        State::Waiting => Lamp::Info,
        State::Active => Lamp::Ok,
        State::SecretExpires { .. } | State::NotMade(_) => Lamp::Warn,
        State::SecretExpired | State::AtRisk | State::Refused => Lamp::Bad,
    }
}
