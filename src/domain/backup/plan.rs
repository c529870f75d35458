//! What a restore does with each record. It never puts an older registration access token in the place of a newer one:
//! the server destroys the older one when it gives out the newer.

use serde_json::Value;

use super::Contents;
use crate::domain::{
    application::{
        Application,
        history::{Entry, Outcome, Step},
    },
    json,
    record::{Kind, Record},
};

/// How a record of the file stands to the one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none here: it is added.
    New,
    /// They are the same.
    Same,
    /// The one here is older: it is replaced.
    OlderHere,
    /// The one here is newer: it stays.
    NewerHere,
    /// They differ, and nothing says which is newer: the one here stays.
    Differs,
}

impl Standing {
    /// Whether a restore writes the record of the file.
    #[must_use]
    pub fn is_written(self) -> bool {
        matches!(self, Self::New | Self::OlderHere)
    }
}

/// One row of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of which kind.
    pub kind: Kind,
    /// ID of the record.
    pub id: String,
    /// Its name for a person; empty when it has none.
    pub name: String,
    /// ID of the environment it belongs to.
    pub environment: Option<String>,
    /// Its newest entry in the file, seconds since 1970.
    pub at: Option<i64>,
    /// What becomes of it.
    pub standing: Standing,
}

/// Compares every record of the file with what is here.
#[must_use]
pub fn plan(here: &[(Kind, Record)], file: &Contents) -> Vec<Line> {
    let find = |kind: Kind, id: &str| {
        here.iter().find(|(known, record)| *known == kind && record.id == id).map(|(_, record)| record)
    };
    let is_registered = |id: &str| {
        let in_file = |(kind, record): &(Kind, Record)| *kind == Kind::Applications && record.id == id;
        find(Kind::Applications, id).is_some() || file.records.iter().any(in_file)
    };
    let line = |(kind, record): &(Kind, Record)| {
        let standing = match kind {
            // An intent whose application is there was closed a moment too late.
            Kind::Journal if is_registered(&record.id) => Standing::Same,
            _ => compare(*kind, find(*kind, &record.id), record),
        };
        describe(*kind, record, standing)
    };
    let mut lines: Vec<Line> = file.records.iter().map(line).collect();
    lines.sort_by_key(|line| line.kind);
    lines
}

/// How a record of the file stands to the one here.
#[must_use]
pub fn compare(kind: Kind, here: Option<&Record>, file: &Record) -> Standing {
    let Some(here) = here else { return Standing::New };
    if here.json == file.json {
        return Standing::Same;
    }
    if here.version > file.version && kind != Kind::Applications {
        return Standing::NewerHere;
    }
    match kind {
        Kind::Applications => application(here, file),
        Kind::Settings => by_time(saved_at(here), saved_at(file)),
        Kind::Drafts | Kind::Journal => Standing::Differs,
    }
}

fn application(here: &Record, file: &Record) -> Standing {
    let Some(theirs) = read(file) else { return Standing::Differs };
    // A record here that is damaged can only win.
    let Some(ours) = read(here) else { return Standing::OlderHere };
    if unchained(&ours) == unchained(&theirs) {
        return Standing::Same;
    }
    if ours.pending.as_ref().is_some_and(|pending| pending.at >= token_time(&theirs)) {
        // What became of that write is found out with the token that is here.
        return Standing::NewerHere;
    }
    let same_token = ours.registration_access_token == theirs.registration_access_token;
    match token_time(&ours).cmp(&token_time(&theirs)) {
        std::cmp::Ordering::Less => Standing::OlderHere,
        std::cmp::Ordering::Greater => Standing::NewerHere,
        std::cmp::Ordering::Equal if same_token => by_time(Some(newest(&ours)), Some(newest(&theirs))),
        std::cmp::Ordering::Equal => Standing::Differs,
    }
}

/// Without what an older build does not write.
fn unchained(application: &Application) -> Application {
    let mut bare = application.clone();
    bare.history.iter_mut().for_each(|entry| entry.hash = None);
    bare
}

fn by_time(here: Option<i64>, file: Option<i64>) -> Standing {
    match (here, file) {
        (Some(here), Some(file)) if here < file => Standing::OlderHere,
        (Some(here), Some(file)) if here > file => Standing::NewerHere,
        _ => Standing::Differs,
    }
}

/// When the server last let in the registration access token of this record, or gave it out. A refused use, a token
/// request or a call say nothing about it.
fn token_time(application: &Application) -> i64 {
    let proves = |entry: &&Entry| {
        matches!(entry.step, Step::Registered | Step::Read | Step::Changed | Step::Deleted)
            && matches!(entry.outcome, Outcome::Done { .. })
    };
    application.history.iter().filter(proves).map(|entry| entry.at).max().unwrap_or(application.created_at)
}

/// The newest thing that is known of an application.
fn newest(application: &Application) -> i64 {
    let pending = application.pending.iter().map(|pending| pending.at);
    let entries = application.history.iter().map(|entry| entry.at);
    entries.chain(pending).max().unwrap_or(application.created_at)
}

fn read(record: &Record) -> Option<Application> {
    serde_json::from_str(&record.json).ok()
}

fn saved_at(record: &Record) -> Option<i64> {
    json::integer(&json::object(&record.json).ok()?.members, "saved_at")
}

fn describe(kind: Kind, record: &Record, standing: Standing) -> Line {
    let line = |name: String, environment: Option<String>, at: Option<i64>| Line {
        kind,
        id: record.id.clone(),
        name,
        environment,
        at,
        standing,
    };
    if kind == Kind::Applications {
        return match read(record) {
            Some(application) => {
                let at = newest(&application);
                line(application.name().to_owned(), Some(application.environment), Some(at))
            }
            None => line(String::new(), None, None),
        };
    }
    let members = json::object(&record.json).map(|object| object.members).unwrap_or_default();
    let within = |outer: &str, name: &str| Some(members.get(outer)?.get(name)?.as_str()?.to_owned());
    let name = json::string(&members, "name")
        .or_else(|| within("asked", "client_name"))
        .or_else(|| within("environment", "name"))
        .unwrap_or_default();
    let environment = members.get("environment").and_then(Value::as_str).map(str::to_owned);
    let at = json::integer(&members, "saved_at").or_else(|| json::integer(&members, "at"));
    line(name, environment, at)
}
