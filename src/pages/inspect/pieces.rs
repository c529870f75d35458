//! A text that is too long for one field: it is shown in pieces, of which the browser lays out those that are seen.
//! The piece that somebody is in is a field; with the arrow keys the cursor goes on into the next one.

mod cut;

use std::ops::Range;

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{desk::Desk, field::part_class};
use crate::{
    browser::{
        clipboard,
        field::{self, Caret},
        painted::{Painted, Run},
        pieces::{self, Pressed, pieces},
        text as texts, timer,
    },
    text::inspect as text,
};
use cut::{PIECE, Piece, cut};

/// A piece that grew beyond this is cut again.
const LONGEST: usize = 2 * PIECE;

/// So many pieces are drawn at once: a few times what is seen of them.
const GROUP: usize = 8;
/// So many groups follow in each frame after the first one, out of sight.
const IN_A_FRAME: usize = 4;

/// Keeps an empty piece as high as a line.
const END: &str = "\u{200b}";

/// The pieces of a text, and which one is a field.
#[derive(Clone, Copy)]
struct Layout {
    desk: Desk,
    pieces: StoredValue<Vec<Piece>>,
    current: RwSignal<usize>,
    /// Goes up when the text was cut anew.
    cut: RwSignal<u32>,
    /// How many groups of [`GROUP`] pieces are drawn.
    drawn: RwSignal<usize>,
    /// The field, and below it the same text in its colour.
    field: NodeRef<html::Textarea>,
    coloured: NodeRef<html::Span>,
    painted: StoredValue<Painted, LocalStorage>,
}

