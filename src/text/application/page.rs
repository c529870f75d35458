//! Words of the head, the notes, the overview, a change, the history, and the message to the operator.

use crate::domain::{
    application::{
        Application,
        history::{Entry, chain::Verdict},
    },
    time,
};

/// While the store opens.
pub const OPENING: &str = "Reading what this browser keeps";
/// Headline when this browser does not have the application.
pub const MISSING_TITLE: &str = "This application is not in this browser";
/// Lead below it.
pub const MISSING: &str = "Applications are kept in the browser that registered them, and nowhere else. It may have been registered in another browser or profile, forgotten here, or erased with the data of this site.";
/// Headline of a record that cannot be shown.
pub const UNSHOWN_TITLE: &str = "This application cannot be shown";
/// What happens to it.
pub const UNSHOWN: &str =
    "It is kept as it is: this page reads it, and never writes it. Nothing changes at the server.";

/// First words when the environment is no longer configured.
#[must_use]
pub fn unconfigured(environment: &str) -> String {
    format!("The environment “{environment}” is no longer in portal.json.")
}
/// The rest of them.
pub const UNCONFIGURED: &str = "What is kept here can still be read, copied and downloaded. Nothing can be sent until the operator puts it back.";
/// First words when the application was deleted.
pub const DELETED_LEAD: &str = "Deleted at the server.";
/// The rest of them.
pub const DELETED: &str = "Tokens already issued may work until they expire. The record and its history stay here until you forget them.";

/// After a read, with what was odd about the answer.
#[must_use]
pub fn read_done(odd: &str) -> String {
    format!("The registration was read. What the server says is shown here. {odd}").trim_end().to_owned()
}

/// In the dialog that deletes: what is sent.
pub const DELETE_SENDS: &str = "Sends one GET, to see that the registration access token still works, and then one DELETE. The client and its secret are gone at the server. It cannot be undone.";
/// In the dialog that deletes, where a page cannot send it.
pub const DELETE_BY_HAND: &str = "This server wants a client certificate, and a page cannot show one. You get the DELETE as a command for curl, and paste its answer. Nothing is sent from here.";
/// In the dialog that deletes: what stays.
pub const DELETE_STAYS: &str = "Tokens already issued may work until they expire. The record stays in this browser, without the registration access token and the secret.";
/// The same in short, beside the button.
pub const DELETE_SHORT: &str =
    "Sends one DELETE. Tokens already issued may work until they expire. It cannot be undone.";
/// In the dialog that forgets.
pub const FORGET: &str = "The record, its history, the registration access token and the secret are erased from this browser. At the server nothing changes: without the token only the operator can change or delete what is there.";

/// First words while another tab is at work.
pub const WAITS_LEAD: &str = "Another tab of this portal is working on this application.";
/// The rest of them.
pub const WAITS: &str = "One at a time: two changes at once would cost the registration access token. This one goes on by itself when the other is done.";

/// First words when a change turned out not to have been made.
pub const NOT_MADE_LEAD: &str = "A change did not arrive.";
/// The rest of them.
pub const NOT_MADE: &str = "Its answer was lost, and a read with the old registration access token shows the registration as it was. Nothing is lost: send it again, or give it up.";
/// First words when a deletion turned out not to have been made.
pub const NOT_DELETED_LEAD: &str = "The deletion did not arrive.";
/// The rest of them.
pub const NOT_DELETED: &str =
    "Its answer was lost, and a read shows that the client is still there. Send it again, or give it up.";
/// After it was sent again.
pub const SENT_AGAIN: &str = "It was sent again, and the answer is stored.";
/// After it was given up.
pub const GIVEN_UP: &str = "It was given up. Nothing was sent.";

/// First words while somebody at the operator has to act.
pub const WAITING_LEAD: &str = "The operator has to switch this application on.";

