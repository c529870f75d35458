//! What the command line says.

use lexopt::{Arg, Parser, ValueExt as _};
use std::path::PathBuf;
use std::time::Duration;

/// The options of `portico-fuzz`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long the targets are fed, all together.
    pub time: Duration,
    /// So many inputs for each target, instead of a time.
    pub inputs: Option<u64>,
    /// Decides every change; drawn when it is not given.
    pub seed: Option<u64>,
    /// Only these targets; all when empty.
    pub targets: Vec<String>,
    /// Only this file is read, by the targets that were named.
    pub input: Option<PathBuf>,
    /// Where findings are written.
    pub results: PathBuf,
}

impl Options {
    /// Reads the command line.
    ///
    /// # Errors
    /// When an option is unknown or a number is none.
    pub fn parse(mut parser: Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self {
            time: Duration::from_secs(60),
            inputs: None,
            seed: None,
            targets: Vec::new(),
            input: None,
            results: PathBuf::from("test-results/fuzz"),
        };
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("seconds") => options.time = Duration::from_secs(parser.value()?.parse()?),
                Arg::Long("inputs") => options.inputs = Some(parser.value()?.parse()?),
                Arg::Long("seed") => options.seed = Some(parser.value()?.parse()?),
                Arg::Long("target") => options.targets.push(parser.value()?.string()?),
                Arg::Long("input") => options.input = Some(parser.value()?.into()),
                Arg::Long("results") => options.results = parser.value()?.into(),
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_can_be_repeated() {
        let parse = |words: &[&str]| Options::parse(Parser::from_args(words));
        let options = parse(&["--seconds", "5", "--seed=7", "--target", "json"]).unwrap();
        assert_eq!((options.time.as_secs(), options.seed), (5, Some(7)));
        assert_eq!(options.targets, ["json"]);
        assert!(parse(&["--seed", "x"]).is_err() && parse(&["--other"]).is_err());
    }
}
