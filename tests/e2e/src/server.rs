//! Servers that say on their standard output where they listen.

use std::{process::Stdio, time::Duration};

use anyhow::{Context, Result};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// A machine that starts four browsers at a time takes a while for one more process.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a server prints.
#[derive(Debug)]
pub struct Printed(Lines<BufReader<ChildStdout>>);

/// Starts a server, which is stopped when it is dropped.
///
/// # Errors
/// When there is no such program.
pub fn spawn(command: &mut Command) -> Result<(Child, Printed)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {}", command.as_std().get_program().display()))?;
    let lines = BufReader::new(child.stdout.take().context("no standard output")?).lines();
    Ok((child, Printed(lines)))
}

impl Printed {
    /// The next line; nothing when the server stopped.
    ///
    /// # Errors
    /// When it says nothing for a minute.
    pub async fn next(&mut self) -> Result<Option<String>> {
        Ok(timeout(PATIENCE, self.0.next_line()).await.context("a server says nothing")??)
    }

    /// Calls with every further line, so that the server is never held up by what nobody reads.
    pub fn read_on(mut self, mut line: impl FnMut(String) + Send + 'static) {
        tokio::spawn(async move {
            while let Ok(Some(text)) = self.0.next_line().await {
                line(text);
            }
        });
    }
}
