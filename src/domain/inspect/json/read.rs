//! The reader: one pass over the bytes, without recursion, so that it can pause anywhere between two values.

use std::sync::Arc;

use super::{
    Document, Fault, MAX_DEPTH, MAX_PROBLEMS, Node, Problem, Span, Text, Value,
    stack::{Open, Stack},
};

pub(super) struct Reader<'a> {
    pub(super) text: &'a Arc<String>,
    /// Always on a character boundary: it only steps over ASCII or to the next ASCII byte.
    pub(super) at: usize,
    problems: Vec<Problem>,
    /// Set once reading cannot go on; everything read so far is kept.
    stopped: bool,
    /// The objects and arrays that are open here.
    stack: Stack,
    /// What has to come here; nothing when the reading is over.
    next: Option<Next>,
    root: Option<Node>,
}

#[derive(Clone, Copy)]
enum Next {
    Value,
    /// The name of a member and the colon after it.
    Name,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a Arc<String>) -> Self {
        let mut reader = Self {
            text,
            at: 0,
            problems: Vec::new(),
            stopped: false,
            stack: Stack::default(),
            next: Some(Next::Value),
            root: None,
        };
        if text.starts_with('\u{feff}') {
            reader.note(Fault::ByteOrderMark);
            reader.at = '\u{feff}'.len_utf8();
        }
        reader
    }

    /// Reads on for about so many bytes. False when there is nothing more to read.
    pub(super) fn read_on(&mut self, bytes: usize) -> bool {
        let until = self.at.saturating_add(bytes);
        while let Some(next) = self.next.take() {
            match next {
                Next::Value => self.value(),
                Next::Name => self.name(),
            }
            if self.stopped {
                self.leave_all();
            }
            if self.at >= until {
                break;
            }
        }
        self.next.is_some()
    }

    pub(super) fn into_document(mut self) -> Document {
        if !self.stopped {
            self.white_space();
            if self.at < self.text.len() {
                self.note(Fault::AfterEnd);
            }
        }
        Document { root: self.root, problems: self.problems }
    }
}

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn place(&self, place: Span) -> Text {
        Text::at(self.text, place)
    }

    fn note_at(&mut self, at: usize, what: Fault) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { at, what });
        }
    }

    pub(super) fn note(&mut self, what: Fault) {
        self.note_at(self.at, what);
    }

    /// The text ends or something stands here that cannot: the end of reading.
    pub(super) fn stop(&mut self) {
        let what = self.rest().chars().next().map_or(Fault::Ended, Fault::Unexpected);
        self.stop_with(what);
    }

    fn stop_with(&mut self, what: Fault) {
        self.note(what);
        self.stopped = true;
    }

    fn white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) {
        self.white_space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if self.stack.depth() >= MAX_DEPTH => self.skip_nested(),
            Some(b'{') => {
                self.stack.begin_object(start);
                return self.enter(Next::Name);
            }
            Some(b'[') => {
                self.stack.begin_array(start);
                return self.enter(Next::Value);
            }
            Some(b'"') => Value::String(self.string()),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Null),
            _ => return self.stop(),
        };
        self.have(Node { value, span: start..self.at, complete: !self.stopped });
    }

    /// Steps into the object or the array that begins here; over it, when it is empty.
    fn enter(&mut self, next: Next) {
        self.at += 1;
        self.white_space();
        if self.peek().is_some() && self.peek() == self.stack.innermost().map(Open::close) {
            self.at += 1;
            if let Some(node) = self.stack.end(self.at, true) {
                self.have(node);
            }
            return;
        }
        self.next = Some(next);
    }

    /// A value was read: it belongs to what is open here, which may end after it, and so on outwards.
    fn have(&mut self, node: Node) {
        let mut node = node;
        loop {
            if let Some(outermost) = self.stack.add(node) {
                self.root = Some(outermost);
                return;
            }
            if self.stopped || self.goes_on() {
                return;
            }
            let Some(ended) = self.stack.end(self.at, true) else { return };
            node = ended;
        }
    }

    /// The text broke off: everything that is open ends here.
    fn leave_all(&mut self) {
        self.next = None;
        if self.stack.waits_for_value() {
            self.stack.add(Node { value: Value::Unread, span: self.at..self.at, complete: false });
        }
        while let Some(node) = self.stack.end(self.at, false) {
            if let Some(outermost) = self.stack.add(node) {
                self.root = Some(outermost);
            }
        }
    }

    fn name(&mut self) {
        self.white_space();
        if self.peek() != Some(b'"') {
            return self.stop();
        }
        let start = self.at;
        let read = self.string();
        let span = start..self.at;
        self.stack.name(read, span);
        if self.stopped {
            return;
        }
        self.white_space();
        if self.peek() != Some(b':') {
            return self.stop();
        }
        self.at += 1;
        self.next = Some(Next::Value);
    }

    fn literal(&mut self, word: &str, value: Value) -> Value {
        if self.rest().starts_with(word) {
            self.at += word.len();
            return value;
        }
        if word.starts_with(self.rest()) {
            self.at = self.text.len();
        }
        self.stop();
        Value::Unread
    }

    /// After an element: true at a comma, and when nothing fits, which stops the reading; false at the closing bracket.
    fn goes_on(&mut self) -> bool {
        self.white_space();
        let innermost = self.stack.innermost();
        match self.peek() {
            Some(b',') => {
                let is_object = innermost.is_some_and(Open::is_object);
                self.at += 1;
                self.next = Some(if is_object { Next::Name } else { Next::Value });
                true
            }
            byte @ Some(_) if byte == innermost.map(Open::close) => {
                self.at += 1;
                false
            }
            _ => {
                self.stop();
                true
            }
        }
    }

    /// Steps over a bracket and all in it without recursion.
    fn skip_nested(&mut self) -> Value {
        self.note(Fault::TooDeep);
        let mut open = 0_usize;
        let mut in_string = false;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' if in_string => self.at += usize::from(self.peek().is_some_and(|b| b.is_ascii())),
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => open += 1,
                b'}' | b']' if !in_string => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Value::Unread;
            }
        }
        self.stop();
        Value::Unread
    }

    fn number(&mut self) -> Value {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let text = self.place(start..self.at);
        if self.stack.depth() > 0 && self.at == self.text.len() {
            // The text ends here, so digits may be missing.
            self.stop();
        } else if !is_number(&text) {
            self.note_at(start, Fault::BadNumber);
        }
        Value::Number(text)
    }
}

/// The grammar of RFC 8259, 6.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
