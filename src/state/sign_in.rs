//! Signing in where a backend wants to know who is asking. What is got lives in this tab's memory only.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::{
    browser::{clock, crypto, fetch, location, store, tab},
    domain::{
        config::{Environment, SignIn as Rules},
        http::Response,
        jose::base64url,
        secret::Secret,
        sign_in::{self, Attempt, SignedIn},
        url,
    },
    state::{Session, Trouble, backend::TIMEOUT_MS},
};

/// Where the attempt waits while the person is away.
const ATTEMPT: &str = "sign-in";
/// The page of the portal that the person comes back to.
const CALLBACK: &str = "/signed-in";

/// Who is signed in, by environment.
#[derive(Clone, Copy)]
pub struct SignIns {
    known: RwSignal<HashMap<String, SignedIn>>,
}

impl SignIns {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self { known: RwSignal::new(HashMap::new()) }
    }

    /// Who is signed in at an environment, also when that has ended. Tracks.
    #[must_use]
    pub fn at(self, environment: &str) -> Option<SignedIn> {
        self.known.with(|known| known.get(environment).cloned())
    }

    /// The access token at an environment, while it is good. Does not track.
    #[must_use]
    pub fn token(self, environment: &str) -> Option<SignedIn> {
        let known = self.known.try_with_untracked(|known| known.get(environment).cloned()).flatten();
        known.filter(|signed_in| signed_in.is_good(clock::now()))
    }

    /// Forgets who is signed in.
    pub fn forget(self, environment: &str) {
        self.known.try_update(|known| known.remove(environment));
    }

    /// Forgets everybody.
    pub fn clear(self) {
        self.known.try_set(HashMap::new());
    }
}

impl Default for SignIns {
    fn default() -> Self {
        Self::new()
    }
}

/// Goes to the sign-in of an environment; the person comes back to `back_to`, a path of the portal.
///
/// # Errors
/// Why there is no way to it. Nothing that was typed is lost.
pub async fn begin(environment: &Environment, back_to: &str) -> Result<(), Trouble> {
    let Some(rules) = &environment.sign_in else {
        return Err(Trouble::not_sent("This environment has no sign-in.", "Go on without."));
    };
    let page_origin = location::origin();
    let request = sign_in::discovery_request(rules, &page_origin);
    let answer = fetch::send(&request, TIMEOUT_MS).await;
    let answer = answer.map_err(|failure| Trouble::no_answer(&failure, &request))?;
    let provider = sign_in::read_provider(rules, &page_origin, &answer)
        .map_err(|what| Trouble::not_sent(what, "Tell the operator."))?;
    if !may_go_to(&provider.authorization_endpoint, rules, &page_origin) {
        return Err(Trouble::not_sent(
            "The sign-in names an address at another site than the one that is configured. Nobody was sent there.",
            "Tell the operator.",
        ));
    }
    let random = || base64url(&crypto::random_bytes::<32>());
    let attempt = Attempt {
        state: random(),
        nonce: random(),
        verifier: Secret::new(random()),
        environment: environment.id.clone(),
        back_to: back_to.to_owned(),
        issuer: provider.issuer.clone(),
        token_endpoint: provider.token_endpoint.clone(),
        redirect_uri: format!("{page_origin}{}", location::href(CALLBACK)),
        at: clock::now(),
    };
    let challenge = base64url(&crypto::sha256(attempt.verifier.expose().as_bytes()).await?);
    let kept = serde_json::to_string(&attempt).is_ok_and(|text| tab::set(ATTEMPT, &text));
    if !kept {
        return Err(Trouble::not_sent(
            "This browser gives the page no storage for the tab, so it could not take up the sign-in afterwards.",
            "Allow storage for this site, then sign in again.",
        ));
    }
    store::settled().await;
    location::leave_for(&sign_in::authorization_url(&provider, rules, &attempt, &challenge));
    Ok(())
}

/// The origin of the configured issuer, over https, or this machine.
fn may_go_to(address: &str, rules: &Rules, page_origin: &str) -> bool {
    let issuer = url::absolute(page_origin, &rules.issuer);
    let Ok(parts) = url::parts(address) else { return false };
    let safe = parts.scheme == "https" || (parts.scheme == "http" && url::is_loopback(&parts.host));
    let same_site = url::origin(address) == url::origin(&issuer);
    same_site && (safe || url::origin(address).as_deref() == Some(page_origin))
}

/// Takes up the answer of a sign-in from the address of the page. Returns where to go on.
///
/// # Errors
/// A sentence, and where to go on.
pub async fn complete(session: Session) -> Result<String, (String, String)> {
    let home = || "/".to_owned();
    let attempt = tab::get(ATTEMPT).and_then(|text| serde_json::from_str::<Attempt>(&text).ok());
    tab::remove(ATTEMPT);
    let path = location::path_and_query();
    let query = path.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    // The code is of no use in the history.
    location::replace(CALLBACK);
    let Some(attempt) = attempt else {
        return Err((
            "No sign-in is under way in this tab. It may have been taken up already.".to_owned(),
            home(),
        ));
    };
    let back_to = attempt.back_to.clone();
    let environment = session.environment_by_id(&attempt.environment);
    let rules = environment.as_ref().and_then(|environment| environment.sign_in.clone());
    let Some(rules) = rules else {
        return Err(("portal.json no longer has this sign-in.".to_owned(), back_to));
    };
    match exchange(&attempt, &rules, &query).await {
        Ok(signed_in) => {
            session.choose(&attempt.environment);
            session.sign_ins.known.try_update(|known| known.insert(attempt.environment.clone(), signed_in));
            Ok(back_to)
        }
        Err(problem) => Err((problem, back_to)),
    }
}

async fn exchange(attempt: &Attempt, rules: &Rules, query: &str) -> Result<SignedIn, String> {
    let code = sign_in::read_answer(attempt, query, clock::now())?;
    let request = sign_in::token_request(attempt, rules, &code);
    let response: Response = fetch::send(&request, TIMEOUT_MS).await.map_err(|_| {
        "The token endpoint of the sign-in gave no answer that this page may read: it has to allow the portal’s origin (CORS). Tell the operator, then sign in again.".to_owned()
    })?;
    sign_in::read_tokens(attempt, rules, &response, clock::now())
}
