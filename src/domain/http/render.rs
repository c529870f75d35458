//! A request as a person reads it: raw HTTP, and curl.

use super::{Part, Request, Text};
use crate::domain::url;

/// A run of text in a code block, with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Ordinary text.
    Plain(String),
    /// Emphasised: a method, a status.
    Strong(String),
    /// A name: of a header, of a JSON member.
    Name(String),
    /// A JSON string value.
    Value(String),
    /// A secret: drawn as a dashed box with the label until it is revealed.
    Hidden {
        /// What it is, in words.
        label: &'static str,
        /// The secret.
        value: crate::domain::secret::Secret,
    },
}

/// The request as HTTP/1.1 would send it.
#[must_use]
pub fn http(request: &Request) -> Vec<Segment> {
    let (host, path) = host_and_path(&request.url);
    let mut out = vec![
        Segment::Strong(request.method.as_str().to_owned()),
        Segment::Plain(format!(" {path} HTTP/1.1\n")),
        Segment::Name("Host".to_owned()),
        Segment::Plain(format!(": {host}\n")),
    ];
    for (name, value) in &request.headers {
        out.push(Segment::Name((*name).to_owned()));
        out.push(Segment::Plain(": ".to_owned()));
        text(value, &mut out);
        out.push(Segment::Plain("\n".to_owned()));
    }
    if let Some(body) = &request.body {
        out.push(Segment::Plain("\n".to_owned()));
        match body.0.as_slice() {
            [Part::Plain(plain)] => out.extend(json(plain)),
            _ => text(body, &mut out),
        }
    }
    out
}

/// The request as a shell command. Secrets are read into variables first, so that they stay out of the history of
/// the shell and out of this text.
#[must_use]
pub fn curl(request: &Request) -> String {
    let mut variables: Vec<&'static str> = Vec::new();
    let mut lines =
        vec![format!("curl --silent --show-error --include --request {}", request.method.as_str())];
    for (name, value) in &request.headers {
        if let Some((user, variable)) = basic(value) {
            variables.push(variable);
            lines.push(format!("  --user {}\"${variable}\"", single_quoted(&format!("{user}:"))));
            continue;
        }
        lines.push(format!("  --header {}", shell(&format!("{name}: "), value, &mut variables)));
    }
    if let Some(body) = &request.body {
        lines.extend(data(body, &mut variables));
    }
    if request.client_certificate {
        lines.push("  --cert client.pem --key client.key".to_owned());
    }
    lines.push(format!("  {}", single_quoted(&request.url)));
    let reads: String = variables.iter().map(|name| format!("read -rsp '{name}: ' {name}; echo\n")).collect();
    format!("{reads}{}", lines.join(" \\\n"))
}

/// A body alone, its secrets hidden.
#[must_use]
pub fn body(body: &Text) -> Vec<Segment> {
    let mut out = Vec::new();
    text(body, &mut out);
    out
}

/// The request as a `.http` file, which editors and REST clients send. Secrets are variables to fill in.
#[must_use]
pub fn http_file(request: &Request) -> String {
    let mut variables: Vec<&'static str> = Vec::new();
    let mut lines = vec![format!("{} {}", request.method.as_str(), request.url)];
    for (name, value) in &request.headers {
        let value = match basic(value) {
            Some((user, variable)) => {
                variables.push(variable);
                format!("Basic {user}:{{{{{variable}}}}}")
            }
            None => with_variables(value, &mut variables),
        };
        lines.push(format!("{name}: {value}"));
    }
    if let Some(body) = &request.body {
        lines.push(String::new());
        lines.push(with_variables(body, &mut variables));
    }
    let fill_in: String = variables.iter().map(|name| format!("@{name} = paste it here\n")).collect();
    format!("{fill_in}{}{}\n", if fill_in.is_empty() { "" } else { "\n" }, lines.join("\n"))
}

