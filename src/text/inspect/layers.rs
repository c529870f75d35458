//! Words of the inspector about requests, the statements in them and what authorities allowed.

use crate::domain::inspect::words::shortened;

/// The button that fetches the keys of a directory.
#[must_use]
pub fn fetch_directory_keys(host: &str) -> String {
    format!("Fetch the directory's keys from {host}")
}

/// The button that fetches the keys that a statement names.
#[must_use]
pub fn fetch_software_keys(host: &str) -> String {
    format!("Fetch the software's keys from {host}")
}

/// An address that the page does not ask.
#[must_use]
pub fn not_asked(address: &str) -> String {
    let address = shortened(address, 120);
    format!("The keys of the software are at `{address}`. This is not https, so the page does not ask it.")
}

/// What became of the signature that vouches for claims.
#[must_use]
pub fn vouched_for(title: &str) -> String {
    format!("Not signed itself, vouched for by the statement. {title}")
}

/// Heading of what the layers say about the same things.
pub const BETWEEN: &str = "Between the layers";
/// Head of the column with the names.
pub const MEMBER: &str = "Member";
/// Head of the column with the verdicts.
pub const VERDICT: &str = "Verdict";

/// What a table of two layers is about.
#[must_use]
pub fn between(above: &str, below: &str) -> String {
    format!("{above} and {}", below.to_lowercase())
}

/// How many things do not go together.
#[must_use]
pub fn contradictions(count: usize) -> String {
    match count {
        0 => "Nothing contradicts".to_owned(),
        count => crate::text::count(count, "contradiction", "contradictions"),
    }
}

/// Who allowed it.
pub const AUTHORITY: &str = "Authority";
/// The number of the organisation there.
pub const REGISTERED_AS: &str = "Registered as";
/// Whether the organisation may act.
pub const STATUS: &str = "Status";
