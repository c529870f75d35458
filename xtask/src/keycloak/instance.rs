//! One installation of Keycloak: its folder, its port, its administrator.

use anyhow::{Context, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::fetch::VERSION;
use crate::paths::Paths;
use crate::process;
use crate::step::step;

/// The administrator's name.
pub const USER: &str = "admin";

/// An installation. Two of them do not disturb each other.
#[derive(Clone, Debug)]
pub struct Instance {
    folder: PathBuf,
    /// The port on loopback.
    pub port: u16,
}

impl Instance {
    /// The one of `cargo xtask keycloak`, which keeps its data.
    pub fn to_use(paths: &Paths, port: u16) -> Self {
        Self { folder: paths.cache.join("keycloak").join("use"), port }
    }

    /// The one of this clone's end-to-end tests, on a port that is free now.
    ///
    /// # Errors
    /// When the system has no free port.
    pub fn for_tests(paths: &Paths) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr())?.port();
        Ok(Self { folder: paths.target.join("keycloak"), port })
    }

    /// Its base URL. The name counts: Keycloak derives its issuer from it.
    pub fn base(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Keycloak's own folder.
    pub fn home(&self) -> PathBuf {
        self.folder.join(format!("keycloak-{VERSION}"))
    }

    /// What it writes while it runs.
    pub fn log(&self) -> PathBuf {
        self.folder.join("keycloak.log")
    }

    /// The file with the process group it runs in and the port.
    pub fn pid_file(&self) -> PathBuf {
        self.folder.join("pid")
    }

    /// Unpacks the archive, once.
    ///
    /// # Errors
    /// When `tar` fails.
    pub fn unpack(&self, archive: &Path) -> Result<()> {
        if self.home().join("bin").join("kc.sh").exists() {
            return Ok(());
        }
        step(&format!("unpack Keycloak {VERSION}"), || {
            let part = self.folder.join("unpacking");
            fs::create_dir_all(&part).with_context(|| format!("{} cannot be made", part.display()))?;
            let log = self.folder.join("tar.log");
            process::run(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&part), &log)
                .with_context(|| {
                    format!(
                        "{} cannot be unpacked. Remove it and run the command again to fetch it anew.",
                        archive.display()
                    )
                })?;
            fs::rename(part.join(format!("keycloak-{VERSION}")), self.home())?;
            fs::remove_dir_all(&part).with_context(|| format!("{} cannot be removed", part.display()))
        })
    }

    /// Removes the database, so that the next start begins with nothing.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn forget_data(&self) -> Result<()> {
        let data = self.home().join("data").join("h2");
        if data.exists() {
            fs::remove_dir_all(&data).with_context(|| format!("{} cannot be removed", data.display()))?;
        }
        Ok(())
    }

    /// The administrator as `name:password`.
    ///
    /// # Errors
    /// When the password file cannot be written or read.
    pub fn admin(&self) -> Result<String> {
        Ok(format!("{USER}:{}", self.password()?))
    }

    /// The administrator's password: made on first use, readable by the user alone, kept as long as the data.
    ///
    /// # Errors
    /// When its file cannot be written or read.
    pub fn password(&self) -> Result<String> {
        let file = self.folder.join("admin-password");
        if let Ok(password) = fs::read_to_string(&file) {
            return Ok(password);
        }
        let mut random = [0_u8; 12];
        File::open("/dev/urandom")
            .and_then(|mut source| source.read_exact(&mut random))
            .context("no random bytes")?;
        let password: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&file)
            .and_then(|mut file| file.write_all(password.as_bytes()))
            .with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(password)
    }
}
