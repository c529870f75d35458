//! Words of the self-check.

use crate::domain::self_check::{Counts, SCENARIOS};

/// Title of the page, and of the links to it.
pub const TITLE: &str = "Self-check";
/// The link on Home.
pub const RUN_IT: &str = "Run the self-check";
/// The label before that link.
pub const TEST_ENVIRONMENT: &str = "For testing";

/// Lead below the title.
#[must_use]
pub fn lead(environment: &str) -> String {
    format!(
        "Finds out whether {environment} keeps the rules of client registration: {} checks, one after the other.",
        SCENARIOS.len()
    )
}

/// When there is no such environment.
pub const UNKNOWN: &str = "There is no such environment";
/// What to do then.
pub const UNKNOWN_TEXT: &str = "The address may be old. The environments are in the settings.";
/// When it may not be checked.
pub const REFUSED: &str = "This environment is not checked.";

/// Heading of the first part.
pub const WHAT: &str = "What it does";
/// What it does to the server.
#[must_use]
pub fn registers(host: &str) -> String {
    format!("Registers clients at {host}, right ones and wrong ones, and deletes every one that was taken.")
}
/// What it leaves alone.
pub const LEAVES: &str = "Touches none of your applications, and stores nothing in this browser.";
/// What ends it.
pub const STOPS: &str = "Can be stopped at any time. It then deletes what it has registered, also when you leave this page. Keep the tab open until it says that it is done.";
/// When there is no DELETE.
pub const STAYS: &str =
    "Deleting is not offered here: clients that are registered stay, and are named at the end.";

/// The choice of software.
pub const SOFTWARE: &str = "Software to register";
/// The first card.
pub const MADE: &str = "Made for this check";
/// Below it.
#[must_use]
pub fn made_text(directory: &str) -> String {
    format!("{directory} makes it, with a key that is gone when the check is done.")
}
/// The second card.
pub const OWN: &str = "Your own";
/// Below it.
pub const OWN_TEXT: &str = "Your software statement, and the key that the directory has of it.";
/// The field.
pub const STATEMENT: &str = "Software statement";
/// Below it.
pub const STATEMENT_HINT: &str = "A JWT from the directory. It is not stored.";
/// Without one.
pub const STATEMENT_MISSING: &str = "Paste the software statement.";
/// The list.
pub const KEY: &str = "Signing key";
/// Without any.
pub const NO_KEY: &str =
    "There is no key at hand that fits. Make or load one in the Workshop: it stays in this tab.";
/// The way there.
pub const TO_WORKSHOP: &str = "Open the Workshop";
/// Without a choice.
pub const KEY_MISSING: &str = "Choose the key that signs.";
/// The field.
pub const KID: &str = "Key ID in the directory";
/// Below it.
pub const KID_HINT: &str = "Empty: the thumbprint of the key.";
/// The fold.
pub const FOREIGN_FOLD: &str = "A statement of another directory";
/// The field in it.
pub const FOREIGN: &str = "Statement that the server must refuse";
/// Below it.
pub const FOREIGN_HINT: &str =
    "For P-03. Without one, a copy of the statement is signed with the key of the software.";
/// Beside its label.
pub const OPTIONAL: &str = "Optional";

/// The button.
pub const START: &str = "Start the self-check";
/// Once there was one.
pub const START_AGAIN: &str = "Start again";
/// The other button.
pub const STOP: &str = "Stop and tidy up";
/// While it stops.
pub const STOPPING: &str = "Stopping. What was registered is being deleted.";
/// Before its first request.
pub const PREPARING: &str = "Getting ready: key, statements, addresses.";

/// Heading of the table.
pub const CHECKS: &str = "Checks";
/// The columns.
pub const COLUMNS: [&str; 4] = ["Check", "Verdict", "Asked for", "Came"];

/// Which row runs.
#[must_use]
pub fn running(name: &str, counts: &Counts) -> String {
    let done = SCENARIOS.len().saturating_sub(counts.ahead);
    format!("{name} is running. {done} of {} done.", SCENARIOS.len())
}

/// When it ended by itself.
pub const ENDED: &str = "It ended by itself.";
/// When nothing is wrong.
pub const GREEN: &str = "All rules that could be tried are kept.";
/// When something is.
#[must_use]
pub fn red(failed: usize) -> String {
    let what = super::count(failed, "check", "checks");
    format!("{what} failed.")
}
/// Which ones.
#[must_use]
pub fn failed(names: &[String]) -> String {
    format!("Failed: {}.", names.join(", "))
}
/// When something could not be found out.
pub const OPEN: &str = "Not everything could be tried.";
/// Before the list of clients.
pub const LEFT: &str = "These clients may still be registered:";

/// The fold of a row.
#[must_use]
pub fn exchanges(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}
/// Before what tidies up.
pub const TIDIES: &str = "Tidying up:";
/// The first view of a request.
pub const SENT: &str = "Sent";
/// The second one.
pub const CAME: &str = "Came";
/// An answer without a body.
pub const NO_BODY: &str = "(no body)";

/// Before the downloads.
pub const REPORT: &str = "Report";
/// What is not in it.
pub const REPORT_TEXT: &str = "No token and no secret is in it.";
