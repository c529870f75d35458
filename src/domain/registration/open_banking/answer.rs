//! What is documented to be wrong with answers of banks: a quotation mark too many, a statement that is cut off.

use std::borrow::Cow;

use crate::domain::{http::Response, inspect::inspect, json, registration::Registration};

/// The answer with a doubled closing quotation mark left out, when it cannot be read otherwise and can be read so; and the
/// sentence that says it. Nothing else is repaired: what a server meant is not guessed.
pub(super) fn repaired(response: &Response) -> (Cow<'_, Response>, Option<String>) {
    let whole = (Cow::Borrowed(response), None);
    if json::object(&response.body).is_ok() {
        return whole;
    }
    let Some((body, line)) = without_doubled_quote(&response.body) else { return whole };
    if json::object(&body).is_err() {
        return whole;
    }
    let note = format!("The answer has one quotation mark too many, in line {line}; it was left out.");
    (Cow::Owned(Response { body, ..response.clone() }), Some(note))
}

/// The text without the first quotation mark that follows the end of a string at once, which no JSON has; and its line.
fn without_doubled_quote(text: &str) -> Option<(String, usize)> {
    let (mut inside, mut escaped, mut ended) = (false, false, false);
    for (at, character) in text.char_indices() {
        let quote = character == '"' && !escaped;
        if quote && ended {
            let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
            return Some(([before, after].concat(), before.lines().count()));
        }
        ended = quote && inside;
        inside ^= quote;
        escaped = inside && character == '\\' && !escaped;
    }
    None
}

/// What the inspector finds in a token that lacks its end.
const CUT: [&str; 4] = ["truncated", "parts", "no-signature", "signature-length"];

/// A statement that the server cut off is no statement: what was sent stays the one that counts.
pub(in crate::domain::registration) fn look_at_statement(registration: &mut Registration) {
    let Some(statement) = json::string(&registration.members, "software_statement") else { return };
    let seen = inspect(&statement, 0, &[]);
    let root = seen.payload.as_ref().and_then(|layer| layer.document.root());
    let cut = seen.findings.iter().any(|finding| CUT.contains(&finding.rule));
    let complete = root.is_some_and(|root| root.is_complete()) && !cut;
    if !complete {
        registration.members.shift_remove("software_statement");
        registration.notes.push(
            "The answer holds only a part of the software statement; the one that was sent is kept."
                .to_owned(),
        );
    }
}
