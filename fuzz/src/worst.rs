//! Inputs made to keep a reader busy, of any size.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::corpus;
use crate::mutate::{Form, pem as blocks};

/// A kind of input.
pub struct Worst {
    /// What it is made of.
    pub name: &'static str,
    /// For which readers it is meant.
    pub fits: fn(Form) -> bool,
    /// Makes one of about so many bytes.
    pub make: fn(usize) -> Vec<u8>,
}

const fn text(name: &'static str, make: fn(usize) -> Vec<u8>) -> Worst {
    Worst { name, fits: is_text, make }
}

fn is_text(form: Form) -> bool {
    form != Form::Der
}

fn is_json(form: Form) -> bool {
    matches!(form, Form::Json | Form::Token)
}

fn is_pem(form: Form) -> bool {
    form == Form::Pem
}

fn is_der(form: Form) -> bool {
    form == Form::Der
}

/// All of them.
pub static ALL: &[Worst] = &[
    text("dots", |size| times("eyJhbGciOiJIUzI1NiJ9", ".", "", size)),
    text("tildes", |size| times("eyJhbGciOiJFUzI1NiJ9.e30.AA", "~", "", size)),
    text("disclosures", |size| times("eyJhbGciOiJFUzI1NiJ9.e30.AA", "~WyJzIiwxXQ", "~", size)),
    text("beginnings of tokens", |size| times("", "eyJ", "", size)),
    text("words that begin like tokens", |size| times("", "eyJhbGciOi.eyJ ", "", size)),
    text("the same token again", |size| times("", "eyJhbGciOi.eyJh.x, ", "", size)),
    text("quotation marks", |size| times("", "\"", "", size)),
    text("pairs of quotation marks", |size| wrapped("\"", "eyJ.", "\"", size)),
    text("schemes", |size| times("", "Bearer ", "", size)),
    text("spaces", |size| times("Bearer", " ", ".", size)),
    text("line breaks inside", |size| times("eyJhbGciOiJFUzI1NiJ9.", "e\n", "", size)),
    text("per cent signs", |size| times("", "%", "", size)),
    text("encoded per cent signs", |size| times("eyJ", "%25", "", size)),
    text("parameters", |size| times("https://a.example/?", "id_token=a%41&", "", size)),
    text("escaped line breaks", |size| times("", "\\neyJhbGciOi.", "", size)),
    text("equals signs", |size| times("eyJhbGciOiJFUzI1NiJ9.", "=", "A", size)),
    text("letters beyond ASCII", |size| times("eyJhbGciOiJFUzI1NiJ9.", "é", "", size)),
    text("begins of PEM", |size| times("", "-----BEGIN ", "", size)),
    text("empty blocks of PEM", |size| times("", "-----BEGIN A-----\n-----END A-----\n", "", size)),
    text("labels of PEM", |size| times("-----BEGIN ", "A", "-----\n-----END A-----", size)),
    json("brackets", |size| times("", "[", "", size)),
    json("nested arrays", |size| wrapped("[", "1", "]", size)),
    json("nested objects", |size| wrapped("{\"a\":", "1", "}", size)),
    json("members of one name", |size| times("{", "\"exp\":\"1\",", "\"a\":1}", size)),
    json("members of one name and kind", |size| times("{", "\"aud\":\"eyJh.eyJ\",", "\"iss\":\"a\"}", size)),
    json("members of many names", |size| numbered("{", |n| format!("\"n{n}\":{n},"), "\"a\":1}", size)),
    json("the same token in many members", |size| {
        numbered("{", |n| format!("\"{n}\":\"eyJh.eyJ\","), "\"a\":1}", size)
    }),
    json("many tokens in many members", |size| {
        numbered("{", |n| format!("\"{n}\":\"eyJh.{n}\","), "\"a\":1}", size)
    }),
    json("one string", |size| times("{\"a\":\"", "x", "\"}", size)),
    json("one name", |size| times("{\"", "x", "\":{\"a\":1,\"b\":[1,2]}}", size)),
    json("escapes", |size| times("{\"a\":\"", "\\u202e", "\"}", size)),
    json("half escapes", |size| times("{\"a\":\"", "\\ud83d\\u", "\"}", size)),
    json("digits", |size| times("{\"exp\":1", "0", "}", size)),
    json("roles", |size| times("{\"realm_access\":{\"roles\":[", "\"a\",", "\"b\"]}}", size)),
    json("scopes", |size| times("{\"scope\":\"", "a b ", "\"}", size)),
    json("digests", |size| numbered("{\"_sd\":[", |n| format!("\"{n}\","), "\"b\"]}", size)),
    json("a long name above many", |size| {
        let start = format!("{{\"{}\":{{", "n".repeat(size / 2));
        numbered(&start, |n| format!("\"{n}\":\"eyJh.{n}\","), "\"a\":1}}", size)
    }),
    json("signatures below a payload", |size| {
        let start = format!("{{\"payload\":\"{}\",\"signatures\":[", "QUFB".repeat(size / 8));
        let one = r#"{"protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AAAA"},"#;
        times(&start, one, r#"{"protected":"e30","signature":"AA"}]}"#, size)
    }),
    json("recipients", |size| {
        times("{\"ciphertext\":\"AA\",\"recipients\":[", "{\"encrypted_key\":\"A\"},", "{}]}", size)
    }),
    json("keys", |size| {
        let key = |n| {
            format!("{{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"{n}\",\"x\":\"{}\"}},", thirty_two(n))
        };
        numbered("{\"keys\":[", key, "{}]}", size)
    }),
    pem("a chain of certificates", |size| certificates(size, |n, _| [n + 1, n])),
    pem("a chain that ends with its leaf", |size| certificates(size, |n, count| [count - n, count - n + 1])),
    pem("certificates of one another", |size| certificates(size, |n, count| [count - n, n])),
    Worst {
        name: "the same certificate again",
        fits: is_pem,
        make: |size| times("", include_str!("../corpus/certificate.pem"), "", size),
    },
    Worst { name: "lines of Base64", fits: is_pem, make: |size| times("", "A\n", "", size) },
    Worst { name: "nested values", fits: is_der, make: nested },
    Worst { name: "values", fits: is_der, make: |size| sequence(&[0x30, 0].repeat(size / 2)) },
    Worst {
        name: "attributes",
        fits: is_der,
        make: |size| sequence(&[0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 3, 0x0c, 0].repeat(size / 11)),
    },
    Worst { name: "zeros", fits: is_der, make: |size| vec![0; size] },
];

const fn pem(name: &'static str, make: fn(usize) -> Vec<u8>) -> Worst {
    Worst { name, fits: is_pem, make }
}

const fn json(name: &'static str, make: fn(usize) -> Vec<u8>) -> Worst {
    Worst { name, fits: is_json, make }
}

fn times(start: &str, piece: &str, end: &str, size: usize) -> Vec<u8> {
    [start, &piece.repeat(size / piece.len().max(1)), end].concat().into_bytes()
}

fn wrapped(open: &str, inside: &str, close: &str, size: usize) -> Vec<u8> {
    let levels = size / (open.len() + close.len()).max(1);
    [&open.repeat(levels), inside, &close.repeat(levels)].concat().into_bytes()
}

fn numbered(start: &str, piece: impl Fn(usize) -> String, end: &str, size: usize) -> Vec<u8> {
    let mut text = start.to_owned();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece(number));
    }
    text.push_str(end);
    text.into_bytes()
}

