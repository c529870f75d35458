//! Credentials as environment variables, under the names that every format here gives them.

use super::{Credentials, Proof};

/// The name of the one that holds the secret.
pub(super) const SECRET: &str = "CLIENT_SECRET";

/// One variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// With what is in it.
    Value(&'static str, String),
    /// [`SECRET`], which each format treats in its own way.
    Secret,
}

/// All of them, in order.
pub(super) fn all(credentials: &Credentials) -> Vec<Setting> {
    let value = |name, value: &str| Setting::Value(name, value.to_owned());
    let mut out = vec![
        value("ISSUER", &credentials.issuer),
        value("TOKEN_URL", &credentials.token_endpoint),
        value("CLIENT_ID", &credentials.client_id),
    ];
    if credentials.proof.takes_secret() {
        out.push(Setting::Secret);
    }
    if let Proof::Key(key) = &credentials.proof {
        out.push(value("PRIVATE_KEY_FILE", &key.file));
        out.extend(key.kid.as_deref().map(|kid| value("KEY_ID", kid)));
        out.push(value("ALGORITHM", key.signs_with().name()));
        out.push(value("AUDIENCE", &key.audience));
    }
    if !credentials.scope.is_empty() {
        out.push(value("SCOPE", &credentials.scope));
    }
    out
}
