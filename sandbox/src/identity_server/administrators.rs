//! Who may register applications: people of a tenant, by name and password (RFC 7617).

use aws_lc_rs::constant_time;
use axum::http::Method;

use super::refusal::Refusal;
use super::{IdentityServer, SUPER_TENANT, TENANT, TENANTS, named_tenant};
use crate::awkward::Awkward;
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
    /// Who sends this call. A server that is wanted to be careless takes anybody who reads for the administrator.
    pub(super) fn user(&self, call: &Call, wanted: Option<Awkward>) -> Result<User, Refusal> {
        let is_careless = wanted == Some(Awkward::AcceptsAnyToken) && call.method == Method::GET;
        let anybody = || User {
            name: ADMINISTRATOR.to_owned(),
            tenant: named_tenant(call.uri.path()).unwrap_or(TENANT).to_owned(),
        };
        self.recognised(call).or_else(|| is_careless.then(anybody)).ok_or(Refusal::Unauthorized)
    }

    /// Whose name and password the call has. A name without `@` is one of the super tenant; a path that names a tenant
    /// is for its own people only.
    fn recognised(&self, call: &Call) -> Option<User> {
        let (login, password) = call.basic()?;
        let (name, tenant) = login.rsplit_once('@').unwrap_or((&login, SUPER_TENANT));
        let is_here = named_tenant(call.uri.path()).is_none_or(|named| named == tenant);
        let is_known = NAMES.contains(&name) && TENANTS.contains(&tenant);
        let is_let_in = self.is_password(&password) && is_here && is_known;
        is_let_in.then(|| User { name: name.to_owned(), tenant: tenant.to_owned() })
    }

    fn is_password(&self, password: &str) -> bool {
        constant_time::verify_slices_are_equal(password.as_bytes(), self.password.as_bytes()).is_ok()
    }
}
