//! The list of products, with its filter.

use leptos::prelude::*;

use crate::{
    browser::{focus, keys},
    components::prelude::*,
    domain::{
        catalogue::{Approval, Product},
        route::Route,
    },
    state::use_session,
    text::products as text,
};

const FILTER_ID: &str = "filter";

/// The list. What is typed in the filter outlives going from one product to the next.
#[component]
pub fn ProductList(offered: Memo<Vec<Product>>, open: Memo<Option<Product>>) -> impl IntoView {
    let session = use_session();
    let filter = session.product_filter;
    let found = Memo::new(move |_| {
        let words = filter.get().to_lowercase();
        offered.get().into_iter().filter(|product| matches(product, &words)).collect::<Vec<Product>>()
    });
    StoredValue::new_local(keys::on_key("/", || {
        focus::focus_by_id(FILTER_ID);
    }));
    let clear = move || {
        filter.set(String::new());
        focus::focus_by_id(FILTER_ID);
    };
    let rows = move || {
        let products = found.get();
        if products.is_empty() {
            let title = filter.with(|filter| text::nothing_found(filter));
            return view! {
                <Empty title text=text::SEARCHED.to_owned()><Button text=text::CLEAR on_press=clear/></Empty>
            }
            .into_any();
        }
        let rows: Vec<AnyView> = products
            .into_iter()
            .map(|product| view! { <li><ProductLink product open/></li> }.into_any())
            .collect();
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <div class="product-browse">
            <Filter id=FILTER_ID label=text::FILTER value=filter placeholder=text::FILTER/>
            <nav class="product-list" aria-label=text::TITLE>{rows}</nav>
        </div>
    }
    .into_any()
}

/// Whether every word stands somewhere in it.
fn matches(product: &Product, words: &str) -> bool {
    let scopes: Vec<&str> = product.scopes.iter().map(|scope| scope.name.as_str()).collect();
    let standard = product.standard.as_deref().unwrap_or_default();
    let searched =
        format!("{}\n{standard}\n{}\n{}\n{}", product.name, product.id, product.summary, scopes.join("\n"))
            .to_lowercase();
    words.split_whitespace().all(|word| searched.contains(word))
}

#[component]
fn ProductLink(product: Product, open: Memo<Option<Product>>) -> impl IntoView {
    let session = use_session();
    let id = product.id.clone();
    let used = {
        let id = id.clone();
        move || {
            session
                .vault
                .applications
                .with(|all| all.iter().filter(|application| application.products.contains(&id)).count())
        }
    };
    let current = {
        let id = id.clone();
        Signal::derive(move || open.with(|open| open.as_ref().is_some_and(|open| open.id == id)))
    };
    let waits = product.approval == Approval::Operator;
    let approval = text::approval(&product);
    let approval =
        if waits { view! { <Lit lamp=Lamp::Info>{approval}</Lit> }.into_any() } else { approval.into_any() };
    view! {
        <A to=Route::Products { id: Some(id) } current>
            <span class="words">{product.name}</span>
            <span class="tiny">{product.standard}</span>
            <span class="summary-text">{product.summary}</span>
            <span class="tiny">{approval}</span>
            <span class="tiny">{move || text::used_by(used())}</span>
        </A>
    }
    .into_any()
}
