//! One line for each step: what it does and how long it took. Elapsed seconds tick on a terminal.

use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Without a terminal a long step says this often that it is still at work.
const SIGN_OF_LIFE: Duration = Duration::from_secs(60);

/// Does a step and says how it went.
///
/// # Errors
/// Whatever the work fails with.
pub fn step<T>(label: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let ticker = Ticker::start(label);
    let start = Instant::now();
    let result = work();
    ticker.stop();
    crate::stop::wait_if_stopping();
    line(if result.is_ok() { "done" } else { "FAIL" }, label, Some(start.elapsed()));
    result
}

/// Says, once for each label, that a step was skipped because its result is there.
pub fn there(label: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(label.to_owned()) {
        line("have", label, None);
    }
}

/// Says something about a step that a person should know.
pub fn note(text: impl Display) {
    line("note", text, None);
}

/// Seconds with one decimal, or minutes and seconds.
pub fn human(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

fn line(word: &str, label: impl Display, time: Option<Duration>) {
    let time = time.map(|time| format!("  ({})", human(time))).unwrap_or_default();
    // A closed standard error is no reason to stop the work.
    let _ = writeln!(stderr(), "{word:>6}  {label}{time}");
}

struct Ticker {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Ticker {
    fn start(label: &str) -> Self {
        let (stop, stopped) = channel();
        let label = label.to_owned();
        let terminal = stderr().is_terminal();
        let pace = if terminal { Duration::from_secs(1) } else { SIGN_OF_LIFE };
        let start = Instant::now();
        let thread = thread::spawn(move || {
            if terminal {
                let _ = write!(stderr(), "        {label} …");
            }
            while stopped.recv_timeout(pace) == Err(RecvTimeoutError::Timeout) {
                let seconds = start.elapsed().as_secs();
                let _ = if terminal {
                    write!(stderr(), "\r\x1b[2K        {label} … {seconds} s")
                } else {
                    writeln!(stderr(), "        {label}: still at work after {seconds} s")
                };
            }
            if terminal {
                let _ = write!(stderr(), "\r\x1b[2K");
            }
        });
        Self { stop, thread }
    }

    fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(human(Duration::from_millis(340)), "0.3 s");
        assert_eq!(human(Duration::from_secs(59)), "59.0 s");
        assert_eq!(human(Duration::from_secs(185)), "3 min 05 s");
    }
}
