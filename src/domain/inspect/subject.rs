//! What is no token, but belongs to tokens: keys, key sets, certificates, an introspection answer, what authorities say.

use super::json::{Document, Node};
use super::kind::Kind;

/// Members of a JWK that hold its secret part (RFC 7518, 6.2.2, 6.3.2 and 6.4.1).
const SECRET_MEMBERS: [&str; 2] = ["d", "k"];

/// What a JSON document is, when it is one of those.
pub(super) fn of_document(document: &Document) -> Option<Kind> {
    let root = document.root()?;
    let keys = match root.get("keys").map(Node::elements) {
        Some(keys) => keys,
        None if root.get("kty").is_some() => root.alone(),
        None => {
            let is_answer = root.get("active").is_some_and(|node| node.type_name() == "boolean");
            return match () {
                () if is_answer => Some(Kind::IntrospectionAnswer),
                () if is_of_authorities(root) => Some(Kind::AuthorityClaims),
                () => None,
            };
        }
    };
    let is_key = |key: Node<'_>| key.get("kty").is_some();
    let is_secret = |key: Node<'_>| SECRET_MEMBERS.iter().any(|name| key.get(name).is_some());
    if keys.iter().any(|key| is_key(key) && is_secret(key)) {
        Some(Kind::PrivateKey)
    } else if root.get("keys").is_none() {
        Some(Kind::PublicKey)
    } else if keys.is_empty() || keys.iter().any(is_key) {
        Some(Kind::KeySet { keys: keys.len() })
    } else {
        None
    }
}

/// Whether an object is what competent authorities allowed an organisation (Open Banking UK).
pub(super) fn is_of_authorities(node: Node<'_>) -> bool {
    let has = |name: &str| node.get(name).is_some();
    has("authorisations") && (has("authority_id") || has("registration_id"))
}

/// What a text in PEM is, by its labels (RFC 7468); a private key outweighs whatever stands beside it.
pub(super) fn of_pem(text: &str) -> Option<Kind> {
    let labels = text.split("-----BEGIN ").skip(1).filter_map(|rest| Some(rest.split_once("-----")?.0));
    let mut kind = None;
    for label in labels {
        let this = match label {
            _ if label.ends_with("PRIVATE KEY") => return Some(Kind::PrivateKey),
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Kind::CertificateRequest,
            _ if label.ends_with("CERTIFICATE") => Kind::Certificate,
            _ if label.ends_with("PUBLIC KEY") => Kind::PublicKey,
            _ => continue,
        };
        kind = kind.or(Some(this));
    }
    kind
}
