//! Words that depend on what opens a registration: a token of its own, a token of the application, or a user.

use super::page;
use crate::domain::registration::{Management, Operation};

/// What a page says about reaching a registration.
pub struct Access {
    /// In the dialog that deletes: what is sent.
    pub delete_sends: &'static str,
    /// In the dialog that deletes: what stays.
    pub delete_stays: &'static str,
    /// In the dialog that forgets.
    pub forget: &'static str,
    /// Below the button that sends a change.
    pub change_note: &'static str,
    /// When a change has no answer.
    pub risk_change: &'static str,
    /// When a deletion has no answer.
    pub risk_delete: &'static str,
    /// When a change turned out not to have been made.
    pub not_made: &'static str,
    /// The way back when the change was made.
    pub way_made: &'static str,
    /// The way back when the client was switched off.
    pub way_off: &'static str,
    /// What the message to the operator is about.
    pub about_risk: &'static str,
}

static OWN_TOKEN: Access = Access {
    delete_sends: page::DELETE_SENDS,
    delete_stays: page::DELETE_STAYS,
    forget: page::FORGET,
    change_note: page::CHANGE_NOTE,
    risk_change: page::RISK_CHANGE,
    risk_delete: page::RISK_DELETE,
    not_made: page::NOT_MADE,
    way_made: page::WAY_MADE,
    way_off: page::WAY_OFF,
    about_risk: page::ABOUT_RISK,
};

const STAYS: &str =
    "Tokens already issued may work until they expire. The record stays in this browser, without the secret.";
const RISK_DELETE: &str = "The server may have carried it out. A read tells.";
const NOT_MADE: &str = "Its answer was lost, and a read shows the registration as it was. Nothing is lost: send it again, or give it up.";
const WAY_OFF: &str = "A read is let in again as soon as the client is on.";
const ABOUT_RISK: &str =
    "A request about this application had no answer. Please say what state the client is in.";

static APPLICATION_TOKEN: Access = Access {
    delete_sends: "Sends one GET with a token of the application, to see that it is let in, and then one DELETE. The client is gone at the bank. It cannot be undone.",
    delete_stays: STAYS,
    forget: "The record, its history and the secret are erased from this browser. At the bank nothing changes: with the key of the application and its client ID the registration can still be reached.",
    change_note: "First one GET, to see that the token is let in, then one PUT with all claims, signed now and with a new `jti`. Neither is repeated on its own.",
    risk_change: "The bank may have taken it. Access is not lost: a new token can be asked for at any time, and a read tells what became of the change.",
    risk_delete: RISK_DELETE,
    not_made: NOT_MADE,
    way_made: "A read shows the change.",
    way_off: WAY_OFF,
    about_risk: ABOUT_RISK,
};

static USER: Access = Access {
    delete_sends: "Sends one GET as the user of the server, to see that it is let in, and then one DELETE. The client and its secret are gone at the server. It cannot be undone.",
    delete_stays: STAYS,
    forget: "The record, its history and the secret are erased from this browser. At the server nothing changes: its user can find the client again by its name.",
    change_note: "First one GET, to see that the user is let in, then one PUT with the whole document and all switches. Neither is repeated on its own.",
    risk_change: "The server may have taken it. Access is not lost: a read tells what became of the change.",
    risk_delete: RISK_DELETE,
    not_made: NOT_MADE,
    way_made: "A read shows the change.",
    way_off: WAY_OFF,
    about_risk: ABOUT_RISK,
};

/// The words for a way of managing registrations.
#[must_use]
pub fn access(management: Option<Management>) -> &'static Access {
    match management {
        Some(Management::ApplicationToken) => &APPLICATION_TOKEN,
        Some(Management::Basic) => &USER,
        Some(Management::RegistrationAccessToken { .. } | Management::SignIn) | None => &OWN_TOKEN,
    }
}

/// Why buttons are missing, and what is left to do; `None` when the server offers everything.
#[must_use]
pub fn left_to_do(offered: &[Operation]) -> Option<String> {
    let rows = [
        (Operation::Read, "reading", "What stands here is the answer to the last request."),
        (Operation::Update, "changing", "A change is a new registration, or a message to the operator."),
        (
            Operation::Delete,
            "deleting",
            "The client stays until the operator takes it out; forgetting it here changes nothing there.",
        ),
    ];
    let missing: Vec<_> = rows.into_iter().filter(|(operation, ..)| !offered.contains(operation)).collect();
    let names: Vec<&str> = missing.iter().map(|(_, name, _)| *name).collect();
    let (last, before) = names.split_last()?;
    let list = match before {
        [] => (*last).to_owned(),
        _ => format!("{} or {last}", before.join(", ")),
    };
    let rest: Vec<&str> = missing.iter().map(|(.., rest)| *rest).collect();
    Some(format!("The server offers no {list} of registrations. {}", rest.join(" ")))
}

/// Heading where deleting is not offered.
pub const NO_DELETING: &str = "Deleting is not offered here";
/// Heading of the panel about tokens of the application.
pub const APPLICATION_TOKEN_TITLE: &str = "Access to the registration";
/// What opens it.
pub const OPENED_BY: &str = "A token of this application";
/// How that works.
pub const OPENED_BY_TEXT: &str = "Read, change and delete go with an access token that the application gets by client credentials. One that is good is used; else one is asked for, and the history says so. After a 401 the token is thrown away, and a new one is asked for once.";
/// There is one in this tab.
pub const TOKEN_HERE: &str = "One in this tab";
/// There is none, and one can be asked for.
pub const TOKEN_WHEN_NEEDED: &str = "None in this tab; asked for when needed";
/// There is none, and none can be asked for.
pub const TOKEN_WANTS_KEY: &str = "None in this tab, and the key to ask with is not here";
