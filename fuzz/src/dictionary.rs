//! Pieces that readers look for: words, names and values of claims, words around a token, beginnings in DER.

use serde_json::Value;
use std::sync::LazyLock;

/// The lists of `corpus/dictionary.json`.
pub struct Dictionary {
    /// What means something wherever it stands: punctuation, escapes, gaps, words before a token.
    pub words: Vec<String>,
    /// Names of header parameters, claims, and members of keys and of JSON forms.
    pub names: Vec<String>,
    /// Values that mean something, as JSON.
    pub values: Vec<String>,
    /// Words around a token as people copy them along; `@` stands for the token.
    pub around: Vec<String>,
    /// Tags, lengths, times and object identifiers in DER.
    pub der: Vec<Vec<u8>>,
}

/// The dictionary, read once.
pub static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let file: Value = serde_json::from_str(include_str!("../corpus/dictionary.json")).unwrap_or_default();
    let list = |name: &str| {
        let strings =
            file.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        strings.map(str::to_owned).collect::<Vec<_>>()
    };
    Dictionary {
        words: list("words"),
        names: list("names"),
        values: list("values"),
        around: list("around"),
        der: list("der").iter().map(|digits| bytes(digits)).collect(),
    }
});

/// Bytes written as hexadecimal digits.
fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_is_empty() {
        let Dictionary { words, names, values, around, der } = &*DICTIONARY;
        assert!([words, names, values, around].iter().all(|list| list.len() > 20));
        assert!(der.len() > 20 && der.iter().all(|bytes| bytes.len() > 1));
        assert!(values.iter().all(|value| serde_json::from_str::<Value>(value).is_ok() || value.len() < 10));
    }
}
