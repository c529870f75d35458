//! Words of the home page.

use crate::domain::{application::state::State, form::Draft, overview::Shown};

/// Headline of the first visit; `index.html` paints the same before the page is there.
pub const FIRST_TITLE: &str = "Get credentials and make your first call";
/// The three lines below it; `index.html` paints the same before the page is there.
pub const FIRST_LEAD: &str = "Register an application with the authorization server, choose the products it may use, and call one of them. It takes about a minute. You need no account here: this page talks straight to the server.";
/// The door with the trial token.
pub const TRY: &str = "Try the whole path with the sandbox";
/// The door with a token of one's own.
pub const HAVE_TOKEN: &str = "I have an initial access token";
/// The door where no token is needed.
pub const NO_TOKEN_NEEDED: &str = "Register an application";
/// Heading of the sample file.
pub const WHAT_YOU_HAVE: &str = "What you will have";
/// In place of the client ID in the sample file.
pub const MADE_FOR_YOU: &str = "made for you";
/// In place of the secret in the sample file.
pub const SHOWN_ONCE: &str = "made for you, shown once";

/// One step of the minute.
pub struct MinuteStep {
    /// When it begins.
    pub at: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What is done.
    pub text: &'static str,
    /// What is sent, or what it takes.
    pub note: &'static str,
}

/// The four steps.
pub const MINUTE: [MinuteStep; 4] = [
    MinuteStep {
        at: "0 s",
        title: "1. Describe",
        text: "Give the application a name, and a contact the operator can write to.",
        note: "Nothing is sent yet.",
    },
    MinuteStep {
        at: "15 s",
        title: "2. Pick products",
        text: "Each row names what it gives and its scopes, and says who approves it.",
        note: "Nothing is sent yet.",
    },
    MinuteStep {
        at: "30 s",
        title: "3. Get credentials",
        text: "The server makes a client secret. You read the exact request, then send it.",
        note: "Bring the initial access token from the operator. The sandbox makes one for you.",
    },
    MinuteStep {
        at: "45 s",
        title: "4. Token and first call",
        text: "One button asks for a token, the next one calls a product. Both answers are explained in place.",
        note: "If something is refused, you are told why.",
    },
];
/// The end of the ruler.
pub const MINUTE_END: &str = "60 s";

/// Heading of the first panel below the minute.
pub const SECRETS_TITLE: &str = "What happens to your secrets";
/// Its lines.
pub const SECRETS: [&str; 3] = [
    "There is no server behind this page. Requests go to the authorization server and the products you call, nowhere else.",
    "A client secret is shown once and not kept, unless you ask for it.",
    "What is kept stays in this browser, encrypted with a key that cannot be read out.",
];
/// Heading of the second panel.
pub const INSPECT_TITLE: &str = "Have a token already?";
/// Its words.
pub const INSPECT_TEXT: &str = "Paste it and read what it says: who issued it, what it is good for, how long it lives, and what a server would refuse.";
/// Its button.
pub const INSPECT_DOOR: &str = "Inspect a token";
/// Heading of the third panel.
pub const PRODUCTS_TITLE: &str = "Only looking around?";
/// Its words.
pub const PRODUCTS_TEXT: &str =
    "Read what each product offers, with its scopes and a sample answer, before you register anything.";

/// The button of the third panel.
#[must_use]
pub fn see_products(count: usize) -> String {
    match count {
        0 => "See the products".to_owned(),
        1 => "See the product".to_owned(),
        _ => format!("See the {}", super::count(count, "product", "products").to_ascii_lowercase()),
    }
}

/// Below the doors, when the server answers.
#[must_use]
pub fn answers(environment: &str, elapsed_ms: u32, trial: bool) -> String {
    let rest = if trial {
        " No account, no e-mail, and what you make there can be deleted with one click."
    } else {
        ""
    };
    format!("{environment} answers in {elapsed_ms} ms.{rest}")
}

/// Below the doors, while nobody has asked the server.
#[must_use]
pub fn asking(environment: &str) -> String {
    format!("Asking {environment} whether it is there.")
}

/// Title of the list.
pub const TITLE: &str = "Applications";
/// The one primary button of the list.
pub const NEW: &str = "New application";
/// What the filter looks at.
pub const FILTER: &str = "Filter by name, client ID, product";
/// What a table holds, for assistive technology.
pub const TABLE: &str = "Your applications";
/// At the end of the row of filters.
pub const ORDER: &str = "What needs you comes first";
/// While the store is read.
pub const READING: &str = "Reading the applications of this browser";

