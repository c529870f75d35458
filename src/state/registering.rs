//! The registration that is on its way.

use leptos::prelude::*;

use crate::{
    domain::{
        config::Environment,
        form::Valid,
        http::Response,
        route::{Route, Tab},
    },
    state::{Session, Trouble, creating, draft, sending::Proofs, work::Work},
};

/// One registration at a time. It belongs to the session and not to the page: whoever leaves the page and comes back
/// finds it still on its way, and cannot send it twice.
#[derive(Clone, Copy)]
pub struct Registering {
    /// The request in flight.
    pub work: Work,
    /// Why the last one did not work.
    pub trouble: RwSignal<Option<Trouble>>,
    done: StoredValue<bool>,
}

impl Default for Registering {
    fn default() -> Self {
        Self::new()
    }
}

impl Registering {
    /// Nothing on its way.
    #[must_use]
    pub fn new() -> Self {
        Self { work: Work::new(), trouble: RwSignal::new(None), done: StoredValue::new(false) }
    }

    /// A form is opened: what was registered before is not its business.
    pub fn begin(self) {
        self.done.set_value(false);
    }

    /// Whether the form that is open was registered: its draft is gone for good.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.done.get_value()
    }

    /// Sends one registration, unless one is on its way. Its answer is stored even when the page was left; the page
    /// of the new application is opened only when it was not.
    pub fn send(self, session: Session, environment: Environment, valid: Valid, proofs: Proofs) {
        if self.work.is_running_untracked() {
            return;
        }
        self.trouble.set(None);
        self.work.run(async move {
            let outcome = creating::register(session, &environment, &valid, &proofs).await;
            self.end(session, outcome).await;
        });
    }

    /// Takes an answer that came by other means, as if it had come to this page.
    pub fn accept(self, session: Session, environment: Environment, valid: Valid, response: Response) {
        self.work.run(async move {
            let outcome = creating::accept(session, &environment, &valid, &response).await;
            self.end(session, outcome).await;
        });
    }

    async fn end(self, session: Session, outcome: Result<String, Trouble>) {
        match outcome {
            Ok(id) => {
                self.trouble.set(None);
                self.done.set_value(true);
                // A failing store is said on every page; a draft that stays is seen in the list and can be deleted.
                let _ = draft::clear(session.vault).await;
                if matches!(session.route.get_untracked(), Route::NewApplication { .. }) {
                    session.replace(Route::application(&id, Tab::Registered));
                }
            }
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
    }
}
