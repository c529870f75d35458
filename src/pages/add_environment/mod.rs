//! Adding an environment of this browser: look its issuer up, change what the document says, save.

mod fields;
mod form;
mod pieces;
mod ways;

use leptos::{ev::SubmitEvent, prelude::*};
use serde_json::{Map, Value};

use crate::{
    browser::focus,
    components::prelude::*,
    domain::{
        config::sketch::{Sketch, Source},
        json,
        route::Route,
        url,
    },
    pages::trouble::TroubleNote,
    state::{
        Trouble,
        lookup::{self, Looked},
        use_session,
        work::Work,
    },
    text::add_environment as text,
};
use form::Form;
pub use pieces::words;

const FIELD: &str = "issuer-to-add";

/// What is known of the server so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// Nothing was asked.
    Nothing,
    /// A document; the words about it.
    Document {
        /// What it says.
        lead: String,
        /// How it was got.
        how: String,
        /// Whether its issuer is the one that was typed.
        fits: bool,
    },
    /// The policy of this site forbids to ask.
    Policy(String),
    /// No document.
    Trouble(Trouble),
}

/// The page.
#[component]
pub fn AddEnvironment() -> impl IntoView {
    let session = use_session();
    let issuer = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let known = RwSignal::new(Known::Nothing);
    let form = Form::new(session);
    let work = Work::new();
    let look_up = move || {
        let typed = issuer.get_untracked().trim().to_owned();
        if url::origin(&typed).is_none() {
            error.set(Some(text::NO_ADDRESS.to_owned()));
            focus::focus_by_id(FIELD);
            return;
        }
        error.set(None);
        form.shown.set(false);
        work.run(async move {
            let looked = lookup::look_up(&typed).await;
            if issuer.try_get_untracked().is_some() {
                take(looked, &typed, known, form);
            }
        });
    };
    if let Some(wanted) = session.to_add.try_update(Option::take).flatten() {
        issuer.set(wanted);
        look_up();
    }
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        look_up();
    };
    let pasted = Callback::new(move |document: Map<String, Value>| {
        show(&document, &issuer.get_untracked(), Source::ByHand, None, known, form);
    });
    let crumbs = vec![Crumb::to("Settings", Route::Settings), Crumb::here(text::TITLE)];
    view! {
        <div class="page">
            <PageHead title=text::TITLE lead=text::LEAD.to_owned() crumbs/>
            <section class="panel">
                <div class="panel-body">
                    <form class="look-up" on:submit=submit>
                        <TextField
                            id=FIELD
                            label=text::ISSUER
                            value=issuer
                            kind="url"
                            mono=true
                            hint=text::ISSUER_HINT.to_owned()
                            error=error
                        />
                        <Button text=text::LOOK_UP submit=true working=work.seconds()/>
                    </form>
                </div>
                <div role="status">{move || verdict(known)}</div>
            </section>
            {move || {
                let trouble = known.with(|known| match known {
                    Known::Trouble(trouble) => Some(trouble.clone()),
                    _ => None,
                });
                trouble.map(|trouble| view! { <TroubleNote trouble=Signal::stored(Some(trouble))/> }.into_any())
            }}
            {move || {
                let blocked = known.with(|known| matches!(known, Known::Policy(_) | Known::Trouble(_)));
                blocked.then(|| view! { <ways::Ways issuer known form pasted/> }.into_any())
            }}
            {move || form.shown.get().then(|| view! { <fields::Fields form/> }.into_any())}
        </div>
    }
    .into_any()
}

/// The line below the field.
fn verdict(known: RwSignal<Known>) -> AnyView {
    match known.get() {
        Known::Document { lead, how, fits } => {
            let tone = if fits { Tone::Good } else { Tone::Look };
            view! { <Note tone lead attached=true>{how}</Note> }.into_any()
        }
        Known::Policy(origin) => {
            view! { <Note tone=Tone::Stopped lead=text::POLICY_LEAD.to_owned() attached=true>{text::policy(&origin)}</Note> }
                .into_any()
        }
        Known::Nothing | Known::Trouble(_) => ().into_any(),
    }
}

fn take(looked: Looked, typed: &str, known: RwSignal<Known>, form: Form) {
    match looked {
        Looked::Found { document, elapsed_ms } => {
            show(&document, typed, Source::Fetched, Some(elapsed_ms), known, form);
        }
        Looked::Policy { origin } => known.set(Known::Policy(origin)),
        Looked::Trouble(trouble) => known.set(Known::Trouble(trouble)),
    }
}

/// Fills the form with what a document says.
fn show(
    document: &Map<String, Value>,
    typed: &str,
    source: Source,
    elapsed_ms: Option<u32>,
    known: RwSignal<Known>,
    form: Form,
) {
    let sketch = Sketch::propose(typed, document, source);
    let fits = sketch.issuer.trim_end_matches('/') == typed.trim().trim_end_matches('/');
    let grants = json::strings(document, "grant_types_supported").map_or(0, |grants| grants.len());
    let registration = json::string(document, "registration_endpoint").is_some();
    known.set(Known::Document {
        lead: text::found(sketch.dialect == "keycloak", registration, grants),
        how: text::how(elapsed_ms, fits, &sketch.issuer),
        fits,
    });
    form.fill(sketch);
}
