//! A gate before the portal's web server, which loses requests and answers on demand. It stands where the network is:
//! between the browser and everything else. Every connection carries one request, so that a browser never has an old
//! connection to send a write again on.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

use crate::faults::{Fault, Kind};

/// What the paths of registration requests have in them.
const REGISTRATION: &str = "/clients-registrations/";
/// No request of the portal is larger.
const LIMIT: usize = 1_000_000;

/// A gate. It closes when this is dropped.
#[derive(Debug)]
pub struct Gate {
    /// `http://127.0.0.1:PORT`
    pub origin: String,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    target: SocketAddr,
    faults: Mutex<Vec<Fault>>,
    received: Mutex<Vec<String>>,
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Gate {
    /// A gate before the web server at this origin (`http://127.0.0.1:PORT`).
    ///
    /// # Errors
    /// When the origin is no such address, or no port is free.
    pub async fn before(origin: &str) -> Result<Self> {
        let target = origin.strip_prefix("http://").context("the target is not http")?.parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared { target, faults: Mutex::default(), received: Mutex::default() });
        let listening = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let shared = Arc::clone(&shared);
                    // A connection that breaks is what this is for.
                    tokio::spawn(async move { shared.pass(connection).await.ok() });
                }
            }
        });
        Ok(Self { origin, shared, listening })
    }

    /// Makes the next registration request with the fault's method go wrong.
    pub fn break_next(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// Takes back what is still waiting to go wrong.
    pub fn calm(&self) {
        lock(&self.shared.faults).clear();
    }

    /// The registration requests that arrived since the last call of this, as `PUT /path`.
    #[must_use]
    pub fn take_received(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.shared.received))
    }
}

impl Shared {
    async fn pass(&self, mut browser: TcpStream) -> Result<()> {
        let request = read_request(&mut browser).await?;
        let line = request.lines().next().unwrap_or_default();
        let (method, path) = line.split_once(' ').context("no request line")?;
        let path = path.split(' ').next().unwrap_or_default();
        let mut fault = None;
        if path.contains(REGISTRATION) && method != "OPTIONS" {
            lock(&self.received).push(format!("{method} {path}"));
            let mut faults = lock(&self.faults);
            let at = faults.iter().position(|fault| fault.on == method);
            fault = at.map(|at| faults.remove(at).kind);
        }
        if fault == Some(Kind::DropBefore) {
            return Ok(());
        }
        if fault == Some(Kind::ErrorBefore) {
            return Ok(browser.write_all(failure()).await?);
        }
        if fault == Some(Kind::Delay) {
            sleep(Duration::from_millis(150)).await;
        }
        let answer = self.ask(&request.replacen("\r\n", "\r\nConnection: close\r\n", 1)).await?;
        match fault {
            Some(Kind::DropAfter) => {}
            Some(Kind::ErrorAfter) => browser.write_all(failure()).await?,
            Some(Kind::Half) => {
                let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(0);
                let half = head + 4 + (answer.len().saturating_sub(head + 4)) / 2;
                browser.write_all(answer.get(..half).unwrap_or(&answer)).await?;
            }
            _ => browser.write_all(&answer).await?,
        }
        Ok(browser.shutdown().await?)
    }

    async fn ask(&self, request: &str) -> Result<Vec<u8>> {
        let mut server = TcpStream::connect(self.target).await?;
        server.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

fn failure() -> &'static [u8] {
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: 26\r\nConnection: close\r\n\r\n{\"error\": \"unknown_error\"}"
}

/// A whole request, with the browser's own wish about the connection taken out.
async fn read_request(browser: &mut TcpStream) -> Result<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16_384];
    loop {
        let read = browser.read(&mut buffer).await?;
        if read == 0 || bytes.len() > LIMIT {
            bail!("the browser sent no whole request");
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        if body.len() >= content_length(head) {
            let lines = head.split("\r\n").filter(|line| !is_header(line, "connection"));
            return Ok(format!("{}\r\n\r\n{body}", lines.collect::<Vec<_>>().join("\r\n")));
        }
    }
}

fn content_length(head: &str) -> usize {
    head.split("\r\n")
        .find(|line| is_header(line, "content-length"))
        .and_then(|line| line.split_once(':')?.1.trim().parse().ok())
        .unwrap_or(0)
}

fn is_header(line: &str, name: &str) -> bool {
    line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
