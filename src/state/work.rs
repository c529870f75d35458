//! One thing in flight at a time, with the seconds it has taken.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};

use crate::browser::{activity, timer};

thread_local! {
    static RUNNING: Cell<usize> = const { Cell::new(0) };
}

/// Whether any work of this tab runs.
#[must_use]
pub fn is_any_running() -> bool {
    RUNNING.get() > 0
}

/// A button's work. While it runs, a second press does nothing.
#[derive(Clone, Copy)]
pub struct Work {
    seconds: RwSignal<Option<u32>>,
}

impl Default for Work {
    fn default() -> Self {
        Self::new()
    }
}

impl Work {
    /// Idle.
    #[must_use]
    pub fn new() -> Self {
        Self { seconds: RwSignal::new(None) }
    }

    /// Seconds since the start while it runs.
    #[must_use]
    pub fn seconds(self) -> Signal<Option<u32>> {
        self.seconds.into()
    }

    /// Whether it runs.
    #[must_use]
    pub fn is_running(self) -> bool {
        self.seconds.get().is_some()
    }

    /// Whether it runs, without tracking.
    #[must_use]
    pub fn is_running_untracked(self) -> bool {
        self.seconds.try_get_untracked().flatten().is_some()
    }

    /// Runs a future to its end, even when the page is left meanwhile: an answer is never thrown away.
    pub fn run(self, future: impl Future<Output = ()> + 'static) {
        // One machinery for all of them, whatever they do: a page is smaller that way.
        self.run_boxed(Box::pin(future));
    }

    fn run_boxed(self, future: Pin<Box<dyn Future<Output = ()>>>) {
        if self.is_running_untracked() {
            return;
        }
        self.seconds.try_set(Some(0));
        RUNNING.set(RUNNING.get() + 1);
        let tick = timer::every(1000, move || {
            self.seconds.try_update(|seconds| *seconds = seconds.map(|count| count + 1));
        });
        spawn_local(async move {
            future.await;
            RUNNING.set(RUNNING.get().saturating_sub(1));
            // Its end is worth the time to look at it.
            activity::touch();
            drop(tick);
            self.seconds.try_set(None);
        });
    }
}
