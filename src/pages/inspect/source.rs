//! The layers of the token as text: indented, or byte for byte as they were signed.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        http::render::{self, Segment},
        inspect::{Inspection, Layer, print},
    },
    text::inspect as text,
};

/// A longer text is drawn in pieces, of which the browser lays out only those that are seen.
const PIECE: usize = 64 * 1024;

/// Both layers, one member a line.
pub fn indented(read: &Inspection) -> AnyView {
    layers(read, |layer| {
        let text = print::indented(layer);
        if text.len() <= PIECE { render::json(&text) } else { vec![Segment::Plain(text)] }
    })
}

/// Both layers as they are.
pub fn raw(read: &Inspection) -> AnyView {
    layers(read, |layer| vec![Segment::Plain(layer.text.to_string())])
}

fn layers(read: &Inspection, write: impl Fn(&Layer) -> Vec<Segment>) -> AnyView {
    let layers =
        [(text::HEADER, read.header.as_ref().map(&write)), ("Payload", read.payload.as_ref().map(&write))];
    layers
        .into_iter()
        .filter_map(|(name, segments)| Some((name, segments?)))
        .map(|(name, segments)| {
            view! {
                <div class="layer">
                    <h3 class="layer-name">{name}</h3>
                    {text_of(name, segments)}
                </div>
            }
            .into_any()
        })
        .collect::<Vec<AnyView>>()
        .into_any()
}

fn text_of(name: &'static str, segments: Vec<Segment>) -> AnyView {
    match segments.as_slice() {
        [Segment::Plain(text)] if text.len() > PIECE => {
            let pieces: Vec<AnyView> = pieces(text)
                .into_iter()
                .map(|piece| view! { <span class="piece">{piece}</span> }.into_any())
                .collect();
            view! { <pre class="code-text" tabindex="0" role="region" aria-label=name>{pieces}</pre> }
                .into_any()
        }
        _ => view! { <CodeText label=name content=Signal::stored(segments)/> }.into_any(),
    }
}

/// Cuts a text at line breaks, or where there is none, into pieces of about [`PIECE`] bytes.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PIECE {
        let mut at = PIECE;
        while !rest.is_char_boundary(at) {
            at -= 1;
        }
        let Some((start, end)) = rest.split_at_checked(at) else { break };
        let (piece, left) = match start.rfind('\n').and_then(|line| rest.split_at_checked(line + 1)) {
            Some(cut) => cut,
            None => (start, end),
        };
        pieces.push(piece.to_owned());
        rest = left;
    }
    pieces.push(rest.to_owned());
    pieces
}
