//! Getting a statement from the configured directory, or having it make software for trying.

use leptos::prelude::*;

use crate::{
    browser::signing,
    components::prelude::*,
    domain::{
        config::{self, Environment},
        directory::Wish,
        inspect::profiles::ROLES,
        jose::{KeyWish, PublicJwk},
    },
    pages::{new_application::form::Form, trouble::TroubleNote},
    state::{Trouble, directory, work::Work},
    text::statement as words,
};

/// Bits of an RSA key that is made along the way (RFC 7518, 3.3).
const BITS: u32 = 2048;

/// What the directory can be asked for.
#[component]
pub fn AskDirectory(
    /// The form.
    form: Form,
    /// The directory.
    directory: config::Directory,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<Trouble>);
    let config::Directory { name, statement, trial, .. } = directory;
    let title = name.clone();
    view! {
        <Panel title=title flush=true>
            {statement.map(|template| view! { <PanelPart><Get form template trouble/></PanelPart> })}
            {trial.map(|trial| view! { <PanelPart sunken=true><Make form trial name trouble/></PanelPart> })}
        </Panel>
        <TroubleNote trouble/>
    }
    .into_any()
}

/// A statement of software that is there.
#[component]
fn Get(form: Form, template: String, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let software = form.software;
    let work = Work::new();
    let missing = RwSignal::new(false);
    let label = words::get_at(&directory::host(&template));
    let get = move || {
        let ids = [software.organisation, software.software]
            .map(|field| field.with_untracked(|text| text.trim().to_owned()));
        trouble.set(None);
        missing.set(ids.iter().any(String::is_empty));
        if missing.get_untracked() {
            return;
        }
        let template = template.clone();
        work.run(async move {
            let [organisation, id] = ids;
            match directory::statement(&template, &organisation, &id).await {
                Ok(statement) => drop(software.text.try_set(statement)),
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    let error = |field: RwSignal<String>| {
        Signal::derive(move || {
            let empty = missing.get() && field.with(|text| text.trim().is_empty());
            empty.then(|| words::IDS_MISSING.to_owned())
        })
    };
    view! {
        <div class="stack-16">
            <div class="pair fields">
                <TextField id="organisation-id" label=words::ORGANISATION value=software.organisation mono=true error=error(software.organisation)/>
                <TextField id="software-id" label=words::SOFTWARE value=software.software mono=true error=error(software.software)/>
            </div>
            <div class="row">
                <Button text=label icon=Icon::Download size=Size::Row working=work.seconds() on_press=get/>
            </div>
        </div>
    }
    .into_any()
}

/// Software for trying, in one press.
#[component]
fn Make(form: Form, trial: String, name: String, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let work = Work::new();
    let announcer = use_announcer();
    let label = words::make_at(&directory::host(&trial));
    let make = move || {
        let Some(environment) = form.environment.get_untracked() else { return };
        trouble.set(None);
        let (trial, done) = (trial.clone(), words::made(&name));
        work.run(async move {
            match make_software(form, &environment, &trial).await {
                Ok(()) => announcer.say(&done),
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    view! {
        <div class="stack-8">
            <p class="small muted">{words::TRIAL_LEAD}</p>
            <div class="row">
                <Button text=label icon=Icon::Plus size=Size::Row working=work.seconds() on_press=make/>
            </div>
        </div>
    }
    .into_any()
}

/// Whatever is typed is asked for; what is missing gets a name and an address that show what they are.
async fn make_software(form: Form, environment: &Environment, trial: &str) -> Result<(), Trouble> {
    let key = key(form, environment).await?;
    let wish = untrack(|| wish(form, environment, key.clone()));
    let made = directory::make_software(trial, &wish).await?;
    let software = form.software;
    let kid = key.kid.clone().unwrap_or_default();
    software.published.try_set(Some((key.thumbprint(), kid)));
    software.organisation.try_set(made.organisation);
    software.software.try_set(made.software);
    software.text.try_set(made.statement);
    Ok(())
}

fn wish(form: Form, environment: &Environment, key: PublicJwk) -> Wish {
    let or = |text: String, usual: &str| if text.is_empty() { usual.to_owned() } else { text };
    let uris = or(form.redirect_uris.with(|text| text.trim().to_owned()), words::TRIAL_REDIRECT);
    let chosen = form.chosen();
    let products = if chosen.is_empty() { form.offered(environment) } else { chosen };
    let scopes: Vec<String> = products.iter().flat_map(|product| environment.scopes_of(product)).collect();
    let asked = |(_, scope): &&(&str, &str)| scopes.iter().any(|asked| asked == scope);
    Wish {
        name: or(form.name.with(|name| name.trim().to_owned()), words::TRIAL_NAME),
        redirect_uris: uris.lines().map(str::trim).filter(|uri| !uri.is_empty()).map(str::to_owned).collect(),
        roles: ROLES.iter().filter(asked).map(|(role, _)| (*role).to_owned()).collect(),
        key: Some(key),
    }
}

/// The key that signs, under the name it is going to have: the one that is there, else one that is made now.
async fn key(form: Form, environment: &Environment) -> Result<PublicJwk, Trouble> {
    let software = form.software;
    let offered = &environment.signed_request.algorithms;
    let known = untrack(|| {
        if software.signs_elsewhere(environment) {
            let algorithm = software.algorithm(environment);
            return software.public.get().map(|public| software.named(&public, algorithm));
        }
        let chosen = software.chosen.get();
        let held = form.session.keys.find(|key| key.thumbprint() == chosen)?;
        let fits = offered.contains(&held.signing.algorithm);
        fits.then(|| software.named(&held.public, Some(held.signing.algorithm)))
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let Some(algorithm) = offered.first().copied() else {
        return Err(Trouble::not_sent("The environment names no algorithm.", "Ask the operator."));
    };
    let pair = signing::generate(KeyWish { algorithm, bits: BITS }).await?;
    let held = form.session.keys.hold_made_here(pair);
    software.signer.try_set(String::new());
    software.kid.try_set(String::new());
    software.chosen.try_set(held.thumbprint().to_owned());
    Ok(held.public)
}
