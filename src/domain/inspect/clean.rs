//! What people copy along with a token, taken off and said.

use crate::domain::secret::Secret;

use super::json::Document;
use super::shape;

/// Members of a token answer that hold a token, the most interesting first (RFC 6749, 5.1; RFC 7592, 3).
const ANSWER_MEMBERS: [&str; 4] = ["access_token", "id_token", "refresh_token", "registration_access_token"];

/// The text as a server would have to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What is left.
    pub token: Secret,
    /// What was taken off, in the order it was done.
    pub repairs: Vec<Repair>,
}

/// Something that was taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// White space before or after.
    SpaceAround,
    /// Quotation marks around it, with the comma of the JSON it was copied from.
    Quotes,
    /// `Authorization:` before it.
    AuthorizationHeader,
    /// `Bearer` before it (RFC 6750, 2.1).
    Bearer,
    /// It stood in a JSON answer, under this name.
    TokenAnswer(&'static str),
    /// Line breaks within: so many.
    LineBreaks(usize),
    /// Spaces within: so many.
    Spaces(usize),
    /// Characters without a width: so many.
    Invisible(usize),
}

impl Repair {
    /// The sentence for the person who pasted.
    #[must_use]
    pub fn sentence(&self) -> String {
        let several = |count: usize, one: &str, many: &str| {
            if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
        };
        match *self {
            Self::SpaceAround => "Space around it was ignored.".to_owned(),
            Self::Quotes => "Quotation marks around it were ignored.".to_owned(),
            Self::AuthorizationHeader => "`Authorization:` before it was ignored.".to_owned(),
            Self::Bearer => "`Bearer` before it was ignored.".to_owned(),
            Self::TokenAnswer(member) => format!("Taken from `{member}` of the answer that was pasted."),
            Self::LineBreaks(count) => {
                format!(
                    "{} inside taken out. A server would refuse it as it was.",
                    several(count, "line break", "line breaks")
                )
            }
            Self::Spaces(count) => {
                format!(
                    "{} inside taken out. A server would refuse it as it was.",
                    several(count, "space", "spaces")
                )
            }
            Self::Invisible(count) => {
                format!("{} taken out.", several(count, "invisible character", "invisible characters"))
            }
        }
    }
}

/// Takes off what is not part of the token. White space inside is only taken out of something that is a JWT without it.
#[must_use]
pub fn clean(text: &str) -> Cleaned {
    let mut repairs = Vec::new();
    let mut rest = outer(text, &mut repairs);
    let mut inner = None;
    if rest.starts_with('{') {
        let document = Document::read(rest);
        let found = ANSWER_MEMBERS.iter().find_map(|name| Some((*name, document.text(name)?)));
        if let Some((name, token)) = found {
            note(&mut repairs, Repair::TokenAnswer(name));
            inner = Some(Secret::new(token));
        }
    }
    if let Some(token) = &inner {
        rest = outer(token.expose(), &mut repairs);
    }
    Cleaned { token: without_gaps(rest, &mut repairs), repairs }
}

fn note(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

/// Peels off what surrounds the token until nothing more comes off.
fn outer<'a>(text: &'a str, repairs: &mut Vec<Repair>) -> &'a str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
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

fn without_gaps(text: &str, repairs: &mut Vec<Repair>) -> Secret {
    let is_gap = |c: char| c.is_whitespace() || is_invisible(c);
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
