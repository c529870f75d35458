//! `portico-fuzz`: feeds every reader with changed inputs and ends with a table. `cargo xtask fuzz` starts it.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use portico_fuzz::doubling;
use portico_fuzz::engine::{self, Found, Report, Run, Until};
use portico_fuzz::guard;
use portico_fuzz::options::Options;
use portico_fuzz::targets::{ALL, Target};
use portico_fuzz::watch::Watch;

/// As much as a program in a page has.
const STACK: usize = 1024 * 1024;

fn main() -> ExitCode {
    let options = match Options::parse(lexopt::Parser::from_env()) {
        Ok(options) => options,
        Err(error) => return refused(&error.to_string()),
    };
    let names =
        || ALL.iter().map(|target| target.name).chain([doubling::NAME]).collect::<Vec<_>>().join(", ");
    if let Some(name) = options.targets.iter().find(|name| !is_target(name)) {
        return refused(&format!("There is no target {name:?}. The targets are: {}.", names()));
    }
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || work(&options));
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::FAILURE,
        Ok(Err(_)) => refused("The fuzzer itself panicked."),
        Err(error) => refused(&error.to_string()),
    }
}

fn is_target(name: &str) -> bool {
    name == doubling::NAME || ALL.iter().any(|target| target.name == name)
}

fn refused(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::FAILURE
}

/// True when nothing was found.
fn work(options: &Options) -> bool {
    guard::quiet();
    let watch = Watch::start(&options.results);
    let is_chosen =
        |name: &str| options.targets.is_empty() || options.targets.iter().any(|known| known == name);
    let chosen: Vec<&Target> = ALL.iter().filter(|target| is_chosen(target.name)).collect();
    if let Some(file) = &options.input {
        return again(&chosen, file);
    }
    let seed = options.seed.unwrap_or_else(|| fastrand::u64(..));
    println!("seed {seed}\n");
    println!(
        "{:<16} {:>10} {:>8} {:>10} {:>6} {:>9}",
        "target", "inputs", "seconds", "inputs/s", "kept", "findings"
    );
    let share = options.time / u32::try_from(chosen.len().max(1)).unwrap_or(1);
    let run = Run { until: options.inputs.map_or(Until::Time(share), Until::Inputs), seed, slack: 1 };
    let (mut inputs, mut time, mut found) = (0, Duration::ZERO, Vec::new());
    let mut tell = |name: &'static str, report: Report| {
        print_row(name, &report);
        inputs += report.inputs;
        time += report.time;
        found.extend(report.found.into_iter().map(|found| (name, found)));
    };
    for target in chosen {
        tell(target.name, engine::feed(target, &run, &watch));
    }
    if is_chosen(doubling::NAME) {
        tell(doubling::NAME, doubling::run(&watch));
    }
    let total =
        Report { inputs, time, kept: 0, found: found.iter().map(|(_, found)| found.clone()).collect() };
    print_row("all", &total);
    for (name, found) in &found {
        tell_finding(name, found, options);
    }
    if !found.is_empty() {
        println!("\nThe run again: cargo xtask fuzz --seed {seed}, with the same other options");
    }
    found.is_empty()
}

fn print_row(name: &str, report: &Report) {
    let seconds = report.time.as_secs_f64();
    let pace = report.inputs as f64 / seconds.max(0.001);
    println!(
        "{name:<16} {:>10} {seconds:>8.1} {pace:>10.0} {:>6} {:>9}",
        report.inputs,
        report.kept,
        report.found.len()
    );
}

fn tell_finding(name: &str, found: &Found, options: &Options) {
    match engine::keep(found, name, &options.results) {
        Ok(words) => println!("\n{words}"),
        Err(error) => println!("\n{name}: {}\n    It could not be written down: {error}", found.broken.rule),
    }
}

/// Reads one file once more.
fn again(targets: &[&Target], file: &std::path::Path) -> bool {
    let input = match std::fs::read(file) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("{} cannot be read: {error}", file.display());
            return false;
        }
    };
    let mut right = true;
    for target in targets {
        match guard::run(target.read, &input) {
            Ok(_) => println!("{}: nothing is broken", target.name),
            Err(broken) => {
                right = false;
                println!("{}: {}\n    {}", target.name, broken.rule, broken.seen);
            }
        }
    }
    right
}
