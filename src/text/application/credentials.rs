//! Words of the credentials.

use serde_json::Value;

use crate::domain::{
    application::{
        Application, RotationStage,
        history::{Entry, Step},
    },
    time,
};
use crate::state::keys::check::{Found, Pasted};

/// When the secret ends, in a few words.
#[must_use]
pub fn secret_expiry(application: &Application) -> String {
    match application.secret.as_ref().and_then(|note| note.expires_at) {
        Some(0) => "Never".to_owned(),
        Some(end) => time::date(end),
        None => DOES_NOT_SAY.to_owned(),
    }
}

/// Title of the panel where a certificate stands in the place of a secret.
pub const CERTIFICATE: &str = "Client certificate";
/// Label of its subject.
pub const CERTIFICATE_SUBJECT: &str = "Subject the server expects";
/// How it is used.
pub const CERTIFICATE_TEXT: &str = "This application has no secret: it proves itself with its certificate in the TLS connection. A page cannot show a certificate, so tokens are asked for through a prefix of this site that holds it, or with curl --cert and --key. Another certificate with the same subject works at once; another subject is a change of the registration.";

/// The subject of the certificate as registered (RFC 8705, 2.1.2).
#[must_use]
pub fn expected_certificate(application: &Application) -> String {
    let subject = application.registered.get("tls_client_auth_subject_dn").and_then(Value::as_str);
    subject.unwrap_or(DOES_NOT_SAY).to_owned()
}

fn last(application: &Application, now: i64, step: impl Fn(&Entry) -> bool) -> Option<(String, &Entry)> {
    let entry = application.history.iter().rev().find(|entry| step(entry))?;
    Some((time::since(entry.at, now), entry))
}

/// When a token was last asked for.
#[must_use]
pub fn last_token(application: &Application, now: i64) -> String {
    last(application, now, |entry| entry.step == Step::Token)
        .map_or_else(|| "Not yet".to_owned(), |(when, _)| when)
}

/// When the registration access token was last used, and for what.
#[must_use]
pub fn last_managed(application: &Application, now: i64) -> String {
    let managed = |entry: &Entry| matches!(entry.step, Step::Read | Step::Changed | Step::Deleted);
    match last(application, now, managed) {
        Some((when, entry)) => format!("{when}, {}", entry.request_line().unwrap_or_default()),
        None => "Not yet".to_owned(),
    }
}

/// Something is there.
pub const STORED: &str = "Stored, encrypted";
/// Something is not there.
pub const NOT_STORED: &str = "None in this browser";
/// The server is silent about it.
pub const DOES_NOT_SAY: &str = "The server does not say";
/// A server that makes a new token with every update.
pub const ROTATES: &str = "With every update you send";
/// A server that may.
pub const MAY_ROTATE: &str = "When the server sends a new one";
/// What the portal does before an update.
pub const BEFORE_AN_UPDATE: &str = "Before an update goes out, the intent is stored; the answer is stored before it is shown. If the answer is lost, Portico reads the registration and tells you what happened.";
/// On the fold with the field.
pub const ENTER_TOKEN: &str = "Enter another one";
/// Below the field for a registration access token.
pub const TOKEN_ENTRY_HINT: &str = "It is tried with a read before the old one is let go.";
/// When the field is empty.
pub const TOKEN_MISSING: &str = "Paste the registration access token that the operator made.";
/// After it was taken.
pub const TOKEN_TAKEN: &str = "The registration access token works, and is stored.";

/// Below the field in which a secret is checked.
pub const CHECK_HINT: &str = "Compared with a salted digest in this browser. Nothing is sent.";
/// Heading of the panel in which a key is checked.
pub const CHECK_KEY_TITLE: &str = "Check a key or certificate you hold";
/// Its field.
pub const CHECK_KEY_FIELD: &str = "Key or certificate";
/// Below the field.
pub const CHECK_KEY_HINT: &str = "A private or a public key, or a certificate: PEM or JSON Web Key. It is compared with the registered keys in this browser: nothing is kept, and nothing is sent.";
/// When the field is empty.
pub const CHECK_KEY_EMPTY: &str = "Paste a key or a certificate, with its BEGIN and END lines.";