/// The rest of them.
#[must_use]
pub fn waiting(habit: &str) -> String {
    format!("{habit} “Check again” reads the registration and changes nothing.")
}

/// How often and when it was asked, and when it is asked again by itself.
#[must_use]
pub fn checks(asked: Option<(i64, u32)>, next: Option<i64>, now: i64) -> String {
    let so_far = match asked {
        None => "Not asked yet.".to_owned(),
        Some((at, 1)) => format!("Asked once, last {}.", time::since(at, now)),
        Some((at, times)) => format!("Asked {times} times, last {}.", time::since(at, now)),
    };
    match next {
        Some(at) if at > now => {
            format!(
                "{so_far} While this page is in front it asks again by itself in {}.",
                time::duration(at - now)
            )
        }
        _ => format!("{so_far} It asks again by itself while this page is in front."),
    }
}
/// Beside a wait.
pub const YOU_CAN_CLOSE: &str = "You can close this page. The application stays in this browser.";
/// Above the button that copies the message.
pub const MESSAGE_HOLDS: &str =
    "This message names the application, its client ID, the time and what was seen. No secrets are in it.";
/// What the message is about while the application waits.
pub const ABOUT_WAITING: &str = "This application was registered, and the server does not let it in yet. Is it waiting to be switched on?";
/// What the message is about after a refusal.
pub const ABOUT_REFUSED: &str = "The server refuses this application. What is missing?";
/// What the message is about when access is at risk.
pub const ABOUT_RISK: &str = "A change to this application had no answer, and its registration access token may have been replaced. Please regenerate the registration access token of this client, or say what state it is in.";

/// A message to the operator. It holds no secrets.
#[must_use]
pub fn operator_message(application: &Application, environment: &str, now: i64, about: &str) -> String {
    let mut lines = vec![
        format!("Application: {}", application.name()),
        format!("Client ID: {}", application.client_id),
        format!("Environment: {environment}"),
        format!("Registered: {}", time::date_time_seconds(application.created_at)),
        format!("Now: {}", time::date_time_seconds(now)),
        String::new(),
        about.to_owned(),
        String::new(),
        "What was seen:".to_owned(),
    ];
    let skip = application.history.len().saturating_sub(8);
    lines.extend(application.history.iter().skip(skip).map(|entry| {
        let request = entry.request_line().map(|line| format!(" ({line})")).unwrap_or_default();
        format!("{}  {}{request}", time::date_time_seconds(entry.at), entry.title())
    }));
    lines.join("\n")
}

/// First words when a change has no answer.
pub const RISK_CHANGE_LEAD: &str = "One change has no answer.";
/// The rest of them.
pub const RISK_CHANGE: &str = "If the server took it, it may also have made a new registration access token, and that token never arrived here. The old one is kept. The application itself keeps working.";
/// First words when a deletion has no answer.
pub const RISK_DELETE_LEAD: &str = "The deletion has no answer.";
/// The rest of them.
pub const RISK_DELETE: &str =
    "The server may have carried it out. The registration access token is kept, so that it can be found out.";
/// Beside the safe read.
pub const READ_IS_SAFE: &str = "It changes nothing, however often you press it.";
/// The way back when the change was made.
pub const WAY_MADE: &str = "The old token is dead. The operator can regenerate it.";
/// The way back when the client was switched off.
pub const WAY_OFF: &str = "The old token works again as soon as the client is on.";
/// The way back when nothing was done.
pub const WAY_NOT_MADE: &str = "The read is let in, and all is as before.";
/// The way back when it was deleted.
pub const WAY_DELETED: &str = "There is none, and none is needed. Forget it here.";

/// An application without products.
pub const NO_PRODUCTS: &str = "No products";
/// What that means.
pub const NO_PRODUCTS_TEXT: &str = "Tokens of this application carry the server's own scopes only.";
/// A product that the catalogue no longer has.
pub const NOT_IN_CATALOGUE: &str = "No longer in the catalogue";
/// No redirect URIs are registered.
pub const NO_REDIRECT_URIS: &str = "None. People do not sign in through this application.";
/// Name of the document as the server gave it.
pub const LAST_ANSWER: &str = "The last answer, without secrets";

