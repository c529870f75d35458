//! Java and Maven, which a real Keycloak needs. They are never installed without being asked for.

use anyhow::{Result, bail};
use std::process::Command;

use crate::process;

/// Keycloak's own requirement.
const OLDEST: u32 = 17;

/// Makes sure of a Java that Keycloak runs on.
///
/// # Errors
/// When there is none or it is too old; the message says what to install.
pub fn ensure() -> Result<()> {
    let how = "Try: sudo apt-get install -y openjdk-17-jre-headless";
    if process::find("java").is_none() {
        bail!("Keycloak needs Java {OLDEST} or newer, and there is no java on PATH. {how}");
    }
    // Unlike `-version`, `--version` writes to standard output.
    let text = process::capture(Command::new("java").arg("--version"))?;
    match major(&text) {
        Some(version) if version >= OLDEST => Ok(()),
        Some(version) => bail!("Keycloak needs Java {OLDEST} or newer, and this is Java {version}. {how}"),
        None => bail!("The version of Java cannot be read from: {}", text.lines().next().unwrap_or_default()),
    }
}

/// Makes sure of Maven, by which Keycloak is fetched.
///
/// # Errors
/// When there is none.
pub fn ensure_maven() -> Result<()> {
    if process::find("mvn").is_none() {
        bail!(
            "Keycloak is fetched by Maven, and there is no mvn on PATH. Try: sudo apt-get install -y maven"
        );
    }
    Ok(())
}

fn major(text: &str) -> Option<u32> {
    let version = text.split_whitespace().nth(1)?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("openjdk 17.0.15 2025-04-15\nOpenJDK Runtime"), Some(17));
        assert_eq!(major("openjdk 21-ea 2023-09-19"), Some(21));
        assert_eq!(major("java"), None);
    }
}
