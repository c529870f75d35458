//! A server of a few lines that answers what a test wants, over plain TCP or TLS; and TLS before another server.

use std::sync::Arc;

use anyhow::{Context, Result};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

/// A server that runs until this is dropped.
#[derive(Debug)]
pub struct Stub {
    /// Scheme, host and port.
    pub origin: String,
    listening: JoinHandle<()>,
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Makes an answer (status line, headers and body) out of `GET /path`.
pub type Answer = fn(&str) -> String;

impl Stub {
    /// Answers every request.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn answering(answer: Answer) -> Result<Self> {
        Self::serve("http", move |connection| async move { reply(connection, answer).await }).await
    }

    /// The same over TLS, with a certificate that nobody trusts.
    ///
    /// # Errors
    /// When there is no port or no certificate.
    pub async fn untrusted(answer: Answer) -> Result<Self> {
        let acceptor = acceptor()?;
        Self::serve("https", move |connection| {
            let acceptor = acceptor.clone();
            async move { reply(acceptor.accept(connection).await?, answer).await }
        })
        .await
    }

    /// TLS before the server at this origin (`http://127.0.0.1:PORT`).
    ///
    /// # Errors
    /// When there is no port or no certificate.
    pub async fn tls_before(origin: &str) -> Result<Self> {
        let target = origin.strip_prefix("http://").context("the target is not http")?.to_owned();
        let acceptor = acceptor()?;
        Self::serve("https", move |connection| {
            let (acceptor, target) = (acceptor.clone(), target.clone());
            async move {
                let mut browser = acceptor.accept(connection).await?;
                let mut server = TcpStream::connect(target).await?;
                copy_bidirectional(&mut browser, &mut server).await?;
                Ok(())
            }
        })
        .await
    }

    async fn serve<F>(scheme: &str, work: impl Fn(TcpStream) -> F + Send + 'static) -> Result<Self>
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("{scheme}://{}", listener.local_addr()?);
        let listening = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                // A browser that hangs up is no matter.
                let work = work(connection);
                tokio::spawn(async move { work.await.ok() });
            }
        });
        Ok(Self { origin, listening })
    }
}

async fn reply(mut connection: impl AsyncRead + AsyncWrite + Unpin, answer: Answer) -> Result<()> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = connection.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let line = text.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1");
    connection.write_all(answer(line).as_bytes()).await?;
    Ok(connection.shutdown().await?)
}

/// A new certificate for this computer, signed by itself.
fn acceptor() -> Result<TlsAcceptor> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).map_err(anyhow::Error::msg)?;
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![cert.der().clone()], key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// An answer with this status and body, and these further header lines.
#[must_use]
pub fn answer(status: &str, headers: &[&str], body: &str) -> String {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}
