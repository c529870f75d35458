//! Changes of DER: a value deep inside is changed, and the lengths of everything around it follow.

use fastrand::Rng;

use super::bytes;
use crate::dictionary::DICTIONARY;

/// Deeper values stay bytes.
const DEEPEST: usize = 24;

/// A value: its tag, and its bytes or what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    tag: u8,
    inside: Inside,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inside {
    Bytes(Vec<u8>),
    /// Values one after the other; with the byte of unused bits before them when it is a bit string.
    Values(Option<u8>, Vec<Value>),
}

/// One change.
#[must_use]
pub fn change(der: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let Some(mut values) = read(&der, 0).filter(|_| rng.u8(..) < 230) else {
        return bytes::change(der, other, rng);
    };
    let donor = read(other, 0).unwrap_or_default();
    let count = values.iter().map(Value::count).sum::<usize>();
    let mut left = rng.usize(..count.max(1));
    visit(&mut values, &mut left, &donor, rng);
    let mut out = Vec::new();
    for value in &values {
        value.write(&mut out);
    }
    out
}

/// Values one after the other; nothing when the bytes are anything else.
#[must_use]
pub fn read(der: &[u8], depth: usize) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut rest = der;
    while let Some((tag, after)) = rest.split_first() {
        let (length, after) = read_length(after)?;
        let (content, after) = after.split_at_checked(length)?;
        values.push(Value { tag: *tag, inside: read_inside(*tag, content, depth) });
        rest = after;
    }
    (!values.is_empty()).then_some(values)
}

fn read_inside(tag: u8, content: &[u8], depth: usize) -> Inside {
    let deeper = |bytes: &[u8]| if depth < DEEPEST { read(bytes, depth + 1) } else { None };
    let values = match (tag, content) {
        // A bit string may hold a key, an octet string an extension.
        (3, [0, rest @ ..]) => deeper(rest).map(|values| Inside::Values(Some(0), values)),
        (4, rest) => deeper(rest).map(|values| Inside::Values(None, values)),
        (tag, rest) if tag & 0x20 != 0 => deeper(rest).map(|values| Inside::Values(None, values)),
        _ => None,
    };
    values.unwrap_or_else(|| Inside::Bytes(content.to_vec()))
}

fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    if *first < 0x80 {
        return Some((usize::from(*first), rest));
    }
    let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
    let length =
        length.iter().try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))?;
    Some((length, rest))
}

impl Value {
    fn count(&self) -> usize {
        match &self.inside {
            Inside::Bytes(_) => 1,
            Inside::Values(_, values) => 1 + values.iter().map(Self::count).sum::<usize>(),
        }
    }

    /// Writes it in DER.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut content = Vec::new();
        match &self.inside {
            Inside::Bytes(bytes) => content.extend_from_slice(bytes),
            Inside::Values(unused, values) => {
                content.extend(unused);
                for value in values {
                    value.write(&mut content);
                }
            }
        }
        out.push(self.tag);
        match u8::try_from(content.len()) {
            Ok(length @ ..0x80) => out.push(length),
            _ => {
                let length = content.len().to_be_bytes();
                let significant: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
                out.push(0x80 | u8::try_from(significant.len()).unwrap_or_default());
                out.extend(significant);
            }
        }
        out.extend(content);
    }
}

/// Goes to the value of that number and changes it, or what lies beside it.
fn visit(values: &mut Vec<Value>, left: &mut usize, donor: &[Value], rng: &mut Rng) -> bool {
    for at in 0..values.len() {
        if *left == 0 {
            change_at(values, at, donor, rng);
            return true;
        }
        *left -= 1;
        if let Some(Value { inside: Inside::Values(_, inner), .. }) = values.get_mut(at)
            && visit(inner, left, donor, rng)
        {
            return true;
        }
    }
    false
}

fn change_at(values: &mut Vec<Value>, at: usize, donor: &[Value], rng: &mut Rng) {
    let Some(mut value) = values.get(at).cloned() else { return };
    match rng.u8(..7) {
        0 => {
            values.remove(at);
            return;
        }
        1 => return values.insert(at, value),
        2 => {
            value.tag =
                *rng.choice(&[1, 2, 3, 4, 5, 6, 12, 19, 22, 23, 24, 48, 49, 0x80, 0xa0, 0xa3]).unwrap_or(&2)
        }
        3 => {
            if let Some(taken) = some_value(donor, rng) {
                value = taken;
            }
        }
        _ => {
            let mut content = Vec::new();
            match &value.inside {
                Inside::Bytes(bytes) => content.extend_from_slice(bytes),
                Inside::Values(_, inner) => inner.iter().for_each(|inner| inner.write(&mut content)),
            }
            let other = rng.choice(&DICTIONARY.der).map(Vec::as_slice).unwrap_or_default();
            value.inside = Inside::Bytes(bytes::change(content, other, rng));
        }
    }
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

fn some_value(values: &[Value], rng: &mut Rng) -> Option<Value> {
    let value = rng.choice(values)?;
    match &value.inside {
        Inside::Values(_, inner) if rng.u8(..) < 200 => some_value(inner, rng),
        _ => Some(value.clone()),
    }
}
