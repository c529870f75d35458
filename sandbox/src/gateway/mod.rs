//! The gateway before the bank's products: opaque tokens for signed assertions (RFC 7523) or for key and secret, and
//! calls with them. It refuses in Apigee's two shapes, neither of which is that of RFC 6749.

mod assertion;
pub mod calls;
mod token;

use aws_lc_rs::digest;
use axum::http::StatusCode;
use axum::response::Response;

use crate::call::Call;
use crate::clock::Clock;
use crate::partner::app::{App, Key, Status};
use crate::partner::refusal;
use crate::store::Store;

/// Where tokens are had.
pub const TOKEN: &str = "/gateway/oauth/token";
/// The other name that assertions may be meant for.
const NAME: &str = "/gateway";

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    store: Store,
    clock: Clock,
    token_seconds: i64,
}

impl Gateway {
    /// A gateway over this store, whose tokens last so many seconds.
    pub fn new(store: Store, clock: Clock, token_seconds: i64) -> Self {
        Self { store, clock, token_seconds }
    }

    /// The key in `app` of this name, when both can be used now.
    fn usable<'a>(&self, app: &'a App, consumer_key: &str) -> Option<&'a Key> {
        let key = app.key(consumer_key).filter(|_| app.status == Status::Approved)?;
        key.is_usable(self.clock.now().saturating_mul(1000)).then_some(key)
    }
}

/// The answer for a path that no product has.
pub fn nowhere(call: &Call) -> Response {
    let sentence = format!("Unable to identify proxy for host: default and url: {}", call.uri.path());
    refusal::fault(StatusCode::NOT_FOUND, &sentence, "messaging.adaptors.http.flow.ApplicationNotFound")
}

/// What a token is kept as.
fn digest_of(token: &str) -> digest::Digest {
    digest::digest(&digest::SHA256, token.as_bytes())
}