/// The claims or the document as the payload of a token.
#[must_use]
pub fn signed(claims: &[u8]) -> Vec<u8> {
    format!("eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.{}.AAAA", URL_SAFE_NO_PAD.encode(claims)).into_bytes()
}

fn thirty_two(number: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{number:032}"))
}

/// Certificates of different subjects: `names` gives issuer and subject of each of so many.
fn certificates(size: usize, names: fn(usize, usize) -> [usize; 2]) -> Vec<u8> {
    let template =
        corpus::pems().iter().flat_map(|text| blocks::read(text)).find(|(label, _)| label == "CERTIFICATE");
    let (label, template) = template.unwrap_or_default();
    let count = size / (template.len() * 4 / 3 + 60);
    let one = |number| {
        // The name of the organisation stands in it twice: of the issuer, then of the subject.
        let mut names = names(number, count).into_iter();
        let mut der = template.clone();
        for at in 0..der.len() {
            if der.get(at..).is_some_and(|rest| rest.starts_with(b"Northline"))
                && let Some(name) = names.next()
            {
                der.splice(at..at + 9, format!("{name:09}").into_bytes());
            }
        }
        (label.clone(), der)
    };
    blocks::write(&(0..count.max(2)).map(one).collect::<Vec<_>>()).into_bytes()
}

fn sequence(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
    [&[0x30, 0x84][..], &length, content].concat()
}

fn nested(size: usize) -> Vec<u8> {
    let mut der = Vec::with_capacity(size);
    let levels = size / 6;
    for level in 0..levels {
        let length = u32::try_from((levels - level - 1) * 6).unwrap_or(u32::MAX);
        der.extend([0x30, 0x84]);
        der.extend(length.to_be_bytes());
    }
    der
}
