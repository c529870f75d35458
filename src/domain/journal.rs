//! Registrations that were sent and whose answer is not stored: a client may exist at the server that this portal
//! does not know. The entry is written before the POST leaves, under the ID that the application is going to have,
//! and goes when the application is stored. A POST is never repeated.

use serde::{Deserialize, Serialize};

use super::{registration::ClientMetadata, time};

/// The version of the entry that this build writes.
pub const VERSION: u32 = 1;

/// A registration on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Creation {
    /// The ID that the application gets in this portal.
    pub id: String,
    /// ID of the environment in `portal.json`.
    pub environment: String,
    /// IDs of the products.
    pub products: Vec<String>,
    /// The document that was sent.
    pub asked: ClientMetadata,
    /// When it left, seconds since 1970.
    pub at: i64,
    /// A digest of the initial access token, which itself is never stored.
    pub token: Option<String>,
    /// What is known of it.
    pub doubt: Doubt,
}

/// What is known of a registration without a stored answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// It is on its way; once the page that sent it is gone, no answer will come.
    #[default]
    OnItsWay,
    /// No answer could be read.
    NoAnswer,
    /// The server failed, or said yes in an answer that cannot be read.
    Unclear {
        /// HTTP status.
        status: u16,
    },
    /// The initial access token was used up at its first use here: the browser may have sent the request twice, and the
    /// answer to the first was lost.
    UsedUp,
}

impl Creation {
    /// What was seen, in a sentence.
    #[must_use]
    pub fn evidence(&self) -> String {
        match &self.doubt {
            Doubt::OnItsWay => "The page was closed, or the computer stopped, before an answer was stored.".to_owned(),
            Doubt::NoAnswer => "No answer came that this page could read.".to_owned(),
            Doubt::Unclear { status } => {
                format!("The server answered {status}, which does not tell whether it did the work.")
            }
            Doubt::UsedUp => "The server said that the initial access token is used up, and this was its first use here. Browsers send a request twice when a connection breaks, and then show the second answer only.".to_owned(),
        }
    }

    /// A message to the operator: name, time, environment. No secrets are in it.
    #[must_use]
    pub fn operator_message(&self, environment: &str) -> String {
        format!(
            "A registration was sent to {environment} on {}, and its answer was lost.\n\nApplication name: {}\nScopes: {}\nWhat was seen: {}\n\nDoes a client of this name exist since then? If so, please delete it, or send its client ID and a new registration access token. If not, please send a new initial access token should this one be used up.",
            time::date_time_seconds(self.at),
            self.asked.client_name,
            self.asked.scope.as_deref().unwrap_or("none"),
            self.evidence(),
        )
    }
}
