//! What a bank would refuse in a change, before it is sent.

use leptos::prelude::*;

use super::{Change, Desk};
use crate::{
    browser::{clock, crypto},
    domain::registration::{
        Document, Stamp, dialect_of,
        open_banking::checks::{self, Sending},
    },
    pages::refusable::Found,
};

/// The document as it would be sent at this moment; what is made for each send stands in it as it may be. `None` where no
/// statement is taken. Tracks.
pub(super) fn document(desk: Desk, change: &Change) -> Option<(Document, Stamp)> {
    let environment = desk.subject.environment()?;
    let dialect = dialect_of(&environment);
    let reach = desk.subject.reach().filter(|_| dialect.habits().takes_statements())?;
    let stamp = Stamp::new(&environment, &reach, clock::now(), crypto::uuid_v4());
    let client_id = desk.subject.client_id().get();
    Some((dialect.document_at(&change.asked, Some(&client_id), &stamp), stamp))
}

/// What the rules say of it. A `jti` is new with every send, and a statement may go out again in a change,
/// so that none is held against it.
pub(super) fn found(desk: Desk, change: &Change) -> Vec<Found> {
    let (Some((document, stamp)), Some(environment)) = (document(desk, change), desk.subject.environment())
    else {
        return Vec::new();
    };
    let sending = Sending { now: stamp.issued_at, audience: Some(&stamp.audience), ..Sending::default() };
    checks::check(&document, &environment, &sending).iter().filter_map(Found::of).collect()
}
