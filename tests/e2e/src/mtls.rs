//! A server that asks for client certificates, with an authority of its own.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer},
        server::WebPkiClientVerifier,
    },
};

use crate::stub::answer;

/// A server that says whose certificate it saw. It stops when this is dropped.
#[derive(Debug)]
pub struct MutualTls {
    /// Its port on `localhost`.
    pub port: u16,
    listening: JoinHandle<()>,
}

impl Drop for MutualTls {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl MutualTls {
    /// Starts one and writes `ca.pem`, `client.pem` and `client.key` into a folder. `strict` breaks the handshake of
    /// whoever shows no certificate.
    ///
    /// # Errors
    /// When a certificate, a file or a port cannot be had.
    pub async fn start(folder: &Path, strict: bool) -> Result<Self> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "Test authority");
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
        let server_key = KeyPair::generate()?;
        let server =
            CertificateParams::new(vec!["localhost".to_owned()])?.signed_by(&server_key, &authority)?;
        let client_key = KeyPair::generate()?;
        let mut client = CertificateParams::new(vec!["partner".to_owned()])?;
        client.distinguished_name.push(DnType::CommonName, "Partner");
        let client = client.signed_by(&client_key, &authority)?;
        std::fs::write(folder.join("ca.pem"), authority.pem())?;
        std::fs::write(folder.join("client.pem"), client.pem())?;
        std::fs::write(folder.join("client.key"), client_key.serialize_pem())?;

        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone())?;
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots));
        let verifier = if strict { verifier } else { verifier.allow_unauthenticated() }.build()?;
        let key = PrivateKeyDer::try_from(server_key.serialize_der()).map_err(anyhow::Error::msg)?;
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![server.der().clone()], key)?;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let known = client.der().clone();
        let listening = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (acceptor, known) = (acceptor.clone(), known.clone());
                // A handshake that fails is what some tests are for.
                tokio::spawn(async move { serve(acceptor, connection, &known).await.ok() });
            }
        });
        Ok(Self { port, listening })
    }
}

async fn serve(acceptor: TlsAcceptor, connection: TcpStream, known: &CertificateDer<'_>) -> Result<()> {
    let mut connection = acceptor.accept(connection).await?;
    let seen = connection.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let who = if seen == Some(known) { "partner" } else { "nobody" };
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if connection.read(&mut byte).await? == 0 {
            return Ok(());
        }
        head.push(byte.first().copied().context("no byte")?);
    }
    let body = format!("{{\"client\":\"{who}\"}}");
    connection.write_all(answer("200 OK", &["Content-Type: application/json"], &body).as_bytes()).await?;
    Ok(connection.shutdown().await?)
}
