//! How much memory a long text is given.
//!
//! Somebody who types makes the next reading a little longer than the one before. Room of exactly the old length would
//! never be found again, and the memory of WebAssembly only ever grows.

/// From this length on room is given in steps.
const STEP: usize = 64 * 1024;

/// The room for a text of this many bytes.
pub fn of(bytes: usize) -> usize {
    if bytes < STEP { bytes } else { bytes.next_multiple_of(STEP) }
}

/// The room for a text of this many bytes that is typed into.
pub fn with_more(bytes: usize) -> usize {
    if bytes < STEP { bytes + bytes / 8 } else { of(bytes + STEP / 8) }
}
