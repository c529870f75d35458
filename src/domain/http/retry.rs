//! How long a server asks to wait.

use super::Response;
use crate::domain::time;

impl Response {
    /// The seconds that `Retry-After` asks for (RFC 9110, 10.2.3), which is a number or a point in time; `None` when the
    /// answer does not say, or the browser does not let this page see it.
    #[must_use]
    pub fn retry_after(&self, now: i64) -> Option<i64> {
        let value = self.header("retry-after")?.trim();
        let seconds = value.parse().ok().or_else(|| Some(time::of_http_date(value)?.saturating_sub(now)))?;
        Some(seconds.max(0))
    }
}
