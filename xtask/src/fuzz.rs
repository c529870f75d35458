//! `cargo xtask fuzz`: every reader of tokens, keys and certificates, fed with changed inputs.

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use std::path::Path;

use crate::paths::Paths;
use crate::step::step;
use crate::test::parts::cargo;
use crate::{process, stop};

/// The command's options, handed on as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    words: Vec<String>,
}

impl Options {
    /// Reads the options.
    ///
    /// # Errors
    /// At an unknown option, or a number that is none.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut words = Vec::new();
        while let Some(argument) = parser.next()? {
            let (name, value) = match argument {
                Arg::Long(name @ ("seconds" | "inputs" | "seed")) => {
                    (name.to_owned(), parser.value()?.parse::<u64>()?.to_string())
                }
                Arg::Long(name @ ("target" | "input")) => (name.to_owned(), parser.value()?.string()?),
                other => return Err(other.unexpected().into()),
            };
            words.extend([format!("--{name}"), value]);
        }
        Ok(Self { words })
    }
}

/// Feeds the readers and shows what came of it.
///
/// # Errors
/// When a promise was broken, or the fuzzer cannot be built.
pub fn command(paths: &Paths, options: &Options) -> Result<()> {
    let mut build = cargo(paths);
    build.args(["build", "--profile", "fuzz", "--package", "portico-fuzz"]);
    step("build with checks of every overflow", || process::run(&mut build, &paths.log("fuzz")))?;
    let results = paths.results().join("fuzz");
    let mut fuzzer = std::process::Command::new(program(&paths.target));
    // It prints as it goes, and Ctrl-C reaches it.
    let status = fuzzer.arg("--results").arg(&results).args(&options.words).status()?;
    stop::wait_if_stopping();
    if !status.success() {
        bail!(
            "Something was found, or the run did not come to its end: {status}. What was found is in {}.",
            results.display()
        );
    }
    Ok(())
}

fn program(target: &Path) -> std::path::PathBuf {
    target.join("fuzz").join("portico-fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_handed_on() {
        let parse = |words: &[&str]| Options::parse(&mut Parser::from_args(words));
        let options = parse(&["--seconds", "5", "--target=json", "--target", "paste"]).unwrap();
        assert_eq!(options.words, ["--seconds", "5", "--target", "json", "--target", "paste"]);
        assert!(parse(&["--seed", "x"]).is_err() && parse(&["--other"]).is_err());
    }
}
