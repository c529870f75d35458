//! What somebody types: taken once in a frame, and read when there is a pause.

use std::ops::Range;

use leptos::prelude::*;

use super::{Desk, Extent};
use crate::{
    browser::{clock, timer},
    domain::secret::Secret,
};

/// Somebody who types is left alone so long before the text is read again, in milliseconds.
const PAUSE_MS: f64 = 120.0;

/// What was typed into a piece of a long text. It goes into the text when somebody looks at that: until what was read of
/// it is gone, the text is held there too, and would have to be copied for the sake of one key.
pub struct Draft {
    /// The bytes it stands for in the text.
    range: Range<usize>,
    piece: String,
}

impl Desk {
    /// A key was pressed in a field. What the field holds is taken before the next frame, once for all keys until then.
    pub fn pressed(self, take: impl FnOnce() + 'static) {
        self.next_turn();
        if self.is_taking.get_value() {
            return;
        }
        self.is_taking.set_value(true);
        timer::before_next_frame(move || {
            if self.takes() {
                take();
            }
        });
    }

    /// Whether something was typed that is to be taken; who asks takes it.
    pub fn takes(self) -> bool {
        self.is_taking.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// The text was typed in: it is read when there is a pause.
    pub fn typed(self, text: String) {
        self.have(Secret::new(text));
        self.edited();
    }

    /// Letters were typed at this byte of the text.
    pub fn inserted(self, at: usize, letters: &str) {
        self.text.update_value(|text| text.splice(at..at, letters));
        self.measure();
        self.edited();
    }

    /// A piece of a long text was typed in, in the place of these bytes.
    pub fn spliced(self, range: Range<usize>, piece: String) {
        let is_same =
            |draft: &Option<Draft>| draft.as_ref().is_some_and(|draft| draft.range.start == range.start);
        if self.draft.with_value(is_same) {
            self.draft
                .update_value(|draft| draft.iter_mut().for_each(|draft| draft.piece.clone_from(&piece)));
        } else {
            self.settle();
            self.draft.set_value(Some(Draft { range, piece }));
        }
        self.edited();
    }

    /// Looks at the text as it is now.
    pub fn with_text<T>(self, look: impl FnOnce(&str) -> T) -> T {
        self.settle();
        self.text.with_value(|text| look(text.expose()))
    }

    /// Whether it is too long for a field.
    pub fn is_long(self) -> bool {
        self.extent.get_untracked() == Extent::Long
    }

    /// Its length in bytes.
    pub fn length(self) -> usize {
        let length = self.text.with_value(|text| text.expose().len());
        self.draft.with_value(|draft| match draft {
            Some(draft) => length + draft.piece.len() - draft.range.len().min(length),
            None => length,
        })
    }

    /// Puts the draft into the text.
    pub(super) fn settle(self) {
        let Some(Draft { range, piece }) = self.draft.try_update_value(Option::take).flatten() else {
            return;
        };
        let Some(mut text) = self.text.try_get_value() else { return };
        // Held nowhere else, it is changed where it is.
        self.text.set_value(Secret::default());
        text.splice(range, &piece);
        self.have(text);
    }

    pub(super) fn have(self, text: Secret) {
        self.text.set_value(text);
        self.measure();
    }

    fn measure(self) {
        let extent = Extent::of(self.text.with_value(|text| text.expose().len()));
        if self.extent.get_untracked() != extent {
            self.extent.set(extent);
        }
    }

    fn edited(self) {
        self.next_turn();
        if self.mark.with_untracked(Option::is_some) {
            self.mark.set(None);
        }
        self.typed_at.set_value(clock::monotonic_ms());
        if self.pause.with_value(Option::is_none) {
            self.wait_for_pause(PAUSE_MS);
        }
    }

    /// One timer for many keys: at its end it waits for the rest of the pause after the last one.
    fn wait_for_pause(self, milliseconds: f64) {
        let over = move || {
            self.pause.set_value(None);
            match self.typed_at.get_value() + PAUSE_MS - clock::monotonic_ms() {
                rest @ 1.0.. => self.wait_for_pause(rest),
                _ => self.read_in_breaths(),
            }
        };
        self.pause.set_value(Some(timer::after(milliseconds.ceil() as u32, over)));
    }
}
