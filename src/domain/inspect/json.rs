//! A lossless JSON reader (RFC 8259) for people who want to see what is there.
//!
//! It keeps the order of members, members that occur twice, the digits of numbers and the place of everything. It
//! reads as far as it can: broken or truncated text gives what came before, with the place where it broke. It never
//! fails, and nesting cannot exhaust the stack.

mod read;
mod stack;
mod string;
mod text;

use std::ops::Range;
use std::sync::Arc;

use read::Reader;
pub use text::Text;

/// Byte offsets in the text that was read.
pub type Span = Range<usize>;

/// Deeper values are not read, only skipped: see [`Value::Unread`].
pub const MAX_DEPTH: usize = 64;

/// No more problems than this are listed; reading goes on.
const MAX_PROBLEMS: usize = 32;

/// So many bytes are read between two pauses.
const AT_ONCE: usize = 64 * 1024;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The characters of the number, unchanged.
    Number(Text),
    /// With escapes undone; a lone surrogate is U+FFFD here and a problem in [`Document::problems`].
    String(Text),
    /// In order.
    Array(Vec<Node>),
    /// In order, duplicates kept.
    Object(Vec<Member>),
    /// Not read: missing, broken, or nested deeper than [`MAX_DEPTH`]. The span tells where.
    Unread,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands, quotes and brackets included.
    pub span: Span,
    /// False when the text ends or breaks inside it.
    pub complete: bool,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name with escapes undone.
    pub name: Text,
    /// Where the name stands, quotes included.
    pub name_span: Span,
    /// The value.
    pub node: Node,
}

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
        }
    }
}

/// A text that was read as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// Nothing when there is not even the beginning of a value.
    pub root: Option<Node>,
    /// In the order of the text; empty exactly when the text is valid JSON nested at most [`MAX_DEPTH`] deep.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a text. Never fails: see [`Document::problems`].
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::of(&Arc::new(text.to_owned()))
    }

    /// Reads a text, of which a part stays in what was read.
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

    /// The members of the object at the top; nothing for any other value.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        self.root.as_ref().map(Node::members).unwrap_or_default()
    }

    /// The member of that name at the top; the last one of several, as most parsers take it (RFC 7519, 4).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.root.as_ref().and_then(|root| root.get(name))
    }

    /// The string at the top level under that name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::as_str)
    }
}

impl Node {
    /// The members of an object; nothing for any other value.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The elements of an array; nothing for any other value.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        if let Value::Array(elements) = &self.value { elements } else { &[] }
    }

    /// The last member of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().rev().find(|member| member.name == name).map(|member| &member.node)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// One string, or the strings of an array: how `aud` and its like are written (RFC 7519, 4.1.3).
    #[must_use]
    pub fn one_or_many(&self) -> Vec<&str> {
        match &self.value {
            Value::String(text) => vec![text],
            _ => self.elements().iter().filter_map(Self::as_str).collect(),
        }
    }

    /// The JSON type, in words.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            Value::Unread => "not read",
        }
    }
}
