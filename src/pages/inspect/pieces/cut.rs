//! Where a long text is cut into pieces.

use crate::domain::inspect::paint;

/// A piece has about so many bytes: a field of this size is laid out in less than a frame.
pub const PIECE: usize = 2 * 1024;

/// One piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// In bytes.
    pub length: usize,
    /// The part of the token that it belongs to.
    pub part: Option<usize>,
}

/// Cuts a text where its parts end, and after about [`PIECE`] bytes.
#[must_use]
pub fn cut(text: &str) -> Vec<Piece> {
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
