//! `cargo xtask test`: everything that CI runs.

pub mod end_to_end;
pub mod faults;
pub mod html;
pub mod outcome;
pub mod parts;
pub mod repository;
pub mod rules;
pub mod summary;

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use std::env;
use std::time::Instant;

use crate::paths::Paths;
use crate::step::{human, note};
use outcome::{Outcome, Row, tally};
use parts::Part;

/// What `cargo xtask test` can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Only these parts; all of them when empty.
    pub only: Vec<Part>,
}

impl Options {
    /// Reads the rest of the command line.
    ///
    /// # Errors
    /// When an option or a part's name is unknown.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("only") => options.only.push(part(&parser.value()?.string()?)?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

fn part(name: &str) -> Result<Part> {
    let names = || Part::ALL.map(Part::name).join(", ");
    match Part::ALL.into_iter().find(|part| part.name() == name) {
        Some(part) => Ok(part),
        None => bail!("There is no part {name:?}. The parts are: {}.", names()),
    }
}

/// Runs the parts, each whatever became of the others, and ends with a table.
///
/// # Errors
/// When a part failed, or was skipped where that is not allowed.
pub fn command(paths: &Paths, options: &Options) -> Result<()> {
    let strict = env::var("CI").is_ok_and(|value| value == "true");
    let chosen = Part::ALL.into_iter().filter(|part| options.only.is_empty() || options.only.contains(part));
    let rows: Vec<Row> = chosen.map(|part| run(paths, part, strict)).collect();
    println!("\n{}", outcome::table(&rows));
    let [passed, failed, skipped] = tally(&rows);
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 {
        bail!("Logs, screenshots and console output are in {}.", paths.results().display());
    }
    Ok(())
}

fn run(paths: &Paths, part: Part, strict: bool) -> Row {
    eprintln!("\n{}: {}", part.name(), part.about());
    let start = Instant::now();
    let outcome = parts::run(paths, part).unwrap_or_else(|error| Outcome::Failed(format!("{error:#}")));
    crate::stop::wait_if_stopping();
    let outcome = if strict { outcome.strict() } else { outcome };
    let time = start.elapsed();
    let said = format!("{} {} after {}. {}", part.name(), outcome.word(), human(time), outcome.detail());
    note(said.trim_end());
    Row { name: part.name(), outcome, time }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_chosen_by_name() {
        let mut parser = Parser::from_args(["--only", "native", "--only=size"]);
        assert_eq!(Options::parse(&mut parser).unwrap().only, [Part::Native, Part::Size]);
        let error = Options::parse(&mut Parser::from_args(["--only", "nothing"])).unwrap_err();
        assert!(error.to_string().contains("e2e-keycloak"), "{error}");
    }

    #[test]
    fn no_two_parts_share_a_name() {
        let mut names = Part::ALL.map(Part::name).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Part::ALL.len());
    }
}