/// The text in pieces.
#[component]
pub fn Pieces(desk: Desk, id: &'static str) -> impl IntoView {
    let layout = Layout {
        desk,
        pieces: StoredValue::new(Vec::new()),
        current: RwSignal::new(0),
        cut: RwSignal::new(0),
        drawn: RwSignal::new(1),
        field: NodeRef::new(),
        coloured: NodeRef::new(),
        painted: StoredValue::new_local(Painted::default()),
    };
    layout.cut_anew(0);
    Effect::new(move |before: Option<()>| {
        desk.put_down.track();
        if before.is_some() {
            layout.cut_anew(0);
        }
    });
    let has_field = Selector::new(move || layout.current.get() / GROUP);
    let is_drawn = Selector::new_with_fn(move || layout.drawn.get(), |group, drawn| group < drawn);
    let groups = move || {
        layout.cut.track();
        (0..layout.groups())
            .map(|group| {
                let (is_drawn, has_field) = (is_drawn.clone(), has_field.clone());
                let drawn = move || is_drawn.selected(&group).then(|| layout.group(group, &has_field, id));
                drawn.into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let around = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let marked = desk.mark.with(|mark| mark.as_ref().map_or(0..0, |mark| layout.touched(mark)));
        if let Some(around) = around.get() {
            pieces::mark(&around, &marked);
        }
    });
    let go = move |event: ev::MouseEvent| {
        let pressed = around.get_untracked().and_then(|around| pieces::pressed(&around, &event));
        if let Some(Pressed { number, at }) = pressed {
            layout.go_to(number, at.map_or(Caret::End, Caret::At), id);
        }
    };
    view! {
        <div class="token-pieces" role="group" aria-label=text::PIECES translate="no" node_ref=around on:click=go>
            {groups}
        </div>
        <p class="panel-part tiny muted">{text::PIECES_HINT}</p>
    }
    .into_any()
}

impl Layout {
    /// Cuts the text as it is now. The piece that holds this byte becomes the field.
    fn cut_anew(self, offset: usize) {
        let pieces = self.desk.with_text(cut);
        let mut end = 0;
        let holds = |piece: &Piece| {
            end += piece.length;
            end > offset
        };
        let current = pieces.iter().position(holds).unwrap_or_default();
        self.pieces.set_value(pieces);
        self.current.set(current);
        self.drawn.set(current / GROUP + 1);
        self.cut.update(|cut| *cut = cut.wrapping_add(1));
        self.draw_the_rest();
    }

    fn groups(self) -> usize {
        self.pieces.try_with_value(Vec::len).unwrap_or_default().div_ceil(GROUP)
    }

    /// Draws what is out of sight, behind the first frame.
    fn draw_the_rest(self) {
        let cut = self.cut.get_untracked();
        spawn_local(async move {
            timer::painted().await;
            self.draw_more(cut);
        });
    }

    fn draw_more(self, cut: u32) {
        let is_left = self.drawn.try_get_untracked().is_some_and(|drawn| drawn < self.groups());
        if is_left && self.cut.try_get_untracked() == Some(cut) {
            timer::before_next_frame(move || {
                self.drawn.try_update(|drawn| *drawn += IN_A_FRAME);
                self.draw_more(cut);
            });
        }
    }

    /// The pieces of a group; one of them may be the field.
    fn group(self, group: usize, has_field: &Selector<usize>, id: &'static str) -> AnyView {
        let from = group * GROUP;
        let to = self.pieces.with_value(Vec::len).min(from + GROUP);
        if !has_field.selected(&group) {
            return self.run(from..to);
        }
        let index = self.current.get();
        (self.run(from..index), view! { <Editor layout=self index id/> }, self.run(index + 1..to)).into_any()
    }

    /// Pieces that nobody is in. The browser looks at a whole group at once, to tell whether it is seen.
    fn run(self, range: Range<usize>) -> AnyView {
        let texts: Vec<(&'static str, String)> =
            range.map(|index| (part_class(self.part(index)), self.text(index))).collect();
        let class = if texts.len() == GROUP { "token-group" } else { "" };
        view! { <div class=class use:pieces=texts></div> }.into_any()
    }

    /// The pieces that these bytes of the text are in.
    fn touched(self, bytes: &Range<usize>) -> Range<usize> {
        self.pieces.with_value(|pieces| {
            let mut end = 0;
            let ends: Vec<usize> = pieces
                .iter()
                .map(|piece| {
                    end += piece.length;
                    end
                })
                .collect();
            let first = ends.partition_point(|end| *end <= bytes.start);
            let last = ends.partition_point(|end| *end < bytes.end);
            first..(last + 1).min(ends.len())
        })
    }

    fn range(self, index: usize) -> Range<usize> {
        self.pieces.with_value(|pieces| {
            let start: usize = pieces.iter().take(index).map(|piece| piece.length).sum();
            start..start + pieces.get(index).map_or(0, |piece| piece.length)
        })
    }

    fn part(self, index: usize) -> Option<usize> {
        self.pieces.with_value(|pieces| pieces.get(index)?.part)
    }

    fn text(self, index: usize) -> String {
        let range = self.range(index);
        self.desk.with_text(|text| text.get(range).unwrap_or_default().to_owned())
    }

    /// Takes what was typed into the field.
    fn take(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let piece = texts::held(&field);
        self.paint(&piece);
        let index = self.current.get_untracked();
        let range = self.range(index);
        self.pieces.update_value(|pieces| {
            if let Some(known) = pieces.get_mut(index) {
                known.length = piece.len();
            }
        });
        let (start, length) = (range.start, piece.len());
        self.desk.spliced(range, piece);
        if length > LONGEST {
            self.cut_anew(start);
        }
    }

    /// Shows the piece in its colour, below the field.
    fn paint(self, piece: &str) {
        if let Some(coloured) = self.coloured.get_untracked() {
            let run = Run { text: piece, ..Run::default() };
            self.painted.update_value(|painted| painted.paint(&coloured, &[run]));
        }
    }

    fn go_to(self, index: usize, caret: Caret, id: &'static str) {
        let cut = self.cut.get_untracked();
        if self.desk.takes() {
            self.take();
        }
        // What was typed may have made other pieces.
        if self.cut.get_untracked() == cut && index < self.pieces.with_value(Vec::len) {
            self.current.set(index);
            spawn_local(async move {
                // The field is there after the effects of this change.
                timer::sleep(0).await;
                field::enter(id, caret);
            });
        }
    }
}

/// The piece that somebody is in.
#[component]
fn Editor(layout: Layout, index: usize, id: &'static str) -> impl IntoView {
    let Layout { field, coloured, .. } = layout;
    // The elements may be those of the piece beside it, with what was typed there.
    Effect::new(move |_| {
        let (Some(field), Some(_)) = (field.get(), coloured.get()) else { return };
        let piece = layout.text(index);
        field.set_value(&piece);
        layout.paint(&piece);
    });
    let keys = move |event: ev::KeyboardEvent| {
        let Some((at_start, at_end)) = field::edges(&event) else { return };
        match event.key().as_str() {
            "ArrowUp" | "ArrowLeft" if at_start && index > 0 => {
                event.prevent_default();
                layout.go_to(index - 1, Caret::End, id);
            }
            "ArrowDown" | "ArrowRight" if at_end => {
                event.prevent_default();
                layout.go_to(index + 1, Caret::Start, id);
            }
            _ => {}
        }
    };
    let paste = move |event: ev::ClipboardEvent| {
        if let Some(text) = clipboard::pasted(&event).filter(|text| text.len() > LONGEST) {
            event.prevent_default();
            layout.desk.put(text);
        }
    };
    view! {
        <div class="token-input token-editor">
            <div class=format!("token {}", part_class(layout.part(index))) aria-hidden="true"><span node_ref=coloured></span>{END}</div>
            <textarea
                id=id
                rows="1"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=text::piece(index + 1, layout.pieces.with_value(Vec::len))
                node_ref=field
                on:input=move |_| layout.desk.pressed(move || layout.take())
                on:keydown=keys
                on:paste=paste
            ></textarea>
        </div>
    }
    .into_any()
}
