//! Checks that several profiles make: issuer, audience, token number, sender's key, request body.

use crate::domain::inspect::findings::Severity;
use crate::domain::inspect::json::Node;
use crate::domain::jose::from_base64url;
use crate::domain::url;

use super::facts::Facts;
use super::known::{Input, Known};
use super::verdict::{Answer, Said, Verdict};

/// Whether a text is the identifier of an issuer that is trusted, character by character.
pub(super) fn is_issuer(known: &Known<'_>, text: &str) -> bool {
    known.issuers.iter().any(|issuer| issuer.issuer == text)
}

/// `iss` is exactly an issuer that is known.
pub(super) fn issuer(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let near = |known: &str| known.trim_end_matches('/').eq_ignore_ascii_case(issuer.trim_end_matches('/'));
    let verdict = if f.known.issuers.is_empty() {
        Verdict::need(Input::Issuer)
    } else if is_issuer(f.known, issuer) {
        Verdict::pass("It is exactly an issuer that you know.")
    } else if f.known.issuers.iter().any(|known| near(&known.issuer)) {
        Verdict::error(
            "It differs from the issuer you know only in a slash or in capitals. It must be exactly the same.",
        )
    } else {
        Verdict::error("It is no issuer that you know.")
    };
    f.with("iss", verdict)
}

/// `iss` is an address that others can reach safely.
pub(super) fn issuer_address(f: &Facts<'_>) -> Answer {
    let issuer = f.text("iss")?;
    let verdict = match url::parts(issuer) {
        Ok(parts) if url::is_loopback(&parts.host) => {
            Verdict::warning("`iss` names a computer's own address: it comes from a test set-up.")
        }
        Ok(parts) if parts.scheme != "https" => Verdict::warning("`iss` is not https."),
        Ok(_) => Verdict::pass("`iss` is an https address."),
        Err(_) => Verdict::warning("`iss` is no URL."),
    };
    f.with("iss", verdict)
}

/// `jti` is there.
pub(super) fn token_id(f: &Facts<'_>) -> Answer {
    f.text("jti")?;
    f.with("jti", Verdict::pass("It has a number of its own."))
}

/// `jti` was not used before.
pub(super) fn replay(f: &Facts<'_>) -> Answer {
    let id = f.text("jti")?;
    let verdict = match f.known.used_ids {
        None => Verdict::unknown("Only the server knows whether it was used before.").needing(Input::UsedIds),
        Some(used) => Verdict::either(!used.contains(&id), "It was not used before.", "It was used before."),
    };
    f.with("jti", verdict)
}

/// All these claims are there.
pub(super) fn claims(f: &Facts<'_>, names: &[&str]) -> Answer {
    let mut missing = Vec::new();
    for name in names {
        if f.claim(name)?.is_none() {
            missing.push(*name);
        }
    }
    if missing.is_empty() {
        return Ok(Verdict::pass("All of them are there."));
    }
    Ok(Verdict::error(["Missing: `", &missing.join("`, `"), "`."].concat()))
}

/// A text of the token is the one that is known.
pub(super) fn same(
    f: &Facts<'_>,
    name: &str,
    known: Option<&str>,
    input: Input,
    pass: &'static str,
    error: &'static str,
) -> Answer {
    let text = f.text(name)?;
    f.with(
        name,
        match known {
            None => Verdict::need(input),
            Some(known) => Verdict::either(known == text, pass, error),
        },
    )
}

/// Encryption that was agreed on is there (RFC 9068, 4; OpenID Connect Core, 3.1.3.7).
pub(super) fn encryption(f: &Facts<'_>) -> Answer {
    Ok(match f.known.encrypted {
        _ if f.is_encrypted() => Verdict::pass("It is encrypted."),
        Some(true) => Verdict::error("Encryption was agreed on, and this is readable."),
        Some(false) => Verdict::none("Nobody agreed on encryption."),
        None => Verdict::need(Input::Encrypted),
    })
}

/// The members of `cnf`, and one of them.
pub(super) fn confirmation<'a>(f: &Facts<'a>, name: &str) -> Result<Node<'a>, Said> {
    let none = || Verdict::none(["There is no `", name, "` in `cnf`."].concat());
    f.claim("cnf")?.and_then(|node| node.get(name)).ok_or_else(none)
}