fn with_variables(value: &Text, variables: &mut Vec<&'static str>) -> String {
    value
        .0
        .iter()
        .map(|part| match part {
            Part::Plain(text) => text.clone(),
            Part::Basic { .. } => String::new(),
            Part::Hidden { variable, .. } => {
                if !variables.contains(variable) {
                    variables.push(variable);
                }
                format!("{{{{{variable}}}}}")
            }
        })
        .collect()
}

/// The body. A form whose last member is a secret lets curl encode that member: it is typed as it is.
fn data(body: &Text, variables: &mut Vec<&'static str>) -> Vec<String> {
    if let [Part::Plain(form), Part::Hidden { variable, .. }] = body.0.as_slice()
        && let Some((rest, name)) = form.strip_suffix('=').and_then(|form| form.rsplit_once('&'))
    {
        variables.push(variable);
        return vec![
            format!("  --data-raw {}", single_quoted(rest)),
            format!("  --data-urlencode {}\"${variable}\"", single_quoted(&format!("{name}="))),
        ];
    }
    vec![format!("  --data-raw {}", shell("", body, variables))]
}

/// One shell word: plain runs in single quotes, secrets as variables in double quotes.
fn shell(prefix: &str, value: &Text, variables: &mut Vec<&'static str>) -> String {
    let mut out = String::new();
    let mut plain = prefix.to_owned();
    for part in &value.0 {
        match part {
            Part::Plain(text) => plain.push_str(text),
            Part::Basic { .. } => {}
            Part::Hidden { variable, .. } => {
                if !variables.contains(variable) {
                    variables.push(variable);
                }
                out.push_str(&format!("{}\"${variable}\"", single_quoted(&std::mem::take(&mut plain))));
            }
        }
    }
    if !plain.is_empty() {
        out.push_str(&single_quoted(&plain));
    }
    out
}

/// The user of a Basic header. curl does the Base64 itself; the form encoding of RFC 6749, 2.3.1 is done here for the
/// user, and is left to whoever types a secret with other characters than letters, digits, `-`, `.`, `_` and `~`.
fn basic(value: &Text) -> Option<(String, &'static str)> {
    value.0.iter().find_map(|part| match part {
        Part::Basic { user, owner, .. } => Some((owner.written(user), owner.variable())),
        _ => None,
    })
}

/// Nothing is special inside single quotes but the quote itself.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn text(value: &Text, out: &mut Vec<Segment>) {
    for part in &value.0 {
        out.push(match part {
            Part::Plain(plain) => Segment::Plain(plain.clone()),
            Part::Hidden { label, value, .. } => Segment::Hidden { label, value: value.clone() },
            Part::Basic { owner, .. } => Segment::Hidden { label: owner.label(), value: part.reveal() },
        });
    }
}

/// JSON text with names and strings told apart, as it is written. Any other text comes back as one plain run.
#[must_use]
pub fn json(source: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut characters = source.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '"' {
            plain.push(character);
            continue;
        }
        let mut string = String::from('"');
        let mut escaped = false;
        for inner in characters.by_ref() {
            string.push(inner);
            if inner == '"' && !escaped {
                break;
            }
            escaped = inner == '\\' && !escaped;
        }
        if !plain.is_empty() {
            out.push(Segment::Plain(std::mem::take(&mut plain)));
        }
        let is_name = characters.clone().find(|next| !next.is_whitespace()) == Some(':');
        out.push(if is_name { Segment::Name(string) } else { Segment::Value(string) });
    }
    if !plain.is_empty() {
        out.push(Segment::Plain(plain));
    }
    out
}

/// The text of a code block, for copying; hidden pieces only when `reveal` is set.
#[must_use]
pub fn to_text(segments: &[Segment], reveal: bool) -> String {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Plain(text) | Segment::Strong(text) | Segment::Name(text) | Segment::Value(text) => {
                text.clone()
            }
            Segment::Hidden { value, .. } if reveal => value.expose().to_owned(),
            Segment::Hidden { label, .. } => format!("<{label}>"),
        })
        .collect()
}

fn host_and_path(address: &str) -> (String, String) {
    let host = url::host(address);
    let path = address
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .unwrap_or(if address.starts_with('/') { address } else { "/" });
    (host, path.to_owned())
}
