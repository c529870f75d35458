//! `cargo xtask faults`: a long series of the runs with faults, of which `cargo xtask test` makes a short one.

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use std::fs;

use super::end_to_end;
use crate::paths::Paths;
use crate::process;
use crate::step::step;

/// The command's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    runs: usize,
    seed: Option<u64>,
    keycloak: bool,
}

impl Options {
    /// Reads the options.
    ///
    /// # Errors
    /// At an unknown option, or a number that is none.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut options = Self { runs: 1000, seed: None, keycloak: false };
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("runs") => options.runs = parser.value()?.parse()?,
                Arg::Long("seed") => options.seed = Some(parser.value()?.parse()?),
                Arg::Long("keycloak") => options.keycloak = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Makes the runs and shows what came of them.
///
/// # Errors
/// When something was lost, or a run could not be carried out.
pub fn command(paths: &Paths, options: &Options) -> Result<()> {
    let (name, result) = if options.keycloak {
        ("keycloak", "faults-keycloak.txt")
    } else {
        ("faults", "faults-embedded.txt")
    };
    let (mut command, server) = end_to_end::for_faults(paths, options.keycloak)?;
    command.env("PORTICO_FAULT_RUNS", options.runs.to_string());
    if let Some(seed) = options.seed {
        command.env("PORTICO_FAULT_SEED", seed.to_string());
    }
    command.args(["--test", name, "--", "--nocapture", "nothing_is_lost_or_it_is_said"]);
    let log = paths.results().join("faults.log");
    let outcome = step(&format!("{} runs with faults", options.runs), || process::run(&mut command, &log));
    drop(server);
    let summary = paths.results().join(result);
    match outcome {
        Ok(()) => {
            print!(
                "{}",
                fs::read_to_string(&summary)
                    .with_context(|| format!("{} is not there", summary.display()))?
            );
            Ok(())
        }
        Err(error) => bail!("{error:#}\nThe seed and what was lost are in {}.", log.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_can_be_repeated() {
        let parse = |words: &[&str]| Options::parse(&mut Parser::from_args(words));
        assert_eq!(parse(&[]).unwrap(), Options { runs: 1000, seed: None, keycloak: false });
        let options = parse(&["--runs", "50", "--seed=7", "--keycloak"]).unwrap();
        assert_eq!(options, Options { runs: 50, seed: Some(7), keycloak: true });
        assert!(parse(&["--seed", "x"]).is_err());
    }
}
