//! Text in colours that is typed in. A key changes a letter: told only that, the browser need not lay out all of it again.

use web_sys::{Element, Text};

use super::js::document;
use crate::domain::edit::between;

/// A run of text in one colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The class of its colour.
    pub class: String,
    /// The text.
    pub text: String,
    /// It stands in a `mark`.
    pub is_marked: bool,
}

/// What an element shows, run by run.
#[derive(Debug, Default)]
pub struct Painted {
    element: Option<Element>,
    runs: Vec<(Run, Text)>,
}

impl Painted {
    /// Shows these runs and nothing else.
    pub fn paint(&mut self, element: &Element, runs: Vec<Run>) {
        let is_alike = |(old, new): (&(Run, Text), &Run)| {
            (old.0.class.as_str(), old.0.is_marked) == (new.class.as_str(), new.is_marked)
        };
        if self.element.as_ref() != Some(element)
            || self.runs.len() != runs.len()
            || !self.runs.iter().zip(&runs).all(is_alike)
        {
            element.set_text_content(None);
            self.runs = runs.into_iter().filter_map(|run| appended(element, run)).collect();
            self.element = Some(element.clone());
            return;
        }
        for ((old, node), new) in self.runs.iter_mut().zip(runs) {
            change(node, &old.text, &new.text);
            *old = new;
        }
    }
}

fn appended(element: &Element, run: Run) -> Option<(Run, Text)> {
    let document = document()?;
    let span = document.create_element("span").ok()?;
    span.set_class_name(&run.class);
    let node = document.create_text_node(&run.text);
    let inner = if run.is_marked { document.create_element("mark").ok()? } else { span.clone() };
    inner.append_child(&node).ok()?;
    if run.is_marked {
        span.append_child(&inner).ok()?;
    }
    element.append_child(&span).ok()?;
    Some((run, node))
}

fn change(node: &Text, before: &str, after: &str) {
    let Some(edit) = between(before, after) else { return };
    let told = u32::try_from(edit.at)
        .ok()
        .zip(u32::try_from(edit.removed).ok())
        .and_then(|(at, removed)| node.replace_data(at, removed, edit.inserted).ok());
    if told.is_none() {
        node.set_data(after);
    }
}
