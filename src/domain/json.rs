//! Reading JSON that real servers wrote: doubled members, numbers as strings, `null` for absent.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A JSON object, and what had to be repaired to read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The members; of a doubled member the last that is not `null`.
    pub members: Map<String, Value>,
    /// Members that stood there more than once.
    pub doubled: Vec<String>,
}

/// Reads a JSON object tolerantly.
///
/// # Errors
/// A sentence: not JSON (with line and column), or JSON that is not an object.
pub fn object(text: &str) -> Result<Object, String> {
    let parsed: Tolerant = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|problem| format!("This is not JSON: {problem}."))?;
    match parsed.value {
        Value::Object(members) => Ok(Object { members, doubled: parsed.doubled }),
        other => Err(format!("This is JSON, but not an object: it is {}.", kind(&other))),
    }
}

/// What a value is, in a word with its article.
#[must_use]
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A non-empty string member.
#[must_use]
pub fn string(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A whole number, written as a number or as a numeric string.
#[must_use]
pub fn integer(members: &Map<String, Value>, name: &str) -> Option<i64> {
    match members.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A list of strings; one string alone counts as a list of one.
#[must_use]
pub fn strings(members: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    match members.get(name)? {
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        Value::String(text) => Some(vec![text.clone()]),
        _ => None,
    }
}

/// A number as JSON writes it, without needless decimals. The standard library writes it the same, with tables that no
/// first visit should wait for.
#[must_use]
pub fn number(value: f64) -> String {
    let text = Value::from(value).to_string();
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// Indented JSON for people. An object of strings cannot fail to be written, so there is no error.
#[must_use]
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

struct Tolerant {
    value: Value,
    doubled: Vec<String>,
}

impl<'de> Deserialize<'de> for Tolerant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TolerantVisitor)
    }
}

struct TolerantVisitor;

impl TolerantVisitor {
    fn plain<E>(value: impl Into<Value>) -> Result<Tolerant, E> {
        Ok(Tolerant { value: value.into(), doubled: Vec::new() })
    }
}

impl<'de> Visitor<'de> for TolerantVisitor {
    type Value = Tolerant;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tolerant, E> {
        Self::plain(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tolerant, E> {
        Self::plain(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tolerant, E> {
        Self::plain(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tolerant, E> {
        Self::plain(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tolerant, E> {
        Self::plain(value)
    }

    fn visit_unit<E>(self) -> Result<Tolerant, E> {
        Self::plain(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Tolerant, A::Error> {
        let (mut items, mut doubled) = (Vec::new(), Vec::new());
        while let Some(mut item) = sequence.next_element::<Tolerant>()? {
            items.push(item.value);
            doubled.append(&mut item.doubled);
        }
        Ok(Tolerant { value: Value::Array(items), doubled })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tolerant, A::Error> {
        let (mut members, mut doubled) = (Map::new(), Vec::new());
        while let Some(name) = access.next_key::<String>()? {
            let mut member = access.next_value::<Tolerant>()?;
            doubled.append(&mut member.doubled);
            if members.contains_key(&name) {
                doubled.push(name.clone());
                if member.value.is_null() {
                    continue;
                }
            }
            members.insert(name, member.value);
        }
        Ok(Tolerant { value: Value::Object(members), doubled })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_doubled_member_the_last_that_is_not_null_wins_and_it_is_said() {
        for text in [r#"{"a":null,"a":"x"}"#, r#"{"a":"x","a":null}"#] {
            let read = object(text).unwrap();
            assert_eq!(string(&read.members, "a").as_deref(), Some("x"));
            assert_eq!(read.doubled, ["a"]);
        }
    }

    #[test]
    fn numbers_may_be_strings() {
        let read = object(r#"{"n":"1617198228","m":7,"x":"soon"}"#).unwrap();
        assert_eq!(integer(&read.members, "n"), Some(1_617_198_228));
        assert_eq!(integer(&read.members, "m"), Some(7));
        assert_eq!(integer(&read.members, "x"), None);
    }

    #[test]
    fn a_number_is_written_as_css_and_people_read_it() {
        for (value, text) in [(0.0, "0"), (212.0, "212"), (0.079, "0.079"), (360.5, "360.5")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn what_is_not_an_object_is_a_sentence() {
        assert!(object("<html>").unwrap_err().starts_with("This is not JSON"));
        assert_eq!(object("[1]").unwrap_err(), "This is JSON, but not an object: it is an array.");
    }
}
