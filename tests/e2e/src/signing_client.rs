//! A partner's own program that proves itself with a key: written without the portal, so that it can vouch for it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::openssl;

/// A client of one authorization server.
#[derive(Clone, Debug)]
pub struct SigningClient {
    issuer: String,
    client_id: String,
    http: reqwest::Client,
}

/// Asks for tokens until it is stopped.
#[derive(Debug)]
pub struct Asking {
    stop: Arc<AtomicBool>,
    work: JoinHandle<Result<usize>>,
}

impl SigningClient {
    /// A client by its ID.
    #[must_use]
    pub fn new(issuer: &str, client_id: &str) -> Self {
        Self { issuer: issuer.to_owned(), client_id: client_id.to_owned(), http: reqwest::Client::new() }
    }

    /// A private key on P-256, PEM.
    ///
    /// # Errors
    /// When OpenSSL is not here.
    pub async fn make_key() -> Result<String> {
        openssl::run(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "").await
    }

    /// Whether the server refuses this key.
    ///
    /// # Errors
    /// When there is no answer, or one that is about something else.
    pub async fn is_refused(&self, key: &str) -> Result<bool> {
        match self.ask(key).await? {
            (200, _) => Ok(false),
            (400 | 401, _) => Ok(true),
            (status, body) => bail!("the token endpoint answered {status}: {body}"),
        }
    }

    /// Asks all the time, each time with the first of these keys that works. It fails when none does.
    #[must_use]
    pub fn keep_asking(&self, keys: Vec<String>) -> Asking {
        let stop = Arc::new(AtomicBool::new(false));
        let (client, stopped, count) = (self.clone(), Arc::clone(&stop), AtomicUsize::new(0));
        let work = tokio::spawn(async move {
            while !stopped.load(Ordering::Relaxed) {
                let mut works = false;
                let mut said = Vec::new();
                for key in &keys {
                    match client.ask(key).await? {
                        (200, _) => {
                            works = true;
                            break;
                        }
                        refused => said.push(refused),
                    }
                }
                if !works {
                    bail!(
                        "a moment in which no key works, after {} tokens: {said:?}",
                        count.load(Ordering::Relaxed)
                    );
                }
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok(count.load(Ordering::Relaxed))
        });
        Asking { stop, work }
    }

    async fn ask(&self, key: &str) -> Result<(u16, String)> {
        let body = format!(
            "grant_type=client_credentials&client_id={}&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={}",
            self.client_id,
            self.assertion(key).await?
        );
        let answer = self
            .http
            .post(format!("{}/protocol/openid-connect/token", self.issuer))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    async fn assertion(&self, key: &str) -> Result<String> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
        let jti = format!("{:x}{:x}", fastrand::u128(..), now);
        let header = json!({ "alg": "ES256", "kid": thumbprint(key).await? });
        let claims = json!({ "iss": self.client_id, "sub": self.client_id, "aud": self.issuer, "exp": now + 60, "iat": now, "jti": jti });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(&header), part(&claims));
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(sign(key, &input).await?)))
    }
}

impl Asking {
    /// Stops it, and tells how many tokens it got.
    ///
    /// # Errors
    /// When it had failed before.
    pub async fn stop(self) -> Result<usize> {
        self.stop.store(true, Ordering::Relaxed);
        self.work.await?
    }
}

/// RFC 7638, from the last 64 bytes of SubjectPublicKeyInfo.
async fn thumbprint(key: &str) -> Result<String> {
    let public = openssl::run(&["pkey", "-pubout"], key).await?;
    let body: String = public.lines().filter(|line| !line.starts_with('-')).collect();
    let der = base64::engine::general_purpose::STANDARD.decode(body)?;
    let point = der.len().checked_sub(64).and_then(|at| der.get(at..)).context("no point")?;
    let (x, y) = point.split_at(32);
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let input = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, part(x), part(y));
    let digest = openssl::run(&["dgst", "-sha256", "-hex", "-r"], &input).await?;
    Ok(part(&unhex(digest.split_whitespace().next().unwrap_or_default())?))
}

/// `r ‖ s`, as JOSE has it.
async fn sign(key: &str, input: &str) -> Result<Vec<u8>> {
    let file =
        std::env::temp_dir().join(format!("portico-key-{}-{:x}", std::process::id(), fastrand::u64(..)));
    std::fs::write(&file, key)?;
    let path = file.to_str().context("the path is not UTF-8")?;
    let signed = openssl::run(&["dgst", "-sha256", "-hex", "-r", "-sign", path], input).await;
    std::fs::remove_file(&file)?;
    let der = unhex(signed?.split_whitespace().next().unwrap_or_default())?;
    let mut rest = der.get(2..).context("no signature")?;
    let mut out = Vec::new();
    for _ in 0..2 {
        let length = usize::from(*rest.get(1).context("no number")?);
        let number = rest.get(2..2 + length).context("a cut number")?;
        let number: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        out.extend(std::iter::repeat_n(0, 32_usize.saturating_sub(number.len())));
        out.extend(number);
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    Ok(out)
}

fn unhex(text: &str) -> Result<Vec<u8>> {
    (0..text.len() / 2)
        .map(|at| Ok(u8::from_str_radix(text.get(2 * at..2 * at + 2).context("odd")?, 16)?))
        .collect()
}
