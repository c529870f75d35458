//! Starting and stopping Keycloak.

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::admin;
use super::instance::{Instance, USER};
use crate::process;
use crate::step::step;
use crate::stop::Guard;

/// On two slow cores the first start takes a minute, because Keycloak then compiles its configuration.
const PATIENCE: Duration = Duration::from_secs(300);

/// A Keycloak that was started here; a drop stops it.
#[derive(Debug)]
pub struct Running {
    guard: Guard,
    /// Which one.
    pub instance: Instance,
}

impl Running {
    /// Lets it live on after this program.
    pub fn keep(self) {
        self.guard.detach();
    }
}

/// Starts Keycloak and waits until it answers.
///
/// # Errors
/// When the port is taken, or Keycloak ends or stays silent.
pub fn start(instance: &Instance) -> Result<Running> {
    let port = instance.port;
    if let Some((_, other)) = known(instance) {
        bail!("This Keycloak already runs on port {other}. Try: cargo xtask keycloak --stop");
    }
    if TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_secs(1)).is_ok() {
        bail!("Port {port} is taken by another program. Try another one with --port.");
    }
    step(&format!("start Keycloak on port {port} (about half a minute)"), || {
        let mut command = Command::new(instance.home().join("bin").join("kc.sh"));
        command
            .env("KC_BOOTSTRAP_ADMIN_USERNAME", USER)
            .env("KC_BOOTSTRAP_ADMIN_PASSWORD", instance.password()?)
            .args(["start-dev", "--http-host", "127.0.0.1", "--http-port", &port.to_string()]);
        let mut guard = process::spawn_into(&mut command, process::begin_log(&instance.log())?)?;
        fs::write(instance.pid_file(), format!("{} {port}", guard.child().id()))?;
        wait_until_ready(instance, &mut guard)?;
        Ok(Running { guard, instance: instance.clone() })
    })
}

/// Whether the instance that the pid file names runs and answers on this port.
pub fn is_running(instance: &Instance) -> bool {
    known(instance).is_some_and(|(_, port)| port == instance.port) && admin::is_ready(&instance.base())
}

/// Stops the instance and says whether it was running.
///
/// # Errors
/// When it does not end.
pub fn stop(instance: &Instance) -> Result<bool> {
    let Some((group, _)) = known(instance) else {
        return Ok(false);
    };
    let start = Instant::now();
    while killpg(group, Signal::SIGTERM).is_ok() {
        if start.elapsed() > Duration::from_secs(30) {
            bail!("Keycloak does not stop. Try: kill -KILL -- -{group}");
        }
        thread::sleep(Duration::from_millis(500));
    }
    fs::remove_file(instance.pid_file()).context("the pid file cannot be removed")?;
    Ok(true)
}

/// The process group and the port of the pid file, when that group is alive and is a Keycloak.
fn known(instance: &Instance) -> Option<(Pid, u16)> {
    let text = fs::read_to_string(instance.pid_file()).ok()?;
    let (group, port) = text.trim().split_once(' ')?;
    // A number may have gone to another program since: ours has our folder in its command line.
    let command_line = fs::read(format!("/proc/{group}/cmdline")).ok()?;
    let ours = String::from_utf8_lossy(&command_line).contains(instance.home().to_str()?);
    let group = Pid::from_raw(group.parse().ok()?);
    (ours && killpg(group, None).is_ok()).then_some((group, port.parse().ok()?))
}

fn wait_until_ready(instance: &Instance, guard: &mut Guard) -> Result<()> {
    let start = Instant::now();
    loop {
        if let Some(status) = guard.child().try_wait()? {
            crate::stop::wait_if_stopping();
            bail!("Keycloak ended with {status}.\n{}", process::tail(&instance.log()));
        }
        if admin::is_ready(&instance.base()) {
            return Ok(());
        }
        if start.elapsed() > PATIENCE {
            bail!(
                "Keycloak did not answer within {} s.\n{}",
                PATIENCE.as_secs(),
                process::tail(&instance.log())
            );
        }
        thread::sleep(Duration::from_millis(500));
    }
}
