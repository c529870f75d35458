//! Ctrl-C: everything that was started is stopped before this program ends.

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::process::{Child, exit};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

static RUNNING: Mutex<Vec<i32>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);
/// 130 is what a shell expects of a program that Ctrl-C ended.
static EXIT_CODE: AtomicI32 = AtomicI32::new(130);

/// How long a program may take to stop by itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Installs the handler for SIGINT, SIGTERM and SIGHUP.
///
/// # Errors
/// When the system refuses a signal handler.
pub fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        // A second Ctrl-C means: no more patience.
        if STOPPING.swap(true, Ordering::SeqCst) {
            signal_all(Signal::SIGKILL);
            exit(EXIT_CODE.load(Ordering::SeqCst));
        }
        thread::spawn(|| {
            stop_all();
            exit(EXIT_CODE.load(Ordering::SeqCst));
        });
    })
    .context("Ctrl-C cannot be caught")
}

/// From now on Ctrl-C is the normal way to end, not a failure.
pub fn ctrl_c_is_success() {
    EXIT_CODE.store(0, Ordering::SeqCst);
}

/// Waits for the end of the program when Ctrl-C was pressed, so that the failures which the stopping
/// itself brings about are not reported.
pub fn wait_if_stopping() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(50));
    }
}

/// A child in its own process group, known to the Ctrl-C handler until dropped; a drop stops it.
#[derive(Debug)]
pub struct Guard {
    child: Child,
    group: i32,
}

impl Guard {
    /// Takes over a child that was spawned as the leader of its own process group.
    pub fn new(child: Child) -> Self {
        let group = i32::try_from(child.id()).unwrap_or(i32::MAX);
        running().push(group);
        Self { child, group }
    }

    /// The child, for its pipes and for waiting.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Lets the child live on after this program.
    pub fn detach(self) {
        running().retain(|group| *group != self.group);
        // No drop: that would stop it.
        std::mem::forget(self);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal(self.group, Signal::SIGTERM);
            let start = Instant::now();
            while start.elapsed() < PATIENCE && matches!(self.child.try_wait(), Ok(None)) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        // The leader is gone; what is left of its group goes with it.
        signal(self.group, Signal::SIGKILL);
        let _ = self.child.wait();
        running().retain(|group| *group != self.group);
    }
}

fn stop_all() {
    signal_all(Signal::SIGTERM);
    let start = Instant::now();
    while start.elapsed() < PATIENCE && any_alive() {
        thread::sleep(Duration::from_millis(50));
    }
    signal_all(Signal::SIGKILL);
}

fn any_alive() -> bool {
    running().iter().any(|group| killpg(Pid::from_raw(*group), None).is_ok())
}

fn signal_all(what: Signal) {
    for group in running().iter() {
        signal(*group, what);
    }
}

/// A group that has already ended is no failure: that is what was wanted.
fn signal(group: i32, what: Signal) {
    let _ = killpg(Pid::from_raw(group), what);
}

fn running() -> MutexGuard<'static, Vec<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}
