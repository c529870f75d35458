//! Words about key pairs: in the Workshop and wherever an application gets one.

use crate::domain::{
    jose::{Algorithm, PublicJwk},
    time,
};

/// Heading of the panel.
pub const TITLE: &str = "Key pair";
/// The choice of an algorithm.
pub const ALGORITHM: &str = "Algorithm";
/// The choice of a size.
pub const SIZE: &str = "Size";
/// The choice among keys at hand.
pub const AT_HAND: &str = "Key at hand";
/// Makes one.
pub const MAKE: &str = "Make a new key pair";
/// Brings one.
pub const LOAD: &str = "Load a key";
/// Keeps one.
pub const KEEP: &str = "Keep it for use in this browser, not exportable again";
/// What keeping means.
pub const KEEP_HINT: &str = "The browser holds it so that it can sign here and nobody can copy it, not even you. It is in no backup, and the passphrase of the vault does not guard it: who can use this browser can sign.";
/// Before there is one.
pub const NONE: &str = "No key pair yet";
/// What will be there.
pub const NONE_TEXT: &str = "Make one, or load your own. It is made by this browser’s own cryptography, and the private half goes nowhere unless you save it.";
/// Above the thumbprint.
pub const THUMBPRINT: &str = "Thumbprint, used as key ID";
/// Opens the command.
pub const PROOF: &str = "Get the same value with openssl";
/// What the command needs.
pub const PROOF_TEXT: &str = "In a shell, beside the saved private key. It reads the public half only.";
/// Saves the private half.
pub const SAVE: &str = "Save private key";
/// The forms it can be saved in.
pub const FORMAT: &str = "Format of the file";
/// The field for the password of a file.
pub const PASSWORD: &str = "Password of the file";
/// Below it.
pub const PASSWORD_HINT: &str =
    "PBES2 with AES-256. OpenSSL and every current library can open it. Portico cannot recover it.";
/// A password that is not one.
pub const PASSWORD_SHORT: &str = "Take at least 8 characters: a file can be tried against a dictionary.";
/// After saving.
pub const SAVED: &str =
    "Saved. This tab can still sign with it; what could be saved is forgotten when you leave this page.";
/// Forgets at once.
pub const FORGET_NOW: &str = "Forget it now";
/// When only the handle is left.
pub const NOT_EXPORTABLE: &str = "The private half can sign here. It can no longer be saved.";
/// When it is kept.
pub const KEPT: &str = "Kept in this browser.";
/// When it is in the tab only.
pub const IN_TAB: &str = "In this tab only.";
/// Removes it.
pub const REMOVE: &str = "Remove";
/// Heading of loading.
pub const LOAD_TITLE: &str = "Load a private key";
/// The field.
pub const LOAD_FIELD: &str = "Private key";
/// Below it.
pub const LOAD_HINT: &str =
    "PEM (PKCS #8, PKCS #1, SEC1) or a JSON Web Key. It stays in this tab and is sent nowhere.";
/// For which algorithm an RSA key is loaded.
pub const LOAD_FOR: &str = "RSA keys sign with";
/// Takes it.
pub const LOAD_IT: &str = "Load this key";
/// Takes a file.
pub const LOAD_FILE: &str = "Choose a file";
/// When the field is empty.
pub const LOAD_EMPTY: &str = "Paste a private key, or choose its file.";
/// Closes it.
pub const CLOSE: &str = "Close";

/// An algorithm with what it is.
#[must_use]
pub fn algorithm(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Es256 => "ES256, elliptic curve P-256",
        Algorithm::Ps256 => "PS256, RSA with PSS",
        Algorithm::Rs256 => "RS256, RSA with PKCS #1 v1.5",
        Algorithm::EdDsa => "EdDSA, Ed25519",
    }
}

/// A size of RSA keys.
#[must_use]
pub fn size(bits: u32) -> String {
    format!("{bits} bits")
}

/// How a key came here.
#[must_use]
pub fn made(at: i64, kept: bool) -> String {
    let kept = if kept { KEPT } else { IN_TAB };
    format!("Since {}. {kept}", time::clock(at))
}

/// A key in a list.
#[must_use]
pub fn in_list(public: &PublicJwk, kept: bool) -> String {
    let kid = public.kid.as_deref().unwrap_or_default();
    let short: String = kid.chars().take(8).collect();
    let kept = if kept { "kept in this browser" } else { "in this tab" };
    format!("{} {short}…, {kept}", public.alg.as_deref().unwrap_or_default())
}
