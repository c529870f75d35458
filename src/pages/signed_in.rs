//! Back from a sign-in: the answer is taken up, and the person goes on where they were.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::prelude::*,
    domain::route::Route,
    state::{sign_in, use_session},
    text::sign_in as words,
};

/// The page. It is seen for a moment, or for as long as it takes to read what went wrong.
#[component]
pub fn SignedIn() -> impl IntoView {
    let session = use_session();
    let problem = RwSignal::new(None::<(String, String)>);
    spawn_local(async move {
        match sign_in::complete(session).await {
            Ok(back_to) => session.replace(Route::parse(&back_to)),
            Err(wrong) => drop(problem.try_set(Some(wrong))),
        }
    });
    let body = move || {
        match problem.get() {
        None => view! { <Loading label=words::COMPLETING/> }.into_any(),
        Some((text, back_to)) => {
            view! {
                <Note tone=Tone::Stopped lead=words::NOT_SIGNED_IN role="alert">{text}</Note>
                <div class="actions">
                    <Button text=words::GO_ON kind=Kind::Primary on_press=move || session.replace(Route::parse(&back_to))/>
                </div>
            }
            .into_any()
        }
    }
    };
    view! { <div class="page"><PageHead title=words::TITLE/><div class="stack-16">{body}</div></div> }
        .into_any()
}
