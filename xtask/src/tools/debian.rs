//! Debian packages: installed when that needs no question, else the command is said.

use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};

use crate::paths::Paths;
use crate::process;
use crate::step::step;

/// Installs packages with apt-get as root, or by a sudo that asks for no password.
///
/// # Errors
/// When that is not possible here; the message is the command for a person to run.
pub fn install(paths: &Paths, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let by_hand = format!("Try: sudo apt-get update && sudo apt-get install -y {names}");
    if process::find("apt-get").is_none() {
        bail!(
            "{names} not found, and there is no apt-get to install it with. Install it and put it on PATH."
        );
    }
    let Some(prefix) = privilege() else {
        bail!("{names} not found. {by_hand}");
    };
    step(&format!("install the Debian packages {names}"), || {
        let log = paths.log("apt-get");
        // A machine whose lists are fresh enough can do without the update.
        let updated = process::run(&mut apt_get(prefix, &["update"]), &log);
        let mut words = vec!["install", "-y", "--no-install-recommends"];
        words.extend_from_slice(packages);
        process::run(&mut apt_get(prefix, &words), &log)
            .or_else(|error| updated.and(Err(error)))
            .with_context(|| format!("apt-get could not install {names}. {by_hand}"))
    })
}

fn apt_get(prefix: &[&str], words: &[&str]) -> Command {
    let mut all = prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).chain(words);
    let mut command = Command::new(all.next().copied().unwrap_or("env"));
    command.args(all);
    command
}

fn privilege() -> Option<&'static [&'static str]> {
    if nix::unistd::Uid::effective().is_root() {
        return Some(&[]);
    }
    let sudo = Command::new("sudo")
        .args(["-n", "true"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    sudo.is_ok_and(|status| status.success()).then_some(&["sudo", "-n"])
}
