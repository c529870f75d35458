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

/// On the fold in the settings.
pub const FIND_TITLE: &str = "Find a client by its name";
/// Its field.
pub const FIND_NAME: &str = "Name of the client";
/// Below it.
pub const FIND_HINT: &str = "As it is registered, letter for letter.";
/// Its button.
pub const FIND: &str = "Find it";
/// Nothing typed.
pub const FIND_MISSING: &str = "Enter the name of the client.";
/// Takes it into the list.
pub const TAKE: &str = "Take it into the list";
/// It is there already.
pub const OPEN_KNOWN: &str = "Open it in the list";
/// What that means.
pub const TAKE_MEANS: &str = "The record here begins with what is registered. Nothing is changed at the server. What opens the registration stays the user of the server.";
