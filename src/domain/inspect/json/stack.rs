//! Objects and arrays that are being read.

use super::{Member, Node, Span, Text, Value};

/// An object or an array that has begun.
pub(super) struct Open {
    /// Where it began.
    start: usize,
    /// So many members or elements of what is around it are on the stack below its own.
    below: usize,
    kind: Kind,
}

enum Kind {
    /// With the name whose value is being read.
    Object(Option<(Text, Span)>),
    Array,
}

/// What is open, the outermost first, and what it holds so far.
///
/// The members of all open objects lie on one stack, and so do the elements of all open arrays: each object gets room for
/// exactly what it holds when it ends, and none is moved as it grows.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    members: Vec<Member>,
    elements: Vec<Node>,
}

impl Open {
    /// The bracket that ends it.
    pub(super) fn close(&self) -> u8 {
        match self.kind {
            Kind::Object(_) => b'}',
            Kind::Array => b']',
        }
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }
}

impl Stack {
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn innermost(&self) -> Option<&Open> {
        self.open.last()
    }

    /// An object begins.
    pub(super) fn begin_object(&mut self, start: usize) {
        self.open.push(Open { start, below: self.members.len(), kind: Kind::Object(None) });
    }

    /// An array begins.
    pub(super) fn begin_array(&mut self, start: usize) {
        self.open.push(Open { start, below: self.elements.len(), kind: Kind::Array });
    }

    /// The name of the next member.
    pub(super) fn name(&mut self, read: Text, span: Span) {
        if let Some(Open { kind: Kind::Object(name), .. }) = self.open.last_mut() {
            *name = Some((read, span));
        }
    }

    /// Whether a name was read and its value was not.
    pub(super) fn waits_for_value(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::Object(Some(_)), .. }))
    }

    /// Takes in the next value; gives it back when nothing is open.
    pub(super) fn add(&mut self, node: Node) -> Option<Node> {
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::Object(name)) => {
                let (name, name_span) = name.take().unwrap_or_default();
                self.members.push(Member { name, name_span, node });
            }
            Some(Kind::Array) => self.elements.push(node),
            None => return Some(node),
        }
        None
    }

    /// Ends the innermost at `end`.
    pub(super) fn end(&mut self, end: usize, complete: bool) -> Option<Node> {
        let Open { start, below, kind } = self.open.pop()?;
        let value = match kind {
            Kind::Object(_) => Value::Object(top(&mut self.members, below)),
            Kind::Array => Value::Array(top(&mut self.elements, below)),
        };
        Some(Node { value, span: start..end, complete })
    }
}

/// Takes everything above `below`.
fn top<T>(stack: &mut Vec<T>, below: usize) -> Vec<T> {
    stack.drain(below.min(stack.len())..).collect()
}
