//! What the extensions of a certificate or a request say.

use der::{
    Any, Decode, Reader, Sequence, SliceReader, Tag, TagNumber, Tagged,
    asn1::{AnyRef, ObjectIdentifier, Utf8StringRef},
};
use std::net::{Ipv4Addr, Ipv6Addr};
use x509_cert::ext::{
    Extension,
    pkix::{ExtendedKeyUsage, KeyUsage},
};

use super::Described;
use crate::{certificate, oids};

/// What cannot be read is left out: a certificate with an odd extension is still a certificate.
pub(super) fn take(described: &mut Described, extensions: &[Extension]) {
    for extension in extensions {
        let value = extension.extn_value.as_bytes();
        match extension.extn_id {
            oids::KEY_USAGE => described.usages = usages(value),
            oids::EXTENDED_KEY_USAGE => {
                let read = ExtendedKeyUsage::from_der(value).map(|usage| usage.0).unwrap_or_default();
                described.purposes = read.into_iter().map(|oid| oids::name(&oids::PURPOSES, oid)).collect();
            }
            oids::SUBJECT_ALT_NAME => {
                let read = Vec::<AnyRef<'_>>::from_der(value).unwrap_or_default();
                described.names = read.iter().map(alternative).collect();
            }
            oids::QC_STATEMENTS => described.qualified = qualified(value),
            _ => {}
        }
    }
}

fn usages(value: &[u8]) -> Vec<String> {
    let Ok(usage) = KeyUsage::from_der(value) else { return Vec::new() };
    certificate::usages_of(usage.0)
}

/// GeneralName (RFC 5280, 4.2.1.6), by its tag.
fn alternative(name: &AnyRef<'_>) -> String {
    let text = || String::from_utf8_lossy(name.value());
    match name.tag() {
        Tag::ContextSpecific { number: TagNumber(1), .. } => format!("e-mail {}", text()),
        Tag::ContextSpecific { number: TagNumber(2), .. } => format!("DNS {}", text()),
        Tag::ContextSpecific { number: TagNumber(6), .. } => format!("URI {}", text()),
        Tag::ContextSpecific { number: TagNumber(7), .. } => format!("IP {}", address(name.value())),
        _ => "a name of another kind".to_owned(),
    }
}

fn address(bytes: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Ipv4Addr::from(four).to_string();
    }
    <[u8; 16]>::try_from(bytes).map_or_else(|_| "damaged".to_owned(), |six| Ipv6Addr::from(six).to_string())
}

/// QCStatement (RFC 3739, 3.2.6).
#[derive(Sequence)]
struct Statement {
    id: ObjectIdentifier,
    #[asn1(optional = "true")]
    information: Option<Any>,
}

/// RoleOfPSP (ETSI TS 119 495, 5.1).
#[derive(Sequence)]
struct Role<'a> {
    id: ObjectIdentifier,
    name: Utf8StringRef<'a>,
}

fn qualified(value: &[u8]) -> Vec<String> {
    let statements = Vec::<Statement>::from_der(value).unwrap_or_default();
    let mut said = Vec::new();
    for statement in statements {
        match (statement.id, statement.information) {
            (oids::QC_TYPE, Some(information)) => {
                let kinds = information.decode_as::<Vec<ObjectIdentifier>>().unwrap_or_default();
                said.extend(kinds.into_iter().map(|kind| match kind {
                    oids::QC_SEAL => "seal (QSEAL)".to_owned(),
                    oids::QC_WEB => "web site (QWAC)".to_owned(),
                    other => other.to_string(),
                }));
            }
            (oids::PSD2, Some(information)) => said.extend(psd2(information.value())),
            _ => {}
        }
    }
    said
}

fn psd2(content: &[u8]) -> Vec<String> {
    let mut said = Vec::new();
    let Ok(mut reader) = SliceReader::new(content) else { return said };
    while !reader.is_finished() {
        let Ok(any) = reader.decode::<AnyRef<'_>>() else { break };
        match any.decode_as::<Utf8StringRef<'_>>() {
            Ok(text) => said.push(text.as_str().to_owned()),
            Err(_) => {
                let roles = any.decode_as::<Vec<Role<'_>>>().unwrap_or_default();
                said.extend(roles.into_iter().map(|role| role.name.as_str().to_owned()));
            }
        }
    }
    said
}
