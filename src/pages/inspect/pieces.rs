//! A text that is too long for one field: it is shown in pieces, of which the browser lays out those that are seen.
//! The piece that somebody is in is a field; with the arrow keys the cursor goes on into the next one.

use std::ops::Range;

use leptos::{ev, prelude::*, task::spawn_local};

use super::{desk::Desk, field::part_class};
use crate::{
    browser::{
        clipboard,
        field::{self, written},
        timer,
    },
    domain::inspect::paint,
    text::inspect as text,
};

/// A piece has about so many bytes: a field of this size is laid out in less than a frame.
const PIECE: usize = 4 * 1024;
/// A piece that grew beyond this is cut again.
const LONGEST: usize = 2 * PIECE;

/// So many pieces are drawn in one frame: the first ones fill every screen, the others follow behind it.
const IN_A_FRAME: usize = 16;

/// Keeps an empty piece as high as a line.
const END: &str = "\u{200b}";

/// One piece: its length in bytes and the part it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    length: usize,
    part: Option<usize>,
}

/// The pieces of a text, and which one is a field.
#[derive(Clone, Copy)]
struct Layout {
    desk: Desk,
    pieces: StoredValue<Vec<Piece>>,
    current: RwSignal<usize>,
    /// Goes up when the text was cut anew.
    cut: RwSignal<u32>,
    /// How many groups of [`IN_A_FRAME`] pieces are drawn.
    drawn: RwSignal<usize>,
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
    };
    layout.cut_anew(0);
    Effect::new(move |before: Option<()>| {
        desk.put_down.track();
        if before.is_some() {
            layout.cut_anew(0);
        }
    });
    let is_current = Selector::new(move || layout.current.get());
    let is_drawn = Selector::new_with_fn(move || layout.drawn.get(), |group, drawn| group < drawn);
    let pieces = move || {
        layout.cut.track();
        let groups = layout.pieces.with_value(Vec::len).div_ceil(IN_A_FRAME);
        (0..groups)
            .map(|group| {
                let (is_drawn, is_current) = (is_drawn.clone(), is_current.clone());
                let drawn = move || is_drawn.selected(&group).then(|| layout.group(group, &is_current, id));
                drawn.into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    view! {
        <div class="token-pieces" role="group" aria-label=text::PIECES translate="no">{pieces}</div>
        <p class="panel-part tiny muted">{text::PIECES_HINT}</p>
    }
    .into_any()
}

impl Layout {
    /// Cuts the text as it is now. The piece that holds this byte becomes the field.
    fn cut_anew(self, offset: usize) {
        let pieces = self.desk.text.with_value(|text| cut(text.expose()));
        let mut end = 0;
        let holds = |piece: &Piece| {
            end += piece.length;
            end > offset
        };
        let current = pieces.iter().position(holds).unwrap_or_default();
        let groups = pieces.len().div_ceil(IN_A_FRAME);
        self.pieces.set_value(pieces);
        self.current.set(current);
        self.drawn.set(current / IN_A_FRAME + 1);
        self.cut.update(|cut| *cut = cut.wrapping_add(1));
        self.draw_the_rest(groups);
    }

    fn draw_the_rest(self, groups: usize) {
        if self.drawn.try_get_untracked().is_some_and(|drawn| drawn < groups) {
            timer::before_next_frame(move || {
                self.drawn.try_update(|drawn| *drawn += 1);
                self.draw_the_rest(groups);
            });
        }
    }

    fn group(self, group: usize, is_current: &Selector<usize>, id: &'static str) -> Vec<AnyView> {
        let from = group * IN_A_FRAME;
        let to = self.pieces.with_value(Vec::len).min(from + IN_A_FRAME);
        (from..to)
            .map(|index| {
                let is_current = is_current.clone();
                view! {
                    {move || {
                        if is_current.selected(&index) {
                            view! { <Editor layout=self index id/> }.into_any()
                        } else {
                            view! { <Shown layout=self index id/> }.into_any()
                        }
                    }}
                }
                .into_any()
            })
            .collect()
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
        self.desk.text.with_value(|text| text.expose().get(range).unwrap_or_default().to_owned())
    }

    fn typed(self, index: usize, piece: &str) {
        let range = self.range(index);
        self.pieces.update_value(|pieces| {
            if let Some(known) = pieces.get_mut(index) {
                known.length = piece.len();
            }
        });
        let start = range.start;
        self.desk.spliced(range, piece);
        if piece.len() > LONGEST {
            self.cut_anew(start);
        }
    }

    fn go_to(self, index: usize, at_end: bool, id: &'static str) {
        if index < self.pieces.with_value(Vec::len) {
            self.current.set(index);
            spawn_local(async move {
                // The field is there after the effects of this change.
                timer::sleep(0).await;
                field::enter(id, at_end);
            });
        }
    }
}

/// Cuts a text where its parts end, and into [`PIECE`] bytes.
fn cut(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (part, range) in paint::quick(text) {
        let mut rest = text.get(range).unwrap_or_default();
        while !rest.is_empty() {
            let (piece, left) = rest.split_at_checked(boundary(rest)).unwrap_or((rest, ""));
            match pieces.last_mut() {
                // A dot between two parts is no piece of its own.
                Some(last) if part.is_none() && piece.len() < 16 => last.length += piece.len(),
                _ => pieces.push(Piece { length: piece.len(), part }),
            }
            rest = left;
        }
    }
    if pieces.is_empty() {
        pieces.push(Piece { length: 0, part: None });
    }
    pieces
}

fn boundary(text: &str) -> usize {
    let mut at = PIECE.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// A piece that nobody is in.
#[component]
fn Shown(layout: Layout, index: usize, id: &'static str) -> impl IntoView {
    let range = layout.range(index);
    let mark = layout.desk.mark;
    let is_marked = Memo::new(move |_| {
        mark.with(|mark| mark.as_ref().is_some_and(|mark| mark.start < range.end && mark.end > range.start))
    });
    view! {
        <div
            class=format!("token token-piece {}", part_class(layout.part(index)))
            class:marked=is_marked
            on:click=move |_| layout.go_to(index, true, id)
            use:written=layout.text(index)
        ></div>
    }
    .into_any()
}

/// The piece that somebody is in.
#[component]
fn Editor(layout: Layout, index: usize, id: &'static str) -> impl IntoView {
    let shown = RwSignal::new(layout.text(index));
    let take = move |piece: String| {
        shown.set(piece.clone());
        layout.typed(index, &piece);
    };
    let keys = move |event: ev::KeyboardEvent| {
        let Some((at_start, at_end)) = field::edges(&event) else { return };
        match event.key().as_str() {
            "ArrowUp" | "ArrowLeft" if at_start && index > 0 => {
                event.prevent_default();
                layout.go_to(index - 1, true, id);
            }
            "ArrowDown" | "ArrowRight" if at_end => {
                event.prevent_default();
                layout.go_to(index + 1, false, id);
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
            <div class=format!("token {}", part_class(layout.part(index))) aria-hidden="true">{shown}{END}</div>
            <textarea
                id=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=shown
                aria-label=text::piece(index + 1, layout.pieces.with_value(Vec::len))
                on:input=move |event| take(event_target_value(&event))
                on:keydown=keys
                on:paste=paste
            ></textarea>
        </div>
    }
    .into_any()
}
