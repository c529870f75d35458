//! Changes of PEM: the bytes of a block are changed as DER, or the lines around them as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;

use super::{bytes, der};

const BEGIN: &str = "-----BEGIN ";

/// Labels that readers know, and one that they do not.
const LABELS: &[&str] = &[
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "RSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "EC PARAMETERS",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "CERTIFICATE",
    "CERTIFICATE REQUEST",
    "PKCS7",
    "OPENSSH PRIVATE KEY",
    "",
    "SOMETHING",
];

/// A block: its label and its bytes.
pub type Block = (String, Vec<u8>);

/// One change.
#[must_use]
pub fn change(text: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut blocks = read(&text);
    if blocks.is_empty() || rng.u8(..) < 48 {
        return bytes::change(text, other, rng);
    }
    let others = read(other);
    let at = rng.usize(..blocks.len());
    let donor = rng.choice(&others).cloned();
    match (rng.u8(..8), donor) {
        (0, Some(block)) => blocks.push(block),
        (1, _) => {
            if let Some(block) = blocks.get_mut(at) {
                block.0 = (*rng.choice(LABELS).unwrap_or(&"")).to_owned();
            }
        }
        (2, _) => {
            if let Some(block) = blocks.get(at) {
                return STANDARD.encode(&block.1).into_bytes();
            }
        }
        (_, donor) => {
            if let Some(block) = blocks.get_mut(at) {
                let donor = donor.map(|(_, der)| der).unwrap_or_default();
                block.1 = der::change(std::mem::take(&mut block.1), &donor, rng);
            }
        }
    }
    write(&blocks).into_bytes()
}

/// The blocks of a text; one line of Base64 is a block without a label.
#[must_use]
pub fn read(text: &[u8]) -> Vec<Block> {
    let text = String::from_utf8_lossy(text);
    let decode = |body: &str| {
        let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        STANDARD.decode(body).ok().filter(|der| !der.is_empty())
    };
    if !text.contains(BEGIN) {
        return decode(&text).map(|der| (String::new(), der)).into_iter().collect();
    }
    text.split(BEGIN)
        .skip(1)
        .filter_map(|block| {
            let (label, body) = block.split_once("-----")?;
            Some((label.to_owned(), decode(body.split("-----").next()?)?))
        })
        .collect()
}

/// The text of these blocks.
#[must_use]
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (label, der) in blocks {
        let body = STANDARD.encode(der);
        if label.is_empty() && blocks.len() == 1 {
            return body;
        }
        out.push_str(&format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"));
    }
    out
}
