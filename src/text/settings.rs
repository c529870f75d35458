//! Words of the settings, and of the file with everything.

use crate::{
    browser::{store::Kind, theme::Theme},
    domain::{export::everything::Contents, jose::PublicJwk, time},
};

/// Title of the page.
pub const TITLE: &str = "Settings";
/// Lead below it.
pub const LEAD: &str = "They apply to this browser only.";

/// Heading of the first group.
pub const APPEARANCE: &str = "Appearance";
/// What follows from the choice.
pub const THEME_TEXT: &str = "Follows the system by default";

/// A theme in a word.
#[must_use]
pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// Heading of the second group.
pub const STORED_TITLE: &str = "Data in this browser";
/// What it is about.
pub const STORED_TEXT: &str = "Each record is encrypted with a key that cannot be read out. A browser that clears its site data clears this too.";
/// When there is no store.
pub const NOT_DURABLE: &str = "Nothing is stored";
/// Why there is no passphrase then.
pub const NO_PASSPHRASE: &str = "A passphrase locks what is stored. Here nothing is.";
/// While the store is opened.
pub const OPENING: &str = "Opening the store";
/// While it is counted.
pub const COUNTING: &str = "Counting";
/// The row with the export.
pub const EXPORT_ROW: &str = "Take everything out";
/// What it gives.
pub const EXPORT_ROW_TEXT: &str = "One JSON file, to look at and to have when a browser forgets.";
/// Title of its dialog.
pub const EXPORT_TITLE: &str = "Download everything as a file?";
/// What the dialog does.
pub const EXPORT_ACTION: &str = "Download the file";
/// What to do with the file.
pub const EXPORT_CARE: &str =
    "Whoever has the file can read, change and delete these applications. Keep it where you keep passwords.";
/// When the browser has no way to make a file.
pub const EXPORT_REFUSED: &str = "This browser did not let the page make a file.";
/// The row with the erasing.
pub const ERASE_ROW: &str = "Erase everything";
/// What it means.
pub const ERASE_ROW_TEXT: &str =
    "Applications stay registered at the server. You lose the means to change them here.";
/// Title of its dialog.
pub const ERASE_TITLE: &str = "Erase everything in this browser?";
/// The safe choice.
pub const ERASE_SAFE: &str = "Keep it";
/// What has to be typed.
pub const ERASE_WORD: &str = "erase everything";
/// What is lost, when nobody can look.
pub const ERASE_MEANS_LOCKED: &str = "Everything in the locked vault goes, with its key. Applications stay registered at the server. Without their registration access tokens only the operator can change or delete them.";
/// When it is done.
pub const ERASED: &str = "Everything was erased";

/// What is in the file.
#[must_use]
pub fn export_holds(contents: Contents) -> String {
    let tokens = super::count(
        contents.registration_access_tokens,
        "registration access token",
        "registration access tokens",
    );
    let applications = super::count(contents.applications, "application", "applications").to_lowercase();
    let secrets = match contents.client_secrets {
        0 => "It holds no client secret, because none is kept here.".to_owned(),
        count => {
            let secrets = super::count(count, "client secret", "client secrets");
            format!("{secrets} that you asked to keep {} in it too.", if count == 1 { "is" } else { "are" })
        }
    };
    let verb = if contents.registration_access_tokens == 1 { "stands" } else { "stand" };
    format!("{tokens} of {applications} {verb} in it in clear text. {secrets}")
}

/// What is lost.
#[must_use]
pub fn erase_means(applications: usize) -> String {
    match applications {
        0 => "The draft, the choices and the key go.".to_owned(),
        1 => "One application stays registered at the server. Without its registration access token, which goes now, only the operator can change or delete it.".to_owned(),
        count => format!(
            "{count} applications stay registered at the server. Without their registration access tokens, which go now, only the operator can change or delete them."
        ),
    }
}

/// A kind of record in words.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Applications => "Applications",
        Kind::Drafts => "Drafts",
        Kind::Settings => "Settings",
        Kind::Journal => "Intents written down before a request",
    }
}

/// How much there is of it.
#[must_use]
pub fn amount(count: usize, bytes: u64) -> String {
    match count {
        0 => "None".to_owned(),
        1 => format!("1 record, {}", super::size(bytes)),
        _ => format!("{} records, {}", super::number(count), super::size(bytes)),
    }
}

/// Heading of the third group.
pub const ENVIRONMENTS: &str = "Environments";
/// The raw configuration.
pub const RAW: &str = "Its part of portal.json";

/// Beside one of the file.
pub const FROM_OPERATOR: &str = "From the operator";
/// Beside one of this browser.
pub const ADDED_HERE: &str = "Added here";
/// The fold of one of this browser.
pub const RAW_ADDED: &str = "For the operator, and removing it";
/// Takes one of this browser away.
pub const REMOVE: &str = "Remove";
/// When the operator has the same ID now.
pub const REPLACED: &str = "The operator now publishes an environment of this ID, and that one is used.";
/// Below the field for another one.
pub const ADD_HINT: &str = "The issuer address. Portico reads its discovery document and fills in the rest.";

/// When it is gone.
#[must_use]
pub fn removed(name: &str) -> String {
    format!("{name} removed")
}

/// What goes with it.
#[must_use]
pub fn remove_means(registered: usize) -> String {
    match registered {
        0 => "No application here was registered there.".to_owned(),
        count => format!(
            "{} here, and cannot be used until an environment of the same ID is added again.",
            super::count(count, "application stays", "applications stay")
        ),
    }
}

/// Where they come from.
#[must_use]
pub fn environments_text(count: usize) -> String {
    let come = if count == 1 { "comes" } else { "come" };
    format!(
        "{} {come} from the operator. You can add your own, for example a Keycloak on this computer.",
        super::count(count, "environment", "environments")
    )
}

/// Heading of the last group.
pub const ABOUT: &str = "Help and version";
/// When `portal.json` names nobody.
pub const NO_CONTACT: &str = "The operator has named no contact.";
/// The row with the version.
pub const VERSION: &str = "Portico";

/// Removes a private key.
pub const REMOVE_KEY: &str = "Remove this key";

/// A private key that is kept.
#[must_use]
pub fn kept_key(public: &PublicJwk, made_at: i64) -> String {
    let algorithm = public.alg.as_deref().unwrap_or_default();
    format!(
        "A private key for {algorithm}, kept since {}. It can sign here and cannot be copied.",
        time::date_time(made_at)
    )
}
