//! The embedded backend with the built portal in it, one process per scenario.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};

use crate::{server, setup::variable};

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
    /// When it does not come up.
    pub async fn start() -> Result<Self> {
        Self::start_with(&["--memory"]).await
    }

    /// Starts one on a free port, in memory, without the portal in it.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn bare() -> Result<Self> {
        Self::spawn(&["--memory"]).await
    }

    /// Starts one on a free port with these further arguments.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start_with(arguments: &[&str]) -> Result<Self> {
        let dist = variable("PORTICO_DIST")?;
        Self::spawn(&[&["--dist", &dist], arguments].concat()).await
    }

    async fn spawn(arguments: &[&str]) -> Result<Self> {
        let binary = variable("PORTICO_SANDBOX")?;
        let mut command = Command::new(&binary);
        command.args(["--port", "0", "--print-initial-access-token", "--rate-limit", "0"]).args(arguments);
        let (child, mut printed) = server::spawn(&mut command)?;
        let (mut origin, mut token) = (None, None);
        while origin.is_none() || token.is_none() {
            let Some(line) = printed.next().await? else {
                bail!("the backend stopped at once: {arguments:?}")
            };
            if let Some((_, address)) = line.split_once("listening on ") {
                origin = Some(address.trim().trim_end_matches('/').to_owned());
            } else if let Some((_, value)) = line.split_once("initial access token: ") {
                token = Some(value.trim().to_owned());
            }
        }
        printed.read_on(drop);
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
