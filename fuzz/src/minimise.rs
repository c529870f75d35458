//! Makes an input smaller as long as it still breaks the same promise.

/// No more attempts than this.
const ATTEMPTS: usize = 4_000;

/// The smallest input found: pieces are taken out, first halves, in the end single bytes.
pub fn minimise(input: &[u8], still_broken: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut best = input.to_vec();
    let mut piece = best.len().div_ceil(2);
    let mut attempts = 0;
    while piece > 0 {
        let mut at = 0;
        let mut shorter = false;
        while at < best.len() && attempts < ATTEMPTS {
            attempts += 1;
            let end = (at + piece).min(best.len());
            let tried: Vec<u8> =
                [best.get(..at), best.get(end..)].into_iter().flatten().flatten().copied().collect();
            if still_broken(&tried) {
                best = tried;
                shorter = true;
            } else {
                at = end;
            }
        }
        if !shorter || piece > 1 {
            piece /= 2;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_left() {
        let input = b"a long text with an x in the middle and a y at the end y";
        let small = minimise(input, |bytes| bytes.contains(&b'x') && bytes.contains(&b'y'));
        assert_eq!(small, b"xy");
        assert_eq!(minimise(b"abc", |_| false), b"abc");
        assert_eq!(minimise(b"abc", |_| true), b"");
    }
}
