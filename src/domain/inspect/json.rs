//! A lossless JSON reader (RFC 8259) for people who want to see what is there.
//!
//! It keeps the order of members, members that occur twice, the digits of numbers and the place of everything. It
//! reads as far as it can: broken or truncated text gives what came before, with the place where it broke. It never
//! fails, and nesting cannot exhaust the stack.

mod node;
mod number;
mod read;
mod string;
mod tape;

use std::ops::Range;
use std::sync::Arc;

pub use node::{Elements, Member, Members, Node, Value};
use read::Reader;
use tape::Tape;

/// Byte offsets in the text that was read.
pub type Span = Range<usize>;

/// Deeper values are not read, only skipped: see [`Value::Unread`].
pub const MAX_DEPTH: usize = 64;

/// No more problems than this are listed; reading goes on.
const MAX_PROBLEMS: usize = 32;

/// So many bytes are read between two pauses.
const AT_ONCE: usize = 64 * 1024;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset in the text.
    pub at: usize,
    /// What is wrong there.
    pub what: Fault,
}

/// What can be wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text ends before the value does.
    Ended,
    /// A character that cannot stand here; reading stopped.
    Unexpected(char),
    /// Something follows the value.
    AfterEnd,
    /// Half of a surrogate pair (RFC 8259, 8.2).
    LoneSurrogate,
    /// A control character that should have been escaped (RFC 8259, 7).
    ControlCharacter,
    /// An escape that RFC 8259, 7 does not know.
    BadEscape,
    /// A number that RFC 8259, 6 does not allow, for example with a leading zero.
    BadNumber,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A byte order mark before the text (RFC 8259, 8.1).
    ByteOrderMark,
    /// Longer than places are kept for; reading stopped.
    TooLong,
}

impl Fault {
    /// What a person reads before "at byte N".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Ended => "The text ends in the middle".to_owned(),
            Self::Unexpected(c) if c.is_control() => format!("U+{:04X} cannot stand here", u32::from(*c)),
            Self::Unexpected(c) => format!("`{c}` cannot stand here"),
            Self::AfterEnd => "Something follows the end of the value".to_owned(),
            Self::LoneSurrogate => "Half of a surrogate pair, shown as U+FFFD".to_owned(),
            Self::ControlCharacter => "A control character that is not escaped".to_owned(),
            Self::BadEscape => "An escape that JSON does not know".to_owned(),
            Self::BadNumber => "A number that JSON does not allow".to_owned(),
            Self::TooDeep => format!("Nested deeper than {MAX_DEPTH} levels, not read further"),
            Self::ByteOrderMark => "A byte order mark before the text".to_owned(),
            Self::TooLong => "The text is too long, not read further".to_owned(),
        }
    }
}

/// A text that was read as JSON. It shares the text with whom it was read for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    text: Arc<String>,
    tape: Tape,
    /// In the order of the text; empty exactly when the text is valid JSON nested at most [`MAX_DEPTH`] deep.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a text. Never fails: see [`Document::problems`].
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::of(&Arc::new(text.to_owned()))
    }

    /// Reads a text that others hold too.
    #[must_use]
    pub fn of(text: &Arc<String>) -> Self {
        let mut reader = Reader::new(text);
        while reader.read_on(usize::MAX) {}
        reader.into_document()
    }

    /// [`Document::of`] with pauses every now and then: a long text would keep a page from answering.
    pub async fn of_gently(text: &Arc<String>, pause: &impl AsyncFn()) -> Self {
        let mut reader = Reader::new(text);
        while reader.read_on(AT_ONCE) {
            pause().await;
        }
        reader.into_document()
    }

    /// The value at the top; nothing when there is not even the beginning of one.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        Node::at(self, 0)
    }

    /// All values in the order of the text, each before what is in it.
    pub fn values(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.tape.len())
            .filter(|index| self.tape.is_value(*index))
            .filter_map(|index| Node::at(self, index))
    }

    /// The members of the object at the top; none of any other value.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        self.root().map(Node::members).unwrap_or_default()
    }

    /// The member of that name at the top; the last one of several, as most parsers take it (RFC 7519, 4).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Node<'_>> {
        self.root().and_then(|root| root.get(name))
    }

    /// The member that has this [`Member::handle`].
    #[must_use]
    pub fn member(&self, handle: usize) -> Option<Member<'_>> {
        Member::at(self, handle)
    }

    /// The string at the top level under that name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::as_str)
    }
}
