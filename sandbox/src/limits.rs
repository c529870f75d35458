//! How often a client may ask: a bucket of tokens per client and address, refilled all the time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::answer;
use crate::call::Call;

/// Above this many buckets the full ones are thrown away; they count for nothing.
const MANY: usize = 10_000;

/// The limit. `0` a second means none.
#[derive(Debug)]
pub struct Limiter {
    per_second: u32,
    buckets: Mutex<HashMap<Key, Bucket>>,
}

/// The address, and a digest of who the caller says to be: no name or token is kept.
type Key = (Option<IpAddr>, u64);

#[derive(Debug)]
struct Bucket {
    left: f64,
    since: Instant,
}

impl Limiter {
    /// A limit of this many requests a second.
    pub fn new(per_second: u32) -> Self {
        Self { per_second, buckets: Mutex::default() }
    }

    /// Counts a call.
    ///
    /// # Errors
    /// The refusal, when there were too many.
    pub fn count(&self, call: &Call) -> Result<(), Response> {
        if self.per_second == 0 || self.take((call.address, who(call)), Instant::now()) {
            return Ok(());
        }
        let sentence = format!(
            "This server takes {} requests a second from one client. Wait a second and go on.",
            self.per_second
        );
        let mut response = answer::refusal(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", &sentence);
        answer::set(&mut response, header::RETRY_AFTER, "1");
        Err(response)
    }

    fn take(&self, key: Key, now: Instant) -> bool {
        let full = f64::from(self.per_second);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            buckets.retain(|_, bucket| bucket.level(full, now) < full);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: full, since: now });
        *bucket = Bucket { left: bucket.level(full, now), since: now };
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        true
    }
}

impl Bucket {
    fn level(&self, full: f64, now: Instant) -> f64 {
        let elapsed = now.saturating_duration_since(self.since).as_secs_f64();
        (self.left + elapsed * full).min(full)
    }
}

/// Who the caller says to be: the client of a registration's address, of Basic credentials, of a form, or the bearer token.
fn who(call: &Call) -> u64 {
    let mut digest = DefaultHasher::new();
    if let Some((_, client_id)) = call.uri.path().split_once("/clients-registrations/openid-connect/") {
        client_id.hash(&mut digest);
    } else if let Some((client_id, _)) = call.basic() {
        client_id.hash(&mut digest);
    } else if let Some((_, client_id)) = call.form().into_iter().find(|(name, _)| name == "client_id") {
        client_id.hash(&mut digest);
    } else {
        call.bearer().hash(&mut digest);
    }
    digest.finish()
}
