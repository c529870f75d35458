//! Words about what ends when.

/// Heading of the panel on the home page.
pub const SOON_TITLE: &str = "Ends soon";
/// Heading of the group in the settings.
pub const TITLE: &str = "What ends when";
/// What the group is about.
pub const TEXT: &str =
    "Client secrets, certificates and tokens that stop working by themselves, as far as the servers say so.";
/// When there is nothing.
pub const NOTHING: &str = "Nothing that this browser knows of has an end.";
/// The row with the calendar file.
pub const CALENDAR_ROW: &str = "Put it into your calendar";
/// What is in the file.
pub const CALENDAR_TEXT: &str = "One file with an event for each, and alarms 90, 60, 30, 15, 7 days and 1 day before. No secret is in it.";
/// The button.
pub const CALENDAR: &str = "Save calendar file";
/// Leads to where something is done about it.
pub const OPEN: &str = "Open credentials";
