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
    /// The least and the most of [`Series::script`], where several series were made.
    pub spread: [f64; 2],
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

impl Series {
    /// So much script nineteen of twenty keystrokes do not exceed.
    #[must_use]
    pub fn script(&self) -> f64 {
        percentile(self.keys.iter().map(|key| key.script), 95)
    }

    /// The same of the time to the end of the next frame.
    #[must_use]
    pub fn frame(&self) -> f64 {
        percentile(self.keys.iter().map(|key| key.frame), 95)
    }

    /// One for several that were made under the same conditions: the keystrokes of the one in the middle, because the
    /// browser slows a processor down by stopping it, and where these stops fall is luck. Of what must not happen once,
    /// the worst of all.
    #[must_use]
    pub fn of_several(mut all: Vec<Self>) -> Option<Self> {
        all.sort_by(|a, b| a.script().total_cmp(&b.script()));
        let spread = [all.first()?.script(), all.last()?.script()];
        let worst = |what: fn(&Self) -> f64| all.iter().max_by(|a, b| what(a).total_cmp(&what(b)));
        Some(Self {
            spread,
            paste: worst(|series| series.paste.frame)?.paste,
            longest: worst(|series| series.longest_frame())?.longest.clone(),
            memory: worst(|series| series.memory.all())?.memory,
            tasks: all.iter().flat_map(|series| series.tasks.clone()).collect(),
            frames: all.iter().flat_map(|series| series.frames.clone()).collect(),
            ..all.get(all.len() / 2)?.clone()
        })
    }

    /// The longest of the frames of more than 50 ms.
    #[must_use]
    pub fn longest_frame(&self) -> f64 {
        self.frames.iter().copied().fold(0.0, f64::max)
    }
}

/// The value that so many per cent of all do not exceed (nearest rank).
#[must_use]
pub fn percentile(values: impl IntoIterator<Item = f64>, per_cent: usize) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * per_cent).div_ceil(100).max(1);
    values.get(rank - 1).copied().unwrap_or_default()
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
        spread: [0.0; 2],
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

#[cfg(test)]
mod tests {
    use super::super::series::{Pace, Place};
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let values = || (1..=50).rev().map(f64::from);
        assert_eq!(percentile(values(), 95), 48.0);
        assert_eq!(percentile(values(), 50), 25.0);
        assert_eq!(percentile(values().take(10), 95), 50.0);
        assert_eq!(percentile([], 95), 0.0);
    }

    #[test]
    fn several_series_give_the_middle_one_with_the_worst_of_all() {
        let series = |script, frame, memory| Series {
            conditions: Conditions { size: 1, place: Place::End, rate: 1, pace: Pace::Typing },
            paste: Paste { script: 0.0, frame, result: 0.0 },
            keys: vec![Key { script, frame: 0.0 }],
            spread: [0.0; 2],
            tasks: vec![],
            frames: vec![frame],
            longest: frame.to_string(),
            busy: Busy { all: 0.0, script: 0.0, layout: 0.0 },
            result: 0.0,
            memory: Memory { page: memory, wasm: 1.0 },
        };
        let one =
            Series::of_several(vec![series(9.0, 60.0, 2.0), series(2.0, 70.0, 5.0), series(4.0, 51.0, 3.0)]);
        let one = one.unwrap();
        assert_eq!((one.script(), one.spread), (4.0, [2.0, 9.0]));
        assert_eq!((one.paste.frame, one.longest_frame(), one.longest.as_str()), (70.0, 70.0, "70"));
        assert_eq!((one.frames.len(), one.memory.all()), (3, 6.0));
        assert!(Series::of_several(vec![]).is_none());
    }
}
