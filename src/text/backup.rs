//! Words of the backup in the settings.

use crate::{
    browser::store::Kind,
    domain::{backup::plan::Standing, time},
    state::backup::Restored,
};

/// Heading of the group.
pub const TITLE: &str = "Backup";
/// What it is.
pub const TEXT: &str = "One file, encrypted with a passphrase you choose. Without it a cleared browser loses every registration access token.";
/// The button.
pub const SAVE: &str = "Save a backup";
/// When none was made.
pub const NEVER: &str = "No backup yet";
/// The row.
pub const OPEN: &str = "Open a backup";
/// What it does.
pub const OPEN_TEXT: &str =
    "Choose the file, or drop it here. Shows what is in it before anything is changed.";
/// The button.
pub const CHOOSE: &str = "Choose a file";
/// What is in the file.
pub const SAVE_MEANS: &str = "The file holds everything that is kept here: applications with their registration access tokens, drafts, unfinished registrations, and environments you added. It is encrypted with a passphrase of its own, which can be another one than that of the vault. Nobody can open the file without it.";
/// The button in the dialog.
pub const SAVE_ACTION: &str = "Save the file";
/// When the browser has no way to make a file.
pub const REFUSED: &str = "This browser did not let the page make a file.";
/// While the vault is locked.
pub const LOCKED: &str = "Unlock the vault first.";
/// The field.
pub const PASSPHRASE: &str = "Passphrase of the file";
/// The button.
pub const PREVIEW: &str = "Show what is in it";
/// Leaves the preview.
pub const CLOSE: &str = "Close it";
/// The button.
pub const RESTORE: &str = "Restore";
/// Label of the table.
pub const TABLE: &str = "What is in the backup";
/// When nothing would change.
pub const NOTHING_TO_DO: &str =
    "Nothing would change: everything in this file is here already, the same or newer.";

/// How long ago the last one was made.
#[must_use]
pub fn last(made_at: i64, now: i64) -> String {
    let days = (now - made_at).max(0) / 86_400;
    match days {
        0 => "Last backup today".to_owned(),
        1 => "Last backup yesterday".to_owned(),
        days => format!("Last backup {days} days ago"),
    }
}

/// What a backup would add to the last one.
#[must_use]
pub fn since(registered: usize, ever: bool) -> String {
    let verb = if registered == 1 { "was" } else { "were" };
    let what = super::count(registered, "application", "applications");
    match (registered, ever) {
        (0, true) => "No application was registered since".to_owned(),
        (0, false) => "No application is kept here yet".to_owned(),
        (_, true) => format!("{what} {verb} registered since"),
        (_, false) => format!("{what} would be lost with this browser"),
    }
}

/// Records that are stored and cannot be read.
#[must_use]
pub fn unreadable(count: usize) -> String {
    format!(
        "{} that cannot be decrypted here will not be in the file.",
        super::count(count, "record", "records")
    )
}

/// Where the opened file comes from.
#[must_use]
pub fn made(made_at: i64, origin: &str) -> String {
    format!("Saved {} at {origin}.", time::date_time(made_at))
}

/// A standing in words.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::New => "New: is added",
        Standing::Same => "The same",
        Standing::OlderHere => "Older here: is replaced",
        Standing::NewerHere => "Newer here: stays",
        Standing::Differs => "Differs: the one here stays",
    }
}

/// What a record is, for one without a name.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Applications => "Application",
        Kind::Drafts => "Draft of a new application",
        Kind::Settings => "Environment added here",
        Kind::Journal => "Registration without an answer",
    }
}

/// Environments that neither `portal.json` nor the file has.
#[must_use]
pub fn homeless(ids: &[String]) -> String {
    let (environments, verb) = match ids {
        [one] => (format!("the environment {one}"), "is"),
        many => (format!("the environments {}", many.join(", ")), "are"),
    };
    format!(
        "Applications belong to {environments}, which {verb} not in this portal. They are restored and kept; they can be used once the operator, or you, add it under that ID."
    )
}

/// When it is done.
#[must_use]
pub fn restored(restored: Restored) -> String {
    let added = super::count(restored.added, "record was added", "records were added");
    match restored.replaced {
        0 => format!("{added}."),
        replaced => format!("{added}, {replaced} replaced."),
    }
}
