//! Object identifiers that are met here, with the names people know them by.

use der::asn1::ObjectIdentifier as Oid;

/// rsaEncryption (RFC 8017, A.1).
pub const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
/// id-RSASSA-PSS (RFC 8017, A.2.3).
pub const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
/// sha256WithRSAEncryption (RFC 8017, A.2.4).
pub const SHA256_WITH_RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.11");
/// id-mgf1 (RFC 8017, A.2.1).
pub const MGF1: Oid = Oid::new_unwrap("1.2.840.113549.1.1.8");
/// id-sha256 (RFC 8017, A.2).
pub const SHA256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");
/// id-ecPublicKey (RFC 5480, 2.1.1).
pub const EC: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
/// secp256r1, P-256 (RFC 5480, 2.1.1.1).
pub const P256: Oid = Oid::new_unwrap("1.2.840.10045.3.1.7");
/// ecdsa-with-SHA256 (RFC 5758, 3.2).
pub const ECDSA_SHA256: Oid = Oid::new_unwrap("1.2.840.10045.4.3.2");
/// id-Ed25519 (RFC 8410, 3).
pub const ED25519: Oid = Oid::new_unwrap("1.3.101.112");
/// extensionRequest (RFC 2985, 5.4.2).
pub const EXTENSION_REQUEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.14");
/// signedData (RFC 5652, 5.1).
pub const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
/// subjectKeyIdentifier (RFC 5280, 4.2.1.2).
pub const SUBJECT_KEY_ID: Oid = Oid::new_unwrap("2.5.29.14");
/// keyUsage (RFC 5280, 4.2.1.3).
pub const KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.15");
/// subjectAltName (RFC 5280, 4.2.1.6).
pub const SUBJECT_ALT_NAME: Oid = Oid::new_unwrap("2.5.29.17");
/// basicConstraints (RFC 5280, 4.2.1.9).
pub const BASIC_CONSTRAINTS: Oid = Oid::new_unwrap("2.5.29.19");
/// extKeyUsage (RFC 5280, 4.2.1.12).
pub const EXTENDED_KEY_USAGE: Oid = Oid::new_unwrap("2.5.29.37");
/// qcStatements (RFC 3739, 3.2.6).
pub const QC_STATEMENTS: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.1.3");
/// id-etsi-qcs-QcType (ETSI EN 319 412-5, 4.2.3).
pub const QC_TYPE: Oid = Oid::new_unwrap("0.4.0.1862.1.6");
/// id-etsi-qct-eseal: a seal (ETSI EN 319 412-5, 4.2.3).
pub const QC_SEAL: Oid = Oid::new_unwrap("0.4.0.1862.1.6.2");
/// id-etsi-qct-web: a web site (ETSI EN 319 412-5, 4.2.3).
pub const QC_WEB: Oid = Oid::new_unwrap("0.4.0.1862.1.6.3");
/// id-etsi-psd2-qcStatement (ETSI TS 119 495, 5.1).
pub const PSD2: Oid = Oid::new_unwrap("0.4.0.19495.2");
/// id-kp-serverAuth (RFC 5280, 4.2.1.12).
pub const SERVER_AUTH: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.1");
/// id-kp-clientAuth (RFC 5280, 4.2.1.12).
pub const CLIENT_AUTH: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.2");

/// Attributes of a subject (X.520; RFC 5280, 4.1.2.4; ETSI EN 319 412-1, 5.1.4) by the short names of OpenSSL.
pub const ATTRIBUTES: [(&str, Oid); 12] = [
    ("CN", Oid::new_unwrap("2.5.4.3")),
    ("O", Oid::new_unwrap("2.5.4.10")),
    ("OU", Oid::new_unwrap("2.5.4.11")),
    ("C", Oid::new_unwrap("2.5.4.6")),
    ("L", Oid::new_unwrap("2.5.4.7")),
    ("ST", Oid::new_unwrap("2.5.4.8")),
    ("street", Oid::new_unwrap("2.5.4.9")),
    ("serialNumber", Oid::new_unwrap("2.5.4.5")),
    ("organizationIdentifier", Oid::new_unwrap("2.5.4.97")),
    ("businessCategory", Oid::new_unwrap("2.5.4.15")),
    ("emailAddress", Oid::new_unwrap("1.2.840.113549.1.9.1")),
    ("DC", Oid::new_unwrap("0.9.2342.19200300.100.1.25")),
];

/// What a key may be used for in a protocol.
pub const PURPOSES: [(&str, Oid); 6] = [
    ("serverAuth", SERVER_AUTH),
    ("clientAuth", CLIENT_AUTH),
    ("codeSigning", Oid::new_unwrap("1.3.6.1.5.5.7.3.3")),
    ("emailProtection", Oid::new_unwrap("1.3.6.1.5.5.7.3.4")),
    ("timeStamping", Oid::new_unwrap("1.3.6.1.5.5.7.3.8")),
    ("OCSPSigning", Oid::new_unwrap("1.3.6.1.5.5.7.3.9")),
];

/// Roles of a payment service provider (ETSI TS 119 495, 5.1).
pub const PSD2_ROLES: [(&str, Oid); 4] = [
    ("PSP_AS", Oid::new_unwrap("0.4.0.19495.1.1")),
    ("PSP_PI", Oid::new_unwrap("0.4.0.19495.1.2")),
    ("PSP_AI", Oid::new_unwrap("0.4.0.19495.1.3")),
    ("PSP_IC", Oid::new_unwrap("0.4.0.19495.1.4")),
];

/// Signatures on certificates.
pub const SIGNATURES: [(&str, Oid); 10] = [
    ("RS256", SHA256_WITH_RSA),
    ("RSASSA-PSS", RSA_PSS),
    ("ES256", ECDSA_SHA256),
    ("Ed25519", ED25519),
    ("RSA with SHA-1", Oid::new_unwrap("1.2.840.113549.1.1.5")),
    ("RS384", Oid::new_unwrap("1.2.840.113549.1.1.12")),
    ("RS512", Oid::new_unwrap("1.2.840.113549.1.1.13")),
    ("ES384", Oid::new_unwrap("1.2.840.10045.4.3.3")),
    ("ES512", Oid::new_unwrap("1.2.840.10045.4.3.4")),
    ("Ed448", Oid::new_unwrap("1.3.101.113")),
];

/// Curves (RFC 5480, 2.1.1.1) by the names of JOSE.
pub const CURVES: [(&str, Oid); 4] = [
    ("P-256", P256),
    ("P-384", Oid::new_unwrap("1.3.132.0.34")),
    ("P-521", Oid::new_unwrap("1.3.132.0.35")),
    ("secp256k1", Oid::new_unwrap("1.3.132.0.10")),
];

/// The OID of a name.
#[must_use]
pub fn oid(table: &[(&str, Oid)], name: &str) -> Option<Oid> {
    table.iter().find(|(known, _)| *known == name).map(|(_, oid)| *oid)
}

/// The name of an OID; in digits when it is not in the table.
#[must_use]
pub fn name(table: &[(&str, Oid)], oid: Oid) -> String {
    let known = table.iter().find(|(_, known)| *known == oid);
    known.map_or_else(|| oid.to_string(), |(name, _)| (*name).to_owned())
}
