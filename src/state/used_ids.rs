//! Every `jti` that left this tab in a registration request. Servers take each only once, so that a second one can be
//! told before it is refused.

use std::cell::RefCell;

use serde_json::Value;

use crate::domain::{inspect::inspect, json, registration::Document};

thread_local! {
    static USED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes the IDs of a request that is about to leave: its own, and that of the statement in it.
pub fn remember(document: &Document) {
    let Value::Object(claims) = document.shown() else { return };
    let own = json::string(&claims, "jti");
    let statement = json::string(&claims, "software_statement").and_then(|token| of_statement(&token));
    USED.with_borrow_mut(|used| {
        for id in own.into_iter().chain(statement) {
            if !used.contains(&id) {
                used.push(id);
            }
        }
    });
}

fn of_statement(token: &str) -> Option<String> {
    inspect(token, 0, &[]).payload?.document.text("jti").map(str::to_owned)
}

/// All of them, in the order in which they were sent.
#[must_use]
pub fn all() -> Vec<String> {
    USED.with_borrow(Clone::clone)
}
