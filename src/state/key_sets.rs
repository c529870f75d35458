//! The public keys of environments, fetched when somebody asks for them and kept as long as the page.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    browser::{clock, fetch},
    domain::{
        config::Environment,
        http::{Method, Request},
        inspect::verify::{Keys, Source},
        url,
    },
    state::{Session, Trouble, backend::TIMEOUT_MS},
};

thread_local! {
    static KNOWN: RefCell<HashMap<String, Keys>> = RefCell::new(HashMap::new());
}

/// What was fetched of an environment since the page was loaded.
#[must_use]
pub fn known(environment: &str) -> Option<Keys> {
    KNOWN.with_borrow(|known| known.get(environment).cloned())
}

/// Fetches the keys of an environment, again if they are there.
///
/// # Errors
/// When it names no key set that may be asked, or there is no answer that can be read.
pub async fn fetch(session: Session, environment: &Environment) -> Result<Keys, Trouble> {
    let reach = session.environments.reach(environment).await?;
    let Some(address) = reach.jwks else {
        return Err(Trouble::not_sent(
            "Neither portal.json nor the discovery document of this environment names a key set that this page may ask.",
            INSTEAD,
        ));
    };
    let host = url::host(&address);
    let keys = fetch_published(&address, |fetched_at| Source::Environment { host, fetched_at }).await?;
    KNOWN.with_borrow_mut(|known| known.insert(environment.id.clone(), keys.clone()));
    Ok(keys)
}

/// Fetches a published key set (RFC 7517, 5). The source of its keys is made of the time at which they came.
///
/// # Errors
/// When there is no answer that can be read.
pub async fn fetch_published(address: &str, source: impl FnOnce(i64) -> Source) -> Result<Keys, Trouble> {
    let request = Request::new(Method::Get, address.to_owned());
    let answer = fetch::send(&request, TIMEOUT_MS).await;
    let answer = answer.map_err(|failure| Trouble::no_answer(&failure, &request))?;
    if !answer.is_success() {
        let what = format!("The key set answered {}.", answer.status);
        return Err(Trouble::not_sent(what, INSTEAD));
    }
    let host = url::host(address);
    serde_json::from_str(&answer.body)
        .map_err(|_| format!("`{host}` gave no JSON, so no keys."))
        .and_then(|value| Keys::published(&value, &host, &source(clock::now())))
        .map_err(|what| Trouble::not_sent(what, INSTEAD))
}

/// What helps when keys cannot be fetched.
const INSTEAD: &str = "Paste the key instead.";
