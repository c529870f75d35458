//! Why a bank refused: words of the gateway, statuses by operation, and what to do next.

use crate::domain::{
    http::Response,
    registration::{Operation, Refusal, refusal::ServerWords, rfc7591},
};

/// Words of a refusal, what they mean, and what to do. The first that fits counts.
pub(in crate::domain::registration) type Table = &'static [(&'static str, &'static str, &'static str)];

const SIGN_AGAIN: &str = "Send it again: the portal writes a new `jti` into each request.";

const WORDS: Table = &[
    (
        "replayed jti in the software statement",
        "The bank has seen this software statement before, and takes each one once.",
        "Get a new statement from the directory, and send the request with it.",
    ),
    (
        "replayed jti",
        "The bank has seen this request before: its `jti` was used. The first one may have registered the client.",
        SIGN_AGAIN,
    ),
    (
        "Duplicate registrations",
        "There is a registration of this software at the bank, and it takes one only.",
        "Look for the application in your list. Else ask the operator to delete the old one.",
    ),
    (
        "Invalid request signature",
        "The signature does not fit any key of the software: another key signed, or the directory does not show the key yet.",
        "Compare the `kid` with the keys that the statement names, and wait a few minutes after a key was added.",
    ),
    (
        "Malformed Software Statement",
        "The bank cannot read the software statement.",
        "Get a new one from the directory. A statement that was copied by hand often lacks its end.",
    ),
    (
        "software statement cannot be null",
        "The bank found no software statement in the request.",
        "Put one in. When it is there, the bank may have read the request as JSON: the operator checks `media_type`.",
    ),
    (
        "Malformed request found",
        "The bank read the request as JSON: it goes by the media type, not by what is inside.",
        "The operator sets `media_type` to application/jwt in portal.json.",
    ),
    (
        "cannot be decoded",
        "The bank cannot read the signed request.",
        "Compare what was sent with the request on this page: a copy that lost a character looks like this.",
    ),
    (
        "Malformed request JWT",
        "The bank cannot read the signed request.",
        "Compare what was sent with the request on this page: a copy that lost a character looks like this.",
    ),
    (
        "payload is empty",
        "The request arrived without a body.",
        "Send it from this page again, or give curl the whole signed request.",
    ),
];

const CODES: Table = &[
    (
        "invalid_software_statement",
        "The bank does not accept the software statement: its signature, its age, or the directory that issued it.",
        "Get a new one from a directory that the bank names, and try again.",
    ),
    (
        "unapproved_software_statement",
        "The statement is right, and the bank does not let this software in.",
        "Ask the operator what is missing.",
    ),
    (
        "invalid_redirect_uri",
        "A redirect URI is not in the software statement, is not https, or is on the own computer.",
        "Take it out, or have the directory add it and get a new statement.",
    ),
    (
        "invalid_client_metadata",
        "The bank does not accept a member of the request.",
        "Its words below may name the member. Change it, or ask the operator.",
    ),
    (
        "invalid_request",
        "The bank does not accept the request as it is.",
        "Its words below may say why. Change it, and send it again with a new `jti`.",
    ),
];

pub(super) fn explain(operation: Operation, response: &Response) -> Refusal {
    let words = ServerWords::read(&response.body);
    if let Some((meaning, next)) = by_words(&words, WORDS, CODES) {
        return Refusal::new(response, words, meaning, next);
    }
    match by_status(operation, response, &words) {
        Some((meaning, next)) => Refusal::new(response, words, meaning, next),
        None => rfc7591::refusal(operation, response),
    }
}

/// What the words say, then what the code says.
pub(in crate::domain::registration) fn by_words(
    words: &ServerWords,
    sentences: Table,
    codes: Table,
) -> Option<(&'static str, &'static str)> {
    let said = sentences.iter().find(|(said, ..)| words.mention(said));
    let found = said.or_else(|| codes.iter().find(|(code, ..)| words.is(code)))?;
    Some((found.1, found.2))
}

fn by_status(
    operation: Operation,
    response: &Response,
    words: &ServerWords,
) -> Option<(&'static str, &'static str)> {
    let created = operation == Operation::Create;
    Some(match response.status {
        401 if created => (
            "The bank lets nobody register without knowing who it is: usually the client certificate is missing or unknown.",
            "Send it through the prefix that holds your certificate, or with curl and your certificate.",
        ),
        401 if words.mention("not bound") => (
            "The token belongs to another client than the one in the address.",
            "Get a new token with the key of this application, and try again.",
        ),
        401 => (
            "The bank does not accept the token for this client: it has ended, or the client no longer exists. Banks revoke the token with such an answer.",
            "Get a new token and try once more. If it is refused again, the client is gone: forget it here, or ask the operator.",
        ),
        403 => (
            "The bank knows who asks, and does not allow it: often the token has not the right scope, or the certificate is another partner's.",
            "Get a token for the scopes of the registration, and compare the certificate.",
        ),
        405 | 501 if words.html => return None,
        405 | 501 => (
            left_to_do(operation),
            "Ask the operator: what cannot be done here is done by mail or in the bank's own portal.",
        ),
        _ => return None,
    })
}

/// Open Banking leaves everything but POST to the bank.
fn left_to_do(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "The bank offers no registration at this address.",
        Operation::Read => {
            "The bank does not show registrations. The answer to the last request, kept here, is all there is."
        }
        Operation::Update => {
            "The bank does not take changes. Some take a new registration in place of the old one."
        }
        Operation::Delete => {
            "The bank does not delete registrations. The client stays there until the operator takes it out."
        }
    }
}
