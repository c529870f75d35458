//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{components::prelude::*, domain::route::Route, text::app as text};

/// The page.
#[component]
pub fn Unknown(
    /// The address as it was asked for.
    path: String,
) -> impl IntoView {
    view! {
        <div class="page">
            <PageHead title=text::UNKNOWN_TITLE lead=text::UNKNOWN_LEAD.to_owned() />
            <p class="quiet"><Mono text=path /></p>
            <div class="actions">
                <ButtonLink to=Route::Home text="Your applications" kind=Kind::Primary />
                <ButtonLink to=Route::Products { id: None } text="Products" />
            </div>
        </div>
    }
}
