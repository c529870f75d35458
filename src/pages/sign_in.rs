//! The block that says who is signed in, and the way there.

use std::pin::Pin;

use leptos::prelude::*;

use super::trouble::TroubleNote;
use crate::{
    components::prelude::*,
    domain::{config::Environment, route::Route},
    state::{Trouble, sign_in, use_session, work::Work},
    text::sign_in as words,
};

/// Something that is being stored.
pub type Storing = Pin<Box<dyn Future<Output = ()>>>;

/// The block.
#[component]
pub fn SignInPanel(
    /// Where.
    environment: Environment,
    /// What it is good for.
    text: &'static str,
    /// Where to go on afterwards.
    back_to: Route,
    /// What has to be stored before the page is left.
    #[prop(optional, into)]
    before: Option<Callback<(), Storing>>,
) -> impl IntoView {
    let session = use_session();
    let work = Work::new();
    let trouble = RwSignal::new(None::<Trouble>);
    let id = StoredValue::new(environment.id.clone());
    let environment = StoredValue::new(environment);
    let back_to = StoredValue::new(back_to.to_string());
    let who = Memo::new(move |_| session.sign_ins.at(&id.get_value()));
    let good =
        Memo::new(move |_| who.with(|who| who.as_ref().is_some_and(|who| who.is_good(session.now.get()))));
    let begin = move || {
        work.run(async move {
            if let Some(before) = before {
                before.run(()).await;
            }
            let (environment, back_to) = (environment.get_value(), back_to.get_value());
            let outcome = sign_in::begin(&environment, &back_to).await;
            trouble.try_set(outcome.err());
        });
    };
    let words = move || match who.get() {
        Some(who) => words::signed_in(&who, session.now.get()),
        None => text.to_owned(),
    };
    let lamp = Signal::derive(move || match (who.with(Option::is_some), good.get()) {
        (true, true) => Lamp::Ok,
        (true, false) => Lamp::Warn,
        (false, _) => Lamp::NotYet,
    });
    let button = move || {
        let known = who.with(Option::is_some);
        let kind = if good.get() { Kind::Plain } else { Kind::Secondary };
        let text = if known { words::AGAIN } else { words::SIGN_IN };
        view! { <Button text kind icon=Icon::Shield working=work.seconds() on_press=begin/> }
    };
    let forget = move || {
        who.with(Option::is_some).then(|| {
            view! { <Button text=words::SIGN_OUT kind=Kind::Text size=Size::Head on_press=move || session.sign_ins.forget(&id.get_value())/> }
        })
    };
    view! {
        <section class="panel" aria-label=words::HEADING>
            <div class="panel-part row between">
                <p class="lit grow-wide"><LampMark lamp/><span>{words}</span></p>
                <div class="row">{button} {forget}</div>
            </div>
            <div class="panel-body flush"><TroubleNote trouble=trouble/></div>
        </section>
    }
    .into_any()
}