/// Title of the summary of errors.
#[must_use]
pub fn problems_title(count: usize) -> String {
    format!("{} to change before this can be sent", crate::text::count(count, "thing", "things"))
}
/// Beside the heading of a change.
pub const WHOLE_DOCUMENT: &str = "From your own last request";
/// Below a field of several addresses.
pub const ONE_A_LINE: &str = "One a line.";
/// Beside the review when something differs.
pub const REVIEW_CHANGED: &str = "Nothing is sent until you press the button";
/// Beside the review when nothing differs.
pub const REVIEW_SAME: &str = "Nothing is changed yet";
/// Beside the difference.
pub const DIFFERENCE_OF: &str = "Your last request, and the new one";
/// Below the button that sends a change.
pub const CHANGE_NOTE: &str = "First one GET, to see that the token still works, then one PUT with the whole document. Neither is repeated on its own. A new registration access token is stored before anything is shown.";
/// First words where a page cannot send it.
pub const BY_HAND_LEAD: &str = "This server wants a client certificate, and a page cannot show one.";
/// The rest of them.
pub const BY_HAND: &str = "Run the command with your certificate and its key, and paste the answer. An environment that goes through this site can also hold the certificate.";
/// When the form is as it was.
pub const NOTHING_CHANGED: &str = "Nothing is changed, so nothing was sent.";
/// After a change.
pub const CHANGED: &str = "The change was made, and the answer is stored.";
/// When nothing can be changed.
pub const CANNOT_CHANGE: &str = "Nothing can be changed any more";
/// Why.
pub const CANNOT_CHANGE_WHY: &str =
    "The application was deleted, or its environment is no longer configured.";

/// An empty history.
pub const NO_HISTORY: &str = "Nothing has happened yet";
/// What will stand there.
pub const NO_HISTORY_TEXT: &str = "Every request to the server leaves a line here.";
/// Where the history is kept.
pub const LOG_KEPT: &str = "In this browser only";
/// What is not in it.
pub const LOG_SECRETS: &str = "None are written here";

/// First words when a line is not as it was written.
pub const BROKEN_LEAD: &str = "This history was altered.";

/// Whether the lines hold together.
#[must_use]
pub fn chain(verdict: Verdict) -> String {
    match verdict {
        Verdict::Unchained => "Begins when the next line is saved".to_owned(),
        Verdict::Unbroken { since, open: 0 } => format!("Unbroken since {}", time::date_time(since)),
        Verdict::Unbroken { since, open } => {
            let lines = if open == 1 { "the last line is" } else { "the last lines are" };
            format!("Unbroken since {}; {lines} not in it yet", time::date_time(since))
        }
        Verdict::Broken { line } => format!("Broken at line {line}"),
    }
}

/// Which line was altered; `None` when none was.
#[must_use]
pub fn broken(history: &[Entry], verdict: Verdict) -> Option<String> {
    let Verdict::Broken { line } = verdict else { return None };
    let entry = history.get(line.checked_sub(1)?)?;
    Some(format!(
        "Line {line}, counted from the oldest (“{}”, {}), is not as it was written, or a line before it was taken out. What stands before it holds.",
        entry.title(),
        time::date_time_seconds(entry.at)
    ))
}

/// After a pasted answer was read.
pub const ANSWER_TAKEN: &str = "The answer was read, and what it says is stored.";
/// After a pasted answer of the token endpoint was read.
pub const TOKEN_ANSWER_TAKEN: &str =
    "The token was read, and is held in this tab. Press the button again: the next command carries it.";
/// Another way to send a change.
pub const SEND_OTHERWISE: &str = "Send it with curl, and paste the answer";
