//! Rebuilding the portal when a source changes, and telling the page to reload.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::build::{self, Profile, fingerprint::input_files};
use crate::paths::Paths;
use crate::step::note;

const PACE: Duration = Duration::from_millis(300);

/// Builds after each change and touches the `reload` file, until `ended` says so.
///
/// # Errors
/// When the sources cannot be listed. A portal that does not compile is said and waited for.
pub fn follow(paths: &Paths, profile: Profile, reload: &Path, mut ended: impl FnMut() -> bool) -> Result<()> {
    let mut built = seen(paths)?;
    while !ended() {
        thread::sleep(PACE);
        let now = seen(paths)?;
        if now == built {
            continue;
        }
        // An editor writes several files, one after the other: wait until all is quiet.
        thread::sleep(PACE);
        if seen(paths)? != now {
            continue;
        }
        built = now;
        match build::portal(paths, profile) {
            Ok(_) => touch(reload)?,
            Err(error) => note(format!("{error:#}")),
        }
    }
    Ok(())
}

fn seen(paths: &Paths) -> Result<Vec<(PathBuf, Option<SystemTime>)>> {
    let files = input_files(&paths.root)?;
    Ok(files
        .into_iter()
        .map(|file| {
            let time = modified(&file);
            (file, time)
        })
        .collect())
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn touch(reload: &Path) -> Result<()> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    fs::write(reload, now.to_string()).with_context(|| format!("{} cannot be written", reload.display()))
}
