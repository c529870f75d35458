//! The products, of which each gives the token a scope.

use leptos::prelude::*;

use super::{
    form::Form,
    parts::{Head, Part},
};
use crate::{
    components::prelude::*,
    domain::{
        catalogue::{Approval, Product},
        config::Environment,
        form::Field,
    },
    text::{new_application as words, statement},
};

/// The part.
#[component]
pub fn Products(
    /// The form.
    form: Form,
) -> impl IntoView {
    let aside = Signal::derive(move || {
        let offered =
            form.environment.with(|environment| environment.as_ref().map(|e| form.offered(e).len()))?;
        (offered > 0).then(|| words::chosen(form.chosen().len(), offered))
    });
    view! {
        <section class="section">
            <Head form=form part=Part::Products aside=aside />
            {move || form.environment.get().map(|environment| rows(form, &environment))}
            {move || {
                let beyond = beyond(form)?;
                Some(view! { <Note tone=Tone::Look role="status">{marked(&beyond)}</Note> })
            }}
        </section>
    }
}

/// What a software statement does not allow of what is chosen.
fn beyond(form: Form) -> Option<String> {
    let environment = form.environment.get().filter(|_| form.habits().takes_statements())?;
    let known = form.software.statement()?;
    let allowed = known.scopes();
    let chosen = form.chosen();
    let mut scopes: Vec<String> = chosen.iter().flat_map(|product| environment.scopes_of(product)).collect();
    scopes.retain(|scope| !allowed.contains(scope));
    (!scopes.is_empty()).then(|| statement::beyond(&scopes, &known.roles))
}

fn rows(form: Form, environment: &Environment) -> AnyView {
    let offered = form.offered(environment);
    if offered.is_empty() {
        return view! { <p class="muted">{words::NO_PRODUCTS}</p> }.into_any();
    }
    let rows: Vec<AnyView> = offered.into_iter().map(|product| row(form, environment, product)).collect();
    view! {
        <ProductRows id=Field::Products.id() legend=Field::Products.label() error=form.error(Field::Products)>
            {rows}
        </ProductRows>
    }
    .into_any()
}

fn row(form: Form, environment: &Environment, product: Product) -> AnyView {
    let scopes = environment.scopes_of(&product);
    let waits = product.approval == Approval::Operator;
    let id = StoredValue::new(product.id);
    let choose = move |chosen: bool| {
        form.products.update(|products| {
            id.with_value(|id| {
                products.retain(|known| known != id);
                if chosen {
                    products.push(id.clone());
                }
            });
        });
    };
    view! {
        <ProductRow
            id=format!("product-{}", id.get_value())
            name=product.name
            standard=product.standard
            summary=product.summary
            scopes=scopes
            approval=if waits { "Operator approves" } else { "Automatic" }
            waits=waits
            checked=Signal::derive(move || form.products.with(|products| id.with_value(|id| products.contains(id))))
            on_change=choose
        />
    }
    .into_any()
}
