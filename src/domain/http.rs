//! Requests and answers as values. A request exists, can be shown and can be copied before anything is sent.

pub mod paste;
pub mod render;
mod retry;
mod secrets;

pub use secrets::Needed;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::domain::{
    secret::Secret,
    url::{self, percent_encode},
};

/// The four methods the portal uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; never changes anything.
    Get,
    /// Creates, or asks for a token.
    Post,
    /// Replaces a whole document.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// As it stands in the request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Reads a method of the catalogue; `None` for what the portal does not send.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Delete].into_iter().find(|m| m.as_str() == text)
    }
}

/// A piece of a header value or body: either plain, or a secret with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Can be shown to anybody.
    Plain(String),
    /// Shown as its label until the partner asks to see it.
    Hidden {
        /// What it is, in words: "initial access token".
        label: &'static str,
        /// Name of the shell variable that stands for it in curl: `INITIAL_ACCESS_TOKEN`.
        variable: &'static str,
        /// The secret as it is sent (already encoded where the place demands it).
        value: Secret,
    },
    /// The credentials of HTTP Basic (RFC 7617).
    Basic {
        /// The client ID, or a user name.
        user: String,
        /// The client secret, or a password.
        password: Secret,
        /// Whose they are.
        owner: Owner,
    },
}

/// Whose credentials travel by HTTP Basic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A client's: both halves are form-encoded first (RFC 6749, 2.3.1).
    Client,
    /// A person's: they go as they are (RFC 7617, 2).
    Person,
}

impl Owner {
    fn written(self, text: &str) -> String {
        match self {
            Self::Client => percent_encode(text),
            Self::Person => text.to_owned(),
        }
    }

    /// What the pair is called in a block of code.
    fn label(self) -> &'static str {
        match self {
            Self::Client => "client ID and secret in Base64",
            Self::Person => "user name and password in Base64",
        }
    }

    /// Name of the shell variable that stands for the password.
    fn variable(self) -> &'static str {
        match self {
            Self::Client => "CLIENT_SECRET",
            Self::Person => "PASSWORD",
        }
    }
}

impl Part {
    /// What goes over the wire.
    fn reveal(&self) -> Secret {
        match self {
            Self::Plain(text) => Secret::new(text.clone()),
            Self::Hidden { value, .. } => value.clone(),
            Self::Basic { user, password, owner } => {
                let pair =
                    Secret::new(format!("{}:{}", owner.written(user), owner.written(password.expose())));
                Secret::new(STANDARD.encode(pair.expose()))
            }
        }
    }
}

/// A text that may hold secrets, each known by name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Part>);

impl Text {
    /// Without secrets.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Part::Plain(text.into())])
    }

    /// Appends a plain piece.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Plain(text.into()));
        self
    }

    /// Appends a secret.
    #[must_use]
    pub fn hidden(mut self, label: &'static str, variable: &'static str, value: Secret) -> Self {
        self.0.push(Part::Hidden { label, variable, value });
        self
    }

    /// `Bearer` and a token (RFC 6750, 2.1).
    #[must_use]
    pub fn bearer(label: &'static str, variable: &'static str, token: &Secret) -> Self {
        Self::plain("Bearer ").hidden(label, variable, token.clone())
    }

    /// `Basic` and the encoded pair (RFC 6749, 2.3.1; RFC 7617).
    #[must_use]
    pub fn basic(owner: Owner, user: &str, password: &Secret) -> Self {
        Self(vec![
            Part::Plain("Basic ".to_owned()),
            Part::Basic { user: user.to_owned(), password: password.clone(), owner },
        ])
    }

    /// The text that goes over the wire.
    #[must_use]
    pub fn reveal(&self) -> Secret {
        let mut out = String::new();
        for part in &self.0 {
            out.push_str(part.reveal().expose());
        }
        Secret::new(out)
    }
}

/// An HTTP request before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// GET, POST, PUT or DELETE.
    pub method: Method,
    /// Absolute URL. Never holds a secret.
    pub url: String,
    /// In the order they are shown.
    pub headers: Vec<(&'static str, Text)>,
    /// Whether the server asks for a client certificate in the TLS handshake: curl then names its files.
    pub client_certificate: bool,
    /// The body, if there is one; its media type stands in the headers.
    pub body: Option<Text>,
}

impl Request {
    /// A request that accepts JSON (servers answer errors as HTML otherwise).
    #[must_use]
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: vec![("Accept", Text::plain("application/json"))],
            client_certificate: false,
            body: None,
        }
    }

    /// For a server that asks for a client certificate, or not.
    #[must_use]
    pub fn with_certificate(mut self, asked: bool) -> Self {
        self.client_certificate = asked;
        self
    }

    /// Whether a page cannot send it: which client certificate a browser shows is not the page's to say, and a preflight
    /// carries none (Fetch, 3.3.6). On the page's own origin a prefix may hold the certificate.
    #[must_use]
    pub fn needs_other_hands(&self, page_origin: &str) -> bool {
        self.client_certificate && url::origin(&self.url).as_deref() != Some(page_origin)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: Text) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sets body and media type.
    #[must_use]
    pub fn body(self, media_type: &str, body: Text) -> Self {
        let mut request = self.header("Content-Type", Text::plain(media_type));
        request.body = Some(body);
        request
    }
}

/// An answer, whatever its status.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// What the browser lets the page see, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text. It may hold secrets: only readers that lift them out may look at it.
    pub body: String,
    /// From sending to the last byte, in milliseconds.
    pub elapsed_ms: u32,
}

impl std::fmt::Debug for Response {
    /// Without headers and body: both may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("bytes", &self.body.len()).finish()
    }
}

impl Response {
    /// Whether the status is 200 to 299.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of a header, by lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer to read. The browser tells a page no more than this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `fetch` threw: no connection, or an answer that the page may not read (CORS). Cannot be told apart here.
    Blocked,
    /// The device says it is offline; nothing was sent.
    Offline,
    /// No answer within so many milliseconds. The request may have been carried out.
    Timeout {
        /// How long the portal waited.
        after_ms: u32,
    },
    /// The server wants a client certificate, and a page cannot choose one; nothing was sent.
    ClientCertificate,
    /// The server answered with a redirect, which the portal never follows.
    Redirected,
    /// The page's own Content-Security-Policy does not list this origin.
    ContentSecurityPolicy {
        /// The origin that is missing in `connect-src`.
        origin: String,
    },
    /// The answer is larger than the portal reads.
    TooLarge {
        /// The limit in bytes.
        limit: u32,
    },
}
