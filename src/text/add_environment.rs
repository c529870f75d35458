//! Words of the page that adds an environment of this browser.

/// Title.
pub const TITLE: &str = "Add an environment";
/// Lead.
pub const LEAD: &str = "Any server that registers clients as RFC 7591 has it. It is kept in this browser only; the operator can publish the same for everybody.";
/// The field.
pub const ISSUER: &str = "Issuer address";
/// Below it.
pub const ISSUER_HINT: &str = "Portico reads its discovery document and fills in the rest.";
/// The button.
pub const LOOK_UP: &str = "Look up";
/// When there is no address.
pub const NO_ADDRESS: &str =
    "Write the issuer’s address with https://, for example https://login.bank.example/realms/partners.";
/// Goes on without a document.
pub const BY_HAND: &str = "Fill it in by hand";
/// Heading of the ways on.
pub const WAYS: &str = "Ways to go on";
/// First bold words when this site's policy forbids the address.
pub const POLICY_LEAD: &str = "This page may not ask that server.";
/// The way through the policy.
pub const WAY_POLICY: &str = "The operator of this page allows the address";
/// What that takes.
pub const WAY_POLICY_TEXT: &str = "One origin more in connect-src of the Content-Security-Policy that the web server sends. The other server must also let this page read its answers (CORS).";
/// The way through a prefix.
pub const WAY_PREFIX: &str = "The operator of this page passes it on";
/// What that takes.
pub const WAY_PREFIX_TEXT: &str = "A prefix on this site, behind which the web server asks for you: no CORS, no other origin. Write the prefix into the form below when it is there.";
/// The way by hand.
pub const WAY_CURL: &str = "Ask with curl, and paste the answer";
/// What that takes.
pub const WAY_CURL_TEXT: &str = "Needs nobody else. Requests to this environment are then shown as curl, and their answers pasted back in the same way.";
/// Heading of the form.
pub const FORM: &str = "What it is";
/// What stands in the form.
pub const FORM_ASIDE: &str = "As the document says, and yours to change";
/// Heading.
pub const ADDRESSES: &str = "Addresses";
/// Heading.
pub const WAYS_IN: &str = "Registering and tokens";
/// Heading of what an operator publishes.
pub const PIECES: &str = "For the operator";
/// What it is.
pub const PIECES_TEXT: &str = "The same for everybody: into environments of portal.json, and the origins into connect-src. Keep the ID, because what is registered here names it.";
/// When no origin is needed.
pub const NO_ORIGINS: &str = "Nothing: all of it is on this site’s own origin.";
/// Saves it.
pub const SAVE: &str = "Add it";
/// Label of endpoint fields.
pub const FROM_DISCOVERY: &str = "Empty: as the discovery document says.";
/// For endpoints when the document is not read.
pub const NEEDED: &str = "Needed, because the page does not read the discovery document.";
/// Whether the document is read.
pub const DISCOVERY: &str = "Read the discovery document each time";
/// What follows.
pub const DISCOVERY_HINT: &str = "Off where the page may not read it: the addresses below are used.";
/// The prefix.
pub const PREFIX: &str = "Prefix on this site";
/// What it is.
pub const PREFIX_HINT: &str = "Only if the operator of this page has set one up, for example /idp.";
/// The base of calls.
pub const API: &str = "Base address of product calls";
/// What empty means.
pub const API_HINT: &str = "Empty: this site.";
/// Grant types.
pub const GRANTS: &str = "Grant types";
/// What they are.
pub const GRANTS_HINT: &str =
    "What applications are registered with, separated by spaces. Servers support more than they name.";
/// Methods.
pub const METHODS: &str = "Authentication methods to offer";
/// Audience.
pub const AUDIENCE: &str = "Audience of assertions";
/// What it is.
pub const AUDIENCE_HINT: &str = "issuer, token_endpoint, or a value of its own.";
/// Initial access token.
pub const TOKEN: &str = "Initial access token";
/// Dialect.
pub const DIALECT: &str = "Dialect";
/// What the choice of dialect does.
pub const DIALECT_HINT: &str =
    "Whose quirks are known. rfc7591 is the plain standard, for every other server.";

/// What the document says, in one line.
#[must_use]
pub fn found(keycloak: bool, registration: bool, grants: usize) -> String {
    let server = if keycloak { "Keycloak" } else { "An authorization server" };
    let registration = if registration { "registration named" } else { "no registration endpoint named" };
    let grants = match grants {
        0 => "no grant types named".to_owned(),
        1 => "1 grant type".to_owned(),
        count => format!("{count} grant types"),
    };
    format!("{server}, {registration}, {grants}.")
}

/// How it was got, and whether it is about the address that was typed.
#[must_use]
pub fn how(elapsed_ms: Option<u32>, is_the_typed_one: bool, issuer: &str) -> String {
    let how = elapsed_ms
        .map_or_else(|| "Read from what was pasted.".to_owned(), |ms| format!("Answered in {ms} ms."));
    let whose = if is_the_typed_one {
        "The issuer in the document is the one you typed.".to_owned()
    } else {
        format!(
            "The issuer in the document is another one, {issuer}: it stands in the form, because tokens name it."
        )
    };
    format!("{how} {whose}")
}

/// Which origin is not allowed.
#[must_use]
pub fn policy(origin: &str) -> String {
    format!(
        "The Content-Security-Policy of this site does not list {origin} in connect-src, so the browser sent nothing. The environment can be added all the same."
    )
}

/// When it was added.
#[must_use]
pub fn added(name: &str) -> String {
    format!("{name} was added to the environments of this browser.")
}

/// The lines an operator writes for a prefix, beside those of portal.json.
#[must_use]
pub fn nginx(origin: &str, host: &str) -> String {
    format!(
        "# The whole recipe, with the paths to allow: docs/operators.md\nlocation /idp/ {{\n  rewrite ^/idp/(.*)$ /$1 break;\n  proxy_pass {origin};\n  proxy_ssl_server_name on;\n  proxy_ssl_verify on;\n  proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n  proxy_set_header Host {host};\n  proxy_set_header Origin \"\";\n  proxy_set_header Cookie \"\";\n  proxy_set_header Referer \"\";\n  proxy_redirect off;\n  proxy_hide_header Set-Cookie;\n  proxy_hide_header Strict-Transport-Security;\n  proxy_hide_header Content-Security-Policy;\n  proxy_next_upstream off;\n}}"
    )
}
