//! A new application: details, products, credentials and review under each other, then one button.

mod blocked;
mod credentials;
mod details;
mod draft;
mod form;
mod keys;
mod products;
mod review;
mod side;
mod sign_in;
mod token;
mod trial;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::route::Route,
    state::use_session,
    text::{self, new_application as words},
};
use form::Form;

/// The parts of the form, with the IDs of their headings.
const PARTS: [(&str, &str); 4] = [
    ("Details", "part-details"),
    ("Products", "part-products"),
    ("Credentials", "part-credentials"),
    ("Review", "part-review"),
];

/// The page.
#[component]
pub fn NewApplication(
    /// IDs of products that are chosen beforehand.
    products: Vec<String>,
    /// Whether the sandbox is asked for an initial access token at once.
    trial: bool,
) -> impl IntoView {
    let session = use_session();
    let form = Form::new(session);
    let trial_token = trial::Trial::new(form);
    draft::read_and_keep(form, products, move || {
        if trial {
            trial_token.on_arrival();
        }
    });
    session.registering.begin();
    let lead =
        Signal::derive(move || form.environment.with(|environment| environment.as_ref().map(words::lead)));
    let lines = Memo::new(move |_| form.shown_problems());
    let title = Signal::derive(move || words::to_change(lines.with(Vec::len)));
    let blocked = blocked::blocked(session);
    view! {
        {move || blocked.get().map(|(diagnosis, request)| blocked::page(form, diagnosis, request))}
        <div class="page" hidden=move || blocked.with(Option::is_some)>
            <PageHead
                title=words::TITLE
                crumbs=vec![Crumb::to(text::app::title(&Route::Home, None), Route::Home), Crumb::here(words::TITLE)]
                lead=lead
            />
            <StepBars states=side::states(form) />
            <div class="columns side-narrow">
                <div class="parts">
                    <ErrorSummary title=title lines=lines attempts=form.attempts />
                    {move || {
                        if form.loaded.get() {
                            view! { <Parts form=form trial=trial_token /> }.into_any()
                        } else {
                            view! { <PartsToCome /> }.into_any()
                        }
                    }}
                </div>
                <side::Side form=form />
            </div>
        </div>
    }
}

#[component]
fn Parts(form: Form, trial: trial::Trial) -> impl IntoView {
    view! {
        <details::Details form=form />
        <products::Products form=form />
        <credentials::Credentials form=form trial=trial />
        <review::Review form=form />
    }
}

/// The same layout while the draft is being read.
#[component]
fn PartsToCome() -> impl IntoView {
    let part = |(index, (title, id)): (u8, (&'static str, &'static str))| {
        view! {
            <section class="section">
                <SectionHead title=title number=index id=id />
                <Loading label=words::LOADING />
            </section>
        }
    };
    (1..).zip(PARTS).map(part).collect_view()
}
