//! Words about software statements and signed registration requests.

/// Heading of the part.
pub const TITLE: &str = "Software statement";
/// Below it.
pub const LEAD: &str = "The directory vouches for your software with it. What it says stands in the parts below, and can be changed where the bank allows it.";
/// Below its field.
pub const HINT: &str = "Paste it, or drop its file here. A whole registration request does, too.";
/// Inside its empty field.
pub const PLACEHOLDER: &str = "eyJhbGciOiJQUzI1NiIs…";
/// Opens the dialog for files.
pub const FILE: &str = "Choose a file";
/// Announced when a statement was read.
pub const READ: &str = "The statement was read. What it says is filled in below.";
/// ID of the organisation.
pub const ORGANISATION: &str = "Organisation ID";
/// ID of the software.
pub const SOFTWARE: &str = "Software ID";
/// When one of the two is missing.
pub const IDS_MISSING: &str = "Enter both IDs. The directory shows them beside your software.";
/// Before the button that makes software for trying.
pub const TRIAL_LEAD: &str = "No software in the directory yet? It makes some for trying, with the key that signs here. Without one, a key is made first.";
/// A name for software that is made for trying.
pub const TRIAL_NAME: &str = "Trial application";
/// A redirect URI for software that is made for trying.
pub const TRIAL_REDIRECT: &str = "https://app.example.com/callback";
/// Opens the statement in the Inspector.
pub const INSPECT: &str = "Open in the Inspector";
/// The folds with the layers.
pub const HEADER: &str = "Header, as the directory signed it";
/// The same for the claims.
pub const CLAIMS: &str = "All claims";
/// When a statement names no roles.
pub const NONE_NAMED: &str = "None named";
/// When it does not say when it was made.
pub const NO_TIME: &str = "It does not say when";
/// Not verified.
pub const NOT_VERIFIED: &str = "Its signature is not checked here. The Inspector does that with the keys of the directory; the bank does it in any case.";
/// Heading of who signs.
pub const SIGNING: &str = "Key that signs";
/// The choice below it.
pub const SIGNED_WHERE: &str = "Where the request is signed";
/// Signed with a key of this tab.
pub const HERE: &str = "Signed here";
/// Signed by somebody else.
pub const ELSEWHERE: &str = "Signed elsewhere";
/// What signing elsewhere means.
pub const ELSEWHERE_TEXT: &str = "For keys in a vault or on another computer. The review below shows exactly what to sign, and takes the signature. Here is the public half, so that the signature can be checked before anything is sent.";
/// The field for the public half.
pub const PUBLIC: &str = "Public key";
/// Below it.
pub const PUBLIC_HINT: &str = "JSON Web Key, key set, PEM or certificate.";
/// When it is missing.
pub const PUBLIC_MISSING: &str = "Paste the public half of the key that signs elsewhere.";
/// The field for the name of the key.
pub const KID: &str = "Key ID (kid)";
/// Below it.
pub const KID_HINT: &str = "As the directory names the key. Left empty, it is the thumbprint.";
/// What publishing does.
pub const PUBLISH_TEXT: &str = "The bank finds the key in the directory. Only the public half is sent.";
/// Before there is a statement.
pub const PUBLISH_NEEDS: &str = "The statement says for which software: get one first.";
/// The fold with the members.
pub const MEMBERS: &str = "All members of the request";
/// What stands in them.
pub const MEMBERS_TEXT: &str =
    "Filled in from the statement and the environment. An empty one is left out of the request.";
/// Puts back what the statement and the environment say.
pub const MEMBERS_RESET: &str = "Take back what was changed";
/// An entry that leaves a member out.
pub const LEFT_OUT: &str = "Left out";
/// The field for the lifetime.
pub const LIFETIME: &str = "Valid for, in seconds";
/// When that is no number.
pub const LIFETIME_WRONG: &str = "Write how long the request is valid: 10 to 86400 seconds.";
/// The user who may register.
pub const USER_HEADING: &str = "Who registers";
/// When one is missing.
pub const USER_MISSING: &str = "Enter user name and password of somebody who may register.";
/// What is said of the request.
pub const FINDINGS: &str = "What a bank would refuse";
/// Below the request.
pub const MADE_AT_SEND: &str =
    "`iat`, `exp` and `jti` are made anew at the moment of sending, and the signature with them.";
