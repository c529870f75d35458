//! Places in the text: what is pointed at, where the cursor stands, and the colours of the parts.

use leptos::prelude::*;

use super::{Cursor, Desk};
use crate::domain::inspect::{findings::Place, paint, places};

impl Desk {
    /// Points at a place of the layer that is looked at. Of a token inside another one only the whole can be seen.
    pub fn point_at(self, place: Option<Place>) {
        let found = place.and_then(|place| {
            let root = self.root_untracked()?;
            let place = match self.selected.get_untracked() {
                0 => place,
                inner => self.outermost(inner)?,
            };
            self.with_text(|text| places::in_text(text, &root, &place))
        });
        if self.mark.with_untracked(|mark| *mark != found) {
            self.mark.set(found);
        }
    }

    /// Points at a place of the token itself, whichever layer is looked at.
    pub fn point_at_root(self, place: &Place) {
        let found =
            self.root_untracked().and_then(|root| self.with_text(|text| places::in_text(text, &root, place)));
        self.mark.set(found);
    }

    /// The place of the layer in the token itself.
    pub(super) fn outermost(self, index: usize) -> Option<Place> {
        self.layers.with_untracked(|layers| {
            let above = layers.get(..=index)?;
            above.iter().rev().find(|layer| layer.depth == 1)?.place.clone()
        })
    }

    /// The cursor of the field moved to this byte of the text; nothing while that is typed in.
    pub fn cursor_at(self, offset: Option<usize>) {
        let found = offset.and_then(|offset| {
            let root = self.root_untracked()?;
            let (part, byte) = self.with_text(|text| places::at(text, &root, offset))?;
            Some(Cursor { part, byte })
        });
        if self.cursor.get_untracked() != found {
            self.cursor.set(found);
        }
    }

    /// Whether what was read is what the field holds.
    pub fn is_current(self) -> bool {
        self.turn.get_value() == self.read_turn.get_value()
    }

    /// Looks at the text and its parts. Right after a key was pressed it is only guessed where they are.
    pub fn with_parts<T>(self, look: impl FnOnce(&str, Vec<paint::Run>) -> T) -> T {
        let read = self.is_current().then(|| self.root_untracked()).flatten();
        self.with_text(|text| {
            let runs = read.map_or_else(|| paint::quick(text), |read| paint::runs(text, &read));
            look(text, runs)
        })
    }
}
