//! Why the Identity Server refused. It says so in a body for 400 only.

use crate::domain::{
    http::Response,
    registration::{
        Operation, Refusal,
        open_banking::{Table, by_words},
        refusal::ServerWords,
        rfc7591,
    },
};

const WORDS: Table = &[
    (
        "already exist",
        "There is a client of this name at the server.",
        "Choose another name under Details, or look the client up by its name.",
    ),
    (
        "Unrecognized field",
        "The server does not know a member of the request, and refuses all of it. Its words below name the member.",
        "Empty that member, or the operator declares it at the server as an additional attribute.",
    ),
    (
        "Mandatory software statement is missing",
        "The server wants a software statement.",
        "Paste one, or get one from the directory.",
    ),
    (
        "Signature validation failed for the software statement",
        "The server does not know the key that signed the software statement, or the statement was changed.",
        "Get a new one from the directory. If that does not help, the operator checks which directory the server trusts.",
    ),
];

const CODES: Table = &[
    (
        "invalid_software_statement",
        "The server does not accept the software statement.",
        "Get a new one from the directory that the server trusts.",
    ),
    (
        "invalid_redirect_uri",
        "The server does not accept a redirect URI.",
        "Take those that stand in the software statement.",
    ),
];

pub(super) fn explain(operation: Operation, response: &Response) -> Refusal {
    let words = ServerWords::read(&response.body);
    let said = by_words(&words, WORDS, CODES).or_else(|| by_status(operation, response));
    match said {
        Some((meaning, next)) => Refusal::new(response, words, meaning, next),
        None => rfc7591::refusal(operation, response),
    }
}

fn by_status(operation: Operation, response: &Response) -> Option<(&'static str, &'static str)> {
    let bare = response.body.trim().is_empty();
    Some(match (response.status, operation) {
        (401, Operation::Create) => (
            "The server does not accept user name and password.",
            "Enter them again. The user needs the right to register clients.",
        ),
        (401, _) => (
            "Wrong user name or password, or no such client: the server answers both with the same empty 401.",
            "Enter them again. If they are right, the client is gone: look it up by its name.",
        ),
        (403, _) if bare => (
            "The client belongs to another user, or this user may not register clients.",
            "Use the user who registered it, or ask the operator.",
        ),
        (405, Operation::Update | Operation::Delete) => (
            "The server lets no page of another origin change or delete: its CORS settings list neither PUT nor DELETE.",
            "Go through a prefix on this site, or the operator adds both to supported_methods.",
        ),
        (500, _) if bare => (
            "The server failed and does not say why. Whether it did the work is not known.",
            "Read the registration before you try again. The operator finds the reason in the log of the server.",
        ),
        _ => return None,
    })
}
