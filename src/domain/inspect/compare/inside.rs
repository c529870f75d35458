//! Where in two lists or objects the difference is, so that one telephone number among many contacts is found.

use std::collections::BTreeMap;

use crate::domain::inspect::Layer;
use crate::domain::inspect::json::{Elements, Node, Value};
use crate::domain::inspect::same::same;
use crate::domain::inspect::visible::visible;
use crate::domain::inspect::way::Way;

use super::{Change, told};

/// The lists and objects of a layer that no list holds, by where they begin.
pub(super) struct Opened<'a> {
    layer: Option<&'a Layer>,
    by_start: BTreeMap<usize, Node<'a>>,
}

impl<'a> Opened<'a> {
    pub(super) fn of(layer: Option<&'a Layer>) -> Self {
        let mut by_start = BTreeMap::new();
        if let Some(root) = layer.and_then(|layer| layer.document.root()) {
            collect(root, &mut by_start);
        }
        Self { layer, by_start }
    }

    pub(super) fn at(&self, start: usize) -> Option<Side<'a>> {
        Some(Side { layer: self.layer?, node: *self.by_start.get(&start)? })
    }
}

fn collect<'a>(node: Node<'a>, by_start: &mut BTreeMap<usize, Node<'a>>) {
    if matches!(node.value(), Value::Array(_) | Value::Object(_)) {
        by_start.insert(node.span().start, node);
    }
    for member in node.members() {
        collect(member.node, by_start);
    }
}

/// A value of one of the two.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    layer: &'a Layer,
    node: Node<'a>,
}

impl<'a> Side<'a> {
    fn with(self, node: Node<'a>) -> Self {
        Self { node, ..self }
    }

    fn text(self) -> String {
        let text = self.node.as_str().unwrap_or_else(|| self.layer.raw(&self.node.span()));
        visible(text).into_owned()
    }
}

/// What differs below a path, in the order of the left one. Nothing when only the space between the parts does.
pub(super) fn differences(path: &str, left: Side<'_>, right: Side<'_>) -> Vec<(String, Change)> {
    let mut found = Vec::new();
    look(Way::Member(&Way::Top, path), left, right, &mut found);
    found
}

fn look(way: Way<'_>, left: Side<'_>, right: Side<'_>, found: &mut Vec<(String, Change)>) {
    match (left.node.value(), right.node.value()) {
        (Value::Object(_), Value::Object(_)) => {
            for (name, ours, theirs) in members(left.node, right.node) {
                pair(
                    Way::Member(&way, name),
                    ours.map(|n| left.with(n)),
                    theirs.map(|n| right.with(n)),
                    found,
                );
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if holds_objects(ours) || holds_objects(theirs) => {
            let (mut ours, mut theirs) = (ours.iter(), theirs.iter());
            for index in 0.. {
                let (ours, theirs) = (ours.next(), theirs.next());
                if ours.or(theirs).is_none() {
                    break;
                }
                pair(
                    Way::Element(&way, index),
                    ours.map(|n| left.with(n)),
                    theirs.map(|n| right.with(n)),
                    found,
                );
            }
        }
        _ if same(left.node, right.node) => {}
        _ => {
            let (ours, theirs) = (left.node.type_name(), right.node.type_name());
            let (left, right) = (left.text(), right.text());
            let change =
                Change::Differs { left: told(&left, ours, &right), right: told(&right, theirs, &left) };
            found.push((way.to_string(), change));
        }
    }
}

fn pair(way: Way<'_>, left: Option<Side<'_>>, right: Option<Side<'_>>, found: &mut Vec<(String, Change)>) {
    match (left, right) {
        (Some(left), Some(right)) => look(way, left, right, found),
        (Some(left), None) => found.push((way.to_string(), Change::OnlyLeft(left.text()))),
        (None, Some(right)) => found.push((way.to_string(), Change::OnlyRight(right.text()))),
        (None, None) => {}
    }
}

fn holds_objects(elements: Elements<'_>) -> bool {
    elements.iter().any(|element| matches!(element.value(), Value::Array(_) | Value::Object(_)))
}

type Pair<'a> = (&'a str, Option<Node<'a>>, Option<Node<'a>>);

/// Members by name: those of the left one in its order, then what only the right one has. Of two of the same name the
/// last counts, as most parsers take it (RFC 7519, 4).
fn members<'a>(left: Node<'a>, right: Node<'a>) -> Vec<Pair<'a>> {
    let mut theirs: BTreeMap<&str, Node<'_>> = by_name(right);
    let mut ours: BTreeMap<&str, Node<'_>> = by_name(left);
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for member in left.members() {
        if let Some(node) = ours.remove(member.name) {
            pairs.push((member.name, Some(node), theirs.remove(member.name)));
        }
    }
    for member in right.members() {
        if let Some(node) = theirs.remove(member.name) {
            pairs.push((member.name, None, Some(node)));
        }
    }
    pairs
}

fn by_name(node: Node<'_>) -> BTreeMap<&str, Node<'_>> {
    node.members().iter().map(|member| (member.name, member.node)).collect()
}
