//! The catalogue: a list and, beside it, one product.

mod detail;
mod list;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{catalogue::Product, route::Route},
    state::{Session, use_session},
    text::products as text,
};

/// The page. On a narrow screen it is the list, or the product with a way back.
#[component]
pub fn Products(
    /// The product that is open.
    id: Option<String>,
) -> impl IntoView {
    let session = use_session();
    let offered = Memo::new(move |_| offered(session));
    let lead = Signal::derive(move || {
        let environment = session.chosen().map(|environment| environment.name).unwrap_or_default();
        Some(text::lead(offered.with(Vec::len), &environment))
    });
    let is_one = id.is_some();
    let id = StoredValue::new(id);
    // Without an ID the first product is open, where there is room for it.
    let open = Memo::new(move |_| match id.get_value() {
        Some(id) => session.product(&id),
        None => offered.with(|offered| offered.first().cloned()),
    });
    let nothing = move || session.catalogue.with_value(Vec::is_empty);
    let content = move || {
        if let Some(id) = id.get_value().filter(|_| open.with(Option::is_none)) {
            return unknown(&id);
        }
        if nothing() || (!is_one && offered.with(Vec::is_empty)) {
            return none();
        }
        view! {
            <div class=if is_one { "products one" } else { "products" }>
                <list::ProductList offered open/>
                {move || open.get().map(|product| view! { <detail::ProductDetail product/> })}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="page">
            <PageHead title=text::TITLE lead/>
            {content}
        </div>
    }
    .into_any()
}

/// What the chosen environment offers. Tracks the choice.
fn offered(session: Session) -> Vec<Product> {
    let Some(environment) = session.chosen() else { return Vec::new() };
    session.catalogue.with_value(|products| {
        products.iter().filter(|product| environment.offers(&product.id)).cloned().collect()
    })
}

fn unknown(id: &str) -> AnyView {
    view! {
        <section class="panel">
            <Empty title=text::UNKNOWN text=text::unknown(id)>
                <ButtonLink to=Route::Products { id: None } text=text::BACK kind=Kind::Primary/>
            </Empty>
        </section>
    }
    .into_any()
}

fn none() -> AnyView {
    view! {
        <section class="panel">
            <Empty title=text::NONE text=text::NONE_TEXT.to_owned()>
                <ButtonLink to=Route::Home text="Your applications"/>
            </Empty>
        </section>
    }
    .into_any()
}
