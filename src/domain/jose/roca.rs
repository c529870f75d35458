//! RSA keys of a chip whose keys can be factored (ROCA, CVE-2017-15361).
//!
//! Both primes of such a key are `k·M + (65537^a mod M)`, with `M` a product of small primes. So its modulus is a power of
//! 65537 modulo every one of these, which happens to a sound key about once in a hundred million (M. Nemec and others, *The
//! Return of Coppersmith's Attack*, 2017).

/// The factors of `M` for keys of every size that the chip makes, without 2, modulo which every odd number is a power.
const FACTORS: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether a modulus, the highest byte first, looks like one of that chip.
pub(super) fn is_suspect(modulus: &[u8]) -> bool {
    FACTORS.into_iter().all(|factor| is_power(remainder(modulus, factor), factor))
}

fn remainder(number: &[u8], factor: u32) -> u32 {
    number.iter().fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % factor)
}

fn is_power(value: u32, factor: u32) -> bool {
    let mut power = 1;
    (0..factor).any(|_| {
        let found = power == value;
        power = power * 65_537 % factor;
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 65537 to the power of 128, which is what the modulus of such a key is modulo every factor.
    fn power() -> Vec<u8> {
        let mut number = vec![1_u8];
        for _ in 0..128 {
            // Times 65537 is the number, and the number two bytes further up.
            let mut sum = [number.as_slice(), &[0, 0]].concat();
            let mut carry = 0;
            for (at, byte) in sum.iter_mut().rev().enumerate() {
                let low = number.len().checked_sub(at + 1).map_or(0, |index| number[index]);
                let all = u16::from(*byte) + u16::from(low) + carry;
                *byte = all as u8;
                carry = all >> 8;
            }
            if carry > 0 {
                sum.insert(0, 1);
            }
            number = sum;
        }
        number
    }

    #[test]
    fn a_power_is_suspect_and_its_neighbours_are_not() {
        let number = power();
        assert!(number.len() > 256);
        assert!(is_suspect(&number));
        for off in 1..=50 {
            let mut other = number.clone();
            let last = other.len() - 2;
            other[last] = other[last].wrapping_add(off);
            assert!(!is_suspect(&other), "{off}");
        }
    }
}
