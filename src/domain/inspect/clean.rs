//! What people copy along with a token, taken off and said.

use crate::domain::secret::Secret;

use super::{paste, shape};

/// The text as a server would have to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What is left.
    pub token: Secret,
    /// What was taken off, in the order it was done.
    pub repairs: Vec<Repair>,
}

/// Something that was taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// White space before or after.
    SpaceAround,
    /// Quotation marks around it, with the comma of the JSON it was copied from.
    Quotes,
    /// `Authorization:` before it.
    AuthorizationHeader,
    /// `Bearer` before it (RFC 6750, 2.1).
    Bearer,
    /// `DPoP` before it (RFC 9449, 7.1).
    DpopScheme,
    /// It stood in a JSON answer, under this name.
    TokenAnswer(&'static str),
    /// It stood in a longer text, under this name; the name may be empty.
    TakenOut(Around, String),
    /// `%` escapes of a URL or a form (RFC 3986, 2.1).
    PercentEncoding,
    /// A member of the JSON it was taken from occurs more than once; the last one was taken.
    WrittenTwice(String),
    /// Line breaks within: so many.
    LineBreaks(usize),
    /// Spaces within: so many.
    Spaces(usize),
    /// Characters without a width: so many.
    Invisible(usize),
}

/// The text that a token was taken out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// A command line of curl.
    Curl,
    /// A URL, its query or its fragment.
    Url,
    /// The body of a form.
    Form,
    /// A JSON document.
    Json,
    /// Anything else: a log, a message.
    Text,
}

impl Around {
    fn name(self) -> &'static str {
        match self {
            Self::Curl => "a `curl` command",
            Self::Url => "a URL",
            Self::Form => "a form",
            Self::Json => "a JSON document",
            Self::Text => "the text around it",
        }
    }
}

impl Repair {
    /// The sentence for the person who pasted.
    #[must_use]
    pub fn sentence(&self) -> String {
        let fixed = match self {
            Self::SpaceAround => "Space around it was ignored.",
            Self::Quotes => "Quotation marks around it were ignored.",
            Self::AuthorizationHeader => "`Authorization:` before it was ignored.",
            Self::Bearer => "`Bearer` before it was ignored.",
            Self::DpopScheme => "`DPoP` before it was ignored.",
            Self::PercentEncoding => "Percent-encoding was undone.",
            Self::TokenAnswer(member) => {
                return format!("Taken from `{member}` of the answer that was pasted.");
            }
            Self::TakenOut(around, name) if name.is_empty() => {
                return format!("Taken out of {}.", around.name());
            }
            Self::TakenOut(around, name) => return format!("Taken out of {}: `{name}`.", around.name()),
            Self::WrittenTwice(name) => {
                return format!(
                    "`{name}` is written more than once in the document. The last one was taken, other readers \
                     take the first."
                );
            }
            Self::LineBreaks(count) => return inside(*count, "line break", "line breaks"),
            Self::Spaces(count) => return inside(*count, "space", "spaces"),
            Self::Invisible(count) => {
                return format!(
                    "{} taken out.",
                    several(*count, "invisible character", "invisible characters")
                );
            }
        };
        fixed.to_owned()
    }
}

fn several(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn inside(count: usize, one: &str, many: &str) -> String {
    format!("{} inside taken out. A server would refuse it as it was.", several(count, one, many))
}

/// Takes off what is not part of the token. White space inside is only taken out of something that is a JWT without
/// it. Of several tokens it takes the one that [`paste::read`] finds most interesting.
#[must_use]
pub fn clean(text: &str) -> Cleaned {
    let chosen = paste::read(&Secret::new(text)).chosen;
    Cleaned { token: chosen.token, repairs: chosen.repairs }
}

pub(super) fn note(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

/// Peels off what surrounds the token until nothing more comes off.
pub(super) fn outer<'a>(text: &'a str, repairs: &mut Vec<Repair>) -> &'a str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_matches(is_gap);
        if trimmed.len() != rest.len() {
            note(repairs, Repair::SpaceAround);
            rest = trimmed;
        }
        if let Some(inside) = unquoted(rest) {
            note(repairs, Repair::Quotes);
            rest = inside;
        } else if let Some(after) = after_word(rest, "authorization", |next| next == ':') {
            note(repairs, Repair::AuthorizationHeader);
            rest = after.trim_start().strip_prefix(':').unwrap_or(after);
        } else if let Some(after) = after_word(rest, "bearer", char::is_whitespace) {
            note(repairs, Repair::Bearer);
            rest = after;
        } else if let Some(after) = after_word(rest, "dpop", |next| next == ':' || next.is_whitespace()) {
            note(repairs, Repair::DpopScheme);
            rest = after.trim_start().strip_prefix(':').unwrap_or(after);
        } else {
            return rest;
        }
    }
}

fn unquoted(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('«', '»')];
    let text = text.strip_suffix([',', ';']).unwrap_or(text);
    PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}

/// What follows `word`, whatever its case, when the character after it fits.
fn after_word<'a>(text: &'a str, word: &str, fits: impl Fn(char) -> bool) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    let after = text.get(word.len()..)?;
    let next = after.trim_start_matches([' ', '\t']).chars().next();
    let fits = after.chars().next().is_some_and(&fits) || next.is_some_and(&fits);
    (start.eq_ignore_ascii_case(word) && fits).then_some(after)
}

/// Zero-width characters, the word joiner, the soft hyphen and the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What may stand within a token that was copied, but belongs to no token.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// The text without gaps when that is a JWT; otherwise as it is.
pub(super) fn without_gaps(text: &str, repairs: &mut Vec<Repair>) -> Secret {
    if !text.contains(is_gap) {
        return Secret::new(text);
    }
    let joined: String = text.chars().filter(|c| !is_gap(*c)).collect();
    if !shape::is_jwt(&joined) {
        return Secret::new(text);
    }
    let returns = text.matches("\r\n").count();
    let breaks = text.chars().filter(|c| matches!(c, '\n' | '\r')).count() - returns;
    let invisible = text.chars().filter(|c| is_invisible(*c)).count();
    let spaces = text.chars().filter(|c| c.is_whitespace() && !matches!(c, '\n' | '\r')).count();
    for (count, repair) in [
        (breaks, Repair::LineBreaks(breaks)),
        (spaces, Repair::Spaces(spaces)),
        (invisible, Repair::Invisible(invisible)),
    ] {
        if count > 0 {
            note(repairs, repair);
        }
    }
    Secret::new(joined)
}
