//! Sets of characters of ASCII. Long texts are looked through with them, a byte at a time.

/// A set of characters of ASCII, and perhaps everything beyond ASCII.
#[derive(Clone, Copy)]
pub(super) struct Bytes([bool; 256]);

impl Bytes {
    /// These characters.
    pub(super) const fn of(characters: &[u8]) -> Self {
        Self([false; 256]).and(characters)
    }

    /// These as well.
    pub(super) const fn and(mut self, characters: &[u8]) -> Self {
        let mut rest = characters;
        while let Some((byte, more)) = rest.split_first() {
            if let Some((is_in, _)) = self.0.split_at_mut(*byte as usize).1.split_first_mut() {
                *is_in = true;
            }
            rest = more;
        }
        self
    }

    /// Every byte of a character beyond ASCII as well.
    pub(super) const fn beyond_ascii(mut self) -> Self {
        let mut rest = self.0.split_at_mut(128).1;
        while let Some((is_in, more)) = rest.split_first_mut() {
            *is_in = true;
            rest = more;
        }
        self
    }

    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }
}
