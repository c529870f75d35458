//! nginx and Caddy with the files of `deploy/`: only what these mark with "replace:" is replaced.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::sleep,
};

use crate::setup::variable;

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `deploy/nginx.conf` in a frame that lets it run for anybody.
    Nginx,
    /// `deploy/Caddyfile`.
    Caddy,
}

/// What stands behind the prefixes.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The server behind `/idp`: `http://localhost:8081`.
    pub idp: String,
    /// Port on `localhost` of the server behind `/ob`.
    pub gateway: u16,
    /// `portal.json`.
    pub portal: String,
    /// A line more for the configuration, before its end.
    pub more: String,
}

/// A web server with the built portal. It stops when this is dropped.
#[derive(Debug)]
pub struct WebServer {
    /// `http://localhost:PORT`
    pub origin: String,
    /// Where its files, and the certificates for `/ob`, are.
    pub folder: PathBuf,
    _child: Child,
}

impl Drop for WebServer {
    /// Its files go with it; what cannot be removed is left to whoever cleans the folder for temporary files.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder of its own for a server.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> Result<PathBuf> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("portico-hosting-{}-{number}", std::process::id()));
    fs::create_dir_all(folder.join("tmp"))?;
    Ok(folder)
}

impl WebServer {
    /// Starts one in this folder, on a free port.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn start(kind: Kind, folder: PathBuf, behind: &Behind) -> Result<Self> {
        let site = folder.join("site");
        copy(Path::new(&variable("PORTICO_DIST")?), &site)?;
        fs::write(site.join("portal.json"), &behind.portal)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        drop(listener);
        let mut command = match kind {
            Kind::Nginx => nginx(&folder, &site, port, behind)?,
            Kind::Caddy => caddy(&folder, &site, port, behind)?,
        };
        let log = fs::File::create(folder.join("server.log"))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{kind:?} cannot be started"))?;
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(Self { origin: format!("http://localhost:{port}"), folder, _child: child });
            }
            sleep(Duration::from_millis(50)).await;
        }
        let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
        anyhow::bail!("{kind:?} does not listen: {log}")
    }
}

/// The file of the repository, with what an operator replaces replaced. Every mark has to be there.
fn replaced(name: &str, marks: &[(&str, String)]) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy").join(name);
    let mut text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    for (mark, value) in marks {
        ensure!(text.contains(mark), "{name} no longer has “{mark}”");
        text = text.replace(mark, value);
    }
    Ok(text)
}

fn nginx(folder: &Path, site: &Path, port: u16, behind: &Behind) -> Result<Command> {
    let host = behind.idp.split("://").nth(1).context("the address has no host")?;
    let conf = replaced(
        "nginx.conf",
        &[
            ("listen 8080;", format!("listen 127.0.0.1:{port};")),
            ("/srv/portico;", format!("{};", site.display())),
            ("proxy_pass http://localhost:8081;", format!("proxy_pass {};", behind.idp)),
            ("Host localhost:8081;", format!("Host {host};")),
            ("https://gateway.example:8446/", format!("https://localhost:{}/", behind.gateway)),
            ("proxy_ssl_name gateway.example;", "proxy_ssl_name localhost;".to_owned()),
            ("/etc/portico/", format!("{}/", folder.display())),
            ("  location / { try_files", format!("  {}\n  location / {{ try_files", behind.more)),
        ],
    )?;
    fs::write(folder.join("portico.conf"), conf)?;
    let tmp = folder.join("tmp");
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {};\n", tmp.join(name).display()))
        .collect();
    let frame = format!(
        "include /etc/nginx/modules-enabled/*.conf;\npid {pid};\nerror_log stderr;\ndaemon off;\nmaster_process off;\nevents {{}}\n\
         http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{paths}include {conf};\n}}\n",
        pid = folder.join("pid").display(),
        conf = folder.join("portico.conf").display(),
    );
    let main = folder.join("nginx.conf");
    fs::write(&main, frame)?;
    let mut command =
        Command::new(if Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" });
    command.arg("-e").arg("stderr").arg("-c").arg(main);
    Ok(command)
}

fn caddy(folder: &Path, site: &Path, port: u16, behind: &Behind) -> Result<Command> {
    let file = replaced(
        "Caddyfile",
        &[
            (
                "http://localhost:8080 {",
                format!("http://localhost:{port} {{\n\tbind 127.0.0.1\n\t{}", behind.more),
            ),
            ("/srv/portico", site.display().to_string()),
            ("http://localhost:8081", behind.idp.clone()),
            ("https://gateway.example:8446", format!("https://localhost:{}", behind.gateway)),
            ("/etc/portico/", format!("{}/", folder.display())),
        ],
    )?;
    let path = folder.join("Caddyfile");
    // Tests do not share one administration port.
    fs::write(&path, format!("{{\n\tadmin off\n\tauto_https off\n}}\n{file}"))?;
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(path);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    Ok(command)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
