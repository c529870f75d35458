//! Words about users who may register clients at a server.

/// Heading of the panel.
pub const HEADING: &str = "User of the server";

/// What they are for.
#[must_use]
pub fn why(environment: &str) -> String {
    format!(
        "{environment} asks for the user name and password of somebody who may register clients, with every request about a registration."
    )
}

/// Who is held.
#[must_use]
pub fn held(name: &str) -> String {
    format!("Requests go out as `{name}`. The password is held in this tab only.")
}

/// Lets go of it.
pub const FORGET: &str = "Forget the password";
/// First field.
pub const NAME: &str = "User name";
/// Second field.
pub const PASSWORD: &str = "Password";
/// Below it.
pub const HINT: &str = "Held in this tab only, until you forget it, lock this browser's records or close the tab. It is not stored.";
/// Its button.
pub const USE: &str = "Use this user";
/// Nothing typed.
pub const NAME_MISSING: &str = "Enter the user name.";
/// HTTP Basic cannot carry it.
pub const NAME_COLON: &str = "A user name cannot have a colon in it (RFC 7617, 2).";
/// Nothing typed.
pub const PASSWORD_MISSING: &str = "Enter the password.";
