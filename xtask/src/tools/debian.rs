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

/// Installs packages whose services are not wanted: nothing is started, so that no port is taken.
///
/// # Errors
/// As [`install`].
pub fn install_unstarted(paths: &Paths, packages: &[&str]) -> Result<()> {
    // Debian asks this file before it starts a service.
    let guard = "/usr/sbin/policy-rc.d";
    let prefix = privilege().unwrap_or_default();
    let write =
        format!("test ! -e {guard} && printf '#!/bin/sh\\nexit 101\\n' > {guard} && chmod 755 {guard}");
    let guarded = shell(prefix, &write).status().is_ok_and(|status| status.success());
    let outcome = install(paths, packages);
    if guarded {
        shell(prefix, &format!("rm -f {guard}")).status().context("policy-rc.d cannot be removed")?;
    }
    outcome
}

fn shell(prefix: &[&str], script: &str) -> Command {
    let words = ["sh", "-c", script];
    let mut all = prefix.iter().chain(&words);
    let mut command = Command::new(all.next().copied().unwrap_or("sh"));
    command.args(all).stdin(Stdio::null());
    command
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
