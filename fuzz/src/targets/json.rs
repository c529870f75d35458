//! The lossless reader of JSON: nothing is lost, places are right, another reader agrees.

use portico::domain::inspect::json::{Document, Fault, MAX_DEPTH, Node, Value};
use serde::de::IgnoredAny;
use std::future::Future as _;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::text;
use crate::outcome::{Broken, Outcome, Said, holds, number_of};

/// So many bytes are read between two pauses.
const AT_ONCE: usize = 64 * 1024;

/// One input in so many is also read with a pause inside: it has to be made long for that.
const PAUSED: u64 = 64;

pub fn read(input: &[u8]) -> Outcome {
    let text = text(input);
    let document = Document::read(&text);
    let mut said = Said::default();
    let mut walk = Walk { text: &text, at: 0, said: &mut said, is_clean: document.problems.is_empty() };
    if let Some(root) = document.root() {
        let before = text
            .get(..root.span().start)
            .is_some_and(|before| is_gap(before.trim_start_matches('\u{feff}'), ""));
        holds(before, "nothing but white space stands before the value", || format!("{:?}", root.span()))?;
        walk.at = root.span().start;
        walk.node(root, 0)?;
    }
    let end = walk.at;
    let rest = text.get(end..).unwrap_or_default();
    holds(
        !document.problems.is_empty() || is_gap(rest, ""),
        "nothing stands after a value that is right",
        || rest.to_owned(),
    )?;
    let starts: Vec<usize> = document.problems.iter().map(|problem| problem.at).collect();
    let right = starts.iter().all(|at| text.is_char_boundary(*at));
    holds(right, "a problem stands at a character", || format!("{starts:?}"))?;
    for problem in &document.problems {
        said.add(std::mem::discriminant(&problem.what));
    }
    another_reader(&text, &document)?;
    if number_of(input).is_multiple_of(PAUSED) {
        paused(&text)?;
    }
    Ok(said.number())
}

fn is_gap(text: &str, more: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r') || more.contains(c))
}

/// Goes along the text: what lies between two values is white space and punctuation, so that nothing is lost.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    said: &'a mut Said,
    /// There is no problem at all.
    is_clean: bool,
}

impl Walk<'_> {
    fn skip(&mut self, to: usize, punctuation: &str) -> Result<(), Broken> {
        let gap = self.text.get(self.at..to);
        let right = gap.is_some_and(|gap| {
            is_gap(gap, punctuation) && gap.chars().filter(|c| punctuation.contains(*c)).count() <= 1
        });
        holds(right, "printing the values by their places gives the same text", || {
            format!("{}..{to}", self.at)
        })?;
        self.at = to;
        Ok(())
    }

    fn node(&mut self, node: Node<'_>, depth: usize) -> Result<(), Broken> {
        let Some(raw) = self.text.get(node.span()) else {
            return Err(Broken::new("a value has a place", format!("{:?}", node.span())));
        };
        holds(depth <= MAX_DEPTH, "no value lies deeper than is read", || depth.to_string())?;
        self.said.add((std::mem::discriminant(&node.value()), node.is_complete()));
        match node.value() {
            Value::Object(members) => {
                self.at = node.span().start + 1;
                for (index, member) in members.iter().enumerate() {
                    self.skip(member.name_span.start, if index == 0 { "" } else { "," })?;
                    self.string(member.name, self.text.get(member.name_span.clone()).unwrap_or_default())?;
                    self.at = member.name_span.end;
                    self.skip(member.node.span().start, ":")?;
                    self.node(member.node, depth + 1)?;
                }
                self.leave(node, "}")
            }
            Value::Array(elements) => {
                self.at = node.span().start + 1;
                for (index, element) in elements.iter().enumerate() {
                    self.skip(element.span().start, if index == 0 { "" } else { "," })?;
                    self.node(element, depth + 1)?;
                }
                self.leave(node, "]")
            }
            other => {
                self.at = node.span().end;
                match other {
                    Value::Number(digits) => {
                        holds(digits == raw, "a number keeps its digits", || raw.to_owned())
                    }
                    Value::String(read) => self.string(read, raw),
                    Value::Bool(is) => holds(is.to_string() == raw, "true is true", || raw.to_owned()),
                    Value::Null => holds(raw == "null", "null is null", || raw.to_owned()),
                    _ => Ok(()),
                }
            }
        }
    }

    fn leave(&mut self, node: Node<'_>, bracket: &str) -> Result<(), Broken> {
        if node.is_complete() {
            self.skip(node.span().end, bracket)?;
        }
        self.at = node.span().end;
        Ok(())
    }

    fn string(&self, read: &str, raw: &str) -> Result<(), Broken> {
        let other = if self.is_clean { serde_json::from_str::<String>(raw).ok() } else { None };
        let agree = !self.is_clean || other.as_deref() == Some(read);
        holds(agree, "another reader undoes the escapes alike", || format!("{raw} is {read:?} and {other:?}"))
    }
}

/// What is right for one is right for the other, but for the depth and for halves of surrogate pairs.
fn another_reader(text: &str, document: &Document) -> Result<(), Broken> {
    let other = serde_json::from_str::<IgnoredAny>(text);
    let problem = document.problems.iter().find(|problem| {
        !matches!(problem.what, Fault::TooDeep | Fault::LoneSurrogate | Fault::ByteOrderMark)
    });
    if document.problems.is_empty() {
        let seen = || format!("{:?}", other.as_ref().err());
        return holds(other.is_ok(), "what is read without a problem is JSON to another reader", seen);
    }
    holds(problem.is_none() || other.is_err(), "what is JSON to another reader has no problem", || {
        format!("{problem:?}")
    })
}

/// The same value behind a long one, so that the pause falls at every place of it in turn.
fn paused(text: &str) -> Result<(), Broken> {
    let into = usize::try_from(number_of(text)).unwrap_or_default() % (text.len() + 8);
    let long = Arc::new(format!("[\"{}\",{text}", "a".repeat(AT_ONCE.saturating_sub(into))));
    let pause = async || {};
    let mut reading = pin!(Document::of_gently(&long, &pause));
    let Poll::Ready(read) = reading.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        return Err(Broken::new("reading comes to an end", String::new()));
    };
    holds(read == Document::of(&long), "reading in pieces is reading at once", || format!("pause at {into}"))
}