/// How many applications, in how many environments, and where they are kept.
#[must_use]
pub fn lead(applications: usize, draft: bool, environments: usize, stored: bool) -> String {
    let begun = if draft && applications == 0 {
        "One application is begun".to_owned()
    } else {
        let draft = if draft { " and a draft" } else { "" };
        format!("{}{draft}", count_with_number(applications))
    };
    let environments = super::count(environments, "environment", "environments").to_lowercase();
    let kept = if stored { "This list is kept in this browser only." } else { "This list is not stored." };
    format!("{begun} in {environments}. {kept}")
}

fn count_with_number(applications: usize) -> String {
    if applications > 12 {
        format!("{} applications", super::number(applications))
    } else {
        super::count(applications, "application", "applications")
    }
}

/// A part of the choice of states.
#[must_use]
pub fn shown(shown: Shown) -> &'static str {
    match shown {
        Shown::All => "All",
        Shown::NeedsYou => "Needs you",
        Shown::Waiting => "Waiting",
        Shown::Active => "Active",
    }
}

/// The next step of a state.
#[must_use]
pub fn next_step(state: State) -> &'static str {
    match state {
        State::AtRisk => "Recover access",
        State::NotMade(_) => "Send it again",
        State::SecretExpired | State::SecretExpires { .. } => "See credentials",
        State::Refused => "See why",
        State::Waiting => "Check again",
        State::Registered | State::Active => "Get a token",
        State::Deleted => "See history",
    }
}

/// What stands in place of a client ID that there is not yet.
pub const NOT_REGISTERED: &str = "Not registered yet";
/// The name of a draft without one.
pub const UNNAMED: &str = "Without a name";

/// What is missing in a draft.
#[must_use]
pub fn draft_evidence(draft: &Draft) -> String {
    let missing: Vec<&str> =
        [("a name", draft.name.trim().is_empty()), ("products", draft.products.is_empty())]
            .into_iter()
            .filter_map(|(what, is_missing)| is_missing.then_some(what))
            .collect();
    if missing.is_empty() {
        "Not registered. What you typed is kept.".to_owned()
    } else {
        format!("Not registered. Missing: {}.", missing.join(", "))
    }
}

/// How many rows a filter left.
#[must_use]
pub fn found(found: usize, of: usize) -> String {
    format!("{} of {}", super::number(found), super::number(of))
}

/// Below a list that was cut.
#[must_use]
pub fn cut(shown: usize, of: usize) -> String {
    format!("The first {} of {} are shown.", super::number(shown), super::number(of))
}

/// The button below a list that was cut.
#[must_use]
pub fn more(count: usize) -> String {
    format!("Show {} more", super::number(count))
}

/// When nothing matches.
#[must_use]
pub fn nothing_found(filter: &str, group: Shown) -> String {
    let filter = filter.trim();
    match group {
        _ if !filter.is_empty() => format!("No application matches “{filter}”"),
        Shown::NeedsYou => "No application needs you".to_owned(),
        Shown::Waiting => "No application is waiting".to_owned(),
        Shown::Active => "No application is active".to_owned(),
        Shown::All => "There is no application".to_owned(),
    }
}

/// What was searched.
pub const SEARCHED: &str = "Names, client IDs, products and environments were searched.";
/// The way back from a list with nothing in it.
pub const CLEAR: &str = "Clear the filter";

/// Heading of the records that cannot be shown.
pub const UNSHOWN_TITLE: &str = "Kept, but not shown";
/// What happens to them.
pub const UNSHOWN_TEXT: &str = "These records stay in this browser as they are. Nothing overwrites them.";

/// First words when nothing is stored.
pub const NOT_STORED: &str = "Nothing is stored in this browser.";
/// What that means.
pub const NOT_STORED_MEANS: &str =
    "What you make lasts until this tab is closed. Registration access tokens are then lost too.";
/// The way out.
pub const DOWNLOAD: &str = "Download what you have";

/// First words of a registration whose answer was lost.
#[must_use]
pub fn creation_lead(name: &str, environment: &str, at: &str) -> String {
    format!("“{name}” was sent to {environment} on {at}, and no answer is stored.")
}
/// What that means.
pub const CREATION_MEANS: &str = "An application of that name may exist at the server without this portal knowing it. It is not sent again by itself: ask the operator, who finds it by name and time.";
/// The button that takes it off the list.
pub const CREATION_SETTLED: &str = "This is settled";
