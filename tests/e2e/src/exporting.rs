//! Clients registered without a browser, and the files that the portal would write for them.

use std::{fs, path::PathBuf, process::Stdio};

use anyhow::{Context, Result, bail, ensure};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use portico::domain::{
    export::{self, Credentials, Key, Proof},
    jose::Algorithm,
    secret::Secret,
};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{Sandbox, openssl, setup::variable};

/// A folder for the files, and the backend that the clients are registered at.
#[derive(Debug)]
pub struct Desk {
    folder: PathBuf,
    issuer: String,
    initial_access_token: String,
}

/// One way to run a file.
#[derive(Debug)]
pub struct Run<'a> {
    credentials: &'a Credentials,
    written: bool,
}

impl Desk {
    /// A desk with an empty folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(sandbox: &Sandbox) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("portico-exports-{:x}", fastrand::u64(..)));
        fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            issuer: sandbox.page("/realms/sandbox"),
            initial_access_token: sandbox.initial_access_token.clone(),
        })
    }

    /// A client with a secret.
    ///
    /// # Errors
    /// When the backend refuses it.
    pub async fn register_with_secret(&self, method: &str, scope: &str) -> Result<Credentials> {
        let proof = if method == "client_secret_post" { Proof::Post } else { Proof::Basic };
        self.register(json!({ "token_endpoint_auth_method": method }), proof, scope).await
    }

    /// A client with a new key, whose private half lies in the folder.
    ///
    /// # Errors
    /// When the backend refuses it, or OpenSSL is not here.
    pub async fn register_with_key(&self, algorithm: Algorithm, scope: &str) -> Result<Credentials> {
        let how: &[&str] = match algorithm {
            Algorithm::Es256 => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            Algorithm::Rs256 | Algorithm::Ps256 => &["-algorithm", "RSA"],
            Algorithm::EdDsa => &["-algorithm", "ED25519"],
        };
        let pem = openssl::run(&[&["genpkey"], how].concat(), "").await?;
        let file = self.folder.join(format!("{}.pem", algorithm.name()));
        fs::write(&file, &pem)?;
        let mut jwk = public_jwk(algorithm, &pem).await?;
        put(&mut jwk, "kid", "the-key");
        put(&mut jwk, "use", "sig");
        put(&mut jwk, "alg", algorithm.name());
        let key = Key {
            kid: Some("the-key".to_owned()),
            algorithm: Some(algorithm),
            audience: self.issuer.clone(),
            typ: "client-authentication+jwt".to_owned(),
            lifetime: 60,
            grant: false,
            file: file.display().to_string(),
        };
        let metadata = json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": { "keys": [jwk] } });
        self.register(metadata, Proof::Key(key), scope).await
    }

    async fn register(&self, mut metadata: Value, proof: Proof, scope: &str) -> Result<Credentials> {
        put(&mut metadata, "client_name", "gateway-client");
        put(&mut metadata, "grant_types", json!(["client_credentials"]));
        put(&mut metadata, "scope", scope);
        let answer = reqwest::Client::new()
            .post(format!("{}/clients-registrations/openid-connect", self.issuer))
            .bearer_auth(self.one_more_token().await?)
            .header("Content-Type", "application/json")
            .body(metadata.to_string())
            .send()
            .await?;
        let status = answer.status();
        let body = answer.text().await?;
        ensure!(status == 201, "the registration was answered with {status}: {body}");
        let registered: Value = serde_json::from_str(&body)?;
        let text = |name: &str| registered.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Credentials {
            name: "gateway-client".to_owned(),
            environment: "Sandbox".to_owned(),
            issuer: self.issuer.clone(),
            token_endpoint: format!("{}/protocol/openid-connect/token", self.issuer),
            client_id: text("client_id").context("no client_id")?,
            client_secret: text("client_secret").filter(|_| proof.takes_secret()).map(Secret::new),
            proof,
            scope: scope.to_owned(),
            registered_at: 1_666_016_078,
        })
    }

    /// The one that the backend printed may be good once only.
    async fn one_more_token(&self) -> Result<String> {
        let origin = self.issuer.strip_suffix("/realms/sandbox").unwrap_or(&self.issuer);
        let answer = reqwest::Client::new()
            .post(format!("{origin}/try/initial-access-token"))
            .header("Origin", origin)
            .send()
            .await?;
        let body: Value = serde_json::from_str(&answer.text().await?)?;
        let token = body.get("initial_access_token").and_then(Value::as_str);
        Ok(token.unwrap_or(&self.initial_access_token).to_owned())
    }

    /// Writes a file as the page saves it, and gives its path.
    ///
    /// # Errors
    /// When there is no such format, or the file cannot be written.
    pub fn write(&self, format: &str, run: &Run<'_>) -> Result<String> {
        let format = export::format(format).with_context(|| format!("no format {format}"))?;
        let path = self.folder.join(format.file_name(&run.credentials.name));
        let file = format.file(run.credentials, run.written);
        fs::write(&path, file.expose())?;
        Ok(path.display().to_string())
    }

    /// Puts npm's openid-client where programs of the folder find it.
    ///
    /// # Errors
    /// When it is not installed.
    pub fn install_openid_client(&self) -> Result<()> {
        let modules = variable("PORTICO_OPENID_CLIENT")?;
        std::os::unix::fs::symlink(modules, self.folder.join("node_modules")).context("node_modules")
    }

    /// A program of these tests.
    #[must_use]
    pub fn program(name: &str) -> String {
        format!("{}/exports/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    /// Whether what was printed is one access token, with this scope.
    ///
    /// # Errors
    /// When it is not.
    pub fn good_token(&self, printed: &str, scope: &str) -> Result<()> {
        let parts: Vec<&str> = printed.trim().split('.').collect();
        let [_, claims, _] = parts.as_slice() else { bail!("this is no token: {printed}") };
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
        let granted = claims.get("scope").and_then(Value::as_str).unwrap_or_default();
        ensure!(claims.get("iss").and_then(Value::as_str) == Some(&self.issuer), "{claims}");
        ensure!(granted.split(' ').any(|granted| granted == scope), "{claims}");
        Ok(())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl<'a> Run<'a> {
    /// With the secret in the file, or in the environment of the program.
    #[must_use]
    pub fn new(credentials: &'a Credentials, written: bool) -> Self {
        Self { credentials, written }
    }

    /// Runs a program, and gives what it printed.
    ///
    /// # Errors
    /// When it cannot be started or fails, with what it says.
    pub async fn output(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(program);
        command.args(arguments).env_remove("CLIENT_SECRET").stdin(Stdio::null()).kill_on_drop(true);
        if let (false, Some(secret)) = (self.written, &self.credentials.client_secret) {
            command.env("CLIENT_SECRET", secret.expose());
        }
        let output = command.output().await.with_context(|| format!("{program} cannot be started"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{program} {arguments:?}: {said}");
        Ok(String::from_utf8(output.stdout)?)
    }
}

fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value.into());
    }
}

/// The public half as a JSON Web Key, from the end of SubjectPublicKeyInfo.
async fn public_jwk(algorithm: Algorithm, pem: &str) -> Result<Value> {
    let public = openssl::run(&["pkey", "-pubout"], pem).await?;
    let body: String = public.lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(body)?;
    let last = |count: usize| -> Result<&[u8]> {
        der.len().checked_sub(count).and_then(|at| der.get(at..)).context("a short key")
    };
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Ok(match algorithm {
        Algorithm::Es256 => {
            let (x, y) = last(64)?.split_at(32);
            json!({ "kty": "EC", "crv": "P-256", "x": text(x), "y": text(y) })
        }
        Algorithm::EdDsa => json!({ "kty": "OKP", "crv": "Ed25519", "x": text(last(32)?) }),
        // After the modulus of 2048 bits stand the tag, the length and the three bytes of the exponent 65537.
        Algorithm::Rs256 | Algorithm::Ps256 => {
            let modulus = last(261)?.get(..256).context("a short key")?;
            json!({ "kty": "RSA", "e": "AQAB", "n": text(modulus) })
        }
    })
}
