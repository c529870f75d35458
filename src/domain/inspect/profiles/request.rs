//! Signed registration requests with a software statement inside (Open Banking DCR).

use crate::domain::inspect::Inspection;
use crate::domain::inspect::json::Node;

use super::facts::Facts;
use super::known::{Input, SignatureVerdict};
use super::profile::{End, Expectation, FAPI, Profile, Rule};
use super::request_statement::{self, inside};
use super::verdict::{Answer, Said, State, Verdict};
use super::{common, request_client, shared, statement};

const DCR: &str = "Open Banking DCR";

pub(super) static PROFILE: Profile = Profile {
    id: "request",
    name: "Registration request",
    about: "What a bank checks before it registers a client by a signed request.",
    rules: &[
        Rule::new(
            "request-statement",
            "Software statement",
            DCR,
            "Put the whole statement in.",
            statement_inside,
        ),
        Rule::new("request-signature", "Key of the software", DCR, "Sign with a key of that set.", signature),
        Rule::new("request-key", "Key that is not revoked", DCR, "Sign with another key.", revoked),
        Rule::new(
            "request-own-key",
            "Not the directory's key",
            DCR,
            "Sign with the software's own key.",
            own_key,
        ),
        Rule::new("request-claims", "Required claims", DCR, "", |f| {
            shared::claims(f, &["iss", "iat", "exp", "aud", "jti", "redirect_uris", "software_statement"])
        }),
        Rule::new("request-issuer", "Issuer is the software", DCR, "Write `software_id` into `iss`.", issuer),
        Rule::new("request-time", "After the statement", DCR, "Sign it again.", after_statement),
        Rule::new("request-audience", "Audience", DCR, "Ask the bank for its ID.", audience),
        Rule::new("request-id", "Token number", DCR, "Write a fresh UUID into `jti`.", uuid),
        Rule::new("request-replay", "Used once", DCR, "Make a new one for each request.", shared::replay),
        Rule::new("request-https", "Redirect URIs", DCR, "Use https and a public host.", |f| {
            shared::redirects(f, "redirect_uris")
        }),
        Rule::new(
            "request-redirects",
            "Redirect URIs of the statement",
            DCR,
            "Leave the others out, or have the directory add them.",
            redirects,
        ),
        Rule::new("request-software", "Same software", DCR, "", software),
        Rule::new("request-scope", "Scope of its roles", DCR, "Ask for what the roles allow.", scope),
        Rule::new("request-roles", "Roles in the statement", DCR, "", |f| inside(f, statement::roles)),
        Rule::new("request-hosts", "Hosts in the statement", "WSO2", "", |f| inside(f, statement::hosts)),
        Rule::new("request-statement-age", "Age of the statement", DCR, "Get a new one.", |f| {
            inside(f, statement::age)
        }),
        Rule::new(
            "request-statement-issuer",
            "Directory of the statement",
            DCR,
            "Get a statement from a directory that the bank names.",
            |f| inside(f, statement::issuer),
        ),
        Rule::new(
            "request-statement-signed",
            "Statement is signed",
            "RFC 8725, 3.1",
            "Get a new one from the directory.",
            |f| inside(f, request_statement::signed),
        ),
        Rule::new("request-statement-end", "Statement is valid", DCR, "Get a new one.", |f| {
            inside(f, request_statement::expiry)
        }),
        Rule::new("request-statement-replay", "Statement used once", "WSO2", "Get a new one.", |f| {
            inside(f, request_statement::replay)
        }),
        Rule::new(
            "request-subject",
            "Subject of the certificate",
            "RFC 8705, 2.1.2",
            "Write the subject of the certificate in the order of RFC 4514: CN first.",
            request_client::subject,
        ),
        Rule::new(
            "request-auth-algorithm",
            "Algorithm for assertions",
            "WSO2",
            "",
            request_client::assertions,
        ),
        Rule::new("request-media-type", "Media type", DCR, "", media_type),
    ],
    expects: Expectation {
        algorithms: FAPI,
        end: End::Needed,
        longest_life: (3_600, i64::MAX),
        ..Expectation::PLAIN
    },
    fits: |inspection: &Inspection| {
        let claims = inspection.payload.as_ref().map(|layer| &layer.document);
        let has = |name: &str| claims.is_some_and(|claims| claims.get(name).is_some());
        match () {
            () if has("software_statement") => 95,
            () if has("redirect_uris") && !has("software_roles") => 70,
            () => 0,
        }
    },
};

fn statement_inside(f: &Facts<'_>) -> Answer {
    f.text("software_statement")?;
    match f.statement() {
        Ok(inner) => {
            let said = common::structure(&inner)?;
            let whole = said.state == State::Pass;
            f.with("software_statement", if whole { Verdict::pass("It opens in place.") } else { said })
        }
        Err(_) => f.with("software_statement", Verdict::error("It is no JWT.")),
    }
}

fn signature(f: &Facts<'_>) -> Answer {
    let inner = f.statement()?;
    let keys = statement::key_set(&inner).unwrap_or("the key set that the statement names");
    Ok(match f.known.signature {
        Some(SignatureVerdict::ChosenKey) => Verdict::pass("It is right by the key that was chosen."),
        Some(SignatureVerdict::Wrong) => Verdict::error("It is wrong by the key that was chosen."),
        _ => Verdict::unknown(["The key must come from ", keys, ". Verify below."].concat()),
    })
}

fn kid<'a>(f: &Facts<'a>) -> Result<Node<'a>, Said> {
    f.parameter("kid")?.ok_or_else(|| Verdict::error("The header has no `kid`."))
}

