//! The listener: TLS that ends in a refusal unless the client shows a certificate of the own authority.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use super::authority::Material;
use crate::call::Peer;
use crate::server::StartError;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How many connections may wait to be served.
const WAITING: usize = 64;

type Accepted = (TlsStream<TcpStream>, SocketAddr);

/// Connections whose handshake is done.
pub(super) struct TlsListener {
    address: SocketAddr,
    accepted: mpsc::Receiver<Accepted>,
}

impl TlsListener {
    /// A listener on this port with these certificates.
    pub fn new(tcp: TcpListener, material: &Material) -> Result<Self, StartError> {
        let acceptor = TlsAcceptor::from(Arc::new(config(material).map_err(StartError::Tls)?));
        let address = tcp.local_addr()?;
        let (sender, accepted) = mpsc::channel(WAITING);
        tokio::spawn(accept(tcp, acceptor, sender));
        Ok(Self { address, accepted })
    }
}

/// Accepts until nobody waits for connections any more. Each handshake runs by itself, so that a slow one holds up no
/// other.
async fn accept(tcp: TcpListener, acceptor: TlsAcceptor, sender: mpsc::Sender<Accepted>) {
    loop {
        let accepted = tokio::select! {
            accepted = tcp.accept() => accepted,
            () = sender.closed() => return,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(reason) => {
                tracing::warn!(%reason, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (acceptor, sender) = (acceptor.clone(), sender.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => drop(sender.send((stream, address)).await),
                Ok(Err(reason)) => tracing::info!(%reason, "a connection for mutual TLS was refused"),
                Err(_) => tracing::info!("a handshake for mutual TLS took too long"),
            }
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Accepted {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            // The task that accepts ends only after this.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        let certificates = stream.io().get_ref().1.peer_certificates().unwrap_or_default();
        let certificate = certificates.first().map(|der| Arc::from(der.as_ref())).unwrap_or_default();
        Self { address: *stream.remote_addr(), certificate }
    }
}

/// The first certificate in a PEM text, in DER.
pub(super) fn certificate(pem: &str) -> Result<CertificateDer<'static>, String> {
    CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|reason| format!("a certificate: {reason}"))
}

fn config(material: &Material) -> Result<ServerConfig, String> {
    let said = |reason: &dyn std::fmt::Display| reason.to_string();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(certificate(&material.ca_certificate)?).map_err(|reason| said(&reason))?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|reason| said(&reason))?;
    let key =
        PrivateKeyDer::from_pem_slice(material.server_key.as_bytes()).map_err(|reason| said(&reason))?;
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| {
            let chain = certificate(&material.server_certificate);
            let chain = chain.map_err(tokio_rustls::rustls::Error::General)?;
            config.with_client_cert_verifier(verifier).with_single_cert(vec![chain], key)
        })
        .map_err(|reason| said(&reason))
}
