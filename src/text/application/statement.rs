//! Words of a change to a registration by software statement.

/// On the fold with the other members.
pub const OTHER_MEMBERS: &str = "Every other member of the request";
/// The button that makes a command.
pub const MAKE_COMMAND: &str = "Make the command";
/// Above it.
pub const COMMAND_IS_MADE: &str = "The request says when it was made, and has an ID that servers take once. So the command is made when you ask for it.";

/// On the button that asks a directory for a newer statement.
#[must_use]
pub fn newer_statement(host: &str) -> String {
    format!("Get a newer one from {host}")
}

/// What a statement says, below its field.
#[must_use]
pub fn statement_says(software: &str, issuer: Option<&str>, issued: &str) -> String {
    let by = issuer.map(|issuer| format!(" by {issuer}")).unwrap_or_default();
    let when = if issued.is_empty() { String::new() } else { format!(", issued {issued}") };
    format!("For the software {software}{by}{when}. Paste a newer one to send that.")
}

/// Which key signs.
#[must_use]
pub fn signed_by(algorithm: &str, kid: &str) -> String {
    format!("Signed with {algorithm} and the key `{kid}`.")
}

/// Whether it can.
#[must_use]
pub fn signer_here(here: bool) -> &'static str {
    if here { "It is in this tab." } else { "Its private half is not in this tab." }
}

/// Below a field that takes a few known values.
#[must_use]
pub fn usually(choices: &[&str]) -> String {
    format!("Usually {}.", choices.join(", "))
}

/// Until when a command is good.
#[must_use]
pub fn command_ends(clock: &str) -> String {
    format!("The server takes it until {clock}, and once.")
}
