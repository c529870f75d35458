//! Times: types, order, expiry (RFC 7519, 4.1.4 to 4.1.6).

use crate::domain::inspect::json::Document;
use crate::domain::inspect::shape::Part;
use crate::domain::inspect::times::{Life, NAMES, NumericDate, looks_like_milliseconds};
use crate::domain::inspect::{Inspection, Kind, Layer};
use crate::domain::time;

use super::{Finding, Place, Severity};

pub(super) fn check(inspection: &Inspection, findings: &mut Vec<Finding>) {
    let Some(layer) = &inspection.payload else { return };
    let claims = &layer.document;
    for name in NAMES {
        findings.extend(wrong_type(layer, name));
        findings.extend(milliseconds(layer, name));
    }
    findings.extend(life(inspection));
    findings.extend(no_expiry(inspection, claims));
    findings.extend(order(inspection, claims));
    findings.extend(issued_ahead(inspection, claims));
}

fn place(claims: &Document, name: &str) -> Option<Place> {
    claims.get(name).map(|node| Place::Decoded(Part::Payload, node.span()))
}

fn raw<'a>(layer: &'a Layer, name: &str) -> &'a str {
    layer.document.get(name).map(|node| layer.raw(&node.span())).unwrap_or_default()
}

fn about(layer: &Layer, name: &str, finding: Finding) -> Finding {
    let finding = finding.evidence(raw(layer, name));
    match place(&layer.document, name) {
        Some(place) => finding.at(place),
        None => finding,
    }
}

fn wrong_type(layer: &Layer, name: &'static str) -> Option<Finding> {
    let NumericDate::WrongType(written) = NumericDate::read(&layer.document, name) else { return None };
    let title = format!("`{name}` is not a number but {}", with_article(written));
    let finding = Finding::new(Severity::Error, "time-type", "RFC 7519, 2", title)
        .text("A checker refuses the token, or overlooks the time and accepts it for ever.");
    Some(about(layer, name, finding))
}

/// The JSON type with its article.
pub(in crate::domain::inspect) fn with_article(type_name: &str) -> String {
    match type_name {
        "null" => "null".to_owned(),
        "array" | "object" => format!("an {type_name}"),
        _ => format!("a {type_name}"),
    }
}

fn milliseconds(layer: &Layer, name: &'static str) -> Option<Finding> {
    let at = NumericDate::read(&layer.document, name).seconds().filter(|at| looks_like_milliseconds(*at))?;
    let meant = time::date_time_seconds(at / 1_000);
    let title = format!("`{name}` looks like milliseconds");
    let finding = Finding::new(Severity::Warning, "milliseconds", "RFC 7519, 2", title)
        .text(format!("Times in tokens count seconds. Read as milliseconds it is {meant}."));
    Some(about(layer, name, finding))
}

fn life(inspection: &Inspection) -> Option<Finding> {
    let layer = inspection.payload.as_ref()?;
    let now = inspection.now;
    match inspection.lifetime.at(now) {
        Life::Expired { ago } => Some(about(layer, "exp", expired(inspection, ago))),
        Life::NotYet { begins_in } => {
            let start = time::when_exactly(now.saturating_add(begins_in), now);
            let severity = if begins_in > inspection.skew { Severity::Error } else { Severity::Warning };
            let finding = Finding::new(severity, "not-yet", "RFC 7519, 4.1.5", "Not valid yet")
                .text(format!("It begins {start}. If that is wrong, compare the clocks."));
            Some(about(layer, "nbf", finding))
        }
        Life::Never => {
            let text = match inspection.kind {
                Kind::RegistrationAccessToken => {
                    "Keycloak writes `exp` 0 for a token without an end. It ends when a change replaces it."
                }
                _ => "Keycloak writes `exp` 0, or leaves it out, for a token without an end.",
            };
            let finding = Finding::new(Severity::Note, "never", "Keycloak", "Never expires").text(text);
            Some(about(layer, "exp", finding))
        }
        Life::Running { .. } | Life::Unknown(_) => None,
    }
}

fn expired(inspection: &Inspection, ago: i64) -> Finding {
    let at = inspection.now.saturating_sub(ago);
    let title = if time::within_a_day(at, inspection.now) {
        format!("Expired {}", time::relative(at, inspection.now))
    } else {
        format!("Expired on {}", time::date_time(at))
    };
    let text = if at == 0 {
        "`exp` is 0, the first second of 1970. Keycloak writes 0 for \"never\" in its own tokens, but others \
         read it as expired."
            .to_owned()
    } else if ago <= inspection.skew {
        format!(
            "A server that forgives {} s of clock difference may still take it. Get a new one.",
            inspection.skew
        )
    } else {
        format!("It ended {}. Get a new one.", time::date_time_seconds(at))
    };
    Finding::new(Severity::Error, "expired", "RFC 7519, 4.1.4", title).text(text)
}

fn no_expiry(inspection: &Inspection, claims: &Document) -> Option<Finding> {
    let source = match inspection.kind {
        Kind::KeycloakAccessToken | Kind::AccessToken => "RFC 9068, 2.2",
        Kind::IdToken => "OpenID Connect Core, 2",
        Kind::ClientAssertion => "RFC 7523, 3",
        _ => return None,
    };
    (is_whole(claims) && claims.get("exp").is_none()).then(|| {
        Finding::new(Severity::Warning, "no-expiry", source, "No `exp`")
            .text("A token of this kind must say when it ends.")
    })
}

/// Whether the claims were read to their end, so that what is missing is really missing.
pub(super) fn is_whole(claims: &Document) -> bool {
    claims.root().is_some_and(|root| root.is_complete())
}

fn order(inspection: &Inspection, claims: &Document) -> Option<Finding> {
    let issued = NumericDate::read(claims, "iat").seconds()?;
    let end = inspection.lifetime.until.filter(|end| *end <= issued && *end != 0)?;
    let text = format!(
        "It ends {} and was issued {}. No server ever took it.",
        time::date_time_seconds(end),
        time::date_time_seconds(issued)
    );
    Some(
        Finding::new(Severity::Error, "ends-first", "RFC 7519, 4.1.4", "It ends before it begins").text(text),
    )
}

fn issued_ahead(inspection: &Inspection, claims: &Document) -> Option<Finding> {
    let issued = NumericDate::read(claims, "iat").seconds()?;
    let ahead = issued.saturating_sub(inspection.now);
    (ahead > inspection.skew && !looks_like_milliseconds(issued)).then(|| {
        let when = time::when_exactly(issued, inspection.now);
        Finding::new(Severity::Warning, "issued-ahead", "RFC 7519, 4.1.6", "Issued in the future")
            .text(format!("`iat` is {when}. The clock of this computer or of the server is wrong."))
    })
}