/// Heading of the signature.
pub const SIGNATURE: &str = "Signature";
/// Before it is prepared.
pub const PREPARE_TEXT: &str = "First the request is fixed, with its time and its number. From then on it can be signed until it ends. If the form changes, it is fixed anew.";
/// Fixes the request.
pub const PREPARE: &str = "Fix the request for signing";
/// Fixes it again.
pub const PREPARE_AGAIN: &str = "Fix it anew";
/// What is signed.
pub const INPUT: &str = "What to sign";
/// Beside it.
pub const INPUT_TEXT: &str =
    "Sign exactly these characters, without a line break at the end. The file has none.";
/// The field for the signature.
pub const SIGNATURE_FIELD: &str = "Signature made elsewhere";
/// Below it.
pub const SIGNATURE_HINT: &str =
    "Base64, Base64url or hexadecimal digits; for ES256 also DER, as OpenSSL makes it.";
/// Checks it.
pub const CHECK: &str = "Check the signature";
/// When it is right.
pub const CHECKED: &str = "The signature is right. The request can be sent once, until it ends.";
/// When the form has changed since.
pub const CHANGED: &str = "The form has changed since then. Fix the request anew, and have it signed again.";
/// When it has ended.
pub const ENDED: &str = "The request has ended. Fix it anew, and have it signed again.";
/// When it is missing at the moment of sending.
pub const SIGNATURE_MISSING: &str =
    "Have the request signed: the review shows what to sign, and takes the signature.";
/// After it was published.
#[must_use]
pub fn published(host: &str, kid: &str) -> String {
    format!("Published at {host} as `{kid}`.")
}

/// The button that gets a statement.
#[must_use]
pub fn get_at(host: &str) -> String {
    format!("Get it from {host}")
}

/// The button that makes software.
#[must_use]
pub fn make_at(host: &str) -> String {
    format!("Make software at {host}")
}

/// The button that publishes a key.
#[must_use]
pub fn publish_at(directory: &str, host: &str) -> String {
    format!("Publish the key at {directory} ({host})")
}

/// Announced when a directory made software.
#[must_use]
pub fn made(directory: &str) -> String {
    format!("{directory} made software for trying. Its statement is filled in.")
}

/// Above the findings.
#[must_use]
pub fn found(stop: usize, warn: usize) -> String {
    let errors = super::count(stop, "error", "errors");
    let warnings = super::count(warn, "warning", "warnings");
    match (stop, warn) {
        (0, 0) => "Nothing is seen that a bank would refuse.".to_owned(),
        (0, _) => format!("{warnings}: the request can be sent, and may be refused."),
        (_, 0) => format!("{errors}: the bank would refuse the request like this."),
        _ => {
            format!("{errors} and {}: the bank would refuse the request like this.", warnings.to_lowercase())
        }
    }
}

/// Products whose scopes the statement does not allow.
#[must_use]
pub fn beyond(scopes: &[String], roles: &[String]) -> String {
    let list = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let roles = if roles.is_empty() { "no role".to_owned() } else { list(roles) };
    format!("The statement names {roles}. That does not allow {}.", list(scopes))
}

/// The button that takes a name which the server takes.
#[must_use]
pub fn take_name(name: &str) -> String {
    format!("Take {name}")
}

/// Below the lifetime.
#[must_use]
pub fn lifetime_hint(usual: i64) -> String {
    format!("Left empty, it is {usual}. Longer if the signature is made elsewhere.")
}

/// How long a request can still be sent.
#[must_use]
pub fn left(time: &str) -> String {
    format!("It can be signed and sent for another {time}.")
}

/// What names this server takes.
pub const NAME_RULE: &str =
    "This server takes letters of the English alphabet, digits, `.`, `-` and `_` in a name, and no spaces.";
/// The claims of a signed request.
pub const REQUEST_CLAIMS: &str = "Claims of the request";
