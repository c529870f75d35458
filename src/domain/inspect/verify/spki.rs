//! SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) as the members of a JSON Web Key: a dozen fixed bytes and the key itself.
//! Certificates and everything else in DER are read by the Workshop's program, which hands over what is read here.

use serde_json::{Map, Value};

use crate::domain::jose::base64url;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// 1.2.840.113549.1.1.1 (RFC 8017, appendix C)
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.113549.1.1.10: the key is written the same way (RFC 4055, 1.2). Browsers refuse it, so it goes in as a JWK.
const RSASSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
/// 1.2.840.10045.2.1 (RFC 5480, 2.1.1)
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.3.101.112 (RFC 8410, 3)
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// Named curves (RFC 5480, 2.1.1.1) and the bytes of a coordinate.
const CURVES: [(&[u8], &str, usize); 3] = [
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], "P-256", 32),
    (&[0x2b, 0x81, 0x04, 0x00, 0x22], "P-384", 48),
    (&[0x2b, 0x81, 0x04, 0x00, 0x23], "P-521", 66),
];

/// `kty` and what belongs to it; nothing when it is not such a key, or not exactly one.
pub(super) fn members(der: &[u8]) -> Option<Map<String, Value>> {
    let (whole, after) = take(der, SEQUENCE)?;
    let (identifier, rest) = take(whole, SEQUENCE)?;
    let (bits, behind) = take(rest, BIT_STRING)?;
    let (0, key) = bits.split_first().map(|(unused, key)| (*unused, key))? else { return None };
    if !after.is_empty() || !behind.is_empty() {
        return None;
    }
    let (algorithm, parameters) = take(identifier, OBJECT_IDENTIFIER)?;
    if algorithm == RSA_ENCRYPTION || algorithm == RSASSA_PSS {
        let (numbers, _) = take(key, SEQUENCE)?;
        let (n, rest) = take(numbers, INTEGER)?;
        let (e, _) = take(rest, INTEGER)?;
        return Some(jwk("RSA", &[("n", unsigned(n)), ("e", unsigned(e))], ""));
    }
    if algorithm == ED25519 {
        return Some(jwk("OKP", &[("x", key)], "Ed25519"));
    }
    let (curve, _) = take(parameters, OBJECT_IDENTIFIER).filter(|_| algorithm == EC_PUBLIC_KEY)?;
    let (_, name, length) = CURVES.iter().find(|(known, ..)| *known == curve)?;
    // Uncompressed points only, as WebCrypto and RFC 7518, 6.2.1 have it.
    let (4, point) = key.split_first().map(|(form, point)| (*form, point))? else { return None };
    let (x, y) = point.split_at_checked(*length)?;
    Some(jwk("EC", &[("x", x), ("y", y)], name))
}

/// The content of the element that stands first, if it has that tag, and what follows it.
fn take(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.split_first()?;
    let (&short, rest) = rest.split_first()?;
    let (length, rest) = match short {
        0..=0x7f => (usize::from(short), rest),
        0x81 => rest.split_first().map(|(length, rest)| (usize::from(*length), rest))?,
        0x82 => {
            let (&[high, low], rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes([high, low])), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length).filter(|_| first == tag)
}

/// A number without the zero byte that keeps it positive in DER.
fn unsigned(number: &[u8]) -> &[u8] {
    number.strip_prefix(&[0]).unwrap_or(number)
}

fn jwk(kty: &str, material: &[(&str, &[u8])], crv: &str) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("kty".to_owned(), kty.into());
    if !crv.is_empty() {
        members.insert("crv".to_owned(), crv.into());
    }
    for (name, bytes) in material {
        members.insert((*name).to_owned(), base64url(bytes).into());
    }
    members
}
