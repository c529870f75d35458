//! nginx and Caddy, which run the files of `deploy/` in the tests.

use anyhow::Result;
use std::path::Path;

use super::debian;
use crate::paths::Paths;
use crate::process;

/// nginx with its module for files that are compressed beforehand, and Caddy; installed when they are missing.
///
/// # Errors
/// When they cannot be installed here; the message is the command for a person to run.
pub fn ensure(paths: &Paths) -> Result<()> {
    // Debian keeps nginx where only root looks for programs.
    let nginx = process::find("nginx").is_some() || Path::new("/usr/sbin/nginx").exists();
    let brotli = Path::new("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").exists();
    let mut missing = Vec::new();
    if !nginx || !brotli {
        missing.extend(["nginx", "libnginx-mod-http-brotli-static"]);
    }
    if process::find("caddy").is_none() {
        missing.push("caddy");
    }
    if missing.is_empty() { Ok(()) } else { debian::install_unstarted(paths, &missing) }
}
