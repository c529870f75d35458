//! Whether two values say the same, however much space was written between their parts.

use super::json::{Node, Value};

/// Numbers are the same only digit for digit, members and elements only in the same order; what was not read is like
/// nothing.
pub(super) fn same(left: Node<'_>, right: Node<'_>) -> bool {
    match (left.value(), right.value()) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let pairs = || left.iter().zip(right);
            left.len() == right.len()
                && pairs().all(|(left, right)| left.name == right.name && same(left.node, right.node))
        }
        (Value::Unread, _) => false,
        (left, right) => left == right,
    }
}

/// One string, or strings in an array: how lists are written whose order means nothing. `None` for anything else.
pub(super) fn strings(node: Node<'_>) -> Option<Vec<&str>> {
    let strings = node.one_or_many();
    let is_list =
        node.as_str().is_some() || matches!(node.value(), Value::Array(all) if all.len() == strings.len());
    is_list.then_some(strings)
}
