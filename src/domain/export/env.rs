//! `.env`: read by shells (`. ./file`), by Docker Compose and by the dotenv libraries.

use super::settings::{self, SECRET, Setting};
use super::{Credentials, Format, Held, Proof};

pub(super) const FORMAT: Format = Format {
    id: "env",
    label: ".env",
    extension: "env",
    media_type: "text/plain;charset=utf-8",
    hint: "For shells, node --env-file, Docker and dotenv libraries.",
    write,
};

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let mut out = format!("# {}\n", credentials.title());
    if let Proof::Key(key) = &credentials.proof {
        out.extend(key.notes().iter().map(|note| format!("# {note}\n")));
    }
    for setting in settings::all(credentials) {
        match (setting, held) {
            (Setting::Value(name, value), _) => line(&mut out, name, &value),
            (Setting::Secret, Held::Written(secret)) => line(&mut out, SECRET, secret),
            // A line with nothing in it would overwrite what the environment has.
            (Setting::Secret, _) => {
                out.push_str("# CLIENT_SECRET is not in this file: set it in the environment.\n");
            }
        }
    }
    out
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
