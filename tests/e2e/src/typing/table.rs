//! The report: one row per size, place and speed of the processor, and each bar with what was measured.

use std::fmt::Write as _;

use super::seen::{Series, percentile};
use super::series::{Conditions, Place};

/// The same keystrokes in both pages.
#[derive(Clone, Debug)]
pub struct Pair {
    /// In the inspector.
    pub ours: Series,
    /// In the page built like jwt.io's.
    pub theirs: Series,
}

impl Pair {
    /// How many times longer the other page's scripts take.
    fn ratio(&self) -> f64 {
        ratio(self.theirs.script(), self.ours.script())
    }

    /// The same of everything that the main thread does for a keystroke, later work included.
    fn ratio_of_all(&self) -> f64 {
        ratio(self.theirs.busy.all, self.ours.busy.all)
    }
}

/// A clock that ticks in tenths of a millisecond may show nothing at all.
fn ratio(theirs: f64, ours: f64) -> f64 {
    theirs / ours.max(0.1)
}

fn script_p50(series: &Series) -> f64 {
    percentile(series.keys.iter().map(|key| key.script), 50)
}

fn name(conditions: Conditions) -> String {
    let size = match conditions.size {
        bytes @ 1_000_000.. => format!("{} MB", bytes / 1_000_000),
        bytes => format!("{} KB", bytes / 1000),
    };
    let place = if conditions.place == Place::End { "end" } else { "middle" };
    format!("{size:>6} {place:<6} {}x", conditions.rate)
}

/// What one pair gave, while the others are still measured.
#[must_use]
pub fn progress(ours: &Series, theirs: &Series) -> String {
    let [least, most] = ours.spread;
    format!(
        "{}: {:.1} ({least:.1} to {most:.1}) and {:.1} ms",
        name(ours.conditions),
        ours.script(),
        theirs.script()
    )
}

/// The whole report.
#[must_use]
pub fn report(pairs: &[Pair], bursts: &[Series], idle: &[Series]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{EXPLANATION}");
    typing(&mut text, pairs);
    single(&mut text, "The inspector, a letter every 20 ms", bursts);
    single(
        &mut text,
        "A field without a script, a letter every 80 ms: what the machine and the measuring take",
        idle,
    );
    pasting(&mut text, pairs);
    text.push_str("\nBars\n");
    for bar in bars(pairs) {
        let verdict = if bar.is_met() { "met   " } else { "MISSED" };
        let _ = writeln!(
            text,
            "  {verdict}  {:<62} {:>8.1}  (bar {} {})",
            bar.name,
            bar.measured,
            bar.side(),
            bar.limit
        );
    }
    text.push_str("\nWhat the longest frames of the inspector were spent on: [what called it, ms, of these forced layout]\n");
    for series in
        pairs.iter().map(|pair| &pair.ours).chain(bursts).filter(|series| !series.longest.is_empty())
    {
        let _ = writeln!(text, "  {}  {}", name(series.conditions), series.longest);
    }
    text
}

const EXPLANATION: &str = "\
A letter every 80 ms into a token that was pasted; ms. script: the page's listeners of one keystroke and what it does
before the frame, with what both leave to the end of their turn. frame: from the key to the end of the next frame.
busy: everything the main thread does, later work included, per letter. result: from the last letter to the last
change of the result.
over 50: tasks and frames of more than 50 ms while typing, and the longest frame. (n): so many letters, else 50.
The inspector is typed in three times for each row, each time in a new browser: what is said of its keystrokes is of the
series in the middle (p95 of the others: from and to), what is over 50 ms, paste and memory are the worst of the three.
";

fn typing(text: &mut String, pairs: &[Pair]) {
    let _ = writeln!(
        text,
        "                 | inspector                                                                | jwt.io-like                              | ratio of"
    );
    let _ = writeln!(
        text,
        "  size place cpu | script p50   p95 (from   to)  frame p95  busy  result  over 50          | script p50     p95  frame p95    busy    | script   busy"
    );
    for pair in pairs {
        let Pair { ours, theirs } = pair;
        let [least, most] = ours.spread;
        let _ = writeln!(
            text,
            "{} | {:>10.1} {:>5.1} ({least:>4.1} {most:>4.1}) {:>10.1} {:>5.1} {:>7.0}  {:>3} {:>3} ({:>4.0} ms) | {:>10.1} {:>7.1} {:>10.1} {:>7.1} {:<5}| {:>5.0}x {:>5.1}x",
            name(ours.conditions),
            script_p50(ours),
            ours.script(),
            ours.frame(),
            ours.busy.all,
            ours.result,
            ours.tasks.len(),
            ours.frames.len(),
            ours.longest_frame(),
            script_p50(theirs),
            theirs.script(),
            theirs.frame(),
            theirs.busy.all,
            if theirs.keys.len() == ours.keys.len() {
                String::new()
            } else {
                format!("({})", theirs.keys.len())
            },
            pair.ratio(),
            pair.ratio_of_all(),
        );
    }
}

