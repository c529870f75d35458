//! The extensions of a request or a certificate (RFC 5280, 4.2.1).

use der::{
    Encode, Sequence,
    asn1::{Ia5String, ObjectIdentifier, OctetString},
    flagset::FlagSet,
};
use std::net::IpAddr;
use x509_cert::ext::{
    Extension, Extensions,
    pkix::{
        KeyUsage, KeyUsages, SubjectAltName,
        name::{GeneralName, GeneralNames},
    },
};

use super::{Form, Wish};
use crate::{Problem, oids};

/// What a key may do, by the names of RFC 5280, 4.2.1.3.
pub(crate) const USAGES: [(&str, KeyUsages); 6] = [
    ("digitalSignature", KeyUsages::DigitalSignature),
    ("nonRepudiation", KeyUsages::NonRepudiation),
    ("keyEncipherment", KeyUsages::KeyEncipherment),
    ("dataEncipherment", KeyUsages::DataEncipherment),
    ("keyAgreement", KeyUsages::KeyAgreement),
    ("keyCertSign", KeyUsages::KeyCertSign),
];

/// BasicConstraints of a certificate that signs no other: both members have their default, so it is empty.
#[derive(Sequence)]
struct NoAuthority {}

pub(super) fn of(wish: &Wish) -> Result<Extensions, Problem> {
    let mut extensions = Extensions::new();
    let mut add = |oid: ObjectIdentifier, critical: bool, value: Vec<u8>| -> Result<(), Problem> {
        extensions.push(Extension { extn_id: oid, critical, extn_value: OctetString::new(value)? });
        Ok(())
    };
    if wish.form != Form::Request {
        add(oids::BASIC_CONSTRAINTS, true, NoAuthority {}.to_der()?)?;
        add(oids::SUBJECT_KEY_ID, false, OctetString::new(wish.key_id.as_slice())?.to_der()?)?;
    }
    if let Some(usage) = usage(&wish.usages)? {
        add(oids::KEY_USAGE, true, usage.to_der()?)?;
    }
    if !wish.purposes.is_empty() {
        add(oids::EXTENDED_KEY_USAGE, false, purposes(&wish.purposes)?.to_der()?)?;
    }
    let names = names(&wish.names)?;
    if !names.is_empty() {
        add(oids::SUBJECT_ALT_NAME, false, SubjectAltName(names).to_der()?)?;
    }
    if let Some(qualified) = &wish.qualified {
        add(oids::QC_STATEMENTS, false, qualified.statements()?)?;
    }
    Ok(extensions)
}

fn usage(names: &[String]) -> Result<Option<KeyUsage>, Problem> {
    let mut flags = FlagSet::<KeyUsages>::default();
    for name in names {
        let known = USAGES.iter().find(|(known, _)| known == name);
        let (_, flag) = known
            .ok_or_else(|| Problem::of("usages", format!("“{name}” is not a use that is known here.")))?;
        flags |= *flag;
    }
    Ok((!names.is_empty()).then_some(KeyUsage(flags)))
}

fn purposes(names: &[String]) -> Result<Vec<ObjectIdentifier>, Problem> {
    names
        .iter()
        .map(|name| {
            oids::oid(&oids::PURPOSES, name).ok_or_else(|| {
                Problem::of("purposes", format!("“{name}” is not a purpose that is known here."))
            })
        })
        .collect()
}

fn names(names: &[(String, String)]) -> Result<GeneralNames, Problem> {
    names.iter().map(|(kind, name)| alternative(kind, name.trim())).collect()
}

fn alternative(kind: &str, name: &str) -> Result<GeneralName, Problem> {
    let wrong = |text: String| Err(Problem::of("names", text));
    let text = |name: &str| {
        Ia5String::new(name).map_err(|_| {
            Problem::of("names", format!("“{name}”: write names outside ASCII as xn--… (Punycode)."))
        })
    };
    match kind {
        "dns" if !is_host(name) => {
            wrong(format!("“{name}” is not a host name, for example api.northline.example."))
        }
        "dns" => Ok(GeneralName::DnsName(text(name)?)),
        "ip" => match name.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => Ok(GeneralName::IpAddress(OctetString::new(address.octets())?)),
            Ok(IpAddr::V6(address)) => Ok(GeneralName::IpAddress(OctetString::new(address.octets())?)),
            Err(_) => wrong(format!("“{name}” is not an IP address, for example 192.0.2.10.")),
        },
        "uri" if !name.contains(':') => wrong(format!("“{name}” is not a URI: it has no scheme.")),
        "uri" => Ok(GeneralName::UniformResourceIdentifier(text(name)?)),
        "email" if !name.contains('@') => wrong(format!("“{name}” is not an e-mail address.")),
        "email" => Ok(GeneralName::Rfc822Name(text(name)?)),
        other => wrong(format!("“{other}” is not a kind of name that is known here.")),
    }
}

/// RFC 1034, 3.5 with a wildcard in front (RFC 9525, 6.3).
fn is_host(name: &str) -> bool {
    let name = name.strip_prefix("*.").unwrap_or(name);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(label)
}
