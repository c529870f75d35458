//! Meaning: algorithm, type, audience, issuer, origins, scripts (RFC 8725, 3; RFC 9068, 2 to 4; Keycloak).

use crate::domain::inspect::json::Node;
use crate::domain::inspect::kind::media_type;
use crate::domain::inspect::shape::Part;
use crate::domain::inspect::{Inspection, Kind, KnownIssuer, Layer, way};

use super::validity::is_whole;
use super::{Finding, FirstFew, Place, Severity};

/// So many values are looked at between two pauses.
const AT_ONCE: usize = 4096;

pub(super) async fn check(
    inspection: &Inspection,
    environments: &[KnownIssuer],
    findings: &mut Vec<Finding>,
    pause: &impl AsyncFn(),
) {
    if let Some(header) = &inspection.header {
        findings.extend(algorithm(inspection, header));
        findings.extend(access_token_type(inspection, header));
    }
    if let Some(payload) = &inspection.payload {
        findings.extend(no_audience(inspection, payload));
        findings.extend(empty_origin(payload));
        findings.extend(rotates(inspection.kind));
        findings.extend(foreign_issuer(inspection, payload, environments));
        scripts(payload, findings, pause).await;
    }
}

fn decoded(part: Part, node: Node<'_>) -> Place {
    Place::Decoded(part, node.span())
}

fn algorithm(inspection: &Inspection, header: &Layer) -> Option<Finding> {
    if inspection.kind == Kind::Encrypted || !is_whole(&header.document) {
        return None;
    }
    let Some(node) = header.document.get("alg") else {
        return Some(
            Finding::new(Severity::Error, "no-algorithm", "RFC 7515, 4.1.1", "The header has no `alg`")
                .text("Nobody can tell how it is signed."),
        );
    };
    let name = node.as_str()?;
    if name.eq_ignore_ascii_case("none") {
        return Some(
            Finding::new(Severity::Error, "alg-none", "RFC 8725, 3.2", "`alg` is none: nobody signed it")
                .text("Every server must refuse it. Anybody can write such a token.")
                .evidence(header.raw(&node.span()))
                .at(decoded(Part::Header, node)),
        );
    }
    name.starts_with("HS").then(|| {
        let text = match inspection.kind {
            Kind::RegistrationAccessToken | Kind::InitialAccessToken | Kind::RefreshToken => {
                format!("{name} with a key that never leaves the realm. It is in no key set.")
            }
            _ => format!("{name} is made with a shared secret. Who can check it could also have written it."),
        };
        let title = "Only the server can check the signature";
        Finding::new(Severity::Note, "symmetric", "RFC 7518, 3.2", title)
            .text(text)
            .at(decoded(Part::Header, node))
    })
}

fn access_token_type(inspection: &Inspection, header: &Layer) -> Option<Finding> {
    if inspection.kind != Kind::KeycloakAccessToken || !is_whole(&header.document) {
        return None;
    }
    let title = match header.document.text("typ") {
        Some(typ) if media_type(typ) == "at+jwt" => return None,
        Some(typ) => format!("Header `typ` is {typ}, not at+jwt"),
        None => "Header has no `typ`".to_owned(),
    };
    Some(
        Finding::new(Severity::Warning, "type", "RFC 9068, 4", title)
            .text("Common for Keycloak. Only a strict RFC 9068 resource server refuses it."),
    )
}

fn no_audience(inspection: &Inspection, payload: &Layer) -> Option<Finding> {
    if !inspection.kind.is_access_token() || !is_whole(&payload.document) {
        return None;
    }
    let named = payload.document.get("aud").is_some_and(|node| !node.one_or_many().is_empty());
    let way_out = match inspection.kind {
        Kind::KeycloakAccessToken => " In Keycloak an audience mapper on the client adds it.",
        _ => " Ask the operator how the audience is chosen.",
    };
    (!named).then(|| {
        Finding::new(Severity::Error, "no-audience", "RFC 9068, 2.2", "No audience")
            .text(format!("An API that checks `aud` will refuse this token.{way_out}"))
    })
}