/// `cnf.x5t#S256` is the thumbprint of the client certificate (RFC 8705, 3).
pub(super) fn certificate(f: &Facts<'_>) -> Answer {
    let node = confirmation(f, "x5t#S256")?;
    let bytes = node.as_str().and_then(from_base64url);
    let verdict = match (f.known.certificate_thumbprint, node.as_str()) {
        _ if bytes.is_none_or(|bytes| bytes.len() != 32) => Verdict::error("It is no SHA-256 thumbprint."),
        (None, _) => Verdict::need(Input::Certificate),
        (known, text) => Verdict::either(
            known == text,
            "It is bound to your client certificate.",
            "It is bound to another certificate.",
        ),
    };
    Ok(f.on_claim(node, verdict))
}

/// One string for an audience, as a string: not an array, not several (RFC 7523bis; FAPI 2.0).
pub(super) fn single_audience(f: &Facts<'_>) -> Answer {
    let node = f.required("aud")?;
    Ok(f.on_claim(
        node,
        match (node.as_str(), node.elements().len()) {
            (Some(_), _) => Verdict::pass("It is one string."),
            (None, 1) => Verdict::warning("It is an array of one. The new rule wants a plain string."),
            (None, 0) => Verdict::error("It names nobody."),
            (None, _) => Verdict::error("It names several. One server could use the token at another."),
        },
    ))
}

/// The audience is the issuer; a token endpoint is what older servers want.
pub(super) fn issuer_audience(f: &Facts<'_>, endpoint: Severity) -> Answer {
    let audience = f.texts("aud")?;
    let is_endpoint = |text: &&str| match f.known.token_endpoint {
        Some(endpoint) => *text == endpoint,
        None => text.ends_with("/token"),
    };
    let verdict = if audience.is_empty() {
        Verdict::error("`aud` names nobody.")
    } else if audience.iter().any(|text| is_issuer(f.known, text)) {
        Verdict::pass("It is the issuer identifier of the server.")
    } else if audience.iter().any(is_endpoint) {
        Verdict::fail(
            endpoint,
            "It is a token endpoint. Older servers want that, new ones only the issuer identifier.",
        )
    } else if f.known.issuers.is_empty() {
        Verdict::need(Input::Issuer)
    } else {
        Verdict::error("It is neither the issuer nor its token endpoint.")
    };
    f.with("aud", verdict)
}

/// A parameter of the request body has this value.
pub(super) fn form(f: &Facts<'_>, name: &str, value: &str) -> Answer {
    let Some(form) = f.known.form else { return Ok(Verdict::need(Input::Form)) };
    let found = form.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
    Ok(match found.map(|(_, text)| url::percent_decode(text)) {
        Some(Some(text)) if text == value => Verdict::pass(["`", name, "` is right."].concat()),
        Some(_) => Verdict::error(["`", name, "` must be `", value, "`."].concat()),
        None => Verdict::error(["The request body has no `", name, "`."].concat()),
    })
}

/// The first that is not among the others. Sorted first: both may be long.
pub(super) fn first_missing<'t>(some: &[&'t str], all: &[&str]) -> Option<&'t str> {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    some.iter().find(|text| sorted.binary_search(text).is_err()).copied()
}

/// Redirect URIs are https and not on somebody's own computer.
pub(super) fn redirects(f: &Facts<'_>, name: &str) -> Answer {
    let uris = f.texts(name)?;
    if uris.is_empty() {
        return f.with(name, Verdict::error("It names none."));
    }
    let bad = uris.iter().find_map(|uri| match url::parts(uri) {
        Ok(parts) if url::is_loopback(&parts.host) => Some([uri, " is on the own computer."].concat()),
        Ok(parts) if parts.scheme != "https" => Some([uri, " is not https."].concat()),
        Ok(_) => None,
        Err(_) => Some([uri, " is no URL."].concat()),
    });
    f.with(
        name,
        match bad {
            Some(words) => Verdict::error(words),
            None => Verdict::pass("All of them are https."),
        },
    )
}
