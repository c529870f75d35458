//! The certificates of a PKCS #7 bundle (RFC 5652, 5.1). Nothing else in it is looked at.

use der::{
    Decode, Encode, Reader, Sequence, SliceReader, Tag, TagNumber,
    asn1::{AnyRef, ObjectIdentifier},
};

use crate::{Problem, oids};

/// ContentInfo (RFC 5652, 3).
#[derive(Sequence)]
struct ContentInfo<'a> {
    kind: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    content: AnyRef<'a>,
}

/// `certificates [0] IMPLICIT CertificateSet`.
const CERTIFICATES: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(0) };

pub(super) fn certificates(der: &[u8]) -> Result<Vec<Vec<u8>>, Problem> {
    let damaged = |_| Problem::new("The bundle (PKCS #7) is damaged: it cannot be read.");
    let info = ContentInfo::from_der(der).map_err(damaged)?;
    if info.kind != oids::SIGNED_DATA {
        return Err(Problem::new("This PKCS #7 file holds no certificates: it is encrypted or signed data."));
    }
    let mut members = SliceReader::new(info.content.value()).map_err(damaged)?;
    let mut found = Vec::new();
    while !members.is_finished() {
        let member = members.decode::<AnyRef<'_>>().map_err(damaged)?;
        if der::Tagged::tag(&member) == CERTIFICATES {
            let mut set = SliceReader::new(member.value()).map_err(damaged)?;
            while !set.is_finished() {
                found.push(set.decode::<AnyRef<'_>>().map_err(damaged)?.to_der()?);
            }
        }
    }
    if found.is_empty() {
        return Err(Problem::new("The bundle (PKCS #7) holds no certificate."));
    }
    Ok(found)
}
