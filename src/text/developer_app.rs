//! Words about developer apps at a bank's partner portal.

use crate::domain::{
    registration::apigee::{Credential, Status},
    time,
};

/// Heading.
pub const KEYS: &str = "Keys";
/// Below it.
pub const KEYS_TEXT: &str = "App, key and each product in a key are decided on their own. Two keys may work at once: add one, move your program to it, then revoke the old one.";
/// Reads the app.
pub const REFRESH: &str = "Read from the bank";
/// Adds a key.
pub const ADD_KEY: &str = "Add a key";
/// Beside the key that the page uses.
pub const IN_USE: &str = "Used on this page";
/// Takes a key back.
pub const REVOKE: &str = "Revoke this key";
/// Removes a key.
pub const DELETE: &str = "Delete this key";
/// Takes a product out.
pub const TAKE_OUT: &str = "Take out";
/// The list of further products.
pub const ADD_PRODUCT: &str = "Another product";
/// Asks for one.
pub const ASK_FOR_IT: &str = "Ask for it";
/// First words while one waits.
pub const WAITS_LEAD: &str = "An administrator has to approve.";
/// The rest of them.
pub const WAITS: &str = "The bank writes an e-mail to your address when it is decided. This page looks again by itself while you are signed in. Calls with a product that waits are refused, the others work.";
/// Whether there is a certificate.
pub const CERTIFICATE_THERE: &str = "A certificate is registered";
/// The other case.
pub const CERTIFICATE_MISSING: &str = "No certificate is registered: token requests are refused";
/// Registers another one.
pub const REPLACE: &str = "Replace it";
/// Hides the form.
pub const CLOSE: &str = "Later";
/// Where the private key is missing.
pub const KEY_NEEDED: &str =
    "A certificate is signed with the private key of this application, which is not in this tab. Load it.";
/// What the button does.
pub const MAKE_TEXT: &str = "Makes a self-signed certificate of this application’s key for a year, and sends it as Base64 on one line, as the bank asks for it. The private key stays here.";
/// Makes and sends.
pub const MAKE_AND_REGISTER: &str = "Make and register a certificate";
/// Another way.
pub const PASTE_INSTEAD: &str = "Register one that an authority issued";
/// The field.
pub const CERTIFICATE_FIELD: &str = "X.509 certificate";
/// Below it.
pub const CERTIFICATE_HINT: &str =
    "PEM or Base64. It is checked here before it is sent: the key, the dates, RSA.";
/// Sends it.
pub const REGISTER_IT: &str = "Register this certificate";

/// A status of a key.
#[must_use]
pub fn key_status(status: Status) -> &'static str {
    match status {
        Status::Approved => "Key approved",
        Status::Pending => "Key waits",
        Status::Revoked => "Key revoked",
        Status::Other => "Status not known",
    }
}

/// A status of a product in a key.
#[must_use]
pub fn product_status(status: Status) -> &'static str {
    match status {
        Status::Approved => "Approved",
        Status::Pending => "Waiting for approval",
        Status::Revoked => "Refused or revoked",
        Status::Other => "Status not known",
    }
}

/// What an administrator wrote.
#[must_use]
pub fn reason(reason: &str) -> String {
    format!("The bank says: {reason}")
}

/// When a key was made and when it ends.
#[must_use]
pub fn issued(credential: &Credential) -> String {
    let made = credential.issued_at.map(|at| format!("Made {}.", time::date_time(at))).unwrap_or_default();
    let end = match credential.expires_at {
        Some(end) => format!(" Ends {}.", time::date_time(end)),
        None => " It does not expire.".to_owned(),
    };
    format!("{made}{end}")
}
