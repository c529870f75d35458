//! What proves that a partner may do something to a registration, and by what it is managed later.

use crate::domain::{
    http::{Owner, Text},
    secret::Secret,
};

/// What proves to the backend that this partner may do this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorization {
    /// Open registration.
    None,
    /// From the operator's e-mail (RFC 7591, 1.2). Good for creating only.
    InitialAccessToken(Secret),
    /// From the answer that created the client (RFC 7592, 3). Good for this one client only.
    RegistrationAccessToken(Secret),
    /// The access token of who signed in; what it is good for the backend decides.
    SignIn(Secret),
    /// An access token of the client itself, by client credentials (Open Banking DCR). Good for this one client only.
    ApplicationToken(Secret),
    /// A user of the server, who may register clients (RFC 7617).
    Basic {
        /// User name.
        user: String,
        /// Password. Never stored.
        password: Secret,
    },
}

impl Authorization {
    /// The `Authorization` header, if there is one.
    #[must_use]
    pub fn header(&self) -> Option<Text> {
        let (label, variable, token) = match self {
            Self::None => return None,
            Self::Basic { user, password } => return Some(Text::basic(Owner::Person, user, password)),
            Self::InitialAccessToken(token) => ("initial access token", "INITIAL_ACCESS_TOKEN", token),
            Self::RegistrationAccessToken(token) => {
                ("registration access token", "REGISTRATION_ACCESS_TOKEN", token)
            }
            Self::SignIn(token) => ("access token of your sign-in", "SIGN_IN_TOKEN", token),
            Self::ApplicationToken(token) => ("application token", "APPLICATION_TOKEN", token),
        };
        Some(Text::bearer(label, variable, token))
    }
}

/// How a registration is read, changed and deleted later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Management {
    /// With a registration access token at the registration URI (RFC 7592). `rotates_on_update` says whether an
    /// update answers with a new token and kills the old one.
    RegistrationAccessToken {
        /// Whether the server is known to hand out a new token with every PUT.
        rotates_on_update: bool,
    },
    /// With the access token of who signed in, at the address of the application: it belongs to that person.
    SignIn,
    /// With an access token of the client itself, which it gets by client credentials.
    ApplicationToken,
    /// With user name and password of somebody who may register clients, also for creating one.
    Basic,
}
