//! One application and its tabs.

mod call;
mod change;
mod credentials;
mod dialogs;
mod differences;
mod head;
mod history;
mod overview;
mod registered;
mod registration;
mod risk;
mod seen;
mod subject;
mod take_along;
mod token;
mod unanswered;
mod waiting;

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        application::Application,
        config::Environment,
        route::{Route, Tab},
    },
    pages::trouble::TroubleNote,
    state::{Session, manage, use_session, vault::Status, work::Work},
    text::application as words,
};

use subject::Subject;

/// Whether this browser has the application.
#[derive(Clone, PartialEq)]
enum Presence {
    Opening,
    Here,
    Unshown(String),
    Missing,
}

impl Presence {
    fn of(session: Session, id: &str) -> Self {
        let vault = session.vault;
        if vault.applications.with(|list| list.iter().any(|application| application.id == id)) {
            return Self::Here;
        }
        let unshown =
            vault.unshown.with(|list| list.iter().find(|record| record.id == id).map(|r| r.why.clone()));
        match unshown {
            Some(why) => Self::Unshown(why),
            None if vault.status.get() == Status::Opening => Self::Opening,
            None => Self::Missing,
        }
    }
}

/// The page.
#[component]
pub fn ApplicationPage(
    /// The portal's own ID of the application.
    id: String,
    /// Which tab is open.
    tab: Tab,
) -> impl IntoView {
    let session = use_session();
    let looked_for = id.clone();
    let presence = Memo::new(move |_| Presence::of(session, &looked_for));
    move || match presence.get() {
        Presence::Opening => opening(&id, tab),
        Presence::Unshown(why) => unshown(why),
        Presence::Missing => missing(),
        Presence::Here => match session.vault.get_untracked(&id) {
            Some(application) => view! { <Here application tab/> }.into_any(),
            None => missing(),
        },
    }
}

/// The application is here.
#[component]
fn Here(application: Application, tab: Tab) -> impl IntoView {
    let subject = Subject::new(use_session(), application);
    view! {
        <div class="page">
            <head::Head subject tab/>
            <Notes subject/>
            {match tab {
                Tab::Overview => view! { <overview::Overview subject/> }.into_any(),
                Tab::Registered => view! { <registered::Registered subject/> }.into_any(),
                Tab::Change => view! { <change::Change subject/> }.into_any(),
                Tab::Credentials => view! { <credentials::Credentials subject/> }.into_any(),
                Tab::Token => view! { <token::Token subject/> }.into_any(),
                Tab::History => view! { <history::History subject/> }.into_any(),
            }}
            <dialogs::DeleteDialog subject/>
            <dialogs::ForgetDialog subject/>
        </div>
    }
    .into_any()
}

/// What was done, what stood in the way, and what cannot be done any more. Takes no room while there is nothing.
#[component]
fn Notes(subject: Subject) -> impl IntoView {
    let environment = subject.environment_name();
    let configured = subject.environment.with_value(Option::is_some);
    let reachable = subject.reachable();
    let deleted = Memo::new(move |_| configured && !reachable.get());
    let waits = Memo::new(move |_| {
        let id = subject.id();
        subject.session.vault.waits.with(|ids| ids.contains(&id))
    });
    let by_hand = subject.by_hand();
    let by_hand = Memo::new(move |_| by_hand.get() && subject.reachable().get());
    let other_way = subject.environment().and_then(|e| subject.session.through_this_site(&e));
    let other_way = StoredValue::new(other_way);
    let through = move || {
        other_way
            .get_value()
            .filter(|_| by_hand.get())
            .map(|environment| view! { <Through subject environment/> })
    };
    let anything = move || {
        subject.trouble.with(Option::is_some)
            || subject.said.with(Option::is_some)
            || !configured
            || deleted.get()
            || waits.get()
            || (by_hand.get() && other_way.with_value(Option::is_some))
    };
    let forget = move || view! { <Button text="Forget it here" size=Size::Head on_press=move || subject.forgetting.set(true)/> };
    view! {
        <div class="notes" class:nothing=move || !anything()>
            <TroubleNote trouble=subject.trouble on_answer=subject.on_answer()/>
            <div role="status">{move || subject.said.get().map(|said| view! { <Note tone=Tone::Good>{said}</Note> })}</div>
            <div role="status">{move || waits.get().then(|| view! { <Note tone=Tone::Info lead=words::WAITS_LEAD>{words::WAITS}</Note> })}</div>
            {through}
            {(!configured)
                .then(|| {
                    view! {
                        <Note tone=Tone::Look lead=words::unconfigured(&environment) actions=forget>
                            {words::UNCONFIGURED}
                        </Note>
                    }
                })}
            {move || {
                deleted
                    .get()
                    .then(|| view! { <Note lead=words::DELETED_LEAD actions=forget>{words::DELETED}</Note> })
            }}
        </div>
    }
    .into_any()
}

/// A page cannot show a certificate, and a prefix of this site can: the way there.
#[component]
fn Through(subject: Subject, environment: Environment) -> impl IntoView {
    let work = Work::new();
    let (text, button) = (words::through(&environment.name), format!("Go through {}", environment.name));
    let environment = StoredValue::new(environment);
    let go = move || {
        let (session, id) = (subject.session, subject.id());
        work.run(async move {
            let Some(environment) = environment.try_get_value() else { return };
            match manage::go_through(session, &id, &environment).await {
                Ok(()) => {
                    session.said.set(Some(words::GOES_THROUGH.to_owned()));
                    session.go(Route::application(&id, Tab::History));
                }
                Err(trouble) => subject.tell(Err(trouble), ""),
            }
        });
    };
    let action =
        move || view! { <Button text=button.clone() size=Size::Head working=work.seconds() on_press=go/> };
    view! { <Note tone=Tone::Look lead=words::BY_HAND_LEAD actions=action>{text}</Note> }.into_any()
}

/// The layout while the store opens.
fn opening(id: &str, tab: Tab) -> AnyView {
    view! {
        <div class="page">
            <PageHead
                title="Application"
                crumbs=vec![Crumb::to("Applications", Route::Home), Crumb::here("Application")]
                meta=|| view! { <span>{words::OPENING}</span> }
            />
            {(tab != Tab::Registered).then(|| head::tabs(id, tab, "Application"))}
            <Loading label=words::OPENING lines=6/>
        </div>
    }
    .into_any()
}

fn missing() -> AnyView {
    view! {
        <div class="page">
            <PageHead title=words::MISSING_TITLE crumbs=vec![Crumb::to("Applications", Route::Home)] lead=words::MISSING/>
            <div class="actions">
                <ButtonLink to=Route::Home text="Your applications" kind=Kind::Primary/>
                <ButtonLink to=Route::new_application() text="New application"/>
            </div>
        </div>
    }
    .into_any()
}

fn unshown(why: String) -> AnyView {
    view! {
        <div class="page">
            <PageHead title=words::UNSHOWN_TITLE crumbs=vec![Crumb::to("Applications", Route::Home)]/>
            <Note tone=Tone::Look lead=why>{words::UNSHOWN}</Note>
            <div class="actions">
                <Button text="Reload the page" kind=Kind::Primary on_press=crate::browser::location::reload/>
                <ButtonLink to=Route::Home text="Your applications"/>
            </div>
        </div>
    }
    .into_any()
}
