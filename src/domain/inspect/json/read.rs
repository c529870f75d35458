//! The reader: one pass over the bytes, recursion bounded by [`MAX_DEPTH`].

use super::{Document, Fault, MAX_DEPTH, MAX_PROBLEMS, Member, Node, Problem, Value};

pub(super) fn document(text: &str) -> Document {
    let mut reader = Reader { text, at: 0, problems: Vec::new(), stopped: false };
    if text.starts_with('\u{feff}') {
        reader.note(Fault::ByteOrderMark);
        reader.at = '\u{feff}'.len_utf8();
    }
    let root = reader.value(0);
    if !reader.stopped {
        reader.white_space();
        if reader.at < text.len() {
            reader.note(Fault::AfterEnd);
        }
    }
    Document { root, problems: reader.problems }
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// Always on a character boundary: it only steps over ASCII or to the next ASCII byte.
    pub(super) at: usize,
    problems: Vec<Problem>,
    /// Set once reading cannot go on; everything read so far is kept.
    stopped: bool,
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

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.white_space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => self.skip_nested(),
            Some(b'{') => Value::Object(self.object(depth)),
            Some(b'[') => Value::Array(self.array(depth)),
            Some(b'"') => Value::String(self.string()),
            Some(b'-' | b'0'..=b'9') => self.number(depth),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Null),
            _ => {
                self.stop();
                return None;
            }
        };
        Some(Node { value, span: start..self.at, complete: !self.stopped })
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

    fn object(&mut self, depth: usize) -> Vec<Member> {
        let mut members = Vec::new();
        self.at += 1;
        self.white_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return members;
        }
        while let Some(member) = self.member(depth) {
            members.push(member);
            if self.stopped || !self.goes_on(b'}') {
                break;
            }
        }
        members
    }

    fn member(&mut self, depth: usize) -> Option<Member> {
        self.white_space();
        if self.peek() != Some(b'"') {
            self.stop();
            return None;
        }
        let start = self.at;
        let name = self.string();
        let name_span = start..self.at;
        if !self.stopped {
            self.white_space();
            if self.peek() == Some(b':') {
                self.at += 1;
            } else {
                self.stop();
            }
        }
        let node = if self.stopped { None } else { self.value(depth + 1) };
        let unread = Node { value: Value::Unread, span: self.at..self.at, complete: false };
        Some(Member { name, name_span, node: node.unwrap_or(unread) })
    }

    fn array(&mut self, depth: usize) -> Vec<Node> {
        let mut elements = Vec::new();
        self.at += 1;
        self.white_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return elements;
        }
        while let Some(element) = self.value(depth + 1) {
            elements.push(element);
            if self.stopped || !self.goes_on(b']') {
                break;
            }
        }
        elements
    }

    /// After an element: true at a comma, false at the closing bracket; anything else stops the reading.
    fn goes_on(&mut self, close: u8) -> bool {
        self.white_space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                true
            }
            Some(byte) if byte == close => {
                self.at += 1;
                false
            }
            _ => {
                self.stop();
                false
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

    fn number(&mut self, depth: usize) -> Value {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        if depth > 0 && self.at == self.text.len() {
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
