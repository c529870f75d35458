//! The running embedded backend.

use anyhow::{Context, Result, bail};
use std::io::{BufRead as _, BufReader, Lines, Read};
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use crate::paths::Paths;
use crate::process;
use crate::stop::Guard;

/// The backend's process and what it said at its start.
#[derive(Debug)]
pub struct Backend {
    guard: Guard,
    /// Where it listens, as a URL.
    pub address: String,
    /// An initial access token, to paste.
    pub initial_access_token: String,
}

impl Backend {
    /// Starts the backend and waits until it listens. What it says later goes to the standard output.
    ///
    /// # Errors
    /// When it ends before it listens; what it wrote to standard error stands above the message.
    pub fn start(paths: &Paths, arguments: &[String]) -> Result<Self> {
        let mut command = Command::new(paths.sandbox());
        command.args(arguments).stdout(Stdio::piped());
        let mut guard = process::spawn(&mut command)?;
        let output = guard.child().stdout.take().context("the backend has no standard output")?;
        let mut lines = BufReader::new(output).lines();
        let (Some(address), Some(initial_access_token)) =
            (said(&mut lines, "listening on "), said(&mut lines, "initial access token: "))
        else {
            bail!(
                "The embedded backend did not start. If the port is taken, try: cargo xtask serve --port 0"
            );
        };
        thread::spawn(move || pass_on(lines));
        Ok(Self { guard, address, initial_access_token })
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> bool {
        !matches!(self.guard.child().try_wait(), Ok(None))
    }

    /// Waits for its end, which only Ctrl-C should bring about.
    ///
    /// # Errors
    /// When it ended by itself.
    pub fn wait(mut self) -> Result<()> {
        let status = self.guard.child().wait()?;
        crate::stop::wait_if_stopping();
        bail!("The embedded backend ended by itself with {status}. Its last words stand above.")
    }
}

/// Reads on until a line begins like this, and gives the rest of that line.
fn said<R: Read>(lines: &mut Lines<BufReader<R>>, beginning: &str) -> Option<String> {
    lines
        .by_ref()
        .map_while(|line| line.ok())
        .find_map(|line| line.strip_prefix(beginning).map(str::to_owned))
}

fn pass_on(lines: Lines<BufReader<ChildStdout>>) {
    for line in lines.map_while(|line| line.ok()) {
        println!("{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_and_the_token_are_read_from_the_first_lines() {
        let text = "a warning\nlistening on http://127.0.0.1:8080\ninitial access token: eyJ.a.b\nmore\n";
        let mut lines = BufReader::new(text.as_bytes()).lines();
        assert_eq!(said(&mut lines, "listening on ").as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(said(&mut lines, "initial access token: ").as_deref(), Some("eyJ.a.b"));
        assert_eq!(said(&mut lines, "listening on "), None);
    }
}
