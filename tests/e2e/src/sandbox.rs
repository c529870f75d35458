//! The embedded backend with the built portal in it, one process per scenario.

use std::{
    process::Stdio,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::setup::variable;

/// A running backend. It stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub origin: String,
    /// An initial access token for the realm `sandbox`.
    pub initial_access_token: String,
}

impl Sandbox {
    /// Starts one on a free port, in memory.
    ///
    /// # Errors
    /// When it does not come up within ten seconds.
    pub async fn start() -> Result<Self> {
        Self::start_with(&["--memory"]).await
    }

    /// Starts one on a free port, in memory, without the portal in it.
    ///
    /// # Errors
    /// When it does not come up within ten seconds.
    pub async fn bare() -> Result<Self> {
        Self::spawn(&["--memory"]).await
    }

    /// Starts one on a free port with these further arguments.
    ///
    /// # Errors
    /// When it does not come up within ten seconds.
    pub async fn start_with(arguments: &[&str]) -> Result<Self> {
        let dist = variable("PORTICO_DIST")?;
        Self::spawn(&[&["--dist", &dist], arguments].concat()).await
    }

    async fn spawn(arguments: &[&str]) -> Result<Self> {
        let binary = variable("PORTICO_SANDBOX")?;
        let mut child = Command::new(&binary)
            .args(["--port", "0", "--print-initial-access-token", "--rate-limit", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {binary}"))?;
        let mut lines = BufReader::new(child.stdout.take().context("no standard output")?).lines();
        let (mut origin, mut token) = (None, None);
        while origin.is_none() || token.is_none() {
            let line = timeout(Duration::from_secs(60), lines.next_line()).await??;
            let Some(line) = line else { bail!("the backend stopped at once: {arguments:?}") };
            if let Some((_, address)) = line.split_once("listening on ") {
                origin = Some(address.trim().trim_end_matches('/').to_owned());
            } else if let Some((_, value)) = line.split_once("initial access token: ") {
                token = Some(value.trim().to_owned());
            }
        }
        // Nobody may block the backend by not reading what it prints.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            child,
            origin: origin.unwrap_or_default(),
            initial_access_token: token.unwrap_or_default(),
        })
    }

    /// Starts one whose `portal.json` is this text.
    ///
    /// # Errors
    /// When it does not come up, or the file cannot be written.
    pub async fn start_configured(portal: &str, arguments: &[&str]) -> Result<Self> {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let folder = std::env::temp_dir().join(format!("portico-e2e-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("portal-{}.json", FILES.fetch_add(1, Ordering::Relaxed)));
        std::fs::write(&path, portal)?;
        let path = path.to_str().context("the path is not UTF-8")?;
        let mut all = vec!["--memory", "--config", path];
        all.extend(arguments);
        Self::start_with(&all).await
    }

    /// Stops it and waits until it is gone.
    ///
    /// # Errors
    /// When it cannot be stopped.
    pub async fn stop(mut self) -> Result<()> {
        self.child.kill().await.context("cannot stop the backend")
    }

    /// The address of a page.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
