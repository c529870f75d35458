//! An initial access token for trying, from an environment that gives one out.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    browser::focus,
    components::prelude::*,
    domain::form::Field,
    state::{Trouble, trial, work::Work},
    text::new_application as words,
};

/// Getting the token.
#[derive(Clone, Copy)]
pub struct Trial {
    /// The request in flight.
    pub work: Work,
    /// Why there is none.
    pub trouble: RwSignal<Option<Trouble>>,
    form: Form,
    announcer: Announcer,
}

impl Trial {
    /// Nothing asked yet.
    pub fn new(form: Form) -> Self {
        Self { work: Work::new(), trouble: RwSignal::new(None), form, announcer: use_announcer() }
    }

    /// The partner came to try: the first environment that gives tokens out is chosen, and asked.
    pub fn on_arrival(self) {
        let session = self.form.session;
        let gives =
            self.form.environment.with_untracked(|chosen| chosen.as_ref().is_some_and(|e| e.trial.is_some()));
        let other = session.portal.with_value(|portal| {
            portal.environments.iter().find(|environment| environment.trial.is_some()).map(|e| e.id.clone())
        });
        match other {
            Some(id) if !gives => session.choose(&id),
            None => return,
            _ => {}
        }
        self.ask(false);
    }

    /// Asks for a token and fills it in. `focus` moves there afterwards: the button that was pressed is gone then.
    pub fn ask(self, focus: bool) {
        let Some(environment) = self.form.environment.get_untracked() else { return };
        self.trouble.set(None);
        self.work.run(async move {
            match trial::initial_access_token(self.form.session, &environment).await {
                Ok(token) => {
                    let filled = self.form.token.try_set(token).is_none();
                    if filled {
                        self.announcer.say(words::TRIAL_DONE);
                    }
                    if filled && focus {
                        focus::focus_by_id(Field::InitialAccessToken.id());
                    }
                }
                Err(trouble) => {
                    self.trouble.try_set(Some(trouble));
                }
            }
        });
    }
}
