//! A good request, out of a statement and what the environment says.

use super::Software;
use crate::domain::{
    config::{Environment, PRIVATE_KEY_JWT, ResponseTypes},
    directory,
    jose::Algorithm,
    registration::{
        self, ClientMetadata, Document, Stamp, dialect_of,
        discovery::Reach,
        open_banking::{SoftwareStatement, members::presets},
    },
};

/// The key of the software.
#[derive(Clone, Copy, Debug)]
pub struct KeyName<'a> {
    /// What it signs with.
    pub algorithm: Algorithm,
    /// Its name in the key set of the software.
    pub kid: &'a str,
}

impl Software {
    /// The software of a statement, with a request that says what the statement and the environment say.
    ///
    /// # Errors
    /// When there are no signed requests here; a sentence.
    pub fn of(
        statement: &SoftwareStatement,
        environment: &Environment,
        reach: &Reach,
        page_origin: &str,
        key: KeyName<'_>,
    ) -> Result<Self, String> {
        let dialect = dialect_of(environment);
        let name = statement.client_name.as_deref().unwrap_or(&statement.software_id);
        let mut members = presets(dialect.software_members(), statement, environment, name);
        // What the client signs it signs with this key, whatever the environment prefers.
        members.insert("token_endpoint_auth_signing_alg".to_owned(), key.algorithm.name().into());
        members.insert("request_object_signing_alg".to_owned(), key.algorithm.name().into());
        let scope = statement.scopes().join(" ");
        let metadata = ClientMetadata {
            client_name: name.to_owned(),
            redirect_uris: Some(statement.redirect_uris.clone()),
            grant_types: Some(environment.grant_types.clone()),
            response_types: match &environment.response_types {
                ResponseTypes::Omit => None,
                ResponseTypes::Send(types) => Some(types.clone()),
            },
            token_endpoint_auth_method: Some(PRIVATE_KEY_JWT.to_owned()),
            scope: (!scope.is_empty()).then_some(scope),
            software: Some(Box::new(registration::Software {
                statement: statement.token.clone(),
                algorithm: key.algorithm.name().to_owned(),
                kid: key.kid.to_owned(),
                members,
            })),
            ..ClientMetadata::default()
        };
        // A member that is empty is left out; this one only keeps its place until a request is made.
        let stamp = Stamp::new(environment, reach, 0, "jti".to_owned());
        match dialect.document_at(&metadata, None, &stamp) {
            Document::Unsigned(good) => {
                Ok(Self { good: *good, statement: address(statement, environment, page_origin) })
            }
            _ => Err("Registration requests are not signed here.".to_owned()),
        }
    }
}

/// Where the directory gives out a new statement of this software, when it is the one that is configured.
fn address(statement: &SoftwareStatement, environment: &Environment, page_origin: &str) -> Option<String> {
    let directory = environment.software_statement.as_ref()?.directory.as_ref()?;
    let organisation = statement.organisation_id.as_deref()?;
    let template = directory.statement.as_deref()?;
    (statement.issuer.as_deref() == Some(directory.issuer.as_str()))
        .then(|| directory::statement(page_origin, template, organisation, &statement.software_id).url)
}
