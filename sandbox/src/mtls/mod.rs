//! Mutual TLS (RFC 8705): the open banking gateway behind a listener that demands a client certificate, and a prefix of
//! the plain listener that passes on to it with the certificate of the one sample client.

pub mod authority;
mod listener;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::call::Peer;
use crate::proxy::{Prefix, Proxy};
use crate::server::{self, App, StartError};
use crate::{jose::certificate::Certificate, routes};
use authority::Material;

/// The prefix that passes on with the client certificate.
pub const PREFIX: &str = "/mtls";

/// The listener, once it is open.
#[derive(Debug)]
pub struct Listening {
    /// Where it is reached.
    pub base: String,
    /// The subject of the sample client's certificate, as RFC 4514 writes it.
    pub subject: String,
}

/// Opens the listener, serves the gateway there until the server stops, and sets up the prefix.
///
/// # Errors
/// When the certificates can't be made or used, or the port can't be had.
pub async fn start(app: &Arc<App>, address: SocketAddr) -> Result<Listening, StartError> {
    let material = app.open_banking.certificates()?;
    let tcp = server::listen(address).await?;
    let address = tcp.local_addr()?;
    let base = format!("https://localhost:{}", address.port());
    let prefix: Prefix = format!("{PREFIX}={base}").parse().map_err(StartError::Tls)?;
    // The proxy is set once, when the program starts.
    let _ = app.mtls.set(Proxy::new(client(&material, address)?, vec![prefix]));
    serve(Arc::clone(app), tcp, &material)?;
    Ok(Listening { base, subject: subject(&material)? })
}

/// Writes what a client needs: `ca.pem`, `client.pem` and `client.key`, the last readable by its owner only.
///
/// # Errors
/// When a file can't be written.
pub fn write_files(material: &Material, folder: &Path) -> Result<(), StartError> {
    let failed = |reason| StartError::Files { folder: folder.to_owned(), reason };
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::write(folder.join("ca.pem"), &material.ca_certificate).map_err(failed)?;
    std::fs::write(folder.join("client.pem"), &material.client_certificate).map_err(failed)?;
    let key = folder.join("client.key");
    crate::store::create_private(&key).map_err(failed)?;
    std::fs::write(key, &material.client_key).map_err(failed)
}

fn serve(app: Arc<App>, tcp: TcpListener, material: &Material) -> Result<(), StartError> {
    let listener = listener::TlsListener::new(tcp, material)?;
    let mut stopping = app.stopping.subscribe();
    let service = routes::mutual_tls(app).into_make_service_with_connect_info::<Peer>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    tokio::spawn(async move {
        if let Err(reason) = served.await {
            tracing::error!(%reason, "the listener for mutual TLS stopped");
        }
    });
    Ok(())
}

/// What the prefix reaches the listener with: the sample client's certificate, and trust in nobody but the own
/// authority.
fn client(material: &Material, address: SocketAddr) -> Result<reqwest::Client, StartError> {
    let pair = format!("{}{}", material.client_key, material.client_certificate);
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    Ok(server::http_client()
        .tls_certs_only([reqwest::Certificate::from_pem(material.ca_certificate.as_bytes())?])
        .identity(reqwest::Identity::from_pem(pair.as_bytes())?)
        .resolve("localhost", SocketAddr::new(ip, address.port()))
        .build()?)
}

fn subject(material: &Material) -> Result<String, StartError> {
    let unreadable = || StartError::Tls("the client certificate can't be read".to_owned());
    let der = listener::certificate(&material.client_certificate).map_err(StartError::Tls)?;
    Certificate::from_der(&der).map(|certificate| certificate.subject).map_err(|_| unreadable())
}
