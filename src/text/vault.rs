//! Words of the lock: the page of a locked vault, and the passphrase in the settings.

/// Title of the page in place of one that needs the vault.
pub const LOCKED_TITLE: &str = "The vault is locked";
/// Lead below it.
pub const LOCKED_LEAD: &str = "Applications and their tokens are encrypted in this browser, and the key to them is made from your passphrase.";
/// While an answer is on its way.
pub const CLOSING: &str = "A request is on its way. Its answer is stored first, then the vault locks.";
/// Heading of the form.
pub const PANEL: &str = "Open it";
/// The field.
pub const PASSPHRASE: &str = "Passphrase";
/// The button.
pub const UNLOCK: &str = "Unlock the vault";
/// When it is open.
pub const UNLOCKED: &str = "The vault is open";
/// When the field is empty.
pub const EMPTY: &str = "Type or paste the passphrase.";
/// Heading of what works meanwhile.
pub const STILL_WORKS: &str = "What works meanwhile";
/// What works meanwhile.
pub const STILL_WORKS_TEXT: &str =
    "Tokens can be inspected and the catalogue can be read: neither needs what is in the vault.";
/// The fold for whoever has forgotten it.
pub const FORGOTTEN: &str = "The passphrase is forgotten";
/// The plain truth.
pub const FORGOTTEN_TEXT: &str = "Then what is in the vault is lost: nobody can open it, neither this portal nor the operator, and there is no second key. A backup has a passphrase of its own and can be restored afterwards. Erasing the vault is the only way to use this portal in this browser again. Applications stay registered at the server; for each, the operator can regenerate a registration access token.";

/// Heading of the group in the settings.
pub const VAULT: &str = "Vault";
/// What it is.
pub const VAULT_TEXT: &str = "Applications and registration access tokens are stored here, encrypted with a key that cannot be read out.";
/// Open, with a passphrase.
pub const OPEN: &str = "Open, locked by a passphrase";
/// Open, without one.
pub const OPEN_WITHOUT: &str = "Open, without a passphrase";
/// What that means.
pub const OPEN_WITHOUT_TEXT: &str = "Whoever uses this browser profile can use what is in it.";
/// Locked.
pub const LOCKED: &str = "Locked by a passphrase";
/// What that means.
pub const LOCKED_TEXT: &str = "Nothing in it can be read until it is unlocked.";
/// Why there is no passphrase in memory.
pub const NOT_POSSIBLE: &str = "No passphrase";
/// Sets one.
pub const SET: &str = "Set a passphrase";
/// Changes it.
pub const CHANGE: &str = "Change passphrase";
/// Takes it away.
pub const REMOVE: &str = "Remove the passphrase";
/// The row.
pub const REMOVE_ROW: &str = "Without a passphrase";
/// What follows.
pub const REMOVE_TEXT: &str = "The vault is then open to whoever uses this browser profile.";
/// The button in the rail and here.
pub const LOCK_NOW: &str = "Lock now";
/// The row.
pub const AFTER: &str = "Lock by itself";
/// What it counts.
pub const AFTER_TEXT: &str = "After this long without use, in all tabs";
/// Field.
pub const CURRENT: &str = "Passphrase of now";
/// Field.
pub const NEW: &str = "New passphrase";
/// Field.
pub const AGAIN: &str = "The same once more";
/// Below the field for a new one.
pub const NEW_HINT: &str =
    "Four or five words that do not belong together are good. Any characters; pasting is fine.";
/// When it is short.
pub const SHORT: &str =
    "Shorter than 12 characters: such a passphrase can be guessed by trying. It is allowed.";
/// When it is long enough.
pub const LONG_ENOUGH: &str = "12 characters or more.";
/// When there is none.
pub const NEW_EMPTY: &str = "Write a passphrase.";
/// When the two differ.
pub const NOT_THE_SAME: &str = "The two are not the same. Show both to compare them.";
/// What happens and what cannot be undone.
pub const SET_MEANS: &str = "Everything here is encrypted anew under a key that only this passphrase makes usable. It is asked for after each reload, in each new tab, and after a while without use. Nobody can recover it: without it, only erasing is left. Other tabs of this portal lock now.";
/// What changing does.
pub const CHANGE_MEANS: &str = "Everything here is encrypted anew, so that the earlier passphrase opens nothing. Other tabs of this portal lock now.";
/// What removing does.
pub const REMOVE_MEANS: &str =
    "Everything here is encrypted anew under a key of this browser profile. The vault then opens by itself.";
/// Done.
pub const IS_SET: &str = "The passphrase is set";
/// Done.
pub const IS_REMOVED: &str = "The passphrase is removed";
/// The safe choice.
pub const NOT_NOW: &str = "Not now";

/// A choice of minutes in a word or two.
#[must_use]
pub fn after(minutes: Option<u32>) -> String {
    match minutes {
        None => "Never".to_owned(),
        Some(minutes) if minutes >= 60 => format!("{} h", minutes / 60),
        Some(minutes) => format!("{minutes} min"),
    }
}

/// What is in it: "Seven applications, six registration access tokens".
#[must_use]
pub fn holds(applications: usize, tokens: usize) -> String {
    let applications = super::count(applications, "application", "applications");
    let tokens = super::count(tokens, "registration access token", "registration access tokens");
    format!("{applications}, {}", tokens.to_lowercase())
}
