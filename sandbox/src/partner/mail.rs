//! The words of the mail the bank sends.

use super::app::Status;
use super::decisions::{Decision, Subject};
use super::products;
use crate::store::Mail;

/// The mail about a decision.
pub(super) fn about(
    app: &str,
    subject: &Subject,
    before: Status,
    decision: Decision,
    reason: Option<&str>,
    now: i64,
) -> Mail {
    let what = match subject {
        Subject::App => format!("Your application {app}"),
        Subject::Key(key) => format!("The key {key} of your application {app}"),
        Subject::Product(_, product) => {
            format!("Access of your application {app} to {} ({product})", short(subject))
        }
    };
    let (kind, next) = match (decision, before) {
        (Decision::Approve, _) => ("approved", "You can use it from now on."),
        (Decision::Revoke, Status::Pending) => (
            "rejected",
            "Remove the product from the application, and add it again when the reason no longer holds.",
        ),
        (Decision::Revoke, _) => {
            ("revoked", "Calls that need it are refused from now on. Ask us if you did not expect this.")
        }
    };
    let reason = reason.map(|reason| format!("\n\nReason: {reason}")).unwrap_or_default();
    Mail {
        sent_at: now,
        kind: kind.to_owned(),
        subject: format!("{app}: {} {kind}", short(subject)),
        body: format!("{what} was {kind}.{reason}\n\n{next}\n\nNorth Bank, partner portal"),
    }
}

fn short(subject: &Subject) -> &str {
    match subject {
        Subject::App => "application",
        Subject::Key(_) => "key",
        Subject::Product(_, product) => {
            products::named(product).map_or(product.as_str(), |product| product.display_name)
        }
    }
}
