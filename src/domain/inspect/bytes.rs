//! Sets of characters of ASCII. Long texts are looked through with them, a byte at a time.

/// A set of characters of ASCII, and perhaps everything beyond ASCII.
#[derive(Clone, Copy)]
pub(super) struct Bytes {
    /// One bit for each of the first 64.
    low: u64,
    /// One bit for each of the next 64.
    high: u64,
    beyond: bool,
}

impl Bytes {
    /// These characters.
    pub(super) const fn of(characters: &[u8]) -> Self {
        Self { low: 0, high: 0, beyond: false }.and(characters)
    }

    /// These as well.
    pub(super) const fn and(mut self, characters: &[u8]) -> Self {
        let mut rest = characters;
        while let Some((byte, more)) = rest.split_first() {
            match *byte {
                byte @ ..64 => self.low |= 1 << byte,
                byte @ 64..128 => self.high |= 1 << (byte - 64),
                _ => self.beyond = true,
            }
            rest = more;
        }
        self
    }

    /// Every byte of a character beyond ASCII as well.
    pub(super) const fn beyond_ascii(self) -> Self {
        Self { beyond: true, ..self }
    }

    pub(super) const fn contains(self, byte: u8) -> bool {
        match byte {
            ..64 => self.low >> byte & 1 == 1,
            64..128 => self.high >> (byte - 64) & 1 == 1,
            _ => self.beyond,
        }
    }
}
