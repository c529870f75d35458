//! The fields of a change.

use leptos::prelude::*;

use super::{Desk, software};
use crate::{
    components::prelude::*,
    domain::{
        catalogue::{Approval, Product},
        form::{Draft, Field},
        registration::StatementUse,
    },
    text::application as words,
};

#[component]
pub(super) fn ChangeForm(desk: Desk) -> impl IntoView {
    let shown = Signal::derive(move || if desk.attempts.get() == 0 { Vec::new() } else { desk.problems() });
    let title = Signal::derive(move || words::problems_title(shown.with(Vec::len)));
    let lines = Signal::derive(move || {
        shown
            .get()
            .into_iter()
            .map(|problem| SummaryLine {
                field_id: problem.field.id().to_owned(),
                text: format!("{}: {}", problem.field.label(), problem.text),
            })
            .collect::<Vec<_>>()
    });
    let statement = desk.subject.habits().software_statement;
    let sign_in = desk.draft.with_untracked(|draft| draft.sign_in);
    view! {
        <ErrorSummary title lines attempts=desk.attempts/>
        <section class="stack-16">
            <SectionHead title="What to change" aside=words::WHOLE_DOCUMENT/>
            {match statement {
                StatementUse::None => {
                    view! {
                        <div class="pair fields">
                            {text(desk, Field::Name, |draft| &mut draft.name, "text")}
                            {text(desk, Field::Contact, |draft| &mut draft.contact, "email")}
                        </div>
                        {sign_in.then(|| redirect_uris(desk))}
                    }
                        .into_any()
                }
                StatementUse::Member => {
                    view! { {text(desk, Field::Name, |draft| &mut draft.name, "text")} {software::fields(desk)} }
                        .into_any()
                }
                StatementUse::SignedRequest => software::fields(desk),
            }}
            {if desk.subject.habits().developer_apps {
                view! { <p class="small muted">{words::PRODUCTS_IN_KEYS}</p> }.into_any()
            } else {
                view! { <Products desk/> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// A field of the draft as a signal of its own.
pub(super) fn part(desk: Desk, field: fn(&mut Draft) -> &mut String) -> RwSignal<String> {
    let mut draft = desk.draft.get_untracked();
    let value = RwSignal::new(std::mem::take(field(&mut draft)));
    Effect::new(move |_| {
        let typed = value.get();
        if desk.draft.try_with_untracked(|draft| *field(&mut draft.clone()) != typed) == Some(true) {
            desk.draft.update(|draft| *field(draft) = typed);
        }
    });
    value
}

fn text(desk: Desk, field: Field, of: fn(&mut Draft) -> &mut String, kind: &'static str) -> AnyView {
    let error = Signal::derive(move || desk.error(field));
    view! { <TextField id=field.id() label=field.label() value=part(desk, of) kind error/> }.into_any()
}

pub(super) fn redirect_uris(desk: Desk) -> AnyView {
    let error = Signal::derive(move || desk.error(Field::RedirectUris));
    view! {
        <TextArea
            id=Field::RedirectUris.id()
            label=Field::RedirectUris.label()
            value=part(desk, |draft| &mut draft.redirect_uris)
            mono=true
            hint=words::ONE_A_LINE
            error
        />
    }
    .into_any()
}

#[component]
fn Products(desk: Desk) -> impl IntoView {
    let subject = desk.subject;
    let Some(environment) = subject.environment() else { return ().into_any() };
    let offered: Vec<Product> = subject
        .session
        .catalogue
        .with_value(|all| all.iter().filter(|product| environment.offers(&product.id)).cloned().collect());
    let rows: Vec<AnyView> = offered
        .into_iter()
        .map(|product| {
            let id = StoredValue::new(product.id.clone());
            let scopes = environment.scopes_of(&product);
            let checked = Signal::derive(move || {
                id.with_value(|id| desk.draft.with(|draft| draft.products.contains(id)))
            });
            let waits = product.approval == Approval::Operator;
            let change = move |chosen: bool| {
                desk.draft.update(|draft| {
                    draft.products.retain(|known| id.with_value(|id| id != known));
                    if chosen {
                        draft.products.push(id.get_value());
                    }
                });
            };
            view! {
                <ProductRow
                    id=format!("product-{}", product.id)
                    name=product.name
                    standard=product.standard
                    summary=product.summary
                    scopes
                    approval=if waits { "Operator approves" } else { "Automatic" }
                    waits
                    checked
                    on_change=change
                />
            }
            .into_any()
        })
        .collect();
    let error = Signal::derive(move || desk.error(Field::Products));
    view! { <ProductRows id=Field::Products.id() legend="Products" error>{rows}</ProductRows> }.into_any()
}
