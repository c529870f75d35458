//! `.env`: read by shells (`. ./file`), by Docker Compose and by the dotenv libraries.

use super::{Credentials, Format};

pub(super) const FORMAT: Format =
    Format { id: "env", label: ".env", extension: "env", media_type: "text/plain;charset=utf-8", write };

fn write(credentials: &Credentials, secret: Option<&str>) -> String {
    let mut out = String::new();
    let title = [credentials.name.as_str(), &credentials.environment];
    out.push_str(&format!("# {}, registered {}\n", one_line(&title.join(", ")), credentials.registered()));
    line(&mut out, "ISSUER", &credentials.issuer);
    line(&mut out, "TOKEN_URL", &credentials.token_endpoint);
    line(&mut out, "CLIENT_ID", &credentials.client_id);
    match secret {
        Some(secret) => line(&mut out, "CLIENT_SECRET", secret),
        None => out.push_str("# The client secret is not in this file.\n"),
    }
    if !credentials.scope.is_empty() {
        line(&mut out, "SCOPE", &credentials.scope);
    }
    out
}

/// A comment ends with its line, so nothing in it may start a new one.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect()
}

fn line(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push('=');
    out.push_str(&quoted(value));
    out.push('\n');
}

/// Bare where nothing can be misread; double quotes where only spaces are special; single quotes, which every
/// reader takes literally, where it can be done; otherwise double quotes with backslashes.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else if value.chars().all(|c| plain(c) || c == ' ') {
        format!("\"{value}\"")
    } else if !value.contains(['\'', '\n', '\r']) {
        format!("'{value}'")
    } else {
        escaped(value)
    }
}

fn escaped(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' | '$' | '`' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
