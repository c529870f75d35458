//! An initial access token for trying, as a sandbox gives it out.

use crate::{
    browser::location,
    domain::{
        config::Environment,
        diagnosis::Purpose,
        http::{Method, Request},
        json,
        registration::Refusal,
        secret::Secret,
        url,
    },
    state::{Session, Trouble, backend},
};

/// Asks the sandbox for an initial access token: one POST to `trial` of `portal.json`, on the page's own origin,
/// answered with `{"initial_access_token": "…"}`.
///
/// # Errors
/// When the environment gives none out, refuses, or gives no answer.
pub async fn initial_access_token(session: Session, environment: &Environment) -> Result<Secret, Trouble> {
    let Some(path) = &environment.trial else {
        return Err(Trouble::not_sent(
            format!("{} gives out no tokens for trying.", environment.name),
            "Paste the initial access token from the operator's e-mail.",
        ));
    };
    let request = Request::new(Method::Post, url::absolute(&location::origin(), path));
    let response = backend::send(session, environment, Purpose::Register, &request).await?;
    let answer = json::object(&response.body).ok().filter(|_| response.is_success());
    answer
        .and_then(|answer| json::string(&answer.members, "initial_access_token"))
        .map(Secret::new)
        .ok_or_else(|| Refusal::from_status(&response).into())
}
