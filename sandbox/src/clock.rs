//! The time, in one place, so that a test can let an hour pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Gives the current time in whole seconds since 1970-01-01 UTC.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Seconds added to the system's time.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Seconds since 1970-01-01 UTC.
    pub fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX).saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Moves this clock, and every clone of it, forward by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }
}
