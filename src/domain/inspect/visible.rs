//! Characters that cannot be seen, or that change how others are shown, by their numbers.

use std::borrow::Cow;

/// Whether a character is shown by its number: controls, line separators, characters that turn the direction of
/// reading (UAX 9, 2), characters without a width, and tags. The line feed and the tab stay.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with every such character as `⟨U+202E⟩`. Most texts hold none and are not copied.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_by_its_number() {
        assert_eq!(visible("a\u{202e}b\u{0}\u{1b}[31m"), "a⟨U+202E⟩b⟨U+0000⟩⟨U+001B⟩[31m");
        assert!(matches!(visible("Сервісний 👩‍💻\tline\nline"), Cow::Borrowed(_)));
        for c in "\u{200e}\u{200f}\u{202a}\u{2066}\u{2069}\u{feff}\u{7f}\u{9b}\u{e0041}\r".chars() {
            assert!(is_hidden(c), "U+{:04X}", u32::from(c));
        }
    }
}
