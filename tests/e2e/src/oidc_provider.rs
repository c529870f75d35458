//! npm's oidc-provider, a server of others that follows RFC 7591 and RFC 7592.

use std::{path::Path, process::Stdio, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::Mutex,
    time::timeout,
};

use crate::setup::variable;

/// A running server. It stops when this is dropped.
#[derive(Debug)]
pub struct OidcProvider {
    /// Its issuer, `http://localhost:PORT`.
    pub issuer: String,
    /// Opens registration.
    pub initial_access_token: String,
    received: Arc<Mutex<Vec<String>>>,
    _child: Child,
}

impl OidcProvider {
    /// Starts one, with or without CORS.
    ///
    /// # Errors
    /// When it does not come up within ten seconds.
    pub async fn start(cors: bool) -> Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc-provider/server.mjs");
        let initial_access_token = format!("{:016x}", fastrand::u64(..));
        let mut child = Command::new("node")
            .arg(script)
            .env("OIDC_PROVIDER", variable("PORTICO_OIDC_PROVIDER")?)
            .env("INITIAL_ACCESS_TOKEN", &initial_access_token)
            .env("CORS", if cors { "on" } else { "off" })
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("cannot start node")?;
        let mut lines = BufReader::new(child.stdout.take().context("no standard output")?).lines();
        let issuer = loop {
            let Some(line) = timeout(Duration::from_secs(60), lines.next_line()).await?? else {
                bail!("oidc-provider stopped at once")
            };
            if let Some(issuer) = line.strip_prefix("listening on ") {
                break issuer.to_owned();
            }
        };
        let received = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                list.lock().await.push(line);
            }
        });
        Ok(Self { issuer, initial_access_token, received, _child: child })
    }

    /// The registration requests so far: `PUT 200`.
    pub async fn received(&self) -> Vec<String> {
        self.received.lock().await.clone()
    }
}
