//! The products of a key, and asking for more.

use leptos::prelude::*;

use super::{Desk, lamp};
use crate::{
    components::prelude::*,
    domain::registration::apigee::{Credential, KeyAction, ProductStatus, Status},
    text::developer_app as words,
};

#[component]
pub(super) fn Products(desk: Desk, credential: Credential) -> impl IntoView {
    let key = StoredValue::new(credential.consumer_key.clone());
    let usable = credential.status != Status::Revoked;
    let offered = offered(desk, &credential);
    let chosen = RwSignal::new(offered.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let options: Vec<SelectOption> =
        offered.iter().map(|(id, name)| SelectOption::new(id.clone(), name.clone())).collect();
    let add = move || {
        let product = chosen.get_untracked();
        if !product.is_empty() {
            desk.act(KeyAction::AddProducts { key: key.get_value(), products: vec![product] });
        }
    };
    let row = move |product: ProductStatus| {
        let name = StoredValue::new(product.name.clone());
        let remove = move || {
            desk.act(KeyAction::RemoveProduct { key: key.get_value(), product: name.get_value() });
        };
        view! {
            <li class="row between">
                <code>{product.name}</code>
                <div class="row">
                    <Lit lamp=lamp(product.status)>{words::product_status(product.status)}</Lit>
                    {usable.then(|| view! { <Button text=words::TAKE_OUT size=Size::Row kind=Kind::Plain on_press=remove/> })}
                </div>
            </li>
        }
        .into_any()
    };
    let waits = credential.products.iter().any(|product| product.status == Status::Pending);
    let rows: Vec<AnyView> = credential.products.into_iter().map(row).collect();
    let id = format!("add-product-{}", key.get_value());
    view! {
        <PanelPart>
            <div class="stack-8">
                <ul class="stack-8 plain-list">{rows}</ul>
                {waits.then(|| view! { <Note tone=Tone::Info lead=words::WAITS_LEAD>{words::WAITS}</Note> })}
                {(usable && !options.is_empty())
                    .then(|| {
                        view! {
                            <div class="field-and-button">
                                <Select id label=words::ADD_PRODUCT value=chosen options/>
                                <Button text=words::ASK_FOR_IT icon=Icon::Plus on_press=add/>
                            </div>
                        }
                    })}
            </div>
        </PanelPart>
    }
    .into_any()
}

/// The products of the environment that are not in the key, by their names at the server.
fn offered(desk: Desk, credential: &Credential) -> Vec<(String, String)> {
    let subject = desk.subject;
    let Some(environment) = subject.environment() else { return Vec::new() };
    subject.session.catalogue.with_value(|catalogue| {
        catalogue
            .iter()
            .filter(|product| environment.offers(&product.id))
            .flat_map(|product| {
                environment.scopes_of(product).into_iter().map(|scope| (scope, product.name.clone()))
            })
            .filter(|(scope, _)| !credential.products.iter().any(|known| known.name == *scope))
            .collect()
    })
}
