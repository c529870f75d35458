//! Running other programs: where they are, what they said, and what to show when they fail.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::stop::Guard;

/// How many lines of a failed program's log are shown.
const TAIL: usize = 40;
/// How many lines of what failed tests said are shown.
const SHOWN: usize = 120;

/// Runs a program to its end with its output in `log`, which is begun anew.
///
/// # Errors
/// When the program cannot be started or ends with a failure; the message holds the end of its output.
pub fn run(command: &mut Command, log: &Path) -> Result<()> {
    let status = run_status(command, log)?;
    if status.success() {
        return Ok(());
    }
    bail!("{} ended with {status}.\n{}", shown(command), tail(log))
}

/// Like [`run`], but a failing end is an answer and not an error.
///
/// # Errors
/// When the program cannot be started.
pub fn run_status(command: &mut Command, log: &Path) -> Result<ExitStatus> {
    let mut file = begin_log(log)?;
    writeln!(file, "$ {}", shown(command))?;
    let mut guard = spawn_into(command, file)?;
    let status = guard.child().wait()?;
    crate::stop::wait_if_stopping();
    Ok(status)
}

/// Starts a program whose output goes to `file`.
///
/// # Errors
/// When the program cannot be started.
pub fn spawn_into(command: &mut Command, file: File) -> Result<Guard> {
    let other = file.try_clone()?;
    spawn(command.stdout(file).stderr(other))
}

/// Starts a program in its own process group, without input, known to the Ctrl-C handler.
///
/// # Errors
/// When the program cannot be started.
pub fn spawn(command: &mut Command) -> Result<Guard> {
    let child = command
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("{} cannot be started", shown(command)))?;
    Ok(Guard::new(child))
}

/// Runs a short program and gives its standard output.
///
/// # Errors
/// When the program cannot be started, or fails; the message holds what it wrote to standard error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} cannot be started", shown(command)))?;
    if !output.status.success() {
        bail!(
            "{} ended with {}.\n{}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first executable file of this name in a search path such as `PATH`.
pub fn find_in(name: &str, search: &OsStr) -> Option<PathBuf> {
    env::split_paths(search).map(|folder| folder.join(name)).find(|file| is_executable(file))
}

/// The first executable file of this name on the user's own `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(name, &env::var_os("PATH").unwrap_or_default())
}

/// `PATH` with these folders in front.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let own = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&own));
    env::join_paths(all).unwrap_or(own)
}

/// The last lines of a log and where the rest is.
pub fn tail(log: &Path) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL);
    shown_lines(lines.get(from..).unwrap_or(&lines), log)
}

/// Lines of a log, set off, as many as can be read at a glance, and where the rest is.
pub fn shown_lines(lines: &[&str], log: &Path) -> String {
    let shown: String = lines.iter().take(SHOWN).map(|line| format!("    {line}\n")).collect();
    format!("{shown}The whole log: {}", log.display())
}

/// Makes an empty log file and its folder.
///
/// # Errors
/// When the file cannot be written.
pub fn begin_log(log: &Path) -> Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
    // Appending, because two programs may share the log one after the other.
    OpenOptions::new().append(true).open(log).with_context(|| format!("{} cannot be opened", log.display()))
}

/// The command line as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn is_executable(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}
