//! The project's own commands: `cargo xtask serve`, `test`, `build`, `keycloak`, `faults`, `fuzz` and `bench`.

mod build;
mod fuzz;
mod keycloak;
mod paths;
mod process;
#[cfg(test)]
mod scratch;
mod serve;
mod step;
mod stop;
mod test;
mod tools;

use anyhow::{Result, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use std::env;
use std::process::ExitCode;

use paths::Paths;

const HELP: &str = "\
cargo xtask COMMAND

  serve      build the portal, start the embedded backend with it on http://127.0.0.1:8080
               --port N             another port; 0 lets the system choose
               --data FILE          keep what is registered in this SQLite file
               --memory             keep nothing
               --open               open the page in a browser
               --watch              rebuild and reload the page on change (a quick build; --release: the small one)
               --proxy PREFIX=URL   pass a path of the page on to a server, without Origin (repeatable)
               --config FILE        serve this file as portal.json
               --trust-issuer URL   let the product APIs take tokens of this issuer too (repeatable)
  test       everything that CI runs
               --only NAME          one part (repeatable); an unknown name lists them
  build      the portal in dist/, compressed, with a table of sizes; fails over budget
               --base /PATH/        once more in dist-below/, for a site where it lies below that path
  keycloak   fetch and start a real Keycloak on loopback, with a realm to register in
               --port N             another port than 8081
               --stop               stop it
  faults     close the page at random steps and lose answers, on the embedded backend; ends with a count of losses
               --runs N             how many runs (1000)
               --seed N             repeat a series; without it a new seed is drawn and printed
               --keycloak           on a real Keycloak instead
  fuzz       feed every reader of tokens, keys and certificates with changed inputs; ends with a table
               --seconds N          how long in all (60); the inputs of growing size take a minute more
               --inputs N           so many inputs for each target instead
               --target NAME        one target (repeatable); an unknown name lists them
               --seed N             repeat a run; without it a new seed is drawn and printed
               --input FILE         read this file once more
  bench      measure: load (a first visit on a slow line) or inspect (keystrokes in the inspector, and in a page
             built like jwt.io's)

What is fetched is kept in $PORTICO_CACHE, else in portico/ of the user's cache folder.
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            stop::wait_if_stopping();
            eprintln!("\n{}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    if env::args().any(|word| word == "--help" || word == "-h") {
        print!("{HELP}");
        return Ok(());
    }
    let mut parser = Parser::from_env();
    let command = match parser.next()? {
        Some(Arg::Value(command)) => command.string()?,
        Some(other) => return Err(other.unexpected().into()),
        None => bail!("Which command?\n\n{HELP}"),
    };
    stop::install()?;
    match command.as_str() {
        "serve" => {
            let options = serve::options::Options::parse(&mut parser)?;
            serve::command(&Paths::find()?, &options)
        }
        "test" => {
            let options = test::Options::parse(&mut parser)?;
            test::command(&Paths::find()?, &options)
        }
        "build" => {
            let mut base = None;
            while let Some(argument) = parser.next()? {
                match argument {
                    Arg::Long("base") => base = Some(parser.value()?.string()?),
                    other => return Err(other.unexpected().into()),
                }
            }
            build::command(&Paths::find()?, base.as_deref())
        }
        "keycloak" => {
            let options = keycloak::Options::parse(&mut parser)?;
            keycloak::command(&Paths::find()?, &options)
        }
        "faults" => {
            let options = test::faults::Options::parse(&mut parser)?;
            test::faults::command(&Paths::find()?, &options)
        }
        "fuzz" => {
            let options = fuzz::Options::parse(&mut parser)?;
            fuzz::command(&Paths::find()?, &options)
        }
        "bench" => {
            let name = parser.value()?.string()?;
            nothing_more(&mut parser)?;
            test::end_to_end::bench(&Paths::find()?, &name)
        }
        other => bail!("There is no command {other:?}.\n\n{HELP}"),
    }
}

fn nothing_more(parser: &mut Parser) -> Result<()> {
    match parser.next()? {
        Some(argument) => Err(argument.unexpected().into()),
        None => Ok(()),
    }
}
