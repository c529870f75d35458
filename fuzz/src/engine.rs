//! The loop: take an input, change it, have it read, keep it when the reader says something new.

use fastrand::Rng;
use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::guard;
use crate::minimise::minimise;
use crate::mutate::{self, LONGEST};
use crate::outcome::{Broken, Outcome, number_of};
use crate::targets::Target;
use crate::watch::Watch;

/// Inputs that are kept because a reader said something new of them.
const MOST_KEPT: usize = 4_096;

/// A target that breaks so many different promises is looked at before it goes on.
const MOST_FOUND: usize = 6;

/// The clock is asked after so many inputs.
const PACE: u64 = 64;

/// How long a target is fed.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// For this long.
    Time(Duration),
    /// With so many inputs.
    Inputs(u64),
}

/// How the run is made.
#[derive(Clone, Debug)]
pub struct Run {
    /// When a target is done.
    pub until: Until,
    /// Decides every change.
    pub seed: u64,
    /// Times the bound of time: 1 for a fast build, more for a slow one.
    pub slack: u32,
}

/// A promise that was broken, and by what.
#[derive(Clone, Debug)]
pub struct Found {
    /// The promise.
    pub broken: Broken,
    /// The input, made as small as it could be.
    pub input: Vec<u8>,
}

/// What came of one target.
#[derive(Debug, Default)]
pub struct Report {
    /// How many inputs were read.
    pub inputs: u64,
    /// How long it took.
    pub time: Duration,
    /// How many inputs were kept.
    pub kept: usize,
    /// What was found.
    pub found: Vec<Found>,
}

/// What the reader may need for an input of that length: nothing real comes near, and nothing but a mistake reaches it.
fn bound(length: usize, slack: u32) -> Duration {
    (Duration::from_millis(4) + Duration::from_micros(4) * u32::try_from(length).unwrap_or(u32::MAX)) * slack
}

/// Feeds one target.
#[must_use]
pub fn feed(target: &Target, run: &Run, watch: &Watch) -> Report {
    let start = Instant::now();
    let mut feeder = Feeder {
        target,
        run,
        watch,
        report: Report::default(),
        kept: Vec::new(),
        said: HashSet::new(),
        seeds: 0,
    };
    let mut rng = Rng::with_seed(run.seed ^ number_of(target.name));
    for input in (target.seeds)() {
        if input.len() <= LONGEST {
            feeder.read(input.clone());
            // A reader that says the same of two of them may still differ in what it says of their changes.
            if feeder.kept.last() != Some(&input) {
                feeder.kept.push(input);
            }
        }
    }
    feeder.seeds = feeder.kept.len();
    while feeder.report.found.len() < MOST_FOUND && !feeder.is_over(start) {
        let input = feeder.next(&mut rng);
        feeder.read(input);
    }
    feeder.report.kept = feeder.kept.len();
    feeder.report.time = start.elapsed();
    feeder.report
}

struct Feeder<'a> {
    target: &'a Target,
    run: &'a Run,
    watch: &'a Watch,
    report: Report,
    kept: Vec<Vec<u8>>,
    said: HashSet<u64>,
    /// So many of those that are kept are what the run began with.
    seeds: usize,
}

impl Feeder<'_> {
    fn is_over(&self, start: Instant) -> bool {
        let inputs = self.report.inputs;
        match self.run.until {
            Until::Inputs(most) => inputs >= most,
            Until::Time(most) => inputs.is_multiple_of(PACE) && start.elapsed() >= most,
        }
    }

    fn some(&self, rng: &mut Rng) -> &[u8] {
        // The newest ones lead on, the oldest ones are whole.
        let newest = self.kept.len().saturating_sub(64);
        let list = if rng.bool() { self.kept.get(newest..).unwrap_or_default() } else { &self.kept };
        rng.choice(list).map(Vec::as_slice).unwrap_or_default()
    }

    fn next(&self, rng: &mut Rng) -> Vec<u8> {
        let input = self.some(rng);
        let other = self.some(rng);
        mutate::changed(self.target.form, input, other, rng)
    }

    fn read(&mut self, input: Vec<u8>) {
        self.report.inputs += 1;
        self.watch.begin(self.target.name, &input);
        let start = Instant::now();
        let outcome = guard::run(self.target.read, &input);
        let time = start.elapsed();
        self.watch.end();
        match outcome {
            Err(broken) => self.found(broken, &input),
            Ok(_) if time > bound(input.len(), self.run.slack) => self.slow(&input),
            Ok(said) => {
                if self.said.insert(said) {
                    self.keep(input, said);
                }
            }
        }
    }

    /// When there is no room, something that is kept makes way; never what the run began with.
    fn keep(&mut self, input: Vec<u8>, said: u64) {
        if self.kept.len() < MOST_KEPT {
            return self.kept.push(input);
        }
        let changeable = self.kept.get_mut(self.seeds..).unwrap_or_default();
        let at = usize::try_from(said).unwrap_or_default() % changeable.len().max(1);
        if let Some(old) = changeable.get_mut(at) {
            *old = input;
        }
    }

    fn found(&mut self, broken: Broken, input: &[u8]) {
        if self.report.found.iter().any(|known| known.broken.rule == broken.rule) {
            return;
        }
        let same = |outcome: Outcome| outcome.err().filter(|other| other.rule == broken.rule);
        let input = minimise(input, |tried| same(guard::run(self.target.read, tried)).is_some());
        let broken = same(guard::run(self.target.read, &input)).unwrap_or(broken);
        self.report.found.push(Found { broken, input });
    }

    /// A busy machine makes anything slow once; three times more it is the input.
    fn slow(&mut self, input: &[u8]) {
        let times = (0..3).map(|_| {
            std::thread::sleep(Duration::from_millis(20));
            let start = Instant::now();
            let _ = guard::run(self.target.read, input);
            start.elapsed()
        });
        let least = times.min().unwrap_or_default();
        if least > bound(input.len(), self.run.slack) {
            let rule = "no more than linear time";
            if !self.report.found.iter().any(|known| known.broken.rule == rule) {
                let broken = Broken::new(rule, format!("{least:?} for {} bytes", input.len()));
                self.report.found.push(Found { broken, input: input.to_vec() });
            }
        }
    }
}

/// Writes what was found into a folder and says how to see it again.
///
/// # Errors
/// When a file cannot be written.
pub fn keep(found: &Found, target: &str, folder: &Path) -> std::io::Result<String> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join(format!("{target}-{:016x}", number_of(&found.input)));
    std::fs::write(&file, &found.input)?;
    let Found { broken: Broken { rule, seen }, input } = found;
    let shown: String = String::from_utf8_lossy(input).chars().take(400).collect();
    let file = file.display();
    Ok(format!(
        "{target}: {rule}\n    {seen}\n    {shown:?}\n    To see it again: cargo xtask fuzz --target {target} --input {file}"
    ))
}
