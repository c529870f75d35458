//! Assertions (RFC 7523 section 3): who signed them, for whom, and until when they count.

use aws_lc_rs::digest;
use serde_json::Value;

use super::token::Refused;
use super::{NAME, TOKEN};
use crate::html::moment;
use crate::jose::base64url;
use crate::jose::certificate::Certificate;
use crate::jose::jws::Unverified;
use crate::jose::verify::{PublicKey, Unverifiable, verify};
use crate::partner::app::Key;
use crate::partner::certificates;

/// How long an assertion may last, in seconds.
const LONGEST: i64 = 300;
/// How far two clocks may differ, in seconds.
const SKEW: i64 = 30;

/// Takes an assertion apart.
pub(super) fn read(text: &str) -> Result<Unverified<'_>, Refused> {
    let parts = Unverified::parse(text).ok_or_else(|| {
        Refused::grant("The assertion is not a signed JWT: three parts of base64url with dots between them.")
    })?;
    match parts.header_text("alg") {
        Some("RS256") => Ok(parts),
        other => Err(Refused::grant(format!(
            "The assertion's alg is {}; it must be RS256.",
            other.unwrap_or("missing")
        ))),
    }
}

/// The consumer key that the assertion names.
pub(super) fn issuer(parts: &Unverified<'_>) -> Result<String, Refused> {
    let issuer = parts.claim_text("iss").filter(|issuer| !issuer.is_empty());
    issuer
        .map(str::to_owned)
        .ok_or_else(|| Refused::grant("The assertion has no iss. It is the consumer key."))
}

/// Checks that the key's certificate made the signature, and is valid.
pub(super) fn check_signature(parts: &Unverified<'_>, key: &Key, now: i64) -> Result<(), Refused> {
    let line = key.attribute(certificates::ATTRIBUTE).ok_or_else(|| {
        Refused::grant(
            "The key has no certificate. Send one to the partner portal, then sign with its private key.",
        )
    })?;
    let unreadable =
        || Refused::grant("The key's certificate can't be read. Send it to the partner portal again.");
    let der = certificates::stored(line).ok_or_else(unreadable)?;
    let certificate = Certificate::from_der(&der).map_err(|_| unreadable())?;
    let thumbprint = base64url(digest::digest(&digest::SHA256, &der).as_ref());
    if parts.header_text("x5t#S256").is_some_and(|named| named != thumbprint) {
        return Err(Refused::grant("The assertion's x5t#S256 is the thumbprint of another certificate."));
    }
    match verify("RS256", PublicKey::Spki(certificate.spki()), parts.signing_input, &parts.signature) {
        Ok(()) => {}
        Err(Unverifiable::Signature) => {
            return Err(Refused::grant("The assertion's signature does not fit the certificate of the key."));
        }
        Err(Unverifiable::Algorithm | Unverifiable::Key) => return Err(unreadable()),
    }
    if certificate.not_after < now {
        return Err(Refused::grant(format!("The certificate expired on {}.", moment(certificate.not_after))));
    }
    if certificate.not_before > now.saturating_add(SKEW) {
        return Err(Refused::grant(format!(
            "The certificate is not valid before {}.",
            moment(certificate.not_before)
        )));
    }
    Ok(())
}

/// Checks the claims. The `jti`, when there is one, and until when it is to be remembered.
pub(super) fn check_claims(
    parts: &Unverified<'_>,
    base: &str,
    now: i64,
) -> Result<Option<(String, i64)>, Refused> {
    if parts.claim_text("sub").is_none_or(str::is_empty) {
        return Err(Refused::grant("The assertion has no sub."));
    }
    check_audience(parts, base)?;
    let time = |name: &str| match parts.claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a part of a second doesn't matter, and `as` saturates"
            )]
            let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64));
            seconds
                .map(Some)
                .ok_or_else(|| Refused::grant(format!("The assertion's {name} is not a number of seconds.")))
        }
    };
    let exp = time("exp")?.ok_or_else(|| Refused::grant("The assertion has no exp."))?;
    let (iat, nbf) = (time("iat")?, time("nbf")?);
    if exp.saturating_add(SKEW) <= now {
        let sentence = format!("The assertion expired at {}; it is {} here.", moment(exp), moment(now));
        return Err(Refused::grant(sentence));
    }
    for (name, from) in [("iat", iat), ("nbf", nbf)] {
        if let Some(from) = from.filter(|from| *from > now.saturating_add(SKEW)) {
            let sentence =
                format!("The assertion's {name} is {}; it is only {} here.", moment(from), moment(now));
            return Err(Refused::grant(sentence));
        }
    }
    let longest = iat.unwrap_or_else(|| now.saturating_add(SKEW)).saturating_add(LONGEST);
    if exp > longest {
        let sentence =
            format!("The assertion lasts longer than {LONGEST} seconds. Let exp be nearer to iat.");
        return Err(Refused::grant(sentence));
    }
    match parts.claims.get("jti") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(jti)) => Ok(Some((jti.clone(), exp.saturating_add(SKEW)))),
        Some(_) => Err(Refused::grant("The assertion's jti is not a string.")),
    }
}

fn check_audience(parts: &Unverified<'_>, base: &str) -> Result<(), Refused> {
    let meant = [format!("{base}{TOKEN}"), format!("{base}{NAME}")];
    let [token, name] = &meant;
    match parts.claims.get("aud") {
        Some(Value::String(aud)) if meant.contains(aud) => Ok(()),
        Some(Value::String(aud)) => {
            Err(Refused::grant(format!("The assertion's aud is {aud}; it must be {token} or {name}.")))
        }
        Some(_) => {
            Err(Refused::grant(format!("The assertion's aud must be one string, not a list: {token}.")))
        }
        None => Err(Refused::grant(format!("The assertion has no aud. It is {token}."))),
    }
}
