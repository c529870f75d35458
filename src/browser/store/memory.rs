//! The store of a page that gets no storage: the same rules, nothing kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Kind, Listing, Record, StoreProblem, Usage};

type Records = BTreeMap<(Kind, String), Record>;

/// Records of this page. A clone is the same store.
#[derive(Clone, Default)]
pub struct Memory {
    records: Rc<RefCell<Records>>,
}

impl Memory {
    pub(super) fn all(&self, kind: Kind) -> Listing {
        let records = self.records.borrow();
        let of_kind = records.iter().filter(|((known, _), _)| *known == kind);
        Listing { records: of_kind.map(|(_, record)| record.clone()).collect(), unreadable: Vec::new() }
    }

    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<Record> {
        self.records.borrow().get(&(kind, id.to_owned())).cloned()
    }

    pub(super) fn put(&self, kind: Kind, id: &str, version: u32, json: &str) -> Result<(), StoreProblem> {
        if let Some(stored) =
            self.get(kind, id).map(|record| record.version).filter(|stored| *stored > version)
        {
            return Err(StoreProblem::NewerRecord { stored });
        }
        let record = Record { id: id.to_owned(), version, json: json.to_owned() };
        self.records.borrow_mut().insert((kind, id.to_owned()), record);
        Ok(())
    }

    pub(super) fn remove(&self, kind: Kind, id: &str) {
        self.records.borrow_mut().remove(&(kind, id.to_owned()));
    }

    pub(super) fn erase(&self) {
        self.records.borrow_mut().clear();
    }

    pub(super) fn usage(&self) -> Vec<Usage> {
        let usage = |kind| {
            let records = self.all(kind).records;
            let bytes = records.iter().map(|record| record.json.len() as u64).sum();
            Usage { kind, count: records.len(), bytes }
        };
        Kind::ALL.into_iter().map(usage).collect()
    }
}
