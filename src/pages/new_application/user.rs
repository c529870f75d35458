//! Who registers, where the server lets only its own users do so, by name and password.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    components::prelude::*, domain::form::Field, pages::server_user::ServerUserPanel,
    text::statement as words,
};

/// The panel, with what is missing once the form was judged.
#[component]
pub fn User(
    /// The form.
    form: Form,
) -> impl IntoView {
    let error = form.error(Field::SignIn);
    view! {
        <div
            class="stack-8"
            id=Field::SignIn.id()
            tabindex="-1"
            role="group"
            aria-label=words::USER_HEADING
        >
            {move || form.environment.get().map(|environment| view! { <ServerUserPanel environment /> })}
            {move || error.get().map(|text| view! { <Note tone=Tone::Stopped>{text}</Note> })}
        </div>
    }
    .into_any()
}
