//! A cursor on a JSON object of a configuration file, which collects what is wrong with it.

use serde_json::{Map, Value};

use crate::domain::{json, url};

/// One thing that is wrong in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `environments[0].issuer`; empty for the file itself.
    pub path: String,
    /// What, and what would be right.
    pub text: String,
}

/// A cursor on one JSON object that collects what is wrong with it.
pub(crate) struct Reader<'a> {
    path: String,
    members: &'a Map<String, Value>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(crate) fn root(members: &'a Map<String, Value>, problems: &'a mut Vec<Problem>) -> Self {
        Reader { path: String::new(), members, problems }
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub(crate) fn problem(&mut self, name: &str, text: impl Into<String>) {
        let path = self.at(name);
        self.problems.push(Problem { path, text: text.into() });
    }

    pub(crate) fn known(&mut self, names: &[&str]) {
        let unknown: Vec<String> =
            self.members.keys().filter(|n| !names.contains(&n.as_str())).cloned().collect();
        for name in unknown {
            self.problem(&name, format!("There is no such member. Known here: {}.", names.join(", ")));
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn optional(&mut self, name: &str) -> Option<String> {
        match self.get(name)? {
            Value::String(text) => Some(text.clone()),
            other => {
                self.problem(name, format!("Write a string here; this is {}.", json::kind(other)));
                None
            }
        }
    }

    pub(crate) fn required(&mut self, name: &str) -> String {
        match self.get(name) {
            None => self.problem(name, "This member is missing."),
            Some(Value::String(text)) if text.trim().is_empty() => {
                self.problem(name, "This must not be empty.")
            }
            Some(_) => return self.optional(name).unwrap_or_default(),
        }
        String::new()
    }

    pub(crate) fn strings(&mut self, name: &str) -> Option<Vec<String>> {
        match self.get(name)? {
            Value::Array(items) if items.iter().all(Value::is_string) => {
                Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            _ => {
                self.problem(name, "Write a list of strings here.");
                None
            }
        }
    }

    pub(crate) fn number(&mut self, name: &str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let value = self.get(name)?;
        let number = value.as_f64().filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (json::number(*range.start()), json::number(*range.end()));
            self.problem(name, format!("Write a number from {least} to {most} here."));
        }
        number
    }

    pub(crate) fn flag(&mut self, name: &str, absent: bool) -> bool {
        match self.get(name) {
            None => absent,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.problem(name, "Write true or false here.");
                absent
            }
        }
    }

    /// One of a few words; the first is what an absent member means.
    pub(crate) fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)], default: T) -> T {
        let Some(text) = self.optional(name) else { return default };
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.problem(name, format!("“{text}” is not known here. Write one of: {}.", words.join(", ")));
        default
    }

    pub(crate) fn object<T>(&mut self, name: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
        match self.get(name)? {
            Value::Object(members) => {
                let path = self.at(name);
                Some(read(&mut Reader { path, members, problems: self.problems }))
            }
            other => {
                self.problem(name, format!("Write an object here; this is {}.", json::kind(other)));
                None
            }
        }
    }

    pub(crate) fn objects<T>(&mut self, name: &str, mut read: impl FnMut(&mut Reader<'_>) -> T) -> Vec<T> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let Value::Array(items) = value else {
            self.problem(name, "Write a list of objects here.");
            return Vec::new();
        };
        let mut out = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", self.at(name));
            match item {
                Value::Object(members) => {
                    out.push(read(&mut Reader { path, members, problems: self.problems }))
                }
                other => self.problems.push(Problem {
                    path,
                    text: format!("Write an object here; this is {}.", json::kind(other)),
                }),
            }
        }
        out
    }

    pub(crate) fn version(&mut self) {
        if self.get("version").and_then(Value::as_u64) != Some(1) {
            self.problem("version", "Write 1 here: it is the only version of this file so far.");
        }
    }

    pub(crate) fn address(&mut self, name: &str, text: &str) {
        let path = text.starts_with('/') && !text.starts_with("//");
        if !text.is_empty() && !path && url::origin(text).is_none() {
            self.problem(name, "Write an http or https URL here, or a path on this site that starts with /.");
        }
    }
}
