//! The algorithms that a signature can be checked with (RFC 7518, 3.1; RFC 8037, 3.1; RFC 9864, 2.2), as a table.

/// How an algorithm works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// HMAC with a secret that both sides hold.
    Hmac,
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1,
    /// RSASSA-PSS, the salt as long as the hash.
    RsaPss,
    /// ECDSA; the signature is `r` and `s` one after the other.
    Ecdsa,
    /// Ed25519.
    Ed25519,
}

/// One algorithm.
#[derive(Debug, PartialEq, Eq)]
pub struct Algorithm {
    /// Its name in `alg`.
    pub name: &'static str,
    /// How it works.
    pub family: Family,
    /// Its hash as WebCrypto calls it; empty where the algorithm has one of its own.
    pub hash: &'static str,
    /// Bytes of the hash.
    pub hash_bytes: usize,
    /// The curve of its keys; empty where there is none.
    pub curve: &'static str,
    /// Bytes of a signature; `None` when it is as long as the modulus of the key.
    pub signature_bytes: Option<usize>,
}

const fn row(
    name: &'static str,
    family: Family,
    hash: (&'static str, usize),
    curve: &'static str,
    signature_bytes: Option<usize>,
) -> Algorithm {
    Algorithm { name, family, hash: hash.0, hash_bytes: hash.1, curve, signature_bytes }
}

const SHA_256: (&str, usize) = ("SHA-256", 32);
const SHA_384: (&str, usize) = ("SHA-384", 48);
const SHA_512: (&str, usize) = ("SHA-512", 64);

/// All of them. `none` is not one.
pub static ALGORITHMS: [Algorithm; 14] = [
    row("HS256", Family::Hmac, SHA_256, "", Some(32)),
    row("HS384", Family::Hmac, SHA_384, "", Some(48)),
    row("HS512", Family::Hmac, SHA_512, "", Some(64)),
    row("RS256", Family::RsaPkcs1, SHA_256, "", None),
    row("RS384", Family::RsaPkcs1, SHA_384, "", None),
    row("RS512", Family::RsaPkcs1, SHA_512, "", None),
    row("PS256", Family::RsaPss, SHA_256, "", None),
    row("PS384", Family::RsaPss, SHA_384, "", None),
    row("PS512", Family::RsaPss, SHA_512, "", None),
    row("ES256", Family::Ecdsa, SHA_256, "P-256", Some(64)),
    row("ES384", Family::Ecdsa, SHA_384, "P-384", Some(96)),
    row("ES512", Family::Ecdsa, SHA_512, "P-521", Some(132)),
    row("EdDSA", Family::Ed25519, ("", 64), "Ed25519", Some(64)),
    row("Ed25519", Family::Ed25519, ("", 64), "Ed25519", Some(64)),
];

impl Algorithm {
    /// The algorithm of that name, letter by letter; nothing for `none` and for names that are not known here.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALGORITHMS.iter().find(|known| known.name == name)
    }

    /// Whether another name means the same: `EdDSA` and `Ed25519` do for a key on that curve (RFC 9864, 2.2).
    #[must_use]
    pub fn is_also(&self, name: &str) -> bool {
        self.name == name || (self.family == Family::Ed25519 && matches!(name, "EdDSA" | "Ed25519"))
    }

    /// The key that it works with, in words.
    #[must_use]
    pub fn wants(&self) -> &'static str {
        match self.family {
            Family::Hmac => "a shared secret",
            Family::RsaPkcs1 | Family::RsaPss => "an RSA key",
            Family::Ed25519 => "an Ed25519 key",
            Family::Ecdsa if self.curve == "P-256" => "an EC key on P-256",
            Family::Ecdsa if self.curve == "P-384" => "an EC key on P-384",
            Family::Ecdsa => "an EC key on P-521",
        }
    }
}

/// What is allowed where nothing narrower is asked for: every algorithm of the table.
pub static ANY: [&str; 14] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "ES512", "EdDSA", "Ed25519",
];