fn revoked(f: &Facts<'_>) -> Answer {
    let node = kid(f)?;
    let name = node.as_str().unwrap_or_default();
    let verdict = match f.known.revoked_key_ids {
        None => Verdict::need(Input::RevokedKeyIds),
        Some(revoked) => {
            Verdict::either(!revoked.contains(&name), "The key is not revoked.", "The key is revoked.")
        }
    };
    Ok(f.on_parameter(node, verdict))
}

fn own_key(f: &Facts<'_>) -> Answer {
    let inner = f.statement()?;
    let (outer, inner) = (kid(f)?, kid(&inner)?.as_str());
    let verdict = if outer.as_str() == inner {
        Verdict::warning(
            "Request and statement name the same `kid`. The directory's key and the software's should differ.",
        )
    } else {
        Verdict::pass("Request and statement name different keys.")
    };
    Ok(f.on_parameter(outer, verdict))
}

fn issuer(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let inner = f.statement()?;
    let same = inner.text("software_id")? == issuer;
    let verdict = Verdict::either(
        same,
        "It is the `software_id` of the statement.",
        "It is not the `software_id` of the statement.",
    );
    f.with("iss", verdict)
}

fn after_statement(f: &Facts<'_>) -> Answer {
    let missing = || Verdict::unknown("One of the two does not say when it was issued.");
    let outer = f.date("iat")?.ok_or_else(missing)?;
    let inner = f.statement()?.date("iat")?.ok_or_else(missing)?;
    let verdict = if outer < inner {
        Verdict::warning("It says that it is older than the statement inside it.")
    } else {
        Verdict::pass("It is not older than the statement inside it.")
    };
    f.with("iat", verdict)
}

/// `^[0-9a-zA-Z]{1,18}$`
fn audience(f: &Facts<'_>) -> Answer {
    let node = f.required("aud")?;
    if let Some(wanted) = f.known.audience {
        let verdict = if node.as_str() == Some(wanted) {
            Verdict::pass("It is the audience that the environment names.")
        } else {
            Verdict::error(["The environment names another audience: ", wanted, "."].concat())
        };
        return Ok(f.on_claim(node, verdict));
    }
    let is_id =
        |text: &str| (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let verdict = match node.as_str() {
        Some(text) if is_id(text) => Verdict::pass("It has the form of an ID of a bank."),
        Some(_) => {
            Verdict::warning("In Open Banking UK it is the ID of the bank: up to 18 letters and digits.")
        }
        None => Verdict::error("It is not one string."),
    };
    Ok(f.on_claim(node, verdict))
}

/// A random UUID (RFC 9562, 5.4).
fn uuid(f: &Facts<'_>) -> Answer {
    let text = f.text("jti")?;
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
    let is_random = digits.len() == 32
        && digits.iter().all(u8::is_ascii_hexdigit)
        && digits.get(12) == Some(&b'4')
        && digits.get(16).is_some_and(|digit| b"89abAB".contains(digit));
    let hyphens = text.match_indices('-').map(|(at, _)| at).eq([8, 13, 18, 23]);
    let verdict = if is_random && hyphens {
        Verdict::pass("It is a random UUID.")
    } else if is_random && text.len() == 32 {
        Verdict::warning("It is a random UUID without its hyphens.")
    } else {
        Verdict::warning("It is not a UUID of version 4.")
    };
    f.with("jti", verdict)
}

fn redirects(f: &Facts<'_>) -> Answer {
    let ours = f.texts("redirect_uris")?;
    let inner = f.statement()?;
    let theirs = inner.texts(statement::redirects_name(&inner)?)?;
    let verdict = match shared::first_missing(&ours, &theirs) {
        Some(uri) => Verdict::error([uri, " is not in the statement."].concat()),
        None => Verdict::pass("All of them are in the statement."),
    };
    f.with("redirect_uris", verdict)
}

fn software(f: &Facts<'_>) -> Answer {
    let Some(ours) = f.optional_text("software_id")? else {
        return Ok(Verdict::none("It names no `software_id` of its own."));
    };
    let same = f.statement()?.text("software_id")? == ours;
    let verdict = Verdict::either(same, "It is that of the statement.", "It is not that of the statement.");
    f.with("software_id", verdict)
}

/// What a role of Open Banking UK may ask for: role and scope.
pub const ROLES: [(&str, &str); 3] =
    [("AISP", "accounts"), ("PISP", "payments"), ("CBPII", "fundsconfirmations")];

fn scope(f: &Facts<'_>) -> Answer {
    let Some(scope) = f.optional_text("scope")? else { return Ok(Verdict::none("There is no `scope`.")) };
    let inner = f.statement()?;
    let mut allowed = vec!["openid"];
    match inner.optional_text("scope")? {
        Some(listed) => allowed.extend(listed.split_whitespace()),
        None => {
            let roles = inner.texts("software_roles")?;
            allowed.extend(ROLES.iter().filter(|(role, _)| roles.contains(role)).map(|(_, scope)| scope));
        }
    }
    let asked: Vec<&str> = scope.split_whitespace().collect();
    let verdict = match shared::first_missing(&asked, &allowed) {
        Some(word) => Verdict::error(["The statement does not allow ", word, "."].concat()),
        None => Verdict::pass("The statement allows all of it."),
    };
    f.with("scope", verdict)
}

fn media_type(f: &Facts<'_>) -> Answer {
    let Some(written) = f.known.media_type else { return Ok(Verdict::need(Input::MediaType)) };
    let written = written.split(';').next().unwrap_or_default().trim();
    Ok(match written.to_ascii_lowercase().as_str() {
        "application/jwt" | "application/jose" => Verdict::pass("A signed request goes as it is."),
        "application/json" => Verdict::error(
            "JSON is for an unsigned request with `software_statement`. This one goes as application/jwt.",
        ),
        _ => Verdict::error("A signed request goes as application/jwt."),
    })
}
