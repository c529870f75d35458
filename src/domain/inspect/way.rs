//! The way from the top of a document to a value. It is written out only when there is something to say about it.

use std::fmt;

use super::json::{Node, Value};
use super::visible::visible;
use super::words;

/// A name on the way is cut after so many characters: a long one above many members would be written again and again.
const LONGEST: usize = 80;

/// The way to a value.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// The value at the top.
    Top,
    /// A member of an object.
    Member(&'a Way<'a>, &'a str),
    /// An element of an array.
    Element(&'a Way<'a>, usize),
}

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Member(Self::Top, name) => f.write_str(&shortened(name)),
            Self::Member(above, name) => write!(f, "{above}.{}", shortened(name)),
            Self::Element(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// The name, or its beginning, with everything in it visible.
pub(super) fn shortened(name: &str) -> String {
    visible(&words::shortened(name, LONGEST)).into_owned()
}

/// Says the way from the top to a value.
pub(super) fn to(root: Node<'_>, value: Node<'_>) -> String {
    let mut said = String::new();
    find(root, Way::Top, value, &mut |way| said = way.to_string());
    said
}

/// Says the way from the top to the members of that name in an object.
pub(super) fn to_member(root: Node<'_>, object: Node<'_>, name: &str) -> String {
    let mut said = String::new();
    find(root, Way::Top, object, &mut |way| said = Way::Member(&way, name).to_string());
    said
}

/// Goes down to a value by its place: so the way is made for the few that something is said about.
fn find(node: Node<'_>, way: Way<'_>, value: Node<'_>, say: &mut dyn FnMut(Way<'_>)) {
    if node.is(value) {
        return say(way);
    }
    let holds = |node: &Node<'_>| node.span().end > value.span().start;
    if let Some(member) = node.members().iter().find(|member| holds(&member.node)) {
        find(member.node, Way::Member(&way, member.name), value, say);
    }
    if let Some((index, element)) = node.elements().iter().enumerate().find(|(_, element)| holds(element)) {
        find(element, Way::Element(&way, index), value, say);
    }
}

/// Visits every string below a value, in the order of the text.
pub(super) fn strings(node: Node<'_>, way: Way<'_>, visit: &mut dyn FnMut(Way<'_>, Node<'_>, &str)) {
    match node.value() {
        Value::String(text) => visit(way, node, text),
        Value::Object(members) => {
            for member in members {
                strings(member.node, Way::Member(&way, member.name), visit);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                strings(element, Way::Element(&way, index), visit);
            }
        }
        _ => {}
    }
}
