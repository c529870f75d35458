//! What an access token grants, for the table of asked, registered and granted.

use super::json::{Document, Node};
use super::kind::media_type;
use super::times::NumericDate;
use super::{clean, shape};

/// What an access token says it grants. Nothing in it is checked.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AccessToken {
    /// `iss`
    pub issuer: Option<String>,
    /// `sub`
    pub subject: Option<String>,
    /// `azp`, or `client_id` where there is none (RFC 9068, 2.2).
    pub authorized_party: Option<String>,
    /// `aud`, one or many.
    pub audience: Vec<String>,
    /// `scope`, split at spaces (RFC 8693, 4.2), or its elements when a server writes an array.
    pub scopes: Vec<String>,
    /// `realm_access.roles` of Keycloak, or `roles` (RFC 9068, 2.2.3.1).
    pub roles: Vec<String>,
    /// `resource_access` of Keycloak: client and role.
    pub client_roles: Vec<(String, String)>,
    /// `iat` in Unix seconds.
    pub issued_at: Option<i64>,
    /// `exp` in Unix seconds.
    pub expires_at: Option<i64>,
    /// `typ` of the header is `at+jwt` (RFC 9068, 2.1).
    pub is_rfc9068: bool,
}

fn texts(node: Option<Node<'_>>) -> Vec<String> {
    node.map(|node| node.one_or_many().into_iter().map(str::to_owned).collect()).unwrap_or_default()
}

fn text(claims: &Document, name: &str) -> Option<String> {
    claims.text(name).map(str::to_owned)
}

impl AccessToken {
    /// Reads a token; `None` when its claims cannot be read: it is opaque, encrypted or broken.
    #[must_use]
    pub fn read(token: &str) -> Option<Self> {
        let cleaned = clean::clean(token);
        let taken = shape::take(cleaned.token.expose());
        let header = document(&taken.header?.bytes);
        let claims = document(&taken.payload?.bytes);
        claims.root().filter(|root| root.is_complete() && root.type_name() == "object")?;
        Some(Self {
            issuer: text(&claims, "iss"),
            subject: text(&claims, "sub"),
            authorized_party: text(&claims, "azp").or_else(|| text(&claims, "client_id")),
            audience: texts(claims.get("aud")),
            scopes: scopes(&claims),
            roles: roles(&claims),
            client_roles: client_roles(&claims),
            issued_at: NumericDate::read(&claims, "iat").seconds(),
            expires_at: NumericDate::read(&claims, "exp").seconds(),
            is_rfc9068: header.text("typ").is_some_and(|typ| media_type(typ) == "at+jwt"),
        })
    }

    /// Seconds from `iat` to `exp`.
    #[must_use]
    pub fn lifetime(&self) -> Option<i64> {
        self.expires_at?.checked_sub(self.issued_at?)
    }

    /// Whether a role is granted, in the realm or at a client.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|known| known == role)
            || self.client_roles.iter().any(|(_, known)| known == role)
    }
}

fn document(bytes: &[u8]) -> Document {
    Document::read(&String::from_utf8_lossy(bytes))
}

fn scopes(claims: &Document) -> Vec<String> {
    let written = claims.get("scope").or_else(|| claims.get("scp"));
    texts(written).iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect()
}

fn roles(claims: &Document) -> Vec<String> {
    let realm = claims.get("realm_access").and_then(|node| node.get("roles"));
    texts(realm.or_else(|| claims.get("roles")))
}

fn client_roles(claims: &Document) -> Vec<(String, String)> {
    let clients = claims.get("resource_access").map(Node::members).unwrap_or_default();
    let of_client = |name: &str, node: Node<'_>| {
        texts(node.get("roles")).into_iter().map(|role| (name.to_owned(), role)).collect::<Vec<_>>()
    };
    clients.iter().flat_map(|client| of_client(client.name, client.node)).collect()
}
