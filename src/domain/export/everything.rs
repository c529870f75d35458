//! Everything the portal keeps, as one JSON file: to look at, and to have when a browser forgets.

use serde_json::{Value, json};

use crate::domain::{application::Application, form::Draft, secret::Secret, time};

/// What a file with everything holds that opens a door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Applications.
    pub applications: usize,
    /// Registration access tokens.
    pub registration_access_tokens: usize,
    /// Client secrets that the partner asked to keep.
    pub client_secrets: usize,
}

/// Counts what the file would hold, for the person who is about to make it.
#[must_use]
pub fn contents(applications: &[Application]) -> Contents {
    Contents {
        applications: applications.len(),
        registration_access_tokens: applications
            .iter()
            .filter(|a| a.registration_access_token.is_some())
            .count(),
        client_secrets: applications
            .iter()
            .filter(|a| a.secret.as_ref().is_some_and(|note| note.kept.is_some()))
            .count(),
    }
}

/// The whole file. `now` is in seconds since 1970.
#[must_use]
pub fn file(applications: &[Application], draft: Option<&Draft>, now: i64) -> Secret {
    let content = json!({
        "format": "portico-export",
        "version": 1,
        "exported_at": time::iso8601(now),
        // A record of strings and numbers cannot fail to be written.
        "applications": serde_json::to_value(applications).unwrap_or(Value::Null),
        "draft": draft.map(|draft| serde_json::to_value(draft).unwrap_or(Value::Null)),
    });
    Secret::new(format!("{}\n", crate::domain::json::pretty(&content)))
}

/// `portico-2026-10-17.json`
#[must_use]
pub fn file_name(now: i64) -> String {
    let date: String = time::iso8601(now).chars().take_while(|c| *c != 'T').collect();
    format!("portico-{date}.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::registration::{ClientMetadata, Registration};

    #[test]
    fn the_file_holds_the_tokens_and_says_how_many() {
        let registration = Registration {
            client_id: "c".to_owned(),
            registration_access_token: Some(Secret::new("rat-in-clear")),
            ..Registration::default()
        };
        let one =
            Application::new("a".to_owned(), "sandbox", &[], ClientMetadata::default(), &registration, 5);
        let expected = Contents { applications: 1, registration_access_tokens: 1, client_secrets: 0 };
        assert_eq!(contents(std::slice::from_ref(&one)), expected);
        let file = file(&[one], None, 1_665_994_478);
        let read: Value = serde_json::from_str(file.expose()).unwrap();
        assert_eq!(read["applications"][0]["registration_access_token"], "rat-in-clear");
        assert_eq!(read["exported_at"], "2022-10-17T08:14:38Z");
        assert_eq!(file_name(1_665_994_478), "portico-2022-10-17.json");
    }
}
