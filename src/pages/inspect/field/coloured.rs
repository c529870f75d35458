//! The text below the field, in the colours of its parts.

use std::ops::Range;

use leptos::{html, prelude::*};

use super::Desk;
use crate::{
    browser::{
        painted::{Painted, Run},
        text::{Followed, Typed},
    },
    domain::inspect::paint,
};

/// The element with the text, and what is drawn in it.
#[derive(Clone, Copy)]
pub struct Coloured {
    desk: Desk,
    pub element: NodeRef<html::Span>,
    painted: StoredValue<Painted, LocalStorage>,
    /// The runs as they are drawn; none while one of them is marked in part.
    runs: StoredValue<Vec<paint::Run>>,
}

impl Coloured {
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            element: NodeRef::new(),
            painted: StoredValue::new_local(Painted::default()),
            runs: StoredValue::new(Vec::new()),
        }
    }

    /// Draws the text as it is now. One that is too long for a field is on its way to the pieces: it is not drawn here
    /// first.
    pub fn draw(self, mark: Option<&Range<usize>>) {
        let Some(element) = self.element.get_untracked().filter(|_| !self.desk.is_long()) else { return };
        self.desk.with_parts(|text, runs| {
            self.painted.update_value(|painted| painted.paint(&element, &drawn(text, &runs, mark)));
            self.runs.set_value(if mark.is_none() { runs } else { Vec::new() });
        });
    }

    /// Letters were typed. In a part of the token they are all there is to take and to draw, however long the token is;
    /// otherwise nothing is done, and nothing given.
    pub fn grow(self, typed: &Typed, field: &Followed) -> Option<()> {
        let Typed { length, at, letters } = typed;
        let run = self.runs.try_update_value(|runs| {
            let number = paint::grow(runs, *length, *at, letters)?;
            Some((number, runs.get(number)?.1.clone()))
        });
        let (number, place) = run.flatten()?;
        self.desk.inserted(*at, letters);
        self.painted.update_value(|painted| painted.insert(number, at - place.start, letters, &place, field));
        Some(())
    }
}

/// The runs in their colours; what is pointed at is marked.
fn drawn<'a>(text: &'a str, runs: &[paint::Run], mark: Option<&Range<usize>>) -> Vec<Run<'a>> {
    let mut drawn = Vec::with_capacity(runs.len() + 2);
    for (part, range) in runs {
        let mut draw = |range, is_marked| {
            let text = text.get(range).unwrap_or_default();
            drawn.push(Run { class: part_class(*part), text, is_marked });
        };
        match mark.filter(|mark| mark.start < range.end && mark.end > range.start) {
            Some(mark) => {
                let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
                draw(range.start..start, false);
                draw(start..end, true);
                draw(end..range.end, false);
            }
            None => draw(range.clone(), false),
        }
    }
    drawn
}

/// The colour of a part of the token.
pub fn part_class(part: Option<usize>) -> &'static str {
    const CLASSES: [&str; 5] = ["part-0", "part-1", "part-2", "part-3", "part-4"];
    part.and_then(|part| CLASSES.get(part)).copied().unwrap_or_default()
}
