//! Who is asking, where the backend wants to know.

use leptos::prelude::*;

use super::{draft::store_now, form::Form};
use crate::{
    components::prelude::*,
    domain::{form::Field, route::Route},
    pages::sign_in::{SignInPanel, Storing},
    text::sign_in as words,
};

/// The block, with what is wrong once the form was judged.
#[component]
pub fn SignInBlock(
    /// The form.
    form: Form,
) -> impl IntoView {
    let error = form.error(Field::SignIn);
    // A draft is stored a moment after the last letter, and this page is left sooner than that.
    let before = Callback::new(move |()| -> Storing { Box::pin(store_now(form)) });
    let required = Memo::new(move |_| {
        form.environment
            .with(|e| e.as_ref().and_then(|e| e.sign_in.as_ref()).is_some_and(|rules| rules.required))
    });
    view! {
        <div class="stack-8" id=Field::SignIn.id() tabindex="-1" role="group" aria-label=words::HEADING>
            {move || {
                let text = if required.get() { words::REQUIRED } else { words::OPTIONAL };
                form.environment
                    .get()
                    .map(|environment| {
                        view! { <SignInPanel environment text back_to=Route::new_application() before=before /> }
                    })
            }}
            {move || error.get().map(|text| view! { <Note tone=Tone::Stopped>{text}</Note> })}
        </div>
    }
    .into_any()
}
