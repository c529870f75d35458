//! Words about signing in.

use crate::domain::{sign_in::SignedIn, time};

/// Title of the page a sign-in comes back to.
pub const TITLE: &str = "Signing in";
/// While the answer is taken up.
pub const COMPLETING: &str = "Taking up the sign-in";
/// First words when it did not work.
pub const NOT_SIGNED_IN: &str = "You are not signed in.";
/// Back to where the person was.
pub const GO_ON: &str = "Go back to where you were";
/// Heading of the block.
pub const HEADING: &str = "Who is asking";
/// Begins it.
pub const SIGN_IN: &str = "Sign in";
/// Begins it anew.
pub const AGAIN: &str = "Sign in again";
/// Ends it here.
pub const SIGN_OUT: &str = "Forget this sign-in";
/// Before it, where it has to be.
pub const REQUIRED: &str = "This bank knows its partners by sign-in, and an application belongs to who made it. You leave this page for a moment; what you typed is kept.";
/// Before it, where an initial access token does as well.
pub const OPTIONAL: &str = "Whoever has the right role here can register without an initial access token. You leave this page for a moment; what you typed is kept.";
/// When the form needs it.
pub const MISSING: &str = "Sign in first: an application belongs to who made it.";
/// When it has ended.
pub const EXPIRED: &str = "Your sign-in has ended. Sign in again: what you typed is kept.";

/// Who it is and how long it holds.
#[must_use]
pub fn signed_in(who: &SignedIn, now: i64) -> String {
    let until = match who.expires_at {
        Some(end) if end > now => format!(" It holds for another {}.", time::length(end - now)),
        Some(_) => " It has ended.".to_owned(),
        None => String::new(),
    };
    match &who.email {
        Some(email) if *email != who.name => format!("Signed in as {} ({email}).{until}", who.name),
        _ => format!("Signed in as {}.{until}", who.name),
    }
}