fn empty_origin(payload: &Layer) -> Option<Finding> {
    let node = payload.document.get("allowed-origins")?;
    node.one_or_many().iter().any(|origin| origin.is_empty()).then(|| {
        let raw = payload.raw(&node.span());
        let title = "`allowed-origins` holds an empty string";
        Finding::new(Severity::Warning, "empty-origin", "Keycloak", title)
            .text("It matches no origin, so a browser page cannot call with it. Usually a web origin was saved empty.")
            .evidence(raw)
            .at(decoded(Part::Payload, node))
    })
}

fn rotates(kind: Kind) -> Option<Finding> {
    (kind == Kind::RegistrationAccessToken).then(|| {
        Finding::new(Severity::Note, "rotates", "RFC 7592, 3", "A change replaces it")
            .text("The answer to a change brings a new one. An older copy looks right and is refused.")
    })
}

fn foreign_issuer(inspection: &Inspection, payload: &Layer, environments: &[KnownIssuer]) -> Option<Finding> {
    // These are issued by the client itself, and a statement by a directory.
    let of_no_server = matches!(
        inspection.kind,
        Kind::ClientAssertion
            | Kind::JwtBearerGrant
            | Kind::RequestObject
            | Kind::RegistrationRequest
            | Kind::SoftwareStatement
    );
    if environments.is_empty() || inspection.environment.is_some() || of_no_server {
        return None;
    }
    let node = payload.document.get("iss").filter(|node| node.is_complete())?;
    node.as_str()?;
    Some(
        Finding::new(
            Severity::Note,
            "foreign-issuer",
            "Your settings",
            "Issuer is not one of your environments",
        )
        .text("Portico fetches no keys from it.")
        .evidence(payload.raw(&node.span()))
        .at(decoded(Part::Payload, node)),
    )
}

/// Strings beyond ASCII, so that nobody takes them for damage, and characters that turn the direction of reading.
async fn scripts(payload: &Layer, findings: &mut Vec<Finding>, pause: &impl AsyncFn()) {
    if payload.text.is_ascii() && !payload.text.contains("\\u") {
        return;
    }
    let mut found = FirstFew::default();
    for (count, node) in payload.document.values().enumerate() {
        if count.is_multiple_of(AT_ONCE) {
            pause().await;
        }
        let beyond = |c: char| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER;
        let text = node.as_str().filter(|text| !text.is_ascii());
        if let Some((text, first)) = text.and_then(|text| Some((text, text.chars().find(|c| beyond(*c))?))) {
            found.add(|| script(payload, node, text, first).at(decoded(Part::Payload, node)));
        }
    }
    found.tell(findings);
}

fn script(payload: &Layer, node: Node<'_>, text: &str, first: char) -> Finding {
    let way = payload.document.root().map(|root| way::to(root, node)).unwrap_or_default();
    if text.contains(turns_direction) {
        let title = format!("`{way}` turns the direction");
        return Finding::new(Severity::Warning, "direction", "Unicode, UAX 9", title)
            .text("It holds invisible characters that change the order in which text is shown.");
    }
    let title = match name_of_script(first) {
        Some(name) => format!("`{way}` is in {name}"),
        None => format!("`{way}` is not plain ASCII"),
    };
    Finding::new(Severity::Note, "script", "RFC 7519", title).text("Read as UTF-8, shown as written.")
}

/// Embeddings, overrides, isolates and marks (UAX 9, 2).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn name_of_script(c: char) -> Option<&'static str> {
    let name = match c {
        '\u{370}'..='\u{3ff}' => "Greek",
        '\u{400}'..='\u{52f}' => "Cyrillic",
        '\u{531}'..='\u{58f}' => "Armenian",
        '\u{590}'..='\u{5ff}' => "Hebrew",
        '\u{600}'..='\u{6ff}' => "Arabic",
        '\u{900}'..='\u{97f}' => "Devanagari",
        '\u{e00}'..='\u{e7f}' => "Thai",
        '\u{10a0}'..='\u{10ff}' => "Georgian",
        '\u{3040}'..='\u{30ff}' => "Japanese",
        '\u{4e00}'..='\u{9fff}' => "Chinese characters",
        '\u{ac00}'..='\u{d7af}' => "Korean",
        _ => return None,
    };
    Some(name)
}
