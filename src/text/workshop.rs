//! Words of the Workshop.

use crate::domain::{certificate::Stage, time};

/// Title of the page.
pub const TITLE: &str = "Workshop";
/// Lead below it.
pub const LEAD: &str =
    "Make keys, certificates and signed assertions in this browser. Nothing here is sent anywhere.";

/// Heading of the certificate.
pub const CERTIFICATE: &str = "Certificate";
/// The two forms.
pub const REQUEST: &str = "Signing request (CSR)";
/// The other one.
pub const SELF_SIGNED: &str = "Self-signed";
/// What is made, read out only.
pub const FORM: &str = "What is made";
/// The preset.
pub const PRESET: &str = "Subject preset";
/// Alternative names.
pub const NAMES: &str = "Names in the certificate (SAN)";
/// Below them.
pub const NAMES_HINT: &str = "Hosts, IP addresses, URIs or e-mail addresses, one a line.";
/// What the key may do.
pub const USAGES: &str = "Key usage";
/// How long it lives.
pub const DAYS: &str = "Valid for days";
/// Below it.
pub const DAYS_HINT: &str = "From now on, at most 3,650.";
/// Roles of a payment service provider.
pub const ROLES: &str = "Roles";
/// The authority.
pub const AUTHORITY: &str = "Authority";
/// Its identifier.
pub const AUTHORITY_ID: &str = "Identifier of the authority";
/// Below it.
pub const AUTHORITY_ID_HINT: &str = "Country and authority, for example GB-FCA.";
/// Makes a request.
pub const MAKE_REQUEST: &str = "Make the signing request";
/// Makes a certificate.
pub const MAKE_CERTIFICATE: &str = "Make the certificate";
/// Without a key.
pub const NO_KEY: &str = "Make or load a key pair above first: it signs this.";
/// Before there is one.
pub const NO_CERTIFICATE: &str = "Nothing made yet";
/// What will be there.
pub const NO_CERTIFICATE_TEXT: &str = "It is signed with the key above and never leaves this page by itself.";
/// It is of the key above.
pub const MATCHES: &str = "Matches the key above";
/// It is of another key.
pub const MATCHES_NOT: &str = "Belongs to another key than the one above";
/// Something was changed after it was made.
pub const MATCHES_OLD: &str = "Made with an earlier key";

/// Heading of the reader.
pub const READ: &str = "Read a certificate";
/// The field.
pub const READ_FIELD: &str = "Certificate, chain or request";
/// Below it.
pub const READ_HINT: &str =
    "PEM or Base64, also a bundle (PKCS #7), in any order. A private key does not belong here.";
/// Reads it.
pub const READ_IT: &str = "Read it";

/// Heading of the assertion.
pub const ASSERTION: &str = "Assertion";
/// Client authentication.
pub const CLIENT: &str = "Client assertion";
/// The grant.
pub const GRANT: &str = "JWT bearer grant";
/// The choice, read out only.
pub const KIND: &str = "What is signed";
/// The header type.
pub const TYP: &str = "Header type (typ)";
/// How long it lives.
pub const LIFETIME: &str = "Lifetime in seconds";
/// More claims.
pub const MORE: &str = "More claims";
/// Below them.
pub const MORE_HINT: &str =
    "A JSON object. What a bank wants beyond RFC 7523, for example {\"scope\": \"loans\"}.";
/// Before one is signed.
pub const NO_ASSERTION: &str = "Nothing signed yet";
/// What will be there.
pub const NO_ASSERTION_TEXT: &str = "The assertion, its form body and a curl command appear here. Each signature has a new jti, so that a server takes it once.";
/// Below the thumbprint of a certificate.
pub const X5T_HINT: &str = "The thumbprint of the certificate that the bank knows, if it wants one in the header. Read a certificate below to get it.";
/// Below the fields, while the clock of the server is not that of this computer.
#[must_use]
pub fn skew(seconds: i64) -> String {
    let (amount, way) = (time::length(seconds.abs()), if seconds > 0 { "behind" } else { "ahead of" });
    format!(
        "This computer’s clock is {amount} {way} the server’s. Servers refuse assertions that begin in the future or have ended: set the clock."
    )
}

/// What a claim is for.
#[must_use]
pub fn claim(name: &str, grant: bool) -> &'static str {
    match (name, grant) {
        ("iss", false) => "Your client ID",
        ("iss", true) => "Who signs: usually your client ID or consumer key",
        ("sub", false) => "The same client ID",
        ("sub", true) => "For whom: a user, or your client ID",
        ("aud", _) => "The issuer, one string. Older servers want the token endpoint",
        ("exp", _) => "Short: a minute is enough",
        ("jti", _) => "New each time. A second use is refused",
        _ => "",
    }
}

/// Why a claim must not be empty.
#[must_use]
pub fn claim_missing(name: &str) -> String {
    format!("{name} is missing: servers refuse an assertion without it (RFC 7523, 3).")
}

/// More claims that are none.
pub const MORE_WRONG: &str = "Write one JSON object, for example {\"scope\": \"loans\"}.";
/// A lifetime that is none.
pub const LIFETIME_WRONG: &str = "Write seconds, from 1 to 86400.";
/// Days that are none.
pub const DAYS_WRONG: &str = "Write a number of days.";

/// The button that signs.
#[must_use]
pub fn sign_with(thumbprint: &str) -> String {
    let short: String = thumbprint.chars().take(8).collect();
    format!("Sign with {short}")
}

/// Above the assertion.
#[must_use]
pub fn signed(algorithm: &str, left: i64) -> String {
    if left > 0 {
        format!("Signed, {algorithm}, valid for {}", time::length(left))
    } else {
        format!("Signed, {algorithm}, expired: sign again")
    }
}

/// Where in its life a certificate is.
#[must_use]
pub fn stage(stage: Stage, not_before: i64, not_after: i64) -> String {
    let (start, end) = (time::date_time(not_before), time::date_time(not_after));
    match stage {
        Stage::NotYet => format!("Not valid before {start}"),
        Stage::Good => format!("Valid until {end}"),
        Stage::EndsSoon => format!("Ends soon: {end}"),
        Stage::Expired => format!("Expired on {end}"),
    }
}
