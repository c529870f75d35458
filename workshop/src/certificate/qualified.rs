//! Statements of an eIDAS certificate (ETSI EN 319 412-5) for payment services (ETSI TS 119 495).

use der::{
    Any, Encode, Sequence,
    asn1::{ObjectIdentifier, Utf8StringRef},
};

use crate::{Problem, oids};

/// What a qualified certificate states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualified {
    /// A web site certificate (QWAC); else a seal (QSEAL).
    pub website: bool,
    /// Roles of the payment service provider: `PSP_AS`, `PSP_PI`, `PSP_AI`, `PSP_IC`.
    pub roles: Vec<String>,
    /// Name of the authority, for example `Financial Conduct Authority`.
    pub authority: String,
    /// Its identifier, for example `GB-FCA`.
    pub authority_id: String,
}

/// QCStatement (RFC 3739, 3.2.6).
#[derive(Sequence)]
struct Statement {
    id: ObjectIdentifier,
    information: Any,
}

/// RoleOfPSP (ETSI TS 119 495, 5.1).
#[derive(Sequence)]
struct Role<'a> {
    id: ObjectIdentifier,
    name: Utf8StringRef<'a>,
}

/// PSD2QcType (ETSI TS 119 495, 5.1).
#[derive(Sequence)]
struct Psd2<'a> {
    roles: Vec<Role<'a>>,
    authority: Utf8StringRef<'a>,
    authority_id: Utf8StringRef<'a>,
}

impl Qualified {
    pub(super) fn statements(&self) -> Result<Vec<u8>, Problem> {
        let kind = if self.website { oids::QC_WEB } else { oids::QC_SEAL };
        let mut statements =
            vec![Statement { id: oids::QC_TYPE, information: Any::encode_from(&vec![kind])? }];
        if self.roles.is_empty() {
            return Err(Problem::of("roles", "Choose at least one role of the payment service provider."));
        }
        let roles = self
            .roles
            .iter()
            .map(|name| {
                let id = oids::oid(&oids::PSD2_ROLES, name)
                    .ok_or_else(|| Problem::of("roles", format!("“{name}” is not a role of PSD2.")))?;
                Ok(Role { id, name: Utf8StringRef::new(name)? })
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        for (field, text) in [("authority", &self.authority), ("authority_id", &self.authority_id)] {
            if text.trim().is_empty() {
                return Err(Problem::of(field, "Name the authority that licensed you, for example GB-FCA."));
            }
        }
        let psd2 = Psd2 {
            roles,
            authority: Utf8StringRef::new(self.authority.trim())?,
            authority_id: Utf8StringRef::new(self.authority_id.trim())?,
        };
        statements.push(Statement { id: oids::PSD2, information: Any::encode_from(&psd2)? });
        Ok(statements.to_der()?)
    }
}
