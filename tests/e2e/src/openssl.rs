//! OpenSSL, which shares nothing with the portal.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::{io::AsyncWriteExt, process::Command};

/// Runs OpenSSL with this input, and gives what it printed.
///
/// # Errors
/// What it says when it refuses.
pub async fn run(arguments: &[&str], input: &str) -> Result<String> {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("openssl is not here")?;
    let mut pipe = child.stdin.take().context("no input")?;
    // It may end before it has read everything.
    let _ = pipe.write_all(input.as_bytes()).await;
    drop(pipe);
    let output = child.wait_with_output().await?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "openssl {arguments:?}: {said}");
    Ok(String::from_utf8(output.stdout)?)
}

/// An RSA private key of so many bits in PEM.
///
/// # Errors
/// As [`run`].
pub async fn rsa_key(bits: u32) -> Result<String> {
    run(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}")], "").await
}
