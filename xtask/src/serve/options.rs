//! What `cargo xtask serve` can be told.

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use std::path::PathBuf;

/// Where the backend keeps what is registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// A file in the user's data folder.
    #[default]
    Default,
    /// This SQLite file.
    File(PathBuf),
    /// Nowhere.
    Memory,
}

/// The command's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The port on loopback; 0 lets the system choose.
    pub port: u16,
    /// Where registrations are kept.
    pub store: Store,
    /// Open the page in a browser.
    pub open: bool,
    /// Rebuild and reload on change.
    pub watch: bool,
    /// With `watch`: build the small way, not the quick one.
    pub release: bool,
    /// Same-origin prefixes, each `PREFIX=URL`.
    pub proxy: Vec<String>,
    /// Another `portal.json`.
    pub config: Option<PathBuf>,
    /// Issuers whose tokens the product APIs take besides their own.
    pub trust_issuer: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8080,
            store: Store::Default,
            open: false,
            watch: false,
            release: false,
            proxy: Vec::new(),
            config: None,
            trust_issuer: Vec::new(),
        }
    }
}

impl Options {
    /// Reads the rest of the command line.
    ///
    /// # Errors
    /// When an option is unknown, lacks its value, or its value is not of the right form.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("port") => {
                    options.port = parser.value()?.parse().context("--port takes a number up to 65535")?
                }
                Arg::Long("data") => options.set_store(Store::File(PathBuf::from(parser.value()?)))?,
                Arg::Long("memory") => options.set_store(Store::Memory)?,
                Arg::Long("open") => options.open = true,
                Arg::Long("watch") => options.watch = true,
                Arg::Long("release") => options.release = true,
                Arg::Long("proxy") => options.proxy.push(proxy_rule(parser.value()?.string()?)?),
                Arg::Long("config") => options.config = Some(PathBuf::from(parser.value()?)),
                Arg::Long("trust-issuer") => options.trust_issuer.push(parser.value()?.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    fn set_store(&mut self, store: Store) -> Result<()> {
        if self.store != Store::Default {
            bail!("Give one of --data FILE and --memory, once.");
        }
        self.store = store;
        Ok(())
    }
}

fn proxy_rule(rule: String) -> Result<String> {
    let well_formed = rule.split_once('=').is_some_and(|(prefix, url)| {
        prefix.starts_with('/')
            && prefix.len() > 1
            && (url.starts_with("http://") || url.starts_with("https://"))
    });
    if well_formed {
        return Ok(rule);
    }
    bail!("--proxy takes PREFIX=URL, for example /idp=http://localhost:8081, and not {rule:?}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&mut Parser::from_args(words))
    }

    #[test]
    fn nothing_said_means_the_defaults() {
        assert_eq!(parse(&[]).unwrap(), Options::default());
    }

    #[test]
    fn everything_said_is_taken() {
        let options = parse(&[
            "--port",
            "0",
            "--memory",
            "--open",
            "--watch",
            "--release",
            "--proxy",
            "/idp=http://localhost:8081",
            "--config=a.json",
            "--trust-issuer",
            "http://localhost:8081/realms/R",
            "--trust-issuer=http://b",
        ])
        .unwrap();
        assert_eq!(options.port, 0);
        assert_eq!(options.store, Store::Memory);
        assert!(options.open && options.watch && options.release);
        assert_eq!(options.proxy, ["/idp=http://localhost:8081"]);
        assert_eq!(options.config, Some(PathBuf::from("a.json")));
        assert_eq!(options.trust_issuer, ["http://localhost:8081/realms/R", "http://b"]);
    }

    #[test]
    fn wrong_words_are_refused() {
        for words in [
            &["--port", "70000"][..],
            &["--port"],
            &["--proxy", "idp=http://a"],
            &["--proxy", "/idp"],
            &["--proxy", "/idp=ftp://a"],
            &["--memory", "--data", "x"],
            &["--colour"],
            &["extra"],
        ] {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }
}
