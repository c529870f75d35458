//! The draft: read when the page opens, stored while it is typed and when it is left.

use leptos::{prelude::*, task::spawn_local};

use super::{form::Form, software::ELSEWHERE};
use crate::{
    browser::{timer, visibility},
    domain::form::Draft,
    state::{draft, vault::Status},
};

/// So long after the last change it is stored, in milliseconds.
const PAUSE_MS: u32 = 300;

/// Reads the draft into the form and adds the products of the address; `then` runs after that. From then on every
/// change is stored.
pub fn read_and_keep(form: Form, products: Vec<String>, then: impl Fn() + 'static) {
    let then = StoredValue::new_local(then);
    Effect::new(move |begun: Option<bool>| {
        if begun == Some(true) || form.session.vault.status.get() == Status::Opening {
            return begun == Some(true);
        }
        let products = products.clone();
        spawn_local(async move {
            let found = draft::load(form.session.vault).await.unwrap_or_default();
            // The page may be gone by now, and its signals with it.
            form.stored.try_set_value(found.clone());
            fill(form, found, products);
            then.try_with_value(|then| then());
        });
        true
    });
    keep(form);
}

fn fill(form: Form, draft: Draft, products: Vec<String>) {
    let mut chosen = draft.products.clone();
    for id in products {
        if form.session.product(&id).is_some() && !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    let environment = form.session.environment_by_id(&draft.environment);
    form.software.fill(&draft, environment.as_ref());
    // The public half of a key elsewhere stands in its own field.
    if draft.key_source != ELSEWHERE {
        form.key_here.try_set(draft.key_here);
    }
    form.key_source.try_set(draft.key_source);
    form.keys.try_set(draft.keys);
    form.jwks_uri.try_set(draft.jwks_uri);
    form.name.try_set(draft.name);
    form.description.try_set(draft.description);
    form.contact.try_set(draft.contact);
    form.sign_in.try_set(draft.sign_in);
    form.redirect_uris.try_set(draft.redirect_uris);
    form.products.try_set(chosen);
    form.method.try_set(draft.method);
    form.loaded.try_set(true);
}

fn keep(form: Form) {
    let pause = StoredValue::new_local(None);
    Effect::new(move || {
        form.draft.track();
        if form.loaded.get() {
            pause.set_value(Some(timer::after(PAUSE_MS, move || store(form))));
        }
    });
    // A tab that is closed or sent to the back may never come back.
    let hidden = visibility::on_change(move |visible| {
        if !visible {
            store(form);
        }
    });
    StoredValue::new_local(hidden);
    on_cleanup(move || store(form));
}

/// Stores what has changed since the last time. An application that was registered leaves no draft.
fn store(form: Form) {
    let Some(now) = changed(form) else { return };
    spawn_local(async move {
        // Said when the partner asks for it: "Save draft and leave" tells what went wrong.
        let _ = draft::save(form.session.vault, &now).await;
    });
}

/// The same, to the end: for whoever is about to leave the page, which would lose a write that is under way.
pub async fn store_now(form: Form) {
    if let Some(now) = changed(form) {
        // A failing store is said on every page.
        let _ = draft::save(form.session.vault, &now).await;
    }
}

/// The draft, when it is another than the one that was stored last; from here on it counts as stored.
fn changed(form: Form) -> Option<Draft> {
    let loaded = form.loaded.try_get_untracked() == Some(true);
    let now = form.draft.try_get_untracked().filter(|_| loaded && !form.session.registering.is_done())?;
    let is_new = form.stored.try_with_value(|before| *before == now) == Some(false);
    is_new.then(|| {
        form.stored.try_set_value(now.clone());
        now
    })
}
