//! A refusal: what the server said, and what that means (RFC 6749, 5.2; RFC 7591, 3.2.2).

use serde_json::Value;

use crate::domain::{http::Response, json};

/// An answer that is not the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// `error`, in the words of the server. Some servers put a sentence there.
    pub error: Option<String>,
    /// `error_description`, in the words of the server.
    pub description: Option<String>,
    /// What it means, in a sentence.
    pub meaning: String,
    /// The telling part of the server's own sentence, where it names what ours cannot. Never written anywhere.
    pub quoted: Option<String>,
    /// What to do next, in a sentence.
    pub next: String,
    /// The body as it came, for the fold below the explanation. Always shown as text. Empty for a status that means
    /// success: such a body may hold secrets.
    pub raw: String,
}

impl Refusal {
    /// One line for a history: status and code, without the server's prose.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.error {
            Some(error) if error.len() <= 40 && !error.contains(' ') => format!("{} {error}", self.status),
            _ => self.status.to_string(),
        }
    }

    /// Whether the server's words hold this text.
    #[must_use]
    pub fn mentions(&self, text: &str) -> bool {
        [&self.error, &self.description].into_iter().flatten().any(|words| words.contains(text))
    }

    /// A policy about scopes does not say which one it means: those that were asked for are named.
    pub fn name_scopes(&mut self, asked: &[String]) {
        if self.mentions("Policy 'Allowed Client Scopes'") && !asked.is_empty() {
            self.meaning = format!("{} Asked for: {}.", self.meaning, asked.join(", "));
        }
    }

    /// An explanation that only knows the status.
    #[must_use]
    pub fn from_status(response: &Response) -> Self {
        let words = ServerWords::read(&response.body);
        if let Some((meaning, next)) = by_front(response, &words) {
            return Self::new(response, words, meaning, next);
        }
        let (meaning, next) = by_status(response, &words);
        Self::new(response, words, meaning, next)
    }

    /// An explanation for this answer.
    #[must_use]
    pub fn new(
        response: &Response,
        words: ServerWords,
        meaning: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self {
            status: response.status,
            error: words.error,
            description: words.description,
            meaning: meaning.into(),
            quoted: None,
            next: next.into(),
            raw: if response.is_success() { String::new() } else { response.body.clone() },
        }
    }
}

/// What a server wrote about its refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerWords {
    /// `error` as text.
    pub error: Option<String>,
    /// `error_description` as text.
    pub description: Option<String>,
    /// Whether the body is an HTML page.
    pub html: bool,
}

impl ServerWords {
    /// Reads `error` and `error_description` out of any body. Also knows `{"errors": {"error": …}}` and
    /// `{"errors": [{"code": …, "message": …}]}`, which gateways wrap around them, and `{"Errors": [{"ErrorCode": …,
    /// "Message": …}]}` of Open Banking UK.
    #[must_use]
    pub fn read(body: &str) -> Self {
        let start = body.trim_start();
        if start.starts_with('<') {
            return Self { html: true, ..Self::default() };
        }
        let Ok(json::Object { members, .. }) = json::object(body) else { return Self::default() };
        let inner = match members.get("errors").or_else(|| members.get("Errors")) {
            Some(Value::Object(inner)) => Some(inner),
            Some(Value::Array(items)) => items.first().and_then(Value::as_object),
            _ => None,
        };
        let members = inner.unwrap_or(&members);
        let text = |names: &[&str]| {
            names.iter().find_map(|name| match members.get(*name) {
                Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            })
        };
        Self {
            error: text(&["error", "code", "errorCode", "ErrorCode", "Code"]),
            description: text(&["error_description", "message", "description", "Message"]),
            html: false,
        }
    }

    /// Whether `error` or `error_description` holds this text.
    #[must_use]
    pub fn mention(&self, text: &str) -> bool {
        [&self.error, &self.description].into_iter().flatten().any(|words| words.contains(text))
    }

    /// Whether `error` is exactly this code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.error.as_deref() == Some(code)
    }
}

/// What a web server in front of the backend says by itself: a prefix of this site, a gateway.
fn by_front(response: &Response, words: &ServerWords) -> Option<(&'static str, &'static str)> {
    let log = "The operator looks into the log of the web server; docs/deploy.md lists the causes.";
    match response.status {
        502..=504 if words.is("upstream_unreachable") => Some((
            "The web server of this site could not reach the backend behind its prefix: it is down, its certificate is not trusted, or it wants a client certificate. A write may have been carried out.",
            log,
        )),
        502..=504 if words.html => Some((
            "A web server in front of the backend could not reach it. A write may have been carried out.",
            log,
        )),
        400 if response.body.contains("No required SSL certificate") => Some((
            "The server wants a client certificate, and the web server in front showed none.",
            "The operator sets the certificate at the prefix.",
        )),
        405 if words.html => Some((
            "A web server answers by itself instead of passing the request on: the prefix is not configured for this address.",
            "The operator checks the prefix on the web server and `via` in portal.json.",
        )),
        413 if words.html => Some((
            "The web server in front takes no request of this size.",
            "The operator raises the limit at the prefix (client_max_body_size).",
        )),
        403 if words.html => Some((
            "A web server in front of the backend refused, not the backend itself: a guard against pages of other origins, or a firewall.",
            "The operator checks how the web server learns the address of this site: behind TLS that ends elsewhere it sees http.",
        )),
        _ => None,
    }
}

fn by_status(response: &Response, words: &ServerWords) -> (String, String) {
    let operator = "Show the operator the time and the answer below.";
    let (meaning, next) = match response.status {
        200..=299 if words.html => (
            "The answer is a web page, not JSON: the address leads to a web server, not to the backend.",
            "The operator checks the address in portal.json, or the prefix on the web server.",
        ),
        200..=299 => ("The server said yes, but its answer cannot be read.", operator),
        400 => (
            "The server does not accept the request as it is.",
            "Compare its words with what was sent, and change it.",
        ),
        401 => (
            "The server does not accept the token or credentials. Servers also answer so for a client that is unknown, deleted or disabled.",
            "Check that the token belongs to this application and environment.",
        ),
        403 => (
            "The server knows who asks, and says no.",
            "Ask the operator which rule it is; the words below may name it.",
        ),
        404 => ("There is nothing at this address.", "The operator checks the address in portal.json."),
        405 => ("The server does not offer this operation.", "Ask the operator to do it."),
        413 => ("The request is larger than the server takes.", "Shorten it."),
        415 => (
            "The server does not take this media type.",
            "The environment may speak another dialect: tell the operator.",
        ),
        429 => {
            let wait =
                response.header("retry-after").map(|seconds| format!(" It asks for {seconds} seconds."));
            return (
                format!("Too many requests in a short time.{}", wait.unwrap_or_default()),
                "Wait, then press the button again. Nothing repeats by itself.".to_owned(),
            );
        }
        500..=599 => ("The server failed on its own side. Whether it did the work is not known.", operator),
        _ => ("The server answered with a status the portal has no explanation for.", operator),
    };
    (meaning.to_owned(), next.to_owned())
}
