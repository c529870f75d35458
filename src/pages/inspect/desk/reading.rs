//! Reading the text: at once when it is short, in breaths when it is long, and the tokens inside of it when they are opened.

use std::{
    cell::Cell,
    future::{Future as _, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
};

use leptos::{prelude::*, task::spawn_local};

use super::{ALONE, AT_ONCE, Desk, Layer, PANELS};
use crate::{
    browser::{clock, timer},
    domain::{
        inspect::{
            self, Inspection,
            layers::authorities_in,
            nested::{self, Nested},
            paste::{self, Found},
        },
        secret::Secret,
    },
};

/// So long a longer text is read without letting the page answer, in milliseconds.
const BREATH_MS: f64 = 4.0;

impl Desk {
    pub(super) fn clock(self) -> inspect::Clock {
        inspect::Clock { now: clock::now(), skew: self.skew.try_get_untracked().unwrap_or_default() }
    }

    pub(super) fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    pub(super) fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    pub(super) fn read_now(self) {
        let read = self
            .text
            .with_value(|text| self.known.with_value(|known| inspect::inspect_at(text, self.clock(), known)));
        self.show(self.turn.get_value(), read);
    }

    pub(super) fn read_in_breaths(self) {
        let Some(turn) = self.turn.try_get_value() else { return };
        spawn_local(async move {
            if self.is_turn(turn)
                && self.text.try_with_value(|text| text.expose().len() > AT_ONCE) == Some(true)
            {
                self.busy.try_set(true);
                timer::painted().await;
                self.forget_what_was_read().await;
            }
            if !self.is_turn(turn) {
                return;
            }
            self.settle();
            let since = Cell::new(clock::monotonic_ms());
            let (Some(pasted), Some(known)) =
                (self.text.try_with_value(paste::read), self.known.try_get_value())
            else {
                return;
            };
            let breathe = async || {
                if clock::monotonic_ms() - since.get() >= BREATH_MS {
                    timer::sleep(0).await;
                    since.set(clock::monotonic_ms());
                }
            };
            breathe().await;
            let mut reading = pin!(inspect::inspect_gently(pasted, self.clock(), &known, breathe));
            // Woken after a breath, an overtaken reading ends and lets go of all it holds.
            let read = poll_fn(|context| match self.is_turn(turn) {
                true => reading.as_mut().poll(context).map(Some),
                false => Poll::Ready(None),
            });
            if let Some(read) = read.await {
                self.show(turn, read);
            }
        });
    }

    /// Lets go of what was read of a long text, before the next reading takes as much room. A text that can be read
    /// quickly stays in view meanwhile.
    async fn forget_what_was_read(self) {
        if self.text.try_with_value(|text| text.expose().len() > ALONE) != Some(true) {
            return;
        }
        let Some(read) = self.root_untracked().as_ref().map(Arc::downgrade) else { return };
        self.layers.try_update(|layers| layers.iter_mut().for_each(|layer| layer.inspection = None));
        // The panels let go of it one after the other.
        for _ in 0..=2 * PANELS {
            if read.strong_count() == 0 {
                return;
            }
            timer::sleep(0).await;
        }
    }

    pub(super) fn show(self, turn: u32, read: Inspection) {
        self.read_turn.set_value(turn);
        let read = Arc::new(read);
        let mut layers = vec![Layer {
            depth: 0,
            name: String::new(),
            place: None,
            token: Secret::default(),
            is_claims: false,
            inspection: None,
        }];
        fill(&mut layers, 0, &read);
        let looked_at = self.selected.get_untracked();
        let stays = self.layers.with_untracked(|before| {
            let same = |a: Option<&Layer>, b: Option<&Layer>| {
                a.zip(b).is_some_and(|(a, b)| a.name == b.name && a.depth == b.depth)
            };
            same(before.get(looked_at), layers.get(looked_at))
        });
        self.busy.set(false);
        self.layers.set(layers);
        match looked_at {
            0 => {}
            _ if stays => self.open(looked_at),
            _ => self.selected.set(0),
        }
    }

    /// Opens a layer and looks at it.
    pub fn open(self, index: usize) {
        let unread = self.layers.with_untracked(|layers| {
            let layer = layers.get(index).filter(|layer| layer.inspection.is_none())?;
            let bytes = layers
                .iter()
                .filter_map(|layer| layer.inspection.as_ref())
                .map(|read| read.token.expose().len())
                .sum();
            nested::may_open(layer.depth, bytes).then(|| layer.token.clone())
        });
        if let Some(token) = unread {
            let read = self.known.with_value(|known| inspect::inspect_at(&token, self.clock(), known));
            self.layers.update(|layers| fill(layers, index, &Arc::new(read)));
        }
        self.selected.set(index);
    }

    /// Looks at another token of the paste. The text stays.
    pub fn choose(self, found: &Found) {
        let mut read = self.known.with_value(|known| inspect::inspect_at(&found.token, self.clock(), known));
        let Some(root) = self.root_untracked() else { return };
        let mut others: Vec<Found> =
            root.others.iter().filter(|other| other.token != found.token).cloned().collect();
        others.push(Found {
            name: root.name.clone(),
            token: root.token.clone(),
            range: root.place.clone(),
            repairs: root.repairs.clone(),
        });
        others.sort_by_key(|other| other.range.start);
        read.name = found.name.clone();
        read.place = found.range.clone();
        read.repairs = found.repairs.clone();
        read.others = others;
        read.unlisted = root.unlisted;
        self.selected.set(0);
        self.show(self.turn.get_value(), read);
    }
}

/// Puts what was read into its layer, and the tokens it holds after it.
fn fill(layers: &mut Vec<Layer>, index: usize, read: &Arc<Inspection>) {
    let Some(layer) = layers.get_mut(index) else { return };
    layer.inspection = Some(Arc::clone(read));
    let depth = layer.depth + 1;
    let inside = |nested: &Nested, is_claims| Layer {
        depth,
        name: nested.path.clone(),
        place: Some(nested.place.clone()),
        token: nested.token.clone(),
        is_claims,
        inspection: None,
    };
    let tokens = read.nested.iter().map(|nested| inside(nested, false));
    let authorities = authorities_in(read);
    let claims = authorities.iter().map(|nested| inside(nested, true));
    layers.splice(index + 1..index + 1, tokens.chain(claims));
}