/// Whose it is, and what follows from that.
#[must_use]
pub fn checked_key(found: &Found, sees_keys: bool) -> (String, String) {
    let what = match found.pasted {
        Pasted::PrivateKey => "private key",
        Pasted::PublicKey => "public key",
        Pasted::Request => "certificate request",
        Pasted::Certificate { .. } => "certificate",
    };
    match &found.registered {
        Some(key) => {
            let kid = key.kid.as_deref().map_or_else(|| "one without a key ID".to_owned(), |kid| format!("key ID {kid}"));
            let text = match found.pasted {
                Pasted::PrivateKey => "Your program can sign with it. It was not kept, and not sent.",
                _ => "Nothing was kept, and nothing was sent.",
            };
            (format!("This {what} belongs to a registered key, {kid}."), text.to_owned())
        }
        None if sees_keys => (
            format!("This {what} belongs to none of the registered keys."),
            "A token asked for with it is refused. Look whether the key was replaced, or whether it is of another application.".to_owned(),
        ),
        None => (
            format!("This {what} cannot be compared."),
            "The registered keys stand at an address of yours, and the portal does not read that. Compare the thumbprint with the one there.".to_owned(),
        ),
    }
}
/// It is the one.
pub const CHECK_CURRENT: &str = "This is the current secret.";
/// How that was found out.
pub const CHECK_HOW: &str = "Compared with a salted digest in this browser. Nothing was sent.";
/// It is another.
pub const CHECK_OTHER: &str = "This is not the secret that is on record here.";
/// What that may mean.
pub const CHECK_OTHER_NEXT: &str =
    "Look for spaces and missing characters. If the operator made a new one, a token request will tell.";
/// It cannot be checked.
pub const CHECK_CANNOT: &str = "It cannot be checked on this page.";
/// Why.
pub const CHECK_CANNOT_WHY: &str =
    "The browser gives cryptography to pages on https and on this computer only.";

/// After the registration access token was renewed.
pub const RENEWED: &str =
    "The registration access token was renewed, and the new one is stored. The old one is dead.";

/// Heading of the registered keys.
pub const KEYS: &str = "Registered keys";
/// Brings the private half of one.
pub const LOAD_KEY: &str = "Load a private key";
/// A key without a name.
pub const NO_KID: &str = "no kid";

/// Where the server fetches the keys.
#[must_use]
pub fn keys_at(address: &str) -> String {
    format!("The server fetches the keys from {address}. Which ones it finds there it does not say.")
}

/// Where the private half is: `None` for elsewhere, else whether this browser keeps it.
#[must_use]
pub fn key_here(kept: Option<bool>) -> &'static str {
    match kept {
        Some(true) => "Private half kept in this browser",
        Some(false) => "Private half in this tab",
        None => "Private half not here",
    }
}

/// Heading of the replacement of a key.
pub const ROTATE_TITLE: &str = "Replace the key";
/// What it does.
pub const ROTATE_TEXT: &str = "The new key is registered beside the old one, proved with a token, and only then the old one goes. At no moment neither works, and you can stop after each step.";
/// Begins it.
pub const ROTATE: &str = "Replace the key";
/// Where the keys lie at an address.
pub const ROTATE_AT_ADDRESS: &str = "The server fetches the keys from your address. Publish the new key there beside the old one, wait until the server has fetched it, sign with the new one, and then take the old one out.";
/// Takes the key on the bench.
pub const ROTATE_WITH_THIS: &str = "Replace with this key";
/// When that one is registered.
pub const ROTATE_SAME: &str = "This key is registered already. Make or load another one.";
/// The steps, in order.
pub const ROTATE_STEPS: [&str; 3] =
    ["Registered beside the old key", "Proved with a token", "The old key is taken out"];
/// First step.
pub const ROTATE_ADD: &str = "Register it beside the old one";
/// Second step.
pub const ROTATE_PROVE: &str = "Get a token with the new key";
/// Third step.
pub const ROTATE_FINISH: &str = "Take the old key out";
/// After the third.
pub const ROTATE_CLOSE: &str = "Done";
/// Back to the old one.
pub const ROTATE_GIVE_UP: &str = "Keep the old key";

/// What the next step does.
#[must_use]
pub fn rotate_next(stage: RotationStage) -> &'static str {
    match stage {
        RotationStage::Chosen => "Sends one PUT with both keys. The old one goes on working.",
        RotationStage::Beside => {
            "Sends one token request that the new key signs. Install the new key where your program runs before you go on."
        }
        RotationStage::Proved => {
            "Sends one PUT with the new key alone. From then on signatures of the old key are refused, so every copy of your program must have the new one."
        }
        RotationStage::Finished => "Only the new key is registered.",
    }
}

/// In the form of a change, where products belong to keys.
pub const PRODUCTS_IN_KEYS: &str =
    "Products belong to a key of this app: ask for more, or take one out, under Credentials.";
