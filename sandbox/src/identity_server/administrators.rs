//! Who may register applications: people of a tenant, by name and password (RFC 7617).

use aws_lc_rs::constant_time;

use super::refusal::Refusal;
use super::{IdentityServer, SUPER_TENANT, TENANTS, named_tenant};
use crate::call::Call;

/// The administrator's name in each tenant.
pub(super) const ADMINISTRATOR: &str = "admin";
/// Two people in each tenant, with the same password, so that one of them has applications that the other has not.
const NAMES: [&str; 2] = [ADMINISTRATOR, "developer"];

/// Somebody who showed name and password.
#[derive(Debug)]
pub(super) struct User {
    /// The name without its tenant.
    pub name: String,
    /// The tenant.
    pub tenant: String,
}

impl IdentityServer {
    /// Who sends this call. A name without `@` is one of the super tenant; a path that names a tenant is for its own
    /// people only.
    pub(super) fn user(&self, call: &Call) -> Result<User, Refusal> {
        let (login, password) = call.basic().ok_or(Refusal::Unauthorized)?;
        let (name, tenant) = login.rsplit_once('@').unwrap_or((&login, SUPER_TENANT));
        let is_here = named_tenant(call.uri.path()).is_none_or(|named| named == tenant);
        let is_right = self.is_password(&password);
        if !(is_here && is_right && NAMES.contains(&name) && TENANTS.contains(&tenant)) {
            return Err(Refusal::Unauthorized);
        }
        Ok(User { name: name.to_owned(), tenant: tenant.to_owned() })
    }

    fn is_password(&self, password: &str) -> bool {
        constant_time::verify_slices_are_equal(password.as_bytes(), self.password.as_bytes()).is_ok()
    }
}
