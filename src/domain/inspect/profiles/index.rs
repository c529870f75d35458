//! Finding claims by name when there are very many of them: dozens of rules ask, and none may read all of them again.

use crate::domain::inspect::Layer;
use crate::domain::inspect::json::{Document, Node};

/// Fewer members are found fast enough by looking at each.
const FEW: usize = 64;

const BUCKETS: usize = 64;

/// Handles of the members of an object, sorted into buckets by their names.
pub(super) struct Index(Vec<Vec<usize>>);

fn bucket(name: &str) -> usize {
    let first = name.bytes().next().map_or(0, usize::from);
    (name.len() + first * 7) % BUCKETS
}

impl Index {
    pub(super) fn of(layer: Option<&Layer>) -> Self {
        let members = layer.map(|layer| layer.document.members()).unwrap_or_default();
        if members.len() <= FEW {
            return Self(Vec::new());
        }
        let mut buckets = vec![Vec::new(); BUCKETS];
        for member in members.iter() {
            if let Some(bucket) = buckets.get_mut(bucket(member.name)) {
                bucket.push(member.handle());
            }
        }
        Self(buckets)
    }

    /// The same as [`Document::get`]: the last member of that name.
    pub(super) fn get<'d>(&self, document: &'d Document, name: &str) -> Option<Node<'d>> {
        if self.0.is_empty() {
            return document.get(name);
        }
        let handles = self.0.get(bucket(name))?.iter().rev();
        handles
            .filter_map(|handle| document.member(*handle))
            .find(|found| found.name == name)
            .map(|found| found.node)
    }
}
