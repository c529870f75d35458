//! How each language writes a text, whatever is in it.

use std::fmt::Write as _;

/// A comment ends with its line, so nothing in it may start a new one. What YAML does not allow anywhere goes too.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_odd(c) { ' ' } else { c })
        .collect()
}

/// A word of a POSIX shell. Nothing is special inside single quotes but the quote itself; a shell cannot hold NUL.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', r"'\''"))
}

/// A string of JavaScript (ECMA-262) and of JSON. What ends a line in some reader is written as an escape.
pub(super) fn javascript(text: &str) -> String {
    escaped(text)
}

/// A double-quoted scalar of YAML 1.2: the escapes of JSON, and everything that is not printable there (5.1).
pub(super) fn yaml(text: &str) -> String {
    escaped(text)
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_odd(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that a YAML stream must not hold, apart from the control characters.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Longest name of an object in Kubernetes (RFC 1123, a label).
const LONGEST_LABEL: usize = 63;

/// A name as systems want it: small letters, digits and inner hyphens.
pub(super) fn label(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() == LONGEST_LABEL {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "application".to_owned() } else { out.to_owned() }
}
