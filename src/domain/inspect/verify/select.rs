//! Which keys may be tried on a token (RFC 7515, 6 and appendix D; RFC 8725, 3.1).

use super::algorithm::{Algorithm, Family};
use super::gate::{Refusal, Strict};
use super::key::{Key, Material};
use super::keys::Keys;
use crate::domain::inspect::words::capitalised;

/// So many keys are tried on a token that does not name one.
pub const MOST_TRIED: usize = 16;

/// So many `kid`s are listed.
const LISTED: usize = 8;

/// What may be tried.
#[derive(Debug, PartialEq)]
pub enum Selection<'a> {
    /// These keys, in this order, with this algorithm. One, unless the token or the keys have no `kid`.
    Try {
        /// The algorithm, which the token, the key and what is allowed agree on.
        algorithm: &'static Algorithm,
        /// The keys. Never empty.
        keys: Vec<&'a Key>,
    },
    /// No key is at hand that may be tried. It says nothing about the token.
    NoKey {
        /// Why, in a sentence or a few.
        why: String,
        /// What would help, in a sentence.
        needs: String,
    },
    /// The token asks for an algorithm that is not allowed, whatever the key.
    Refused(Refusal),
}

/// Finds the keys for a token. `allowed` are the algorithms of the profile. Keys that the token carries are tried only
/// when none that was chosen can be, so that they never outvote one.
#[must_use]
pub fn select<'a>(strict: &Strict, keys: &'a Keys, allowed: &[&str]) -> Selection<'a> {
    let (chosen, carried): (Vec<&Key>, Vec<&Key>) = keys.keys.iter().partition(|key| key.source.is_chosen());
    let selection = among(strict, &chosen, allowed);
    if matches!(selection, Selection::NoKey { .. })
        && let by_carried @ Selection::Try { .. } = among(strict, &carried, allowed)
    {
        return by_carried;
    }
    selection
}

fn among<'a>(strict: &Strict, keys: &[&'a Key], allowed: &[&str]) -> Selection<'a> {
    let name = strict.algorithm();
    let Some(algorithm) = Algorithm::named(name) else {
        return Selection::NoKey {
            why: format!("`{name}` is not an algorithm that can be checked here."),
            needs: "It needs a tool that knows it.".to_owned(),
        };
    };
    if !allowed.iter().any(|allowed| algorithm.is_also(allowed)) {
        let text = format!(
            "`alg` is `{name}`, and what is expected here allows {} only. The token must not choose.",
            listed(allowed.iter().copied())
        );
        return Selection::Refused(Refusal::new("alg-not-allowed", "RFC 8725, 3.1", text));
    }
    match strict.key_id() {
        Some(kid) => by_id(kid, algorithm, keys),
        None => without_id(algorithm, keys),
    }
}

fn by_id<'a>(kid: &str, algorithm: &'static Algorithm, keys: &[&'a Key]) -> Selection<'a> {
    let named: Vec<&Key> = keys.iter().copied().filter(|key| key.kid.as_deref() == Some(kid)).collect();
    if named.is_empty() {
        let nameless: Vec<&Key> = keys.iter().copied().filter(|key| key.kid.is_none()).collect();
        if nameless.is_empty() {
            return absent(kid, algorithm, keys);
        }
        return without_id(algorithm, &nameless);
    }
    let fitting: Vec<&Key> = named.iter().copied().filter(|key| key.unfit(algorithm).is_none()).collect();
    match fitting.first() {
        None => Selection::NoKey {
            why: format!("The key `{kid}` is here and cannot be tried. {}", reasons(algorithm, &named)),
            needs: needs(algorithm),
        },
        Some(first) if named.iter().all(|other| !may_be_meant(first, other, algorithm)) => {
            Selection::Try { algorithm, keys: vec![first] }
        }
        Some(_) => Selection::NoKey {
            why: format!(
                "{} keys have the `kid` `{kid}`, so it does not say which one is meant. None is guessed.",
                named.len()
            ),
            needs: "It needs a set in which every key has a `kid` of its own (RFC 7517, 4.5).".to_owned(),
        },
    }
}

fn without_id<'a>(algorithm: &'static Algorithm, keys: &[&'a Key]) -> Selection<'a> {
    let fitting: Vec<&Key> =
        keys.iter().copied().filter(|key| key.unfit(algorithm).is_none()).take(MOST_TRIED + 1).collect();
    match fitting.len() {
        0 if keys.is_empty() => no_key(needs(algorithm)),
        0 => Selection::NoKey {
            why: format!("None of the keys can be tried. {}", reasons(algorithm, keys)),
            needs: needs(algorithm),
        },
        1..=MOST_TRIED => Selection::Try { algorithm, keys: fitting },
        _ => Selection::NoKey {
            why: format!("The `kid` does not single one out, and more than {MOST_TRIED} keys fit."),
            needs: "It needs the one key that is meant.".to_owned(),
        },
    }
}

fn no_key<'a>(needs: String) -> Selection<'a> {
    Selection::NoKey { why: "There is no key to check it with.".to_owned(), needs }
}

fn absent<'a>(kid: &str, algorithm: &Algorithm, keys: &[&Key]) -> Selection<'a> {
    // A secret is not among the keys that an issuer publishes.
    if algorithm.family == Family::Hmac && keys.iter().all(|key| key.unfit(algorithm).is_some()) {
        return no_key(needs(algorithm));
    }
    if keys.is_empty() {
        return no_key(format!("It needs the issuer's key `{kid}`."));
    }
    let present = listed(keys.iter().filter_map(|key| key.kid.as_deref()));
    Selection::NoKey {
        why: format!(
            "No key has the `kid` `{kid}`. Here are {present}. Was the key rotated, or is it another server's token?"
        ),
        needs: "It needs the keys of the server that issued it, as they are now.".to_owned(),
    }
}

/// Whether another key of the same name may be the one that is meant: it fits as well, or it is of the same kind and
/// damaged. The same key out of two sources is one. Twice in one set it is a mistake of the set, and servers differ in
/// what they make of that.
fn may_be_meant(first: &Key, other: &Key, algorithm: &Algorithm) -> bool {
    let same = match (&first.material, &other.material) {
        (Material::Public(one), Material::Public(other)) => one.is_same_key(other),
        (Material::Hmac { k: one, .. }, Material::Hmac { k: other, .. }) => one == other,
        (_, Material::NotUnderstood(_)) => return first.kty == other.kty,
        _ => false,
    };
    let is_itself = std::ptr::eq(first, other);
    !is_itself && other.unfit(algorithm).is_none() && !(same && first.source != other.source)
}

fn needs(algorithm: &Algorithm) -> String {
    format!("`{}` needs {}.", algorithm.name, algorithm.wants())
}

/// Why the first few cannot be tried.
fn reasons(algorithm: &Algorithm, keys: &[&Key]) -> String {
    let said = keys.iter().take(LISTED).filter_map(|key| {
        let why = key.unfit(algorithm)?;
        Some(if keys.len() == 1 { why } else { format!("{}: {why}", capitalised(&key.label)) })
    });
    let mut text = said.collect::<Vec<_>>().join(" ");
    if let more @ 1.. = keys.len().saturating_sub(LISTED) {
        text.push_str(&format!(" {more} more are not listed."));
    }
    text
}

/// `a`, `b` and 3 more.
fn listed<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let more = names.clone().count().saturating_sub(LISTED);
    let mut text = names.take(LISTED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}
