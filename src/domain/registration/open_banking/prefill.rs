//! What a form starts with once there is a software statement.

use super::{SoftwareStatement, members::presets};
use crate::domain::{
    catalogue::Product,
    config::Environment,
    form::Draft,
    registration::{Software, dialect_of},
};

/// The draft with everything that the statement and the environment say. A name and products that were chosen stay;
/// redirect URIs and members are those of the statement.
#[must_use]
pub fn draft(
    mut draft: Draft,
    statement: &SoftwareStatement,
    environment: &Environment,
    catalogue: &[Product],
) -> Draft {
    let dialect = dialect_of(environment);
    let name = statement.client_name.as_deref().unwrap_or(&statement.software_id);
    let name = dialect.suggested_name(name).unwrap_or_else(|| name.to_owned());
    let members = presets(dialect.software_members(), statement, environment, &name);
    if draft.name.trim().is_empty() {
        draft.name = name;
    }
    draft.redirect_uris = statement.redirect_uris.join("\n");
    if draft.products.is_empty() {
        draft.products = products(statement, environment, catalogue);
    }
    let before = draft.software.take().unwrap_or_default();
    draft.software = Some(Box::new(Software { statement: statement.token.clone(), members, ..*before }));
    draft
}

/// The products whose scopes the statement allows, in the order of the catalogue.
#[must_use]
pub fn products(
    statement: &SoftwareStatement,
    environment: &Environment,
    catalogue: &[Product],
) -> Vec<String> {
    let allowed = statement.scopes();
    catalogue
        .iter()
        .filter(|product| environment.offers(&product.id))
        .filter(|product| environment.scopes_of(product).iter().all(|scope| allowed.contains(scope)))
        .map(|product| product.id.clone())
        .collect()
}
