//! Objects and arrays that are being read.

use super::{Member, Node, Span, Text, Value};

/// An object or an array that has begun.
pub(super) struct Open {
    /// Where it began.
    pub(super) start: usize,
    /// What it holds so far.
    pub(super) inside: Inside,
}

/// What an open object or array holds so far.
pub(super) enum Inside {
    /// Members.
    Object {
        /// Those that are complete.
        members: Vec<Member>,
        /// The name whose value is being read.
        name: Option<(Text, Span)>,
    },
    /// Elements.
    Array(Vec<Node>),
}

impl Open {
    /// The bracket that ends it.
    pub(super) fn close(&self) -> u8 {
        match self.inside {
            Inside::Object { .. } => b'}',
            Inside::Array(_) => b']',
        }
    }

    /// Takes in the next value.
    pub(super) fn add(&mut self, node: Node) {
        match &mut self.inside {
            Inside::Object { members, name } => {
                let (name, name_span) = name.take().unwrap_or_default();
                members.push(Member { name, name_span, node });
            }
            Inside::Array(elements) => elements.push(node),
        }
    }

    /// What it is when it ends at `end`.
    pub(super) fn into_node(self, end: usize, complete: bool) -> Node {
        let value = match self.inside {
            // What was kept free for more would make a long token several times as long.
            Inside::Object { mut members, .. } => {
                members.shrink_to_fit();
                Value::Object(members)
            }
            Inside::Array(mut elements) => {
                elements.shrink_to_fit();
                Value::Array(elements)
            }
        };
        Node { value, span: self.start..end, complete }
    }
}
