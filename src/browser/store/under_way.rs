//! What is under way in the storage. A browser keeps a page that is left for the way back, frozen, and a transaction that
//! is frozen with it holds up the storage for every page that comes after it.

use std::cell::{Cell, OnceCell, RefCell};

use web_sys::IdbTransaction;

use crate::browser::{
    js::{self, Subscription},
    timer,
};

thread_local! {
    static WRITES: Cell<usize> = const { Cell::new(0) };
    static TRANSACTIONS: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    static LEAVING: OnceCell<Subscription> = const { OnceCell::new() };
}

const LOOK_EVERY_MS: u32 = 10;
/// Nobody is kept longer than this: a write that takes five seconds is not going to end.
const LOOKS: u32 = 500;

/// A write from its beginning, encryption included, to its end.
pub(in crate::browser) struct Write(());

impl Write {
    pub(in crate::browser) fn begin() -> Self {
        WRITES.set(WRITES.get().saturating_add(1));
        Self(())
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        WRITES.set(WRITES.get().saturating_sub(1));
    }
}

/// Waits until nothing is being written: for whoever is about to leave the page.
pub async fn settled() {
    for _ in 0..LOOKS {
        if WRITES.get() == 0 {
            return;
        }
        timer::sleep(LOOK_EVERY_MS).await;
    }
}

/// A transaction that is under way. When the page is left it is given up, as if the tab had been closed; what was
/// committed by then goes on without the page.
pub(super) struct Open(IdbTransaction);

impl Open {
    pub(super) fn new(transaction: &IdbTransaction) -> Self {
        LEAVING.with(|leaving| {
            leaving.get_or_init(|| Subscription::new(js::window(), &["pagehide"], |_| give_up()));
        });
        TRANSACTIONS.with_borrow_mut(|all| all.push(transaction.clone()));
        Self(transaction.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        TRANSACTIONS.with_borrow_mut(|all| all.retain(|known| *known != self.0));
    }
}

fn give_up() {
    TRANSACTIONS.with_borrow(|all| {
        for transaction in all {
            // Refused where it is over, or committed.
            let _ = transaction.abort();
        }
    });
}
