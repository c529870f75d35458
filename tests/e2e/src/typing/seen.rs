//! What is seen of one series of keystrokes.

use serde_json::Value;

use super::series::Conditions;

/// One keystroke, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// In the page's own listeners and before its frame, and what both leave to the end of their turn.
    pub script: f64,
    /// From the key to the end of the next frame; waiting for that frame included.
    pub frame: f64,
}

/// What happened after a paste, in milliseconds from it.
#[derive(Clone, Copy, Debug)]
pub struct Paste {
    /// The listeners, and where the page left it to the browser, the insertion.
    pub script: f64,
    /// To the end of the next frame.
    pub frame: f64,
    /// To the end of the frame that shows what was read.
    pub result: f64,
}

/// Milliseconds of the main thread per keystroke, deferred work included.
#[derive(Clone, Copy, Debug)]
pub struct Busy {
    /// All of it.
    pub all: f64,
    /// JavaScript and WebAssembly.
    pub script: f64,
    /// Style and layout.
    pub layout: f64,
}

/// Bytes that are held after a garbage collection; or by how much they grew, as a multiple of the token.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The heaps of JavaScript and of the document, and texts outside of them.
    pub page: f64,
    /// The memories of WebAssembly modules, which never shrink.
    pub wasm: f64,
}

impl Memory {
    /// Both.
    #[must_use]
    pub fn all(self) -> f64 {
        self.page + self.wasm
    }

    pub(super) fn since(self, before: Self, token: usize) -> Self {
        let grown = |now: f64, before: f64| (now - before) / token as f64;
        Self { page: grown(self.page, before.page), wasm: grown(self.wasm, before.wasm) }
    }
}

/// Everything that was seen.
#[derive(Clone, Debug)]
pub struct Series {
    /// What was measured.
    pub conditions: Conditions,
    /// The first of it.
    pub paste: Paste,
    /// The keystrokes in order.
    pub keys: Vec<Key>,
    /// Tasks of more than 50 ms, each with its length.
    pub tasks: Vec<f64>,
    /// Frames of more than 50 ms, each with its length.
    pub frames: Vec<f64>,
    /// What the longest frame was spent on.
    pub longest: String,
    /// What a keystroke costs in all.
    pub busy: Busy,
    /// From the last key to the last change of the result.
    pub result: f64,
    /// What the page holds more than before the paste.
    pub memory: Memory,
}

/// A number in an answer, or nought.
pub(super) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// One of the counters of the developer tools.
pub(super) fn metric(metrics: &Value, name: &str) -> f64 {
    let list = metrics.get("metrics").and_then(Value::as_array);
    let found =
        list.and_then(|list| list.iter().find(|entry| entry.get("name").is_some_and(|is| is == name)));
    found.and_then(|entry| entry.get("value")).map(number).unwrap_or_default()
}

/// Puts together what the page and the developer tools say.
pub(super) fn read(
    conditions: Conditions,
    pasted: &Value,
    seen: &Value,
    busy: Busy,
    memory: Memory,
) -> Series {
    let list = |name: &str| seen.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let of = |value: &Value, name: &str| value.get(name).map(number).unwrap_or_default();
    let lengths = |name: &str| list(name).iter().map(|entry| of(entry, "duration")).collect();
    let longest = list("frames").into_iter().max_by(|a, b| of(a, "duration").total_cmp(&of(b, "duration")));
    let last = list("keys").last().map(|key| of(key, "down")).unwrap_or_default();
    Series {
        conditions,
        paste: Paste {
            script: of(pasted, "script"),
            frame: of(pasted, "frame"),
            result: of(pasted, "result"),
        },
        keys: list("keys")
            .iter()
            .map(|key| Key { script: of(key, "script"), frame: of(key, "frame") })
            .collect(),
        tasks: lengths("tasks"),
        frames: lengths("frames"),
        longest: longest
            .map(|frame| {
                format!(
                    "{} with {:.0} ms of style, layout and paint",
                    frame.get("scripts").unwrap_or(&Value::Null),
                    of(&frame, "rendering")
                )
            })
            .unwrap_or_default(),
        busy,
        result: (of(seen, "resultAt") - last).max(0.0),
        memory,
    }
}
