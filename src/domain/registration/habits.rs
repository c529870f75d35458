//! What servers of a kind usually do, where a page has to say it or to ask for more.

/// What a registration has to do with software statements (RFC 7591, 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementUse {
    /// Nothing.
    None,
    /// A member of the document holds one.
    Member,
    /// The document is signed by the software, and holds one.
    SignedRequest,
}

/// What servers of a kind usually do, where a page has to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Whether the answer to a read holds the client secret again.
    pub sends_secret_again: bool,
    /// Whether tokens for registration list the origins of pages that may use them, refusals of the registration
    /// endpoint carry no CORS headers, and the settings have the names that Keycloak gives them.
    pub keycloak_cors: bool,
    /// Whether a registration is a developer app: with a description, products that are decided one by one in keys,
    /// and a certificate per key.
    pub developer_apps: bool,
    /// Whether a directory vouches for the software, and how.
    pub software_statement: StatementUse,
    /// Whether a token request by client assertion also names a redirect URI, and the client after the assertion.
    pub redirect_uri_in_token_request: bool,
    /// How a client that waits for approval looks from outside.
    pub waiting: &'static str,
    /// Why a scope that is registered may be missing in a token.
    pub not_granted: &'static str,
}

impl Habits {
    /// Whether a registration rests on a software statement.
    #[must_use]
    pub fn takes_statements(&self) -> bool {
        self.software_statement != StatementUse::None
    }
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            sends_secret_again: false,
            keycloak_cors: false,
            developer_apps: false,
            software_statement: StatementUse::None,
            redirect_uri_in_token_request: false,
            waiting: "The server registered it and then did not let it in: usually a new client waits for approval.",
            not_granted: "The server usually has a rule for that.",
        }
    }
}
