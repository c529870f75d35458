//! Credentials as files that people take with them. A new format is one file and one line in [`FORMATS`].

mod env;
pub mod everything;
mod json;

use crate::domain::http::render::Segment;
use crate::domain::secret::Secret;
use crate::domain::time;

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
    /// Nothing when the client authenticates in another way.
    pub client_secret: Option<Secret>,
    /// Space-separated (RFC 6749, 3.3); empty when none were asked for.
    pub scope: String,
    /// Unix seconds.
    pub registered_at: i64,
}

impl Credentials {
    fn registered(&self) -> String {
        time::iso8601(self.registered_at)
    }
}

/// A file format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Stable name: `env`.
    pub id: &'static str,
    /// On the tab: `.env`.
    pub label: &'static str,
    /// Without the dot.
    pub extension: &'static str,
    /// For the download.
    pub media_type: &'static str,
    write: fn(&Credentials, Option<&str>) -> String,
}

/// All formats, in the order of the tabs.
pub const FORMATS: &[Format] = &[env::FORMAT, json::FORMAT];

impl Format {
    /// The whole file, with the secret in it.
    #[must_use]
    pub fn file(&self, credentials: &Credentials) -> Secret {
        let secret = credentials.client_secret.as_ref().map(Secret::expose);
        Secret::new((self.write)(credentials, secret))
    }

    /// The whole file as a code block shows it: the secret, as this format writes it, can be hidden.
    #[must_use]
    pub fn segments(&self, credentials: &Credentials) -> Vec<Segment> {
        let whole = self.file(credentials);
        // Where the secret stands does not depend on the secret: two files that differ in nothing else show it.
        let [one, other] = ["A", "B"].map(|secret| (self.write)(credentials, Some(secret)));
        let start: usize =
            one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let around =
            one.get(..start).zip(one.get(start + 1..)).filter(|_| credentials.client_secret.is_some());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::http::render::to_text;

    #[test]
    fn segments_hide_exactly_the_secret_and_make_the_whole_file() {
        for secret in ["A", "B", "(client secret)", "it's \"$x\\", "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY"] {
            let credentials = Credentials {
                name: "A".to_owned(),
                environment: "B".to_owned(),
                issuer: "https://bank.example".to_owned(),
                token_endpoint: "https://bank.example/token".to_owned(),
                client_id: "A".to_owned(),
                client_secret: Some(Secret::new(secret)),
                scope: "a b".to_owned(),
                registered_at: 0,
            };
            for format in FORMATS {
                let segments = format.segments(&credentials);
                assert_eq!(to_text(&segments, true), format.file(&credentials).expose());
                assert_eq!(segments.iter().filter(|part| matches!(part, Segment::Hidden { .. })).count(), 1);
            }
        }
    }
}
