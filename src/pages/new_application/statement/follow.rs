//! What a new statement fills in: the name, the redirect URIs and the products, as long as nobody wrote something else.

use leptos::prelude::*;

use crate::{
    components::prelude::use_announcer,
    domain::{
        config::Environment,
        registration::{
            dialect_of,
            open_banking::{SoftwareStatement, prefill},
        },
    },
    pages::new_application::form::Form,
    text::statement as words,
};

/// From here on a statement fills the form.
pub fn follow(form: Form) {
    let announcer = use_announcer();
    Effect::new(move |before: Option<Option<SoftwareStatement>>| {
        let before = before.flatten();
        let (statement, environment) = (form.software.statement(), form.environment.get());
        if !form.loaded.get() {
            return None;
        }
        let (Some(statement), Some(environment)) = (statement, environment) else { return before };
        if before.as_ref() != Some(&statement) {
            announcer.say(words::READ);
        }
        untrack(|| fill(form, &environment, before.as_ref(), &statement));
        Some(statement)
    });
}

fn fill(
    form: Form,
    environment: &Environment,
    before: Option<&SoftwareStatement>,
    statement: &SoftwareStatement,
) {
    let put = |field: RwSignal<String>, was: Option<String>, now: String| {
        let untouched = field.with(|typed| {
            typed.trim().is_empty() || was.is_some_and(|was| !was.is_empty() && was == typed.trim())
        });
        if untouched && field.with(|typed| *typed != now) {
            field.set(now);
        }
    };
    put(form.name, before.map(|before| name(environment, before)), name(environment, statement));
    put(form.redirect_uris, before.map(uris), uris(statement));
    let ids = [
        (form.software.organisation, statement.organisation_id.clone().unwrap_or_default()),
        (form.software.software, statement.software_id.clone()),
    ];
    for (field, id) in ids {
        if field.with(|typed| typed.trim().is_empty()) {
            field.set(id);
        }
    }
    if form.chosen().is_empty() {
        let products = form
            .session
            .catalogue
            .with_value(|catalogue| prefill::products(statement, environment, catalogue));
        form.products.update(|chosen| chosen.extend(products));
    }
}

/// The name in the statement, as the server takes names.
fn name(environment: &Environment, statement: &SoftwareStatement) -> String {
    let name = statement.client_name.as_deref().unwrap_or(&statement.software_id);
    dialect_of(environment).suggested_name(name).unwrap_or_else(|| name.to_owned())
}

fn uris(statement: &SoftwareStatement) -> String {
    statement.redirect_uris.join("\n")
}
