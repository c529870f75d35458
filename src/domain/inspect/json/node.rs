//! Values of a document: places on its tape, as cheap to hand around as a reference.

use std::fmt;

use super::tape::Kind;
use super::{Document, Span};

/// A value and its place.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document,
    index: usize,
}

/// A value as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The characters of the number, unchanged.
    Number(&'a str),
    /// With escapes undone; a lone surrogate is U+FFFD here and a problem in [`Document::problems`].
    String(&'a str),
    /// In order.
    Array(Elements<'a>),
    /// In order, duplicates kept.
    Object(Members<'a>),
    /// Not read: missing, broken, or nested deeper than [`super::MAX_DEPTH`]. The span tells where.
    Unread,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The name with escapes undone.
    pub name: &'a str,
    /// Where the name stands, quotes included.
    pub name_span: Span,
    /// The value.
    pub node: Node<'a>,
}

/// The elements of an array. To count them or to reach one, all before it are stepped over.
#[derive(Clone, Copy, Default)]
pub struct Elements<'a> {
    first: Option<Node<'a>>,
    /// The index behind the last one.
    end: usize,
}

/// The members of an object. To count them or to reach one, all before it are stepped over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Members<'a> {
    /// Names and values in turn.
    entries: Elements<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn at(document: &'a Document, index: usize) -> Option<Self> {
        (index < document.tape.len()).then_some(Self { document, index })
    }

    /// What it is.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        match self.document.tape.kind(self.index) {
            Kind::Null => Value::Null,
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::Number => Value::Number(self.raw()),
            Kind::Plain | Kind::Undone | Kind::PlainName | Kind::UndoneName => {
                Value::String(self.characters())
            }
            Kind::Array => Value::Array(self.inside()),
            Kind::Object => Value::Object(Members { entries: self.inside() }),
            Kind::Unread | Kind::Skip => Value::Unread,
        }
    }

    /// Whether this is that very value, as opposed to one like it.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }

    /// Where it stands, quotes and brackets included.
    #[must_use]
    pub fn span(self) -> Span {
        self.document.tape.span(self.index)
    }

    /// False when the text ends or breaks inside it.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.document.tape.is_complete(self.index)
    }

    /// The members of an object; none of any other value.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        if let Value::Object(members) = self.value() { members } else { Members::default() }
    }

    /// The elements of an array; none of any other value.
    #[must_use]
    pub fn elements(self) -> Elements<'a> {
        if let Value::Array(elements) = self.value() { elements } else { Elements::default() }
    }

    /// The last member of that name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        self.members().iter().filter(|member| member.name == name).last().map(|member| member.node)
    }

    /// The value as the only one of a list.
    #[must_use]
    pub fn alone(self) -> Elements<'a> {
        Elements { first: Some(self), end: self.index + 1 }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        if let Value::String(text) = self.value() { Some(text) } else { None }
    }

    /// One string, or the strings of an array: how `aud` and its like are written (RFC 7519, 4.1.3).
    #[must_use]
    pub fn one_or_many(self) -> Vec<&'a str> {
        match self.value() {
            Value::String(text) => vec![text],
            _ => self.elements().iter().filter_map(Self::as_str).collect(),
        }
    }

    /// The JSON type, in words.
    #[must_use]
    pub fn type_name(self) -> &'static str {
        match self.value() {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            Value::Unread => "not read",
        }
    }

    fn raw(self) -> &'a str {
        self.document.text.get(self.span()).unwrap_or_default()
    }

    /// What a string or a name reads.
    fn characters(self) -> &'a str {
        if matches!(self.document.tape.kind(self.index), Kind::Undone | Kind::UndoneName) {
            return self.document.tape.undone(self.index).unwrap_or_default();
        }
        let inside = self.raw().strip_prefix('"').unwrap_or_default();
        if self.is_complete() { inside.strip_suffix('"').unwrap_or_default() } else { inside }
    }

    fn inside(self) -> Elements<'a> {
        let (from, end) = self.document.tape.inside(self.index);
        let end = end.min(self.document.tape.len());
        Elements { first: (from < end).then_some(Self { index: from, ..self }), end }
    }
}

impl<'a> Member<'a> {
    /// The member whose value is at this index: its name is right before it.
    pub(super) fn at(document: &'a Document, index: usize) -> Option<Self> {
        let (name, node) = (Node::at(document, index.checked_sub(1)?)?, Node::at(document, index)?);
        Some(Self { name: name.characters(), name_span: name.span(), node })
    }

    /// What [`Document::member`] finds it by.
    #[must_use]
    pub fn handle(&self) -> usize {
        self.node.index
    }
}

impl<'a> Elements<'a> {
    /// One after the other.
    pub fn iter(self) -> Nodes<'a> {
        Nodes(self)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.first.is_none()
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// The first one.
    #[must_use]
    pub fn first(self) -> Option<Node<'a>> {
        self.first
    }

    /// The one at a position, counted from nought.
    #[must_use]
    pub fn get(self, position: usize) -> Option<Node<'a>> {
        self.iter().nth(position)
    }
}

impl<'a> Members<'a> {
    /// One after the other.
    pub fn iter(self) -> Named<'a> {
        Named(self.entries.iter())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.entries.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.entries.len() / 2
    }
}

/// Values one after the other.
#[derive(Clone, Debug)]
pub struct Nodes<'a>(Elements<'a>);

impl<'a> Iterator for Nodes<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let node = self.0.first?;
        let index = node.document.tape.next(node.index);
        self.0.first = (index < self.0.end).then_some(Node { index, ..node });
        Some(node)
    }
}

/// Members one after the other.
#[derive(Clone, Debug)]
pub struct Named<'a>(Nodes<'a>);

impl<'a> Iterator for Named<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let (name, node) = (self.0.next()?, self.0.next()?);
        Some(Member { name: name.characters(), name_span: name.span(), node })
    }
}

impl<'a> IntoIterator for Elements<'a> {
    type Item = Node<'a>;
    type IntoIter = Nodes<'a>;

    fn into_iter(self) -> Nodes<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for Members<'a> {
    type Item = Member<'a>;
    type IntoIter = Named<'a>;

    fn into_iter(self) -> Named<'a> {
        self.iter()
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.span() == other.span()
            && self.is_complete() == other.is_complete()
            && self.value() == other.value()
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {:?}", self.value(), self.span())
    }
}

impl PartialEq for Elements<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Elements<'_> {}

impl fmt::Debug for Elements<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
