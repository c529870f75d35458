//! Credentials as files that people take with them. A new format is one file and one line in [`FORMATS`].

mod compose;
mod curl;
mod env;
pub mod everything;
mod http;
mod json;
mod kubernetes;
mod node;
mod postman;
mod proof;
mod quote;
mod settings;
mod spring;

use crate::domain::http::render::Segment;
use crate::domain::secret::Secret;
use crate::domain::time;

pub use proof::{Key, Proof};

/// What a program needs to get a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Name of the application.
    pub name: String,
    /// Name of the environment: "Sandbox".
    pub environment: String,
    /// Issuer identifier of the authorization server.
    pub issuer: String,
    /// Where tokens are asked for.
    pub token_endpoint: String,
    /// Client identifier (RFC 6749, 2.2).
    pub client_id: String,
    /// How the client proves who it is.
    pub proof: Proof,
    /// Nothing when it is not at hand, or when the client proves itself in another way.
    pub client_secret: Option<Secret>,
    /// Space-separated (RFC 6749, 3.3); empty when none were asked for.
    pub scope: String,
    /// Unix seconds.
    pub registered_at: i64,
}

/// The client secret in a file.
#[derive(Clone, Copy, Debug)]
enum Held<'a> {
    /// It stands there.
    Written(&'a str),
    /// The file says where it is read from.
    Elsewhere,
    /// The client has none.
    None,
}

impl Credentials {
    /// What the file is about, for a comment: name, environment, day of registration.
    fn title(&self) -> String {
        let registered = time::iso8601(self.registered_at);
        format!(
            "{}, {}, registered {registered}",
            quote::one_line(&self.name),
            quote::one_line(&self.environment)
        )
    }

    fn held<'a>(&self, written: Option<&'a str>) -> Held<'a> {
        match written {
            _ if !self.proof.takes_secret() => Held::None,
            Some(secret) => Held::Written(secret),
            None => Held::Elsewhere,
        }
    }
}

/// A file format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Stable name: `env`.
    pub id: &'static str,
    /// In the list: `.env`.
    pub label: &'static str,
    /// Without the dot.
    pub extension: &'static str,
    /// For the download.
    pub media_type: &'static str,
    /// The program it is for, and what to do with it.
    pub hint: &'static str,
    write: fn(&Credentials, Held<'_>) -> String,
}

/// All formats, in the order of the list.
pub const FORMATS: &[Format] = &[
    env::FORMAT,
    json::FORMAT,
    curl::FORMAT,
    http::FORMAT,
    postman::ENVIRONMENT,
    postman::COLLECTION,
    node::FORMAT,
    spring::FORMAT,
    kubernetes::FORMAT,
    compose::FORMAT,
];

/// The one that is shown first.
pub const USUAL: &Format = &env::FORMAT;

impl Format {
    /// Whether a secret can stand in the file: it is at hand, and the format has a place for it.
    #[must_use]
    pub fn takes_secret(&self, credentials: &Credentials) -> bool {
        let [with, without] = [true, false].map(|with_secret| self.file(credentials, with_secret));
        with.expose() != without.expose()
    }

    /// The whole file. The client secret stands in it only if that is asked for, and it is at hand; else the file says
    /// where it is read from.
    #[must_use]
    pub fn file(&self, credentials: &Credentials, with_secret: bool) -> Secret {
        let secret = credentials.client_secret.as_ref().filter(|_| with_secret).map(Secret::expose);
        Secret::new((self.write)(credentials, credentials.held(secret)))
    }

    /// The whole file as a code block shows it: the secret, as this format writes it, can be hidden.
    #[must_use]
    pub fn segments(&self, credentials: &Credentials, with_secret: bool) -> Vec<Segment> {
        let whole = self.file(credentials, with_secret);
        // Where the secret stands does not depend on the secret: two files that differ in nothing else show it.
        let [one, other] = ["A", "B"].map(|secret| (self.write)(credentials, credentials.held(Some(secret))));
        let start: usize =
            one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let written = with_secret && credentials.client_secret.is_some();
        let around = one.get(..start).zip(one.get(start + 1..)).filter(|_| written);
        let parts = around.and_then(|(before, after)| {
            let secret = whole.expose().strip_prefix(before)?.strip_suffix(after)?;
            Some((before, secret, after))
        });
        match parts {
            Some((before, secret, after)) => vec![
                Segment::Plain(before.to_owned()),
                Segment::Hidden { label: "client secret", value: Secret::new(secret) },
                Segment::Plain(after.to_owned()),
            ],
            None => vec![Segment::Plain(whole.expose().to_owned())],
        }
    }

    /// `gateway-client.env`
    #[must_use]
    pub fn file_name(&self, name: &str) -> String {
        format!("{}.{}", file_stem(name), self.extension)
    }
}

/// The format of that name.
#[must_use]
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// Longest stem of a file name, in characters.
const LONGEST_STEM: usize = 64;

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A file name for any name a person may give: letters, digits, `-`, `_` and inner dots; the rest becomes `-`.
#[must_use]
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().take(LONGEST_STEM) {
        let kept = if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let doubled = matches!(kept, '-' | '.') && stem.ends_with(['-', '.']);
        if !doubled {
            stem.push(kept);
        }
    }
    let stem = stem.trim_matches(['-', '.', '_']);
    if stem.is_empty() {
        return "application".to_owned();
    }
    if is_device(stem) { format!("application-{stem}") } else { stem.to_owned() }
}

fn is_device(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or(stem).to_ascii_lowercase();
    let numbered = |prefix: &str| {
        base.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    DEVICES.contains(&base.as_str()) || numbered("com") || numbered("lpt")
}
