//! Signature algorithms (RFC 7518, 3.1; RFC 8037) and the key pairs that can be made for them.

/// A signature algorithm that the portal signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// Ed25519 (RFC 8037).
    EdDsa,
}

impl Algorithm {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Es256, Self::Ps256, Self::Rs256, Self::EdDsa];

    /// Its name in `alg`. Ed25519 goes by the name that servers of every age know (RFC 8037), not by that of RFC 9864.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Ps256 => "PS256",
            Self::Rs256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The algorithm of an `alg`; `None` for one that the portal does not sign with.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "Ed25519" => Some(Self::EdDsa),
            _ => Self::ALL.into_iter().find(|algorithm| algorithm.name() == name),
        }
    }

    /// `kty` of its keys (RFC 7518, 6.1; RFC 8037, 2).
    #[must_use]
    pub fn key_type(self) -> &'static str {
        match self {
            Self::Es256 => "EC",
            Self::Ps256 | Self::Rs256 => "RSA",
            Self::EdDsa => "OKP",
        }
    }

    /// Whether its keys come in sizes.
    #[must_use]
    pub fn is_rsa(self) -> bool {
        self.key_type() == "RSA"
    }
}

/// A key pair to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyWish {
    /// What it is going to sign with.
    pub algorithm: Algorithm,
    /// Bits of the modulus; of no meaning for keys that are not RSA.
    pub bits: u32,
}

impl KeyWish {
    /// The sizes of RSA keys that are offered. Below 2048 no server takes them (RFC 7518, 3.3).
    pub const SIZES: [u32; 3] = [2048, 3072, 4096];
}
