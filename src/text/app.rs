//! Words of the frame around the pages.

use crate::domain::route::{Route, Tab};

/// Title of a page, before the name of the portal. `name` is the name of the application or product it shows.
#[must_use]
pub fn title(route: &Route, name: Option<&str>) -> String {
    let of = |what: &str| name.map_or_else(|| what.to_owned(), |name| format!("{name}: {what}"));
    match route {
        Route::Home => "Applications".to_owned(),
        Route::NewApplication { .. } => "New application".to_owned(),
        Route::Application { tab, .. } => of(match tab {
            Tab::Overview => "overview",
            Tab::Registered => "registered",
            Tab::Change => "change",
            Tab::Credentials => "credentials",
            Tab::Token => "token",
            Tab::History => "history",
        }),
        Route::Inspect => "Inspect".to_owned(),
        Route::SignedIn => "Signing in".to_owned(),
        Route::Workshop => "Workshop".to_owned(),
        Route::Products { id: None } => "Products".to_owned(),
        Route::Products { id: Some(_) } => name.unwrap_or("Products").to_owned(),
        Route::Settings => "Settings".to_owned(),
        Route::AddEnvironment => "Add an environment".to_owned(),
        Route::SelfCheck { .. } => {
            name.map_or_else(|| "Self-check".to_owned(), |name| format!("{name}: self-check"))
        }
        Route::Unknown { .. } => "No such page".to_owned(),
    }
}

/// At the foot of the navigation when everything is stored.
pub const STORED: &str = "Kept in this browser, encrypted";
/// At the foot of the navigation when a passphrase locks the vault and it is open.
pub const VAULT_OPEN: &str = "Vault open";
/// At the foot of the navigation when it is locked.
pub const VAULT_LOCKED: &str = "Vault locked";
/// When it was asked to lock and an answer is still on its way.
pub const VAULT_CLOSING: &str = "Locks when the answer that is on its way is stored";
/// When it locks only by the button.
pub const VAULT_STAYS_OPEN: &str = "Stays open until this tab is closed";

/// When the vault locks by itself.
#[must_use]
pub fn locks_itself_in(seconds: u32) -> String {
    match seconds {
        0..60 => "Locks itself in less than a minute".to_owned(),
        _ => format!("Locks itself in {} min", seconds / 60),
    }
}
/// At the foot of the navigation when nothing is stored.
pub const NOT_STORED: &str = "Nothing is stored";
/// Below [`NOT_STORED`].
pub const NOT_STORED_DETAIL: &str = "Download what you need before you close this tab.";
/// What still works without a network.
pub const OFFLINE: &str =
    "What is kept here can be read, copied and inspected. Nothing can be sent until the network is back.";
/// Headline of an address that leads nowhere.
pub const UNKNOWN_TITLE: &str = "There is no such page";
/// Lead below it.
pub const UNKNOWN_LEAD: &str = "The address may be mistyped, or come from an older version of this portal.";
/// Headline when a configuration file cannot be used.
pub const BROKEN_TITLE: &str = "This portal is not configured correctly";
/// Lead below it.
pub const BROKEN_LEAD: &str = "The operator has to change the files named below and reload the page. No rebuild is needed. What you keep in this browser is untouched.";
/// The button on that page.
pub const BROKEN_RELOAD: &str = "Reload the page";
/// The place of a problem with the file as a whole.
pub const BROKEN_WHOLE: &str = "the whole file";
/// While the whole portal is fetched after a first visit.
pub const OPENING: &str = "Opening the portal";
