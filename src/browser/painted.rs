//! Text in colours that is typed in: with a key only the run that it changes is put down again.

use std::ops::Range;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Text};

use super::{js::document, text::Followed};

#[wasm_bindgen]
extern "C" {
    type Node;
    #[wasm_bindgen(method, setter)]
    fn set_data(this: &Node, data: &JsString);
}

/// A run of text in one colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run<'a> {
    /// The class of its colour.
    pub class: &'static str,
    /// The text.
    pub text: &'a str,
    /// It stands in a `mark`.
    pub is_marked: bool,
}

/// What an element shows, run by run.
#[derive(Debug, Default)]
pub struct Painted {
    element: Option<Element>,
    runs: Vec<Shown>,
}

/// A run that is shown.
#[derive(Debug)]
struct Shown {
    class: &'static str,
    text: String,
    is_marked: bool,
    node: Text,
}

impl Painted {
    /// Shows these runs and nothing else.
    pub fn paint(&mut self, element: &Element, runs: &[Run<'_>]) {
        let is_alike =
            |(shown, run): (&Shown, &Run<'_>)| (shown.class, shown.is_marked) == (run.class, run.is_marked);
        if self.element.as_ref() != Some(element)
            || self.runs.len() != runs.len()
            || !self.runs.iter().zip(runs).all(is_alike)
        {
            element.set_text_content(None);
            self.runs = runs.iter().filter_map(|run| appended(element, run)).collect();
            self.element = Some(element.clone());
            return;
        }
        for (shown, run) in self.runs.iter_mut().zip(runs) {
            if shown.text != run.text {
                // A part of the text (`replaceData`) would be shaped at once, in the way of the frame, not with all else.
                shown.node.set_data(run.text);
                run.text.clone_into(&mut shown.text);
            }
        }
    }

    /// Letters were typed into the run of this number, behind so many bytes of it. It stands there in the field, and all
    /// before it is ASCII.
    pub fn insert(
        &mut self,
        number: usize,
        at: usize,
        letters: &str,
        place: &Range<usize>,
        field: &Followed,
    ) {
        let known = self.runs.get_mut(number).filter(|shown| shown.text.is_char_boundary(at));
        if let Some(shown) = known {
            shown.text.insert_str(at, letters);
            shown.node.unchecked_ref::<Node>().set_data(&field.slice(place));
        }
    }
}

fn appended(element: &Element, run: &Run<'_>) -> Option<Shown> {
    let document = document()?;
    let span = document.create_element("span").ok()?;
    span.set_class_name(run.class);
    let node = document.create_text_node(run.text);
    let inner = if run.is_marked { document.create_element("mark").ok()? } else { span.clone() };
    inner.append_child(&node).ok()?;
    if run.is_marked {
        span.append_child(&inner).ok()?;
    }
    element.append_child(&span).ok()?;
    Some(Shown { class: run.class, text: run.text.to_owned(), is_marked: run.is_marked, node })
}
