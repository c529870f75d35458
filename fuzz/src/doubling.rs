//! Twice the input may take twice the time and a little more, never four times: inputs made to keep a reader busy.

use std::thread;
use std::time::{Duration, Instant};

use crate::engine::{Found, Report};
use crate::guard;
use crate::outcome::Broken;
use crate::targets::{ALL, Target};
use crate::watch::Watch;
use crate::worst::{self, Worst};

/// Its name beside those of the targets.
pub const NAME: &str = "doubling";

/// The sizes, each twice the one before.
const SIZES: [usize; 7] = [16, 32, 64, 128, 256, 512, 1024];
const KB: usize = 1024;

/// For four times as much: 3.5 twice. A reader that is quadratic needs 16 times as long. Two steps are measured at once,
/// because one alone may be the step at which the memory of the processor is too small.
const MOST: f64 = 3.5 * 3.5;

/// Shorter times say nothing.
const LEAST: Duration = Duration::from_millis(4);

/// A ratio above the bound is measured so often before it is believed.
const TRIES: u32 = 10;

/// The pause before the second of these times; each is longer than the one before.
const PAUSE: Duration = Duration::from_millis(40);

/// Gives every target every input that fits it, in growing sizes.
#[must_use]
pub fn run(watch: &Watch) -> Report {
    let start = Instant::now();
    let mut report = Report::default();
    for target in ALL {
        for worst in worst::ALL.iter().filter(|worst| (worst.fits)(target.form)) {
            one(target, worst, watch, &mut report);
        }
    }
    report.time = start.elapsed();
    report
}

fn one(target: &Target, worst: &Worst, watch: &Watch, report: &mut Report) {
    let mut before: Vec<(Vec<u8>, Duration)> = Vec::new();
    for size in SIZES {
        let input = (worst.make)(size * KB);
        report.inputs += 1;
        watch.begin(target.name, &input);
        let time = match measured(target, &input) {
            Ok(time) => time,
            Err(broken) => {
                let seen: String = broken.seen.chars().take(300).collect();
                let seen = format!("{}, {size} KB: {seen}", worst.name);
                let broken = Broken::new(format!("{}: {}", target.name, broken.rule), seen);
                add(report, Found { broken, input });
                break;
            }
        };
        before.push((input, time));
        if let [.., (quarter, short), _, (whole, long)] = before.as_slice()
            && let Some(ratio) = too_much(target, (quarter, *short), (whole, *long))
        {
            let rule = format!("{}: linear time for {}", target.name, worst.name);
            let seen = format!("{ratio:.1} times as long for four times as much, {size} KB: {time:?}");
            add(report, Found { broken: Broken::new(rule, seen), input: whole.clone() });
            break;
        }
    }
    watch.end();
}

fn add(report: &mut Report, found: Found) {
    if !report.found.iter().any(|known| known.broken.rule == found.broken.rule) {
        report.found.push(found);
    }
}

fn measured(target: &Target, input: &[u8]) -> Result<Duration, Broken> {
    let start = Instant::now();
    guard::run(target.read, input)?;
    Ok(start.elapsed())
}

/// The ratio when it stays too large: the least of several times counts, because a busy machine only ever adds.
fn too_much(target: &Target, short: (&[u8], Duration), long: (&[u8], Duration)) -> Option<f64> {
    let (mut least_short, mut least_long) = (short.1, long.1);
    for tried in 0..=TRIES {
        if least_long < LEAST || ratio(least_long, least_short) <= MOST {
            return None;
        }
        // What keeps the machine busy may be over by then.
        thread::sleep(PAUSE * tried);
        least_short = least_short.min(measured(target, short.0).ok()?);
        least_long = least_long.min(measured(target, long.0).ok()?);
    }
    Some(ratio(least_long, least_short)).filter(|ratio| *ratio > MOST)
}

fn ratio(long: Duration, short: Duration) -> f64 {
    long.as_secs_f64() / short.as_secs_f64().max(f64::EPSILON)
}
