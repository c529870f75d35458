//! The subject: attributes in the order in which they were given.

use der::{
    Any, Tag,
    asn1::{ObjectIdentifier, SetOfVec},
};
use x509_cert::{
    attr::AttributeTypeAndValue,
    name::{Name, RdnSequence, RelativeDistinguishedName},
};

use crate::{Problem, oids};

/// The longest values (X.520, upper bounds; RFC 5280, A.1).
const LIMITS: [(&str, usize); 6] =
    [("CN", 64), ("O", 64), ("OU", 64), ("L", 128), ("ST", 128), ("serialNumber", 64)];

pub(super) fn name(attributes: &[(String, String)]) -> Result<Name, Problem> {
    let mut sequence = RdnSequence::default();
    for (short, value) in attributes.iter().map(|(short, value)| (short.as_str(), value.trim())) {
        if value.is_empty() {
            continue;
        }
        let oid = oids::oid(&oids::ATTRIBUTES, short).ok_or_else(|| {
            Problem::of(short, format!("“{short}” is not an attribute that is known here."))
        })?;
        check(short, value)?;
        let value = Any::new(tag(short), value.as_bytes().to_vec())?;
        sequence.push(relative(oid, value)?);
    }
    if sequence.is_empty() {
        return Err(Problem::of("CN", "Give the subject a name, for example the name of the application."));
    }
    Ok(Name::hazmat_from_rdn_sequence(sequence))
}

fn relative(oid: ObjectIdentifier, value: Any) -> Result<RelativeDistinguishedName, Problem> {
    let set = SetOfVec::try_from([AttributeTypeAndValue { oid, value }])?;
    Ok(RelativeDistinguishedName::from(set))
}

fn check(short: &str, value: &str) -> Result<(), Problem> {
    if value.chars().any(char::is_control) {
        return Err(Problem::of(short, "Take out the line breaks and control characters."));
    }
    let longest = LIMITS.iter().find(|(known, _)| *known == short).map_or(256, |(_, limit)| *limit);
    if value.chars().count() > longest {
        return Err(Problem::of(short, format!("At most {longest} characters fit here.")));
    }
    let is_country = value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase());
    if short == "C" && !is_country {
        return Err(Problem::of(
            short,
            "A country is two capital letters, for example GB or DE (ISO 3166-1).",
        ));
    }
    if tag(short) != Tag::Utf8String && !value.is_ascii() {
        return Err(Problem::of(short, "Only letters without accents, digits and signs fit here."));
    }
    Ok(())
}

/// What kind of text it is (RFC 5280, A.1): most may be any, these may not.
fn tag(short: &str) -> Tag {
    match short {
        "C" | "serialNumber" => Tag::PrintableString,
        "emailAddress" | "DC" => Tag::Ia5String,
        _ => Tag::Utf8String,
    }
}
