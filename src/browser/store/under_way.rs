//! Writes that are under way: a page that is left in the middle of one loses it.

use std::cell::Cell;

use crate::browser::timer;

thread_local! {
    static WRITES: Cell<usize> = const { Cell::new(0) };
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

/// Waits until nothing is being written: for whoever is about to leave the page on purpose.
pub async fn settled() {
    for _ in 0..LOOKS {
        if WRITES.get() == 0 {
            return;
        }
        timer::sleep(LOOK_EVERY_MS).await;
    }
}
