//! A new application: details, products, credentials and review under each other, then one button. Where a directory
//! vouches for software, its statement comes first.

mod blocked;
mod credentials;
mod details;
mod draft;
mod elsewhere;
mod form;
mod judging;
mod keys;
mod members;
mod parts;
mod products;
mod review;
mod side;
mod sign_in;
mod signing;
mod software;
mod statement;
mod submit;
mod token;
mod trial;
mod user;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::route::Route,
    state::use_session,
    text::{self, new_application as words},
};
use form::Form;
use parts::Part;

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
            {move || view! { <StepBars states=side::states(form, parts::all(form)) /> }}
            <div class="columns side-narrow">
                <div class="parts">
                    <ErrorSummary title=title lines=lines attempts=form.attempts />
                    {move || {
                        if form.loaded.get() {
                            view! { <Parts form=form trial=trial_token /> }.into_any()
                        } else {
                            view! { <PartsToCome form=form /> }.into_any()
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
    let stated = Memo::new(move |_| form.habits().takes_statements());
    view! {
        {move || stated.get().then(|| view! { <statement::StatementPart form=form /> })}
        <details::Details form=form />
        <products::Products form=form />
        <credentials::Credentials form=form trial=trial />
        <review::Review form=form />
    }
}

/// The same layout while the draft is being read.
#[component]
fn PartsToCome(form: Form) -> impl IntoView {
    let part = |part: &Part| {
        view! {
            <section class="section">
                <parts::Head form=form part=*part />
                <Loading label=words::LOADING />
            </section>
        }
    };
    untrack(|| parts::all(form)).iter().map(part).collect_view()
}
