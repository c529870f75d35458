//! What the portal does without being asked: it finds out about writes whose answer was lost, and looks whether an
//! application that waits was switched on. Only GETs are sent, and only while the page is in front.

use std::collections::HashMap;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, online, visibility},
    domain::{application::Application, config::Environment},
    state::{Session, manage, vault::Status},
};

/// Nothing is asked for more often than that by itself, in seconds: also when there was no answer.
const PAUSE: i64 = 60;
/// So often it is looked whether something is due, in seconds: ten thousand applications are gone through.
const LOOK_EVERY: i64 = 5;

/// Starts with the store open, and goes on for as long as the page lives.
pub fn start(session: Session) {
    repair(session);
    let watch = Watch { session, tried: StoredValue::new(HashMap::new()), busy: StoredValue::new(false) };
    let network = online::on_change(move |online| {
        if online {
            repair(session);
        }
    });
    // While the vault was locked nothing could be found out.
    Effect::new(move |was_locked| {
        let is_locked = session.vault.status.get() == Status::Locked;
        if was_locked == Some(true) && !is_locked {
            repair(session);
        }
        is_locked
    });
    let front = visibility::on_change(move |visible| {
        if visible {
            watch.look(Application::may_check_again);
        }
    });
    StoredValue::new_local((network, front));
    Effect::new(move |_| {
        if session.now.get() % LOOK_EVERY == 0 {
            watch.look(|application, now| application.next_check(now).is_some_and(|at| at <= now));
        }
    });
}

fn repair(session: Session) {
    spawn_local(manage::repair(session));
}

/// One application after the other.
#[derive(Clone, Copy)]
struct Watch {
    session: Session,
    /// When each was last asked about, seconds since 1970.
    tried: StoredValue<HashMap<String, i64>>,
    busy: StoredValue<bool>,
}

impl Watch {
    /// Reads the first application that is due.
    fn look(self, due: impl Fn(&Application, i64) -> bool) {
        if !visibility::is_visible() || !online::is_online() || self.busy.try_get_value() != Some(false) {
            return;
        }
        let Some((id, environment)) = self.first(due) else { return };
        self.busy.set_value(true);
        self.tried.update_value(|tried| {
            tried.insert(id.clone(), clock::now());
        });
        spawn_local(async move {
            // What it says goes to the history, from which the state is told.
            let _ = manage::read(self.session, &environment, &id).await;
            self.busy.try_set_value(false);
        });
    }

    fn first(self, due: impl Fn(&Application, i64) -> bool) -> Option<(String, Environment)> {
        let now = clock::now();
        let rested = |id: &str| {
            self.tried.with_value(|tried| tried.get(id).is_none_or(|last| last.saturating_add(PAUSE) <= now))
        };
        self.session.vault.applications.with_untracked(|list| {
            list.iter().find_map(|application| {
                let ready = (application.registration_access_token.is_some()
                    || self.session.sign_ins.token(&application.environment).is_some())
                    && rested(&application.id)
                    && due(application, now);
                let environment = ready.then(|| self.session.environment_by_id(&application.environment))?;
                Some((application.id.clone(), environment?))
            })
        })
    }
}
