//! The reader: one pass over the bytes, without recursion, so that it can pause anywhere between two values.

use std::sync::Arc;

use super::{
    Document, Fault, MAX_DEPTH, MAX_PROBLEMS, Problem,
    number::is_number,
    string::Read,
    tape::{self, Kind, Tape},
};

pub(super) struct Reader<'a> {
    pub(super) text: &'a Arc<String>,
    /// Always on a character boundary: it only steps over ASCII or to the next ASCII byte.
    pub(super) at: usize,
    problems: Vec<Problem>,
    /// Set once reading cannot go on; everything read so far is kept.
    stopped: bool,
    /// What was read so far.
    tape: Tape,
    /// The objects and arrays that are open here, the outermost first.
    open: Vec<Open>,
    /// What has to come here; nothing when the reading is over.
    next: Option<Next>,
}

/// An object or an array that has begun.
#[derive(Clone, Copy)]
struct Open {
    /// Where it is on the tape.
    index: usize,
    is_object: bool,
    /// A name was read and its value was not.
    waits: bool,
}

impl Open {
    /// The bracket that ends it.
    fn close(&self) -> u8 {
        if self.is_object { b'}' } else { b']' }
    }
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
            tape: Tape::default(),
            open: Vec::new(),
            next: Some(Next::Value),
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
        Document { text: Arc::clone(self.text), tape: self.tape, problems: self.problems }
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
        if start > tape::LONGEST {
            return self.stop_with(Fault::TooLong);
        }
        let kind = match self.peek() {
            Some(b'{' | b'[') if self.open.len() >= MAX_DEPTH => self.skip_nested(),
            Some(b'{') => return self.enter(Kind::Object, Next::Name),
            Some(b'[') => return self.enter(Kind::Array, Next::Value),
            Some(b'"') => {
                self.text_at(start, Kind::Plain, Kind::Undone);
                return self.have();
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Kind::True),
            Some(b'f') => self.literal("false", Kind::False),
            Some(b'n') => self.literal("null", Kind::Null),
            _ => return self.stop(),
        };
        self.tape.add(kind, &(start..self.at), !self.stopped);
        self.have();
    }

    /// Reads a string or a name.
    fn text_at(&mut self, start: usize, plain: Kind, undone: Kind) {
        match self.string() {
            Read::Plain => {
                self.tape.add(plain, &(start..self.at), !self.stopped);
            }
            Read::Undone(read) => {
                let index = self.tape.add(undone, &(start..self.at), !self.stopped);
                self.tape.keep(index, read);
            }
        }
    }

    /// Steps into the object or the array that begins here; over it, when it is empty.
    fn enter(&mut self, kind: Kind, next: Next) {
        let index = self.tape.begin(kind, self.at);
        let entered = Open { index, is_object: kind == Kind::Object, waits: false };
        self.open.push(entered);
        self.at += 1;
        self.white_space();
        if self.peek() == Some(entered.close()) {
            self.at += 1;
            self.end_innermost(true);
            return self.have();
        }
        self.next = Some(next);
    }

    fn end_innermost(&mut self, complete: bool) {
        if let Some(open) = self.open.pop() {
            self.tape.end(open.index, self.at, complete);
        }
    }

    /// A value was read: what is open here may end after it, and so on outwards.
    fn have(&mut self) {
        while let Some(open) = self.open.last_mut() {
            open.waits = false;
            if self.stopped || self.goes_on() {
                return;
            }
            self.end_innermost(true);
        }
    }

    /// The text broke off: everything that is open ends here.
    fn leave_all(&mut self) {
        self.next = None;
        if self.open.last().is_some_and(|open| open.waits) {
            self.tape.add(Kind::Unread, &(self.at..self.at), false);
        }
        while !self.open.is_empty() {
            self.end_innermost(false);
        }
    }

    fn name(&mut self) {
        self.white_space();
        if self.peek() != Some(b'"') {
            return self.stop();
        }
        if self.at > tape::LONGEST {
            return self.stop_with(Fault::TooLong);
        }
        self.text_at(self.at, Kind::PlainName, Kind::UndoneName);
        if let Some(open) = self.open.last_mut() {
            open.waits = true;
        }
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

    fn literal(&mut self, word: &str, kind: Kind) -> Kind {
        if self.rest().starts_with(word) {
            self.at += word.len();
            return kind;
        }
        if word.starts_with(self.rest()) {
            self.at = self.text.len();
        }
        self.stop();
        Kind::Unread
    }

    /// After an element: true at a comma, and when nothing fits, which stops the reading; false at the closing bracket.
    fn goes_on(&mut self) -> bool {
        self.white_space();
        let innermost = self.open.last().copied();
        match self.peek() {
            Some(b',') => {
                let is_object = innermost.is_some_and(|open| open.is_object);
                self.at += 1;
                self.next = Some(if is_object { Next::Name } else { Next::Value });
                true
            }
            byte @ Some(_) if byte == innermost.as_ref().map(Open::close) => {
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
    fn skip_nested(&mut self) -> Kind {
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
                return Kind::Unread;
            }
        }
        self.stop();
        Kind::Unread
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        if !self.open.is_empty() && self.at == self.text.len() {
            // The text ends here, so digits may be missing.
            self.stop();
        } else if !self.text.get(start..self.at).is_some_and(is_number) {
            self.note_at(start, Fault::BadNumber);
        }
        Kind::Number
    }
}
