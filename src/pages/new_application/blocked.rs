//! The registration had no answer that the page could read: why, and the ways on. The form stays behind it as it is.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    browser::location,
    domain::{
        config::Environment,
        diagnosis::Diagnosis,
        http::{Request, Response},
        registration::Operation,
        url,
    },
    pages::refused::{WaysOn, WhyRefused},
    state::{Session, Trouble},
};

/// The last registration, when it was blocked.
pub fn blocked(session: Session) -> Memo<Option<(Diagnosis, Request)>> {
    Memo::new(move |_| match session.registering.trouble.get() {
        Some(Trouble::Blocked { diagnosis, request }) => Some((*diagnosis, *request)),
        _ => None,
    })
}

/// The page in place of the form.
pub fn page(form: Form, diagnosis: Diagnosis, request: Request) -> AnyView {
    let session = form.session;
    location::scroll_to_top();
    let back = move || session.registering.trouble.set(None);
    let on_answer = Callback::new(move |response: Response| {
        // What was sent is judged no more: its number has been used by now.
        let (environment, valid) = (form.environment.get_untracked(), form.checked.get_untracked());
        if let (Some(environment), Ok(valid)) = (environment, valid) {
            session.registering.accept(session, environment, valid, response);
        }
    });
    let through = other_way(form).map(|other| {
        let go = Callback::new(move |()| {
            session.choose(&other.id);
            back();
            form.submit();
        });
        (other.name, go)
    });
    let ways = WaysOn {
        request,
        operation: Operation::Create,
        on_answer,
        on_back: Callback::new(move |()| back()),
        through,
    };
    view! { <div class="page"><WhyRefused session diagnosis ways/></div> }.into_any()
}

/// An environment that reaches the same server through this site.
fn other_way(form: Form) -> Option<Environment> {
    let chosen = form.environment.get_untracked().filter(|environment| environment.via.is_none())?;
    let issuer = |environment: &Environment| url::absolute(&location::origin(), &environment.issuer);
    form.session.portal.with_value(|portal| {
        portal
            .environments
            .iter()
            .find(|other| other.via.is_some() && issuer(other) == issuer(&chosen))
            .cloned()
    })
}