/// Series that nothing is compared with.
fn single(text: &mut String, title: &str, all: &[Series]) {
    let _ = writeln!(text, "\n{title}");
    text.push_str("  size place cpu | script p50   p95  frame p95  busy (script, layout)  result  over 50\n");
    for series in all {
        let _ = writeln!(
            text,
            "{} | {:>10.1} {:>5.1} {:>10.1} {:>5.1} ({:>6.1}, {:>6.1}) {:>7.0}  {:>3} {:>3} ({:>4.0} ms)",
            name(series.conditions),
            script_p50(series),
            series.script(),
            series.frame(),
            series.busy.all,
            series.busy.script,
            series.busy.layout,
            series.result,
            series.tasks.len(),
            series.frames.len(),
            series.longest_frame(),
        );
    }
}

fn pasting(text: &mut String, pairs: &[Pair]) {
    text.push_str("\nFrom the paste: to the end of its listeners, of the next frame, of the frame with the result; memory held after\ntyping as a multiple of the token, with that of WebAssembly, which never shrinks\n");
    text.push_str("  size place cpu | inspector: script  frame  result  memory (wasm) | jwt.io-like: script  frame  result  memory\n");
    for Pair { ours, theirs } in pairs {
        let _ = writeln!(
            text,
            "{} | {:>17.0} {:>6.0} {:>7.0} {:>6.1} ({:>4.1}) | {:>19.0} {:>6.0} {:>7.0} {:>7.1}",
            name(ours.conditions),
            ours.paste.script,
            ours.paste.frame,
            ours.paste.result,
            ours.memory.all(),
            ours.memory.wasm,
            theirs.paste.script,
            theirs.paste.frame,
            theirs.paste.result,
            theirs.memory.all(),
        );
    }
}

/// Something that is promised.
struct Bar {
    name: &'static str,
    measured: f64,
    limit: f64,
    at_least: bool,
}

impl Bar {
    fn is_met(&self) -> bool {
        if self.at_least { self.measured >= self.limit } else { self.measured <= self.limit }
    }

    fn side(&self) -> &'static str {
        if self.at_least { "at least" } else { "at most" }
    }
}

/// Each bar with the worst of the rows it is about.
fn bars(pairs: &[Pair]) -> Vec<Bar> {
    let rows = |size: usize, rate: Option<u32>| {
        pairs.iter().filter(move |pair| {
            let Conditions { size: is, rate: at, .. } = pair.ours.conditions;
            is == size && rate.is_none_or(|rate| rate == at)
        })
    };
    let most = |size, rate, what: &dyn Fn(&Pair) -> f64| rows(size, rate).map(what).fold(0.0, f64::max);
    let least =
        |size, rate, what: &dyn Fn(&Pair) -> f64| rows(size, rate).map(what).fold(f64::INFINITY, f64::min);
    let script = |pair: &Pair| pair.ours.script();
    let longest = |pair: &Pair| pair.ours.tasks.iter().copied().fold(pair.ours.longest_frame(), f64::max);
    let at_most = |name, measured, limit| Bar { name, measured, limit, at_least: false };
    let at_least = |name, measured, limit| Bar { name, measured, limit, at_least: true };
    vec![
        at_most("script p95 of 5 KB at 4x, ms", most(5_000, Some(4), &script), 4.0),
        at_most("script p95 of 100 KB at 4x, ms", most(100_000, Some(4), &script), 16.0),
        at_most("script p95 of 1 MB at 1x, ms", most(1_000_000, Some(1), &script), 16.0),
        at_most("longest frame or task of 1 MB at 4x, ms", most(1_000_000, Some(4), &longest), 50.0),
        at_most(
            "first frame after 1 MB was pasted at 1x, ms",
            most(1_000_000, Some(1), &|pair| pair.ours.paste.frame),
            50.0,
        ),
        at_least(
            "times less script than the jwt.io-like page at 1 MB",
            least(1_000_000, None, &Pair::ratio),
            20.0,
        ),
        at_least(
            "times less script than the jwt.io-like page at 100 KB",
            least(100_000, None, &Pair::ratio),
            3.0,
        ),
        at_most(
            "memory of 1 MB, times the token",
            most(1_000_000, None, &|pair| pair.ours.memory.all()),
            6.0,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_met_on_its_side() {
        let bar = |measured, at_least| Bar { name: "", measured, limit: 4.0, at_least };
        assert!(bar(3.0, false).is_met() && !bar(5.0, false).is_met());
        assert!(bar(5.0, true).is_met() && !bar(3.0, true).is_met());
    }
}
