//! What both programs do first: read the configuration, and take the place of the static shell.

use futures::future::join;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
// Leptos has its own, which works only after something was mounted.
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::{clock, crash, fetch, location, theme},
    components::prelude::*,
    domain::{
        catalogue::{self, Product},
        config::{self, Portal, Problem},
        http::{Failure, Response},
        url,
    },
    pages,
    state::Session,
};

/// The moment a program has taken over from the static shell, for measurements (User Timing).
pub const MOUNTED: &str = "portico-mounted";

/// Reads the configuration and mounts. Nothing is mounted before it is read; until then the static shell is seen.
/// A configuration that cannot be used is explained instead.
pub fn start(program: fn(Portal, Vec<Product>) -> AnyView) {
    crash::install();
    fetch::watch_policy();
    spawn_local(async move {
        let loaded = load().await;
        let Some(host) = web_sys::window().and_then(|window| window.document()?.get_element_by_id("app"))
        else {
            crash::report("The page has no element with the ID app.");
            return;
        };
        // What stands there goes in the same task in which the program arrives, so that nothing flickers.
        host.set_inner_html("");
        let handle = mount_to(host.unchecked_into(), move || match loaded {
            Ok((portal, catalogue)) => program(portal, catalogue),
            Err(files) => view! { <pages::broken::Broken files=files /> }.into_any(),
        });
        handle.forget();
        clock::mark(MOUNTED);
    });
}

/// What is wrong with one configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenFile {
    /// Its address.
    pub path: &'static str,
    /// Every problem.
    pub problems: Vec<Problem>,
}

async fn load() -> Result<(Portal, Vec<Product>), Vec<BrokenFile>> {
    const PORTAL: &str = "/portal.json";
    const CATALOGUE: &str = "/catalogue.json";
    let (portal, catalogue) = join(fetch::get_text(PORTAL), fetch::get_text(CATALOGUE)).await;
    let portal = body(portal).and_then(|text| config::read(&text));
    let catalogue = body(catalogue).and_then(|text| catalogue::read(&text));
    match (portal, catalogue) {
        (Ok(portal), Ok(catalogue)) => Ok((portal, catalogue)),
        (portal, catalogue) => Err([(PORTAL, portal.err()), (CATALOGUE, catalogue.err())]
            .into_iter()
            .filter_map(|(path, problems)| problems.map(|problems| BrokenFile { path, problems }))
            .collect()),
    }
}

fn body(answer: Result<Response, Failure>) -> Result<String, Vec<Problem>> {
    let problem = |text: String| vec![Problem { path: String::new(), text }];
    match answer {
        Ok(response) if response.status == 200 && response.body.trim_start().starts_with('<') => {
            Err(problem("The web server answers with a page instead of this file: is it there?".to_owned()))
        }
        Ok(response) if response.status == 200 => Ok(response.body),
        Ok(response) => {
            Err(problem(format!("The web server answered {} instead of the file.", response.status)))
        }
        Err(_) => {
            Err(problem("The web server gave no answer. Check the network, then reload the page.".to_owned()))
        }
    }
}

/// The environments as the switch in the shell shows them.
#[must_use]
pub fn environment_choices(session: Session) -> Signal<Vec<EnvironmentChoice>> {
    Signal::derive(move || {
        let health = session.environments.health.get();
        session.environments_changed.track();
        session.portal.with_value(|portal| {
            portal
                .environments
                .iter()
                .map(|environment| EnvironmentChoice {
                    id: environment.id.clone(),
                    name: environment.name.clone(),
                    host: url::host(&url::absolute(&location::origin(), &environment.issuer)),
                    lamp: match health.get(&environment.id).map(|seen| seen.reach.is_ok()) {
                        Some(true) => Lamp::Ok,
                        Some(false) => Lamp::Warn,
                        None => Lamp::Known,
                    },
                })
                .collect()
        })
    })
}

/// What both programs share with everything below them: the operator's accent, the session, and where links lead.
pub fn provide(portal: Portal, catalogue: Vec<Product>) -> Session {
    if let (Some(hue), Some(chroma)) = (portal.branding.accent_hue, portal.branding.accent_chroma) {
        theme::set_accent(hue, chroma);
    }
    let session = Session::provide(portal, catalogue);
    provide_context(Navigate(Callback::new(move |route| session.go(route))));
    session
}
