//! What was read of a text, entry after entry in its order.
//!
//! A token of a megabyte holds a hundred thousand values. As a tree of vectors they would take several times the room
//! of the token, in thousands of pieces that are asked for and given back one by one.

use super::Span;

/// The bits of [`Entry::start`] that say what it is.
const KIND_BITS: u32 = 5;
/// Set while a value has not ended, and for good when the text ends or breaks inside of it.
const BROKEN: u32 = 0b1_0000;

/// A value cannot begin behind this byte: its place would find no room in an entry.
pub(super) const LONGEST: usize = (1 << (u32::BITS - KIND_BITS)) - 1;

/// So many entries lie together: none is moved when more are read.
const CHUNK: usize = 4096;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    True,
    False,
    Number,
    /// A string that reads as it is written.
    Plain,
    /// One with escapes, kept aside with the escapes undone.
    Undone,
    /// The name of a member, before its value.
    PlainName,
    UndoneName,
    /// A [`Kind::Skip`] follows, then each element.
    Array,
    /// The same, with the name of each member before its value.
    Object,
    /// The entry behind an object or an array and all that is in it.
    Skip,
    Unread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    start: u32,
    end: u32,
}

/// The entries, and the strings that are not written as they read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tape {
    chunks: Vec<Vec<Entry>>,
    undone: Vec<(usize, String)>,
}

impl Entry {
    fn new(kind: Kind, place: &Span, complete: bool) -> Self {
        let broken = if complete { 0 } else { BROKEN };
        Self { start: narrow(place.start) << KIND_BITS | broken | kind as u32, end: narrow(place.end) }
    }

    fn kind(self) -> Kind {
        const KINDS: [Kind; 12] = [
            Kind::Null,
            Kind::True,
            Kind::False,
            Kind::Number,
            Kind::Plain,
            Kind::Undone,
            Kind::PlainName,
            Kind::UndoneName,
            Kind::Array,
            Kind::Object,
            Kind::Skip,
            Kind::Unread,
        ];
        KINDS.get(self.start as usize & 0b1111).copied().unwrap_or(Kind::Unread)
    }
}

/// A text is never so long: see [`LONGEST`].
fn narrow(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

impl Tape {
    /// Adds a value without anything in it; gives its index.
    pub(super) fn add(&mut self, kind: Kind, place: &Span, complete: bool) -> usize {
        let index = self.len();
        self.push(Entry::new(kind, place, complete));
        index
    }

    /// Keeps what the string or the name at this index reads.
    pub(super) fn keep(&mut self, index: usize, read: String) {
        self.undone.push((index, read));
    }

    /// Begins an object or an array; gives its index. What is added until it ends is inside.
    pub(super) fn begin(&mut self, kind: Kind, start: usize) -> usize {
        let index = self.add(kind, &(start..start), false);
        self.push(Entry::new(Kind::Skip, &(0..0), true));
        index
    }

    /// Ends it behind this byte.
    pub(super) fn end(&mut self, index: usize, end: usize, complete: bool) {
        let next = narrow(self.len());
        if let Some(entry) = self.entry_mut(index) {
            entry.end = narrow(end);
            if complete {
                entry.start &= !BROKEN;
            }
        }
        if let Some(skip) = self.entry_mut(index + 1) {
            skip.end = next;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    /// Whether a value stands at an index.
    pub(super) fn is_value(&self, index: usize) -> bool {
        !matches!(self.kind(index), Kind::PlainName | Kind::UndoneName | Kind::Skip)
    }

    /// What stands at an index.
    pub(super) fn kind(&self, index: usize) -> Kind {
        self.entry(index).map_or(Kind::Unread, Entry::kind)
    }

    pub(super) fn span(&self, index: usize) -> Span {
        self.entry(index)
            .map(|entry| (entry.start >> KIND_BITS) as usize..entry.end as usize)
            .unwrap_or_default()
    }

    pub(super) fn is_complete(&self, index: usize) -> bool {
        self.entry(index).is_some_and(|entry| entry.start & BROKEN == 0)
    }

    /// The first entry inside an object or an array, and the one behind all of them.
    pub(super) fn inside(&self, index: usize) -> (usize, usize) {
        (index + 2, self.next(index))
    }

    /// The entry behind a value and all that is in it.
    pub(super) fn next(&self, index: usize) -> usize {
        match self.kind(index) {
            Kind::Array | Kind::Object => self.entry(index + 1).map_or(usize::MAX, |skip| skip.end as usize),
            _ => index + 1,
        }
    }

    /// The string at an index with its escapes undone.
    pub(super) fn undone(&self, index: usize) -> Option<&str> {
        let at = self.undone.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        self.undone.get(at).map(|(_, read)| read.as_str())
    }

    fn push(&mut self, entry: Entry) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(entry),
            Some(_) => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(entry);
                self.chunks.push(chunk);
            }
            // Most texts hold a handful of values.
            None => self.chunks.push(vec![entry]),
        }
    }

    fn entry(&self, index: usize) -> Option<Entry> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK).copied()
    }

    fn entry_mut(&mut self, index: usize) -> Option<&mut Entry> {
        self.chunks.get_mut(index / CHUNK)?.get_mut(index % CHUNK)
    }
}
