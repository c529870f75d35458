//! Watches from beside: an input that never comes to an end is written down, and the run ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// No input may take longer, on no machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Now {
    target: String,
    input: Vec<u8>,
    since: Option<Instant>,
}

/// What is being read at this moment.
#[derive(Clone, Default)]
pub struct Watch(Arc<Mutex<Now>>);

impl Watch {
    /// Begins to watch; what never ends is written into that folder.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        let watch = Self::default();
        let (seen, folder) = (watch.clone(), folder.to_path_buf());
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                seen.look(&folder);
            }
        });
        watch
    }

    /// Says what is read now.
    pub fn begin(&self, target: &str, input: &[u8]) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        now.since = Some(Instant::now());
        now.target.clear();
        now.target.push_str(target);
        now.input.clear();
        now.input.extend_from_slice(input);
    }

    /// Says that it was read.
    pub fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).since = None;
    }

    fn look(&self, folder: &Path) {
        let now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.since.is_some_and(|since| since.elapsed() > PATIENCE) {
            let file: PathBuf = folder.join(format!("{}-endless", now.target));
            let kept = fs::create_dir_all(folder).and_then(|()| fs::write(&file, &now.input));
            let words = kept.map_or_else(|error| error.to_string(), |()| file.display().to_string());
            eprintln!(
                "{}: an input takes longer than {} s. It is kept: {words}",
                now.target,
                PATIENCE.as_secs()
            );
            process::exit(1);
        }
    }
}
