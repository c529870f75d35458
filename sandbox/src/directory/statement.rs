//! Software statements (RFC 7591 section 2.3), with the claims of the directory of Open Banking, in its order.

use aws_lc_rs::rand;
use serde_json::{Value, json};

use super::{Directory, Software};
use crate::jose::CryptoError;

/// What the directory says of all software in it.
const VERSION: &str = "1.0";

impl Directory {
    /// A new statement about this software, for callers that reached this server at `base`.
    ///
    /// # Errors
    /// When it can't be signed.
    pub fn statement(&self, software: &Software, base: &str) -> Result<String, CryptoError> {
        self.key.sign_as("JWT", &self.claims(software, base)?)
    }

    fn claims(&self, software: &Software, base: &str) -> Result<Value, CryptoError> {
        let (organisation, id) = (&software.organisation_id, &software.software_id);
        let keys = format!("{base}{}/keys/{organisation}", self.place.path);
        let authorisations: Vec<Value> = ["GB", "IE", "NL"]
            .map(|state| json!({ "member_state": state, "roles": software.roles }))
            .into_iter()
            .collect();
        let contact = |name: &str| json!({ "name": name, "email": "contact@sandbox.example", "phone": "+440000000000", "type": name });
        Ok(json!({
            "iss": self.place.issuer,
            "iat": self.clock.now(),
            "jti": hexadecimal()?,
            "software_environment": "sandbox",
            "software_mode": "Test",
            "software_id": id,
            "software_client_id": id,
            "software_client_name": software.client_name,
            "software_client_description": format!("{} for testing", software.client_name),
            "software_version": VERSION,
            "software_client_uri": software.client_uri,
            "software_redirect_uris": software.redirect_uris,
            "software_roles": software.roles,
            "organisation_competent_authority_claims": {
                "authority_id": "OBGBR",
                "registration_id": format!("Unknown{organisation}"),
                "status": "Active",
                "authorisations": authorisations,
            },
            "software_logo_uri": software.logo_uri,
            "org_status": "Active",
            "org_id": organisation,
            "org_name": self.place.organisation_name,
            "org_contacts": [contact("Technical"), contact("Business")],
            "org_jwks_endpoint": format!("{keys}/{organisation}.jwks"),
            "org_jwks_revoked_endpoint": format!("{keys}/revoked/{organisation}.jwks"),
            "software_jwks_endpoint": format!("{keys}/{id}.jwks"),
            "software_jwks_revoked_endpoint": format!("{keys}/revoked/{id}.jwks"),
            "software_policy_uri": software.policy_uri,
            "software_tos_uri": software.tos_uri,
            "software_on_behalf_of_org": self.place.organisation_name,
        }))
    }
}

/// Sixteen random hexadecimal digits.
fn hexadecimal() -> Result<String, CryptoError> {
    let mut bytes = [0_u8; 8];
    rand::fill(&mut bytes).map_err(|_| CryptoError("no random bytes could be had"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
