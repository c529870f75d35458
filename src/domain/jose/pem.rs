//! Textual encoding of keys and certificates (RFC 7468).

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::domain::secret::Secret;

/// Characters of a line (RFC 7468, 2).
const LINE: usize = 64;

/// Wraps DER in a label.
#[must_use]
pub fn encode(label: &str, der: &[u8]) -> Secret {
    let body = Secret::new(STANDARD.encode(der));
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = body.expose();
    while !rest.is_empty() {
        let (line, more) = rest.split_at_checked(LINE).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    Secret::new(text)
}

/// On one line without a label, as some portals ask for it.
#[must_use]
pub fn single_line(der: &[u8]) -> String {
    STANDARD.encode(der)
}
