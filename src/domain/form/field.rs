//! The fields of the form, by which a problem finds its place.

/// A field of the form, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The software statement.
    Statement,
    /// Application name.
    Name,
    /// Contact e-mail.
    Contact,
    /// Redirect URIs.
    RedirectUris,
    /// The list of products.
    Products,
    /// The authentication method.
    Method,
    /// The public keys, or the key that signs the request.
    Keys,
    /// `aud` of a registration request.
    Audience,
    /// Subject of the client certificate (RFC 8705, 2.1.2).
    SubjectDn,
    /// Address of the keys of the software.
    KeysAddress,
    /// The initial access token.
    InitialAccessToken,
    /// The sign-in.
    SignIn,
    /// What it is for.
    Description,
}

impl Field {
    /// The `id` of its input in the page.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Statement => "software-statement",
            Self::Audience => "aud",
            Self::SubjectDn => "tls_client_auth_subject_dn",
            Self::KeysAddress => "jwks_uri",
            Self::Name => "name",
            Self::Contact => "contact",
            Self::RedirectUris => "redirect-uris",
            Self::Products => "products",
            Self::Method => "method",
            Self::Keys => "keys",
            Self::InitialAccessToken => "initial-access-token",
            Self::SignIn => "who-is-asking",
            Self::Description => "description",
        }
    }

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Statement => "Software statement",
            Self::Audience => "Audience (`aud`)",
            Self::SubjectDn => "Subject of the certificate",
            Self::KeysAddress => "Address of the keys",
            Self::Name => "Application name",
            Self::Contact => "Contact e-mail",
            Self::RedirectUris => "Redirect URIs",
            Self::Products => "Products",
            Self::Method => "Method",
            Self::Keys => "Keys",
            Self::InitialAccessToken => "Initial access token",
            Self::SignIn => "Sign-in",
            Self::Description => "Description",
        }
    }
}
