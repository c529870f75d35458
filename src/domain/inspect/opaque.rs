//! A token that says nothing of itself: what can be seen from outside.

/// The characters it is made of, the narrowest set that holds them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alphabet {
    /// Digits.
    Decimal,
    /// Hexadecimal digits.
    Hexadecimal,
    /// Letters and digits.
    Alphanumeric,
    /// Base64url (RFC 4648, 5).
    Base64Url,
    /// Plain base64 (RFC 4648, 4).
    Base64,
    /// Any printable ASCII.
    Printable,
}

impl Alphabet {
    /// Its name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decimal => "digits",
            Self::Hexadecimal => "hexadecimal digits",
            Self::Alphanumeric => "letters and digits",
            Self::Base64Url => "the characters of base64url",
            Self::Base64 => "the characters of base64",
            Self::Printable => "printable characters of several kinds",
        }
    }

    /// How many characters it has.
    fn size(self) -> u64 {
        match self {
            Self::Decimal => 10,
            Self::Hexadecimal => 16,
            Self::Alphanumeric => 62,
            Self::Base64Url | Self::Base64 => 64,
            Self::Printable => 94,
        }
    }

    fn holds(self, text: &str) -> bool {
        let bare = text.trim_end_matches('=');
        let is_one_case = || {
            !(bare.bytes().any(|b| b.is_ascii_lowercase()) && bare.bytes().any(|b| b.is_ascii_uppercase()))
        };
        match self {
            Self::Decimal => text.bytes().all(|b| b.is_ascii_digit()),
            Self::Hexadecimal => text.bytes().all(|b| b.is_ascii_hexdigit()) && is_one_case(),
            Self::Alphanumeric => text.bytes().all(|b| b.is_ascii_alphanumeric()),
            Self::Base64Url => bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')),
            Self::Base64 => bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')),
            Self::Printable => true,
        }
    }
}

/// A form that a known server gives its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RFC 9562.
    Uuid {
        /// Version 4: random but for six bits.
        is_random: bool,
    },
    /// Three UUIDs joined by dots.
    KeycloakCode,
    /// 28 or 32 letters and digits.
    Apigee,
    /// DER in base64, without the lines around it.
    Der,
    /// `user:password` in base64, or another text.
    Base64Text,
}

impl Form {
    /// What it may be and what to do with it.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Uuid { is_random: true } => "A random UUID (version 4): 122 of its 128 bits are random.",
            Self::Uuid { is_random: false } => {
                "A UUID, but not a random one: such a value can be guessed and should not open anything."
            }
            Self::KeycloakCode => {
                "Three UUIDs: so Keycloak writes an authorization code. It is no token: the token endpoint exchanges it \
                 for one, once and within a minute."
            }
            Self::Apigee => "Apigee makes tokens of this length and these characters.",
            Self::Der => {
                "It begins like a certificate or a key without the lines around it. The workshop reads those."
            }
            Self::Base64Text => {
                "It is a text in base64 with a colon in it, as `Authorization: Basic` carries a name and a password."
            }
        }
    }
}

/// What can be seen of an opaque token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opaque {
    /// Its length in characters.
    pub length: usize,
    /// What it is made of.
    pub alphabet: Alphabet,
    /// It is never harder to guess than a random number of so many bits.
    pub bits_at_most: u64,
    /// The form, when it is a known one.
    pub form: Option<Form>,
}

impl Opaque {
    pub(super) fn read(text: &str) -> Self {
        const ALL: [Alphabet; 5] = [
            Alphabet::Decimal,
            Alphabet::Hexadecimal,
            Alphabet::Alphanumeric,
            Alphabet::Base64Url,
            Alphabet::Base64,
        ];
        let alphabet = ALL.into_iter().find(|known| known.holds(text)).unwrap_or(Alphabet::Printable);
        let form = form(text, alphabet);
        let bits = bits(text, alphabet);
        let bits_at_most = match form {
            Some(Form::Uuid { .. }) => bits.min(122),
            Some(Form::KeycloakCode) => bits.min(366),
            _ => bits,
        };
        Self { length: text.chars().count(), alphabet, bits_at_most, form }
    }

    /// Length, alphabet and strength in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let characters = if self.length == 1 { "character" } else { "characters" };
        let weak = if self.bits_at_most < 128 { " RFC 6749, 10.10 asks for 128 or more." } else { "" };
        format!(
            "{} {characters}, {}: at most {} bits of chance.{weak}",
            self.length,
            self.alphabet.name(),
            self.bits_at_most
        )
    }
}

fn form(text: &str, alphabet: Alphabet) -> Option<Form> {
    if is_uuid(text) {
        return Some(Form::Uuid { is_random: text.as_bytes().get(14) == Some(&b'4') });
    }
    let mut parts = text.split('.');
    if [parts.next(), parts.next(), parts.next()].iter().all(|part| part.is_some_and(is_uuid))
        && parts.next().is_none()
    {
        return Some(Form::KeycloakCode);
    }
    if text.starts_with("MI")
        && text.len() > 100
        && alphabet >= Alphabet::Alphanumeric
        && alphabet <= Alphabet::Base64
    {
        return Some(Form::Der);
    }
    if alphabet != Alphabet::Printable {
        let bytes = super::base64url::decode(text.trim_end_matches('=')).bytes;
        let is_text = |bytes: &[u8]| bytes.iter().all(|b| b.is_ascii_graphic()) && bytes.contains(&b':');
        if is_text(&bytes) {
            return Some(Form::Base64Text);
        }
    }
    (alphabet == Alphabet::Alphanumeric && matches!(text.len(), 28 | 32)).then_some(Form::Apigee)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// The smaller of two bounds: every character drawn from the whole alphabet, or with the frequencies seen here
/// (Shannon). A token that was not drawn at random is weaker than either.
fn bits(text: &str, alphabet: Alphabet) -> u64 {
    let mut counts = [0_u64; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = text.len() as u64;
    let seen = counts.iter().filter(|count| **count > 0);
    let shannon: u64 = seen.map(|count| count * (log2(length).saturating_sub(log2(*count)))).sum();
    (length * log2(alphabet.size())).min(shannon) >> FRACTION
}

/// Binary digits after the point of [`log2`].
const FRACTION: u32 = 10;

/// Binary logarithm in fixed point, without floating point: the square of the mantissa tells one digit after another.
fn log2(number: u64) -> u64 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    // The mantissa, between 1 and 2, with 31 binary digits.
    let mut mantissa = if whole > 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut result = u64::from(whole);
    for _ in 0..FRACTION {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >> 32 > 0 {
            mantissa >>= 1;
            result |= 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms() {
        for (number, expected) in
            [(0, 0.0), (1, 0.0), (2, 1.0), (9, 3.1699), (62, 5.9542), (94, 6.5546), (1 << 40, 40.0)]
        {
            let got = log2(number) as f64 / f64::from(1 << FRACTION);
            assert!((got - expected).abs() < 0.002, "{number}: {got}");
        }
    }
}
