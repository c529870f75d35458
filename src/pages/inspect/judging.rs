//! What the signatures of the layers come to: of the one that is looked at at once, of the others in the tree.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::desk::{AT_ONCE, Desk};
use crate::{
    browser::{clock, timer, verifying},
    components::prelude::Lamp,
    domain::inspect::{
        Inspection, layers, profiles,
        verify::{Keys, Tone, Verdict, signatures},
    },
    text::inspect as text,
};

/// So long somebody who types is left alone, in milliseconds.
const PAUSE_MS: u32 = 150;

/// A layer, and what its signature came to; of several the worst.
#[derive(Clone)]
pub struct Judged {
    /// The layer as it was read.
    pub read: Arc<Inspection>,
    /// What its signature came to.
    pub verdict: Verdict,
}

/// What the signatures of the shown layer came to; worked out anew when the token, the keys or the profile change.
pub fn follow_shown(desk: Desk, detached: RwSignal<String>) {
    Effect::new(move |_| {
        let keys = desk.keys.get();
        let allowed = desk.profile().map(|profile| profile.algorithms()).unwrap_or_default();
        let payload = detached.get();
        let Some(read) = desk.shown().filter(|read| read.signature.is_some()) else {
            say(desk, Vec::new());
            return;
        };
        // A long token is only looked at when there is a key and somebody has stopped typing.
        let is_long = is_long(&read);
        if is_long && keys.keys.is_empty() {
            show(desk, &read, vec![without_a_key(&read)]);
            return;
        }
        spawn_local(async move {
            let is_still_shown = || desk.shown_untracked().is_some_and(|shown| Arc::ptr_eq(&shown, &read));
            if is_long {
                timer::sleep(PAUSE_MS).await;
                if !is_still_shown() {
                    return;
                }
            }
            let verdicts = judge(&read, &payload, &keys, allowed).await;
            if is_still_shown() {
                show(desk, &read, verdicts);
            }
        });
    });
}

fn show(desk: Desk, read: &Arc<Inspection>, verdicts: Vec<Verdict>) {
    keep(desk, read, &verdicts);
    say(desk, verdicts);
}

/// A verdict that is the same again is not told again.
fn say(desk: Desk, verdicts: Vec<Verdict>) {
    if desk.verdicts.try_with_untracked(|known| *known == verdicts) == Some(false) {
        desk.verdicts.set(verdicts);
    }
}

/// The signatures of all layers that are open, so that the tree says what became of each.
pub fn follow_all(desk: Desk) {
    Effect::new(move |_| {
        let keys = desk.keys.get();
        let open: Vec<Arc<Inspection>> = desk.layers.with(|layers| match layers.as_slice() {
            // Without a tree nobody sees it.
            [] | [_] => Vec::new(),
            layers => layers.iter().filter_map(|layer| layer.inspection.clone()).collect(),
        });
        forget_gone(desk);
        let signed = open.into_iter().filter(|read| read.signature.is_some() && !is_long(read));
        for read in signed {
            let allowed = desk.profile_for(&read).map(|profile| profile.algorithms()).unwrap_or_default();
            let keys = keys.clone();
            spawn_local(async move {
                let verdicts = judge(&read, "", &keys, allowed).await;
                if desk.keys.try_with_untracked(|now| *now == keys) == Some(true) {
                    keep(desk, &read, &verdicts);
                }
            });
        }
    });
}

/// Keeps what became of a layer as long as the layer is there.
fn keep(desk: Desk, read: &Arc<Inspection>, verdicts: &[Verdict]) {
    let Some(worst) = verdicts.iter().max_by_key(|verdict| badness(verdict)).cloned() else { return };
    forget_gone(desk);
    desk.judged.try_update(|judged| {
        judged.retain(|known| !Arc::ptr_eq(&known.read, read));
        judged.push(Judged { read: Arc::clone(read), verdict: worst });
    });
}

/// Lets go of layers that are no more: they may be long.
fn forget_gone(desk: Desk) {
    let is_there = |known: &Judged| {
        let is_it = |read: &Arc<Inspection>| Arc::ptr_eq(read, &known.read);
        desk.layers.try_with_untracked(|layers| {
            layers.iter().any(|layer| layer.inspection.as_ref().is_some_and(is_it))
        }) == Some(true)
    };
    if desk.judged.try_with_untracked(|judged| judged.iter().all(is_there)) == Some(false) {
        desk.judged.try_update(|judged| judged.retain(is_there));
    }
}

fn badness(verdict: &Verdict) -> u8 {
    match verdict.tone() {
        Tone::Good => 0,
        Tone::Neutral => 1,
        Tone::Caution => 2,
        Tone::Bad => 3,
    }
}

/// The lamp of a verdict.
pub fn lamp(verdict: &Verdict) -> Lamp {
    match verdict.tone() {
        Tone::Good => Lamp::Ok,
        Tone::Caution => Lamp::Warn,
        Tone::Bad => Lamp::Bad,
        Tone::Neutral => Lamp::Known,
    }
}

fn is_long(read: &Inspection) -> bool {
    read.token.expose().len() > AT_ONCE
}

/// What can be said before there is a key, without going through all of it.
fn without_a_key(read: &Inspection) -> Verdict {
    let needs = read.signature.as_ref().map(|signature| signature.needs()).unwrap_or_default();
    Verdict::NotChecked { why: text::NO_KEY.to_owned(), needs }
}

async fn judge(read: &Inspection, payload: &str, keys: &Keys, allowed: &[&str]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for signature in signatures(read, payload) {
        verdicts.push(match signature {
            Ok(strict) => verifying::judge_strict(&strict, keys, allowed, clock::now()).await,
            Err(refusal) => Verdict::of_refusal(&refusal),
        });
    }
    let is_named = verdicts.iter().any(|verdict| matches!(verdict, Verdict::RightByNamedKey { .. }));
    match layers::software_keys(read).filter(|_| is_named) {
        Some(address) if is_vouched_for(read, keys).await => {
            verdicts.into_iter().map(|verdict| verdict.vouched(&address)).collect()
        }
        _ => verdicts,
    }
}

/// Whether the statement in a request is right by a key that somebody chose.
async fn is_vouched_for(request: &Inspection, keys: &Keys) -> bool {
    let Some(statement) = layers::statement_in(request, request.now) else { return false };
    let profile = profiles::proposed(&statement).first().copied();
    let allowed = profile.map(|profile| profile.algorithms()).unwrap_or_default();
    let verdict = verifying::judge(statement.token.expose(), keys, allowed, clock::now()).await;
    matches!(verdict, Verdict::RightByChosenKey { .. })
}
