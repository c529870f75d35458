//! Asking a directory. Nothing is asked before somebody presses the button that names its host.

use crate::{
    browser::{fetch, location},
    domain::{
        directory::{self, Made, Wish},
        http::{Request, Response},
        jose::PublicJwk,
        registration::{Refusal, refusal::ServerWords},
    },
    state::{Trouble, backend::TIMEOUT_MS},
};

/// Gets a statement of one piece of software. `template` is its address in `portal.json`.
///
/// # Errors
/// Refused, no answer, or an answer without a statement.
pub async fn statement(template: &str, organisation: &str, software: &str) -> Result<String, Trouble> {
    let request = directory::statement(&location::origin(), template, organisation, software);
    let response = send(&request).await?;
    directory::read_statement(&response).ok_or_else(|| refused(&response))
}

/// Makes software for trying. `trial` is its address in `portal.json`.
///
/// # Errors
/// Refused, no answer, or an answer that lacks something.
pub async fn make_software(trial: &str, wish: &Wish) -> Result<Made, Trouble> {
    let response = send(&directory::software(&location::origin(), trial, wish)).await?;
    directory::read_made(&response).ok_or_else(|| refused(&response))
}

/// Publishes the public half of a key. Returns the `kid` under which it stands there.
///
/// # Errors
/// Refused, no answer, or a key set without this key.
pub async fn publish(
    template: &str,
    organisation: &str,
    software: &str,
    key: &PublicJwk,
) -> Result<String, Trouble> {
    let response =
        send(&directory::publish(&location::origin(), template, organisation, software, key)).await?;
    directory::read_published(&response, key).ok_or_else(|| refused(&response))
}

/// Host and port of an address in `portal.json`, for the words on a button.
#[must_use]
pub fn host(address: &str) -> String {
    directory::host(&location::origin(), address)
}

async fn send(request: &Request) -> Result<Response, Trouble> {
    fetch::send(request, TIMEOUT_MS).await.map_err(|failure| Trouble::no_answer(&failure, request))
}

/// A directory that says no, or something else than was asked for.
fn refused(response: &Response) -> Trouble {
    if response.is_success() {
        let what = "The directory answered, and what was asked for is not in its answer.";
        return Trouble::not_sent(what, "Ask its operator, or paste the statement instead.");
    }
    if response.status == 404 {
        let words = ServerWords::read(&response.body);
        let meaning = "The directory does not know this organisation or this software.";
        let next = "Compare both IDs with those that the directory shows you.";
        return Refusal::new(response, words, meaning, next).into();
    }
    Refusal::from_status(response).into()
}
