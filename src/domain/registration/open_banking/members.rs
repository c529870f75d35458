//! The members of a registration by software statement that a person can edit, as tables.

use serde_json::{Map, Value};

use super::statement::SoftwareStatement;
use crate::domain::config::Environment;

/// A member of a request that is not client metadata of every server. Its name is the `id` of its input in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoftwareMember {
    /// As it is sent.
    pub name: &'static str,
    /// For people.
    pub label: &'static str,
    /// How it is typed.
    pub kind: MemberKind,
    /// What stands there first.
    pub preset: Preset,
}

/// How a member is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// As a text; empty means that it is left out.
    Text,
    /// As one of these, or something else; empty means that it is left out.
    Choice(&'static [&'static str]),
    /// As a switch, which is always sent: to some servers an absent one means `false`.
    Flag,
}

/// What stands in a member first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing.
    Empty,
    /// Always this.
    Text(&'static str),
    /// On, or off.
    Flag(bool),
    /// The algorithm that the environment prefers.
    Algorithm,
    /// What the environment says of `aud`.
    Audience,
    /// `software_id` of the statement.
    SoftwareId,
    /// The name in the statement, as the server takes names.
    ClientName,
    /// Where the statement says that the keys of the software are.
    KeysAddress,
}

const fn text(name: &'static str, label: &'static str, preset: Preset) -> SoftwareMember {
    SoftwareMember { name, label, kind: MemberKind::Text, preset }
}

const fn choice(
    name: &'static str,
    label: &'static str,
    choices: &'static [&'static str],
    preset: Preset,
) -> SoftwareMember {
    SoftwareMember { name, label, kind: MemberKind::Choice(choices), preset }
}

const fn flag(name: &'static str, label: &'static str, on: bool) -> SoftwareMember {
    SoftwareMember { name, label, kind: MemberKind::Flag, preset: Preset::Flag(on) }
}

/// What is signed, by a server or a client.
const SIGNING: &[&str] = &["PS256", "ES256", "RS256"];

const ISSUER: SoftwareMember = text("iss", "Issuer (`iss`)", Preset::SoftwareId);
const AUDIENCE: SoftwareMember = text("aud", "Audience (`aud`)", Preset::Audience);
const SCOPE: SoftwareMember = text("scope", "Scope", Preset::Empty);
const SOFTWARE_ID: SoftwareMember = text("software_id", "Software ID", Preset::SoftwareId);
const APPLICATION_TYPE: SoftwareMember = choice(
    "application_type",
    "Kind of application",
    // OpenID Connect Registration, 2 has native; Open Banking has mobile in its place.
    &["web", "mobile", "native"],
    Preset::Text("web"),
);
const ASSERTIONS: SoftwareMember =
    choice("token_endpoint_auth_signing_alg", "Assertions are signed with", SIGNING, Preset::Algorithm);
const SUBJECT: SoftwareMember =
    text("tls_client_auth_subject_dn", "Subject of the certificate", Preset::Empty);
const ID_TOKENS: SoftwareMember =
    choice("id_token_signed_response_alg", "ID tokens are signed with", SIGNING, Preset::Algorithm);
const ID_TOKEN_KEYS: SoftwareMember = choice(
    "id_token_encrypted_response_alg",
    "Keys of ID tokens are encrypted with",
    &["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES"],
    Preset::Empty,
);
const ID_TOKEN_CONTENT: SoftwareMember = choice(
    "id_token_encrypted_response_enc",
    "ID tokens are encrypted with",
    &["A256GCM", "A128CBC-HS256"],
    Preset::Empty,
);
const REQUEST_OBJECTS: SoftwareMember =
    choice("request_object_signing_alg", "Request objects are signed with", SIGNING, Preset::Algorithm);

/// For a gateway of open banking, in the order of the page.
pub(in crate::domain::registration) static OPEN_BANKING: &[SoftwareMember] = &[
    ISSUER,
    AUDIENCE,
    SCOPE,
    SOFTWARE_ID,
    APPLICATION_TYPE,
    ASSERTIONS,
    SUBJECT,
    ID_TOKENS,
    ID_TOKEN_KEYS,
    ID_TOKEN_CONTENT,
    REQUEST_OBJECTS,
];

/// For the Identity Server, in the order of the page.
pub(in crate::domain::registration) static IDENTITY_SERVER: &[SoftwareMember] = &[
    ISSUER,
    AUDIENCE,
    SCOPE,
    SOFTWARE_ID,
    text("ext_application_display_name", "Name for people", Preset::ClientName),
    APPLICATION_TYPE,
    text("jwks_uri", "Address of the keys", Preset::KeysAddress),
    choice("token_type_extension", "Kind of access token", &["JWT", "Default"], Preset::Text("JWT")),
    ASSERTIONS,
    SUBJECT,
    ID_TOKENS,
    ID_TOKEN_KEYS,
    ID_TOKEN_CONTENT,
    REQUEST_OBJECTS,
    flag("token_endpoint_allow_reuse_pvt_key_jwt", "An assertion may be used again", false),
    flag("tls_client_certificate_bound_access_tokens", "Tokens are bound to the client certificate", true),
    flag("require_signed_request_object", "Request objects must be signed", true),
];

/// What stands in each member first.
#[must_use]
pub fn presets(
    members: &[SoftwareMember],
    statement: &SoftwareStatement,
    environment: &Environment,
    client_name: &str,
) -> Map<String, Value> {
    let rules = &environment.signed_request;
    let value = |preset: Preset| -> Value {
        match preset {
            Preset::Empty => String::new(),
            Preset::Text(text) => text.to_owned(),
            Preset::Flag(on) => return Value::Bool(on),
            Preset::Algorithm => {
                rules.algorithms.first().map(|algorithm| algorithm.name()).unwrap_or_default().to_owned()
            }
            Preset::Audience => rules.audience.clone().unwrap_or_default(),
            Preset::SoftwareId => statement.software_id.clone(),
            Preset::ClientName => client_name.to_owned(),
            Preset::KeysAddress => statement.keys.software.clone().unwrap_or_default(),
        }
        .into()
    };
    members.iter().map(|member| (member.name.to_owned(), value(member.preset))).collect()
}
