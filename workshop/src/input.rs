//! What a person pasted: PEM blocks with text around them, DER, or Base64 on one line.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::Problem;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// `PRIVATE KEY`, `CERTIFICATE`…; empty when it came without a label.
    pub label: String,
    /// Whether its head says that it is encrypted (RFC 1421, 4.6.1.1).
    pub encrypted: bool,
    /// The DER in it; empty when it is encrypted.
    pub der: Vec<u8>,
}

/// Reads the blocks of a text, in their order.
///
/// # Errors
/// When there is nothing, a block has no end, or what is in it is not Base64.
pub fn blocks(text: &str) -> Result<Vec<Block>, Problem> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Problem::new("There is nothing to read yet."));
    }
    if !text.contains(BEGIN) {
        return Ok(vec![Block { label: String::new(), encrypted: false, der: bare(text)? }]);
    }
    let mut rest = text;
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (label, after) = after.split_once(DASHES).ok_or_else(|| {
            Problem::new("The line that begins the block is cut: it ends with five dashes.")
        })?;
        let end = format!("-----END {label}-----");
        let (body, after) = after.split_once(&end).ok_or_else(|| {
            Problem::new(format!(
                "The text is cut: the line “{end}” is missing. Copy the whole file, from the first dashes to the last."
            ))
        })?;
        found.push(block(label, body)?);
        rest = after;
    }
    Ok(found)
}

fn block(label: &str, body: &str) -> Result<Block, Problem> {
    let encrypted = label == "ENCRYPTED PRIVATE KEY" || body.contains("Proc-Type: 4,ENCRYPTED");
    let der = if encrypted { Vec::new() } else { decode(body, label)? };
    Ok(Block { label: label.to_owned(), encrypted, der })
}

fn bare(text: &str) -> Result<Vec<u8>, Problem> {
    if text.starts_with('{') {
        return Err(Problem::new("This is JSON. Paste PEM, or Base64 on one line."));
    }
    decode(text, "")
}

/// Base64 in lines of any length. A head of an old PEM file ends with an empty line.
fn decode(body: &str, label: &str) -> Result<Vec<u8>, Problem> {
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines =
        body.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty() && !line.contains(": "));
    let mut joined = String::new();
    for (index, line) in lines {
        if let Some(odd) = line.chars().find(|c| !c.is_ascii_alphanumeric() && !"+/=".contains(*c)) {
            let what = if label.is_empty() { String::new() } else { format!(" of the block “{label}”") };
            return Err(Problem::new(format!(
                "Line {}{what} is not Base64: it has the character “{odd}” in it.",
                index.max(1)
            )));
        }
        joined.push_str(line);
    }
    STANDARD.decode(joined.as_bytes()).map_err(|_| {
        Problem::new(
            "The Base64 is cut or damaged: characters are missing, usually at the end. Copy it again.",
        )
    })
}

/// On one line, as some portals ask for it.
#[must_use]
pub fn single_line(der: &[u8]) -> String {
    STANDARD.encode(der)
}

/// What a block is that is not what was asked for, in words.
#[must_use]
pub fn what(label: &str) -> String {
    match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => "a certificate".to_owned(),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => "a certification request".to_owned(),
        "PUBLIC KEY" | "RSA PUBLIC KEY" => "a public key".to_owned(),
        "PKCS7" | "CMS" => "a bundle of certificates (PKCS #7)".to_owned(),
        "OPENSSH PRIVATE KEY" => "a key in the format of OpenSSH".to_owned(),
        label if label.ends_with("PRIVATE KEY") => "a private key".to_owned(),
        other => format!("a block called “{other}”"),
    }
}
