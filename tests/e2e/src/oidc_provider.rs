//! npm's oidc-provider, a server of others that follows RFC 7591 and RFC 7592.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Result, bail};
use tokio::process::{Child, Command};

use crate::{server, setup::variable};

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
    /// When it does not come up.
    pub async fn start(cors: bool) -> Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc-provider/server.mjs");
        let initial_access_token = format!("{:016x}", fastrand::u64(..));
        let mut command = Command::new("node");
        command
            .arg(script)
            .env("OIDC_PROVIDER", variable("PORTICO_OIDC_PROVIDER")?)
            .env("INITIAL_ACCESS_TOKEN", &initial_access_token)
            .env("CORS", if cors { "on" } else { "off" });
        let (child, mut printed) = server::spawn(&mut command)?;
        let issuer = loop {
            let Some(line) = printed.next().await? else { bail!("oidc-provider stopped at once") };
            if let Some(issuer) = line.strip_prefix("listening on ") {
                break issuer.to_owned();
            }
        };
        let received = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&received);
        printed.read_on(move |line| list.lock().unwrap_or_else(PoisonError::into_inner).push(line));
        Ok(Self { issuer, initial_access_token, received, _child: child })
    }

    /// The registration requests so far: `PUT 200`.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
