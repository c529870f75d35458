//! How a client proves who it is, as its files have to say it.

use crate::domain::{
    application::Application,
    config::Environment,
    grant,
    jose::{
        Algorithm,
        assertion::{self, CLIENT_ASSERTION_TYPE, JWT_BEARER_GRANT},
    },
    registration::discovery::Reach,
};

/// `grant_type` of a client that asks for itself (RFC 6749, 4.4.2).
pub(super) const CLIENT_CREDENTIALS: &str = "client_credentials";

/// How the client proves who it is at the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// `client_secret_basic` (RFC 6749, 2.3.1).
    Basic,
    /// `client_secret_post` (RFC 6749, 2.3.1).
    Post,
    /// `private_key_jwt` (OpenID Connect Core, 9).
    Key(Key),
    /// Another method, by its name.
    Other(String),
}

/// The key of a client and the assertions it signs (RFC 7523).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name at the server.
    pub kid: Option<String>,
    /// What it signs with; nothing when the portal does not see the key.
    pub algorithm: Option<Algorithm>,
    /// `aud`.
    pub audience: String,
    /// `typ` of the header; empty means none.
    pub typ: String,
    /// How long an assertion lives, in seconds.
    pub lifetime: i64,
    /// Whether the assertion is a grant of its own (RFC 7523, 2.1) and not the client's authentication.
    pub grant: bool,
    /// The file the private key is in.
    pub file: String,
}

impl Proof {
    /// Of an application. The newest of its keys is the one that signs.
    #[must_use]
    pub fn of(application: &Application, environment: &Environment, reach: &Reach) -> Self {
        match application.method() {
            "client_secret_post" => Self::Post,
            method if grant::takes_secret(method) => Self::Basic,
            _ if application.signs() => {
                let key = application.keys().pop();
                let algorithm = key.as_ref().and_then(|key| {
                    key.alg.as_deref().and_then(Algorithm::parse).or_else(|| key.kind.usual())
                });
                Self::Key(Key {
                    kid: key.and_then(|key| key.kid),
                    algorithm,
                    audience: assertion::audience(environment, reach),
                    typ: environment.assertion_typ.clone(),
                    lifetime: environment.assertion_lifetime,
                    grant: application.grants_by_assertion(),
                    file: format!("{}.pem", super::file_stem(application.name())),
                })
            }
            method => Self::Other(method.to_owned()),
        }
    }

    /// Its name in a registration (RFC 7591, 2).
    #[must_use]
    pub fn method(&self) -> &str {
        match self {
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
            Self::Key(key) if key.grant => "jwt-bearer",
            Self::Key(_) => "private_key_jwt",
            Self::Other(method) => method,
        }
    }

    /// Whether a client secret belongs to it.
    #[must_use]
    pub fn takes_secret(&self) -> bool {
        grant::takes_secret(self.method())
    }
}

impl Key {
    /// The fields of the token request beside the scope, without the assertion, and the name of the field for that.
    pub(super) fn fields(&self) -> (Vec<(&'static str, &'static str)>, &'static str) {
        if self.grant {
            (vec![("grant_type", JWT_BEARER_GRANT)], "assertion")
        } else {
            let fields =
                vec![("grant_type", CLIENT_CREDENTIALS), ("client_assertion_type", CLIENT_ASSERTION_TYPE)];
            (fields, "client_assertion")
        }
    }

    /// What it signs with; the usual one when that is not known.
    pub(super) fn signs_with(&self) -> Algorithm {
        self.algorithm.unwrap_or(Algorithm::Es256)
    }

    /// Lines of comment: what the reader has to do about the key.
    pub(super) fn notes(&self) -> Vec<String> {
        let how = if self.grant { JWT_BEARER_GRANT } else { "private_key_jwt" };
        let mut lines = vec![
            format!("The client proves itself with a private key ({how}). The key is not in this file:"),
            format!("it is read from {}.", super::quote::one_line(&self.file)),
        ];
        if self.algorithm.is_none() {
            lines.push(
                "The portal does not see which key you use: check the key ID and the algorithm.".to_owned(),
            );
        }
        lines
    }
}
