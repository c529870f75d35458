//! Strings and their escapes (RFC 8259, 7).

use super::Fault;
use super::read::Reader;

/// What a string reads.
pub(super) enum Read {
    /// What stands between its quotes.
    Plain,
    /// Something else: it has escapes.
    Undone(String),
}

impl Reader<'_> {
    pub(super) fn string(&mut self) -> Read {
        self.at += 1;
        let start = self.at;
        loop {
            self.plain();
            match self.peek() {
                None => self.stop(),
                Some(b'"') => self.at += 1,
                Some(b'\\') => {
                    let plain = self.text.get(start..self.at).unwrap_or_default().to_owned();
                    return Read::Undone(self.undone(plain));
                }
                // It should have been escaped, and reads as itself.
                Some(_) => {
                    self.note(Fault::ControlCharacter);
                    self.at += 1;
                    continue;
                }
            }
            return Read::Plain;
        }
    }

    /// Steps over what means itself.
    fn plain(&mut self) {
        while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
            self.at += 1;
        }
    }

    /// The rest of a string after `out`, with escapes undone.
    fn undone(&mut self, mut out: String) -> String {
        loop {
            match self.peek() {
                None => {
                    self.stop();
                    return out;
                }
                Some(b'"') => {
                    self.at += 1;
                    return out;
                }
                Some(b'\\') => self.escape(&mut out),
                Some(control @ ..b' ') => {
                    self.note(Fault::ControlCharacter);
                    out.push(char::from(control));
                    self.at += 1;
                }
                Some(_) => {
                    let start = self.at;
                    self.plain();
                    out.push_str(self.text.get(start..self.at).unwrap_or_default());
                }
            }
        }
    }

    fn escape(&mut self, out: &mut String) {
        let plain = match self.byte(self.at + 1) {
            Some(b'u') => return self.unicode_escape(out),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => {
                // The character after the backslash is read as itself in the next round.
                self.note(Fault::BadEscape);
                self.at += 1;
                return;
            }
            None => {
                self.at += 1;
                return;
            }
        };
        out.push(plain);
        self.at += 2;
    }

    fn unicode_escape(&mut self, out: &mut String) {
        let Some(first) = self.four_digits(self.at + 2) else {
            let begun = self.text.get(self.at + 2..).unwrap_or_default();
            // Fewer than four digits at the very end of the text: truncated, not wrong.
            if !begun.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                self.note(Fault::BadEscape);
            }
            self.at += 2;
            return;
        };
        if let Some(c) = char::from_u32(first) {
            out.push(c);
            self.at += 6;
        } else if let Some(c) = self.surrogate_pair(first) {
            out.push(c);
            self.at += 12;
        } else {
            self.note(Fault::LoneSurrogate);
            out.push(char::REPLACEMENT_CHARACTER);
            self.at += 6;
        }
    }

    fn surrogate_pair(&self, high: u32) -> Option<char> {
        let escaped = self.text.get(self.at + 6..self.at + 8) == Some("\\u");
        let low = self.four_digits(self.at + 8).filter(|_| escaped)?;
        if (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low) {
            char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        } else {
            None
        }
    }

    fn four_digits(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            u32::from_str_radix(digits, 16).ok()
        } else {
            None
        }
    }
}
