//! Changing an application: form, difference, exact request, one button.

mod command;
mod findings;
mod form;
mod review;
mod software;

use leptos::prelude::*;

use super::Subject;
use crate::{
    browser::{focus::focus_by_id, location},
    components::prelude::*,
    domain::{
        form::{Draft, Field, Problem, Valid, validate},
        http::Response,
        registration::{ClientMetadata, Operation},
        route::Tab,
    },
    pages::refusable::FINDINGS_ID,
    state::{Trouble, manage, work::Work},
    text::application as words,
};
use form::ChangeForm;
use review::Review;

/// What the form and the review share.
#[derive(Clone, Copy)]
struct Desk {
    subject: Subject,
    draft: RwSignal<Draft>,
    /// Raised by every press that was stopped by the form.
    attempts: RwSignal<u32>,
    work: Work,
}

/// What would be sent.
#[derive(Clone, PartialEq)]
struct Change {
    asked: ClientMetadata,
    products: Vec<String>,
}

impl Desk {
    fn checked(self) -> Result<Valid, Vec<Problem>> {
        let Some(environment) = self.subject.environment() else { return Err(Vec::new()) };
        self.subject.session.catalogue.with_value(|catalogue| {
            self.draft.with(|draft| validate(draft, &environment, catalogue, &location::origin()))
        })
    }

    fn problems(self) -> Vec<Problem> {
        self.checked().err().unwrap_or_default()
    }

    /// The error at a field: nobody is told off before the first press.
    fn error(self, field: Field) -> Option<String> {
        if self.attempts.get() == 0 {
            return None;
        }
        self.problems().into_iter().find(|problem| problem.field == field).map(|problem| problem.text)
    }

    fn change(self) -> Option<Change> {
        let valid = self.checked().ok()?;
        let (asked, products) = self
            .subject
            .application
            .with(|application| self.draft.with(|draft| application.changed(draft, &valid)));
        Some(Change { asked, products })
    }

    fn is_changed(self, change: &Change) -> bool {
        self.subject
            .application
            .with(|application| application.asked != change.asked || application.products != change.products)
    }

    fn send(self) {
        let subject = self.subject;
        let Some(change) = untrack(|| self.change()) else {
            self.attempts.update(|attempts| *attempts += 1);
            return;
        };
        if !untrack(|| self.is_changed(&change)) {
            subject.tell(Ok(()), words::NOTHING_CHANGED);
            return;
        }
        if untrack(|| findings::found(self, &change)).iter().any(|found| found.stops) {
            focus_by_id(FINDINGS_ID);
            return;
        }
        let Some(environment) = subject.environment() else { return };
        let (session, id) = (subject.session, subject.id());
        self.work.run(async move {
            self.end(manage::change(session, &environment, &id, &change.asked, &change.products).await);
        });
    }

    /// Takes a pasted answer to the change.
    fn accept(self, change: Change, response: Response) {
        let subject = self.subject;
        let Some(environment) = subject.environment() else { return };
        let (session, id) = (subject.session, subject.id());
        self.work.run(async move {
            let asked = Some((change.asked, change.products));
            self.end(manage::accept(session, &environment, &id, Operation::Update, asked, &response).await);
        });
    }

    /// To the overview, unless somebody has gone elsewhere meanwhile.
    fn end(self, outcome: Result<(), Trouble>) {
        let session = self.subject.session;
        match outcome {
            Ok(()) if session.route.try_get_untracked() == Some(self.subject.route(Tab::Change)) => {
                session.said.set(Some(words::CHANGED.to_owned()));
                session.go(self.subject.route(Tab::Overview));
            }
            Ok(()) => {}
            Err(trouble) => self.stopped(trouble),
        }
    }

    /// What was typed stays.
    fn stopped(self, trouble: Trouble) {
        location::scroll_to_top();
        self.subject.tell(Err(trouble), "");
    }
}

#[component]
pub(super) fn Change(subject: Subject) -> impl IntoView {
    let draft = subject.application.with_untracked(|application| application.draft());
    let desk = Desk { subject, draft: RwSignal::new(draft), attempts: RwSignal::new(0), work: Work::new() };
    subject.look_up_reach();
    if !subject.can(Operation::Update).get_untracked() {
        let why = match subject.reachable().get_untracked() {
            true => subject.left_to_do().unwrap_or_default(),
            false => words::CANNOT_CHANGE_WHY.to_owned(),
        };
        return view! {
            <Empty title=words::CANNOT_CHANGE text=why>
                <ButtonLink to=subject.route(Tab::Overview) text="Back to the overview"/>
            </Empty>
        }
        .into_any();
    }
    view! {
        <ChangeForm desk/>
        <Review desk/>
    }
    .into_any()
}
