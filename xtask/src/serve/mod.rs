//! `cargo xtask serve`: the embedded backend with the portal in it.

pub mod backend;
pub mod options;
pub mod watch;

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, Profile};
use crate::paths::{Paths, default_data_file};
use crate::process;
use crate::step::{note, step};
use crate::stop;
use backend::Backend;
use options::{Options, Store};

/// Builds what is out of date, starts the backend, and stays until Ctrl-C.
///
/// # Errors
/// When the portal or the backend does not build, or the backend ends by itself.
pub fn command(paths: &Paths, options: &Options) -> Result<()> {
    let profile = if options.watch { Profile::Watched { small: options.release } } else { Profile::Release };
    let dist = build::portal(paths, profile)?;
    build_sandbox(paths)?;
    let reload = paths.target.join("portal-reload");
    let arguments = arguments(options, &dist, &reload)?;
    let mut backend = step("start the embedded backend", || Backend::start(paths, &arguments))?;
    welcome(options, &backend)?;
    stop::ctrl_c_is_success();
    if options.open {
        open(&backend.address);
    }
    if options.watch {
        watch::follow(paths, profile, &reload, || backend.ended())?;
    }
    backend.wait()
}

/// Compiles the embedded backend.
///
/// # Errors
/// When it does not compile.
pub fn build_sandbox(paths: &Paths) -> Result<()> {
    step("build the embedded backend", || {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&paths.root).args(["build", "--package", "portico-sandbox"]);
        process::run(&mut cargo, &paths.log("sandbox-build")).context("The embedded backend does not build.")
    })
}

fn arguments(options: &Options, dist: &Path, reload: &Path) -> Result<Vec<String>> {
    let mut words =
        vec!["--port".to_owned(), options.port.to_string(), "--print-initial-access-token".to_owned()];
    // This command is for trying, and that may be a server on this computer.
    words.push("--allow-loopback".to_owned());
    let mut add = |flag: &str, value: String| words.extend([flag.to_owned(), value]);
    add("--dist", dist.display().to_string());
    for rule in &options.proxy {
        add("--proxy", rule.clone());
    }
    for issuer in &options.trust_issuer {
        add("--trust-issuer", issuer.clone());
    }
    if let Some(file) = &options.config {
        if !file.is_file() {
            bail!("{} is not a file. --config takes the path of a portal.json.", file.display());
        }
        add("--config", file.display().to_string());
    }
    if options.watch {
        fs::write(reload, "").with_context(|| format!("{} cannot be written", reload.display()))?;
        add("--watch-file", reload.display().to_string());
    }
    match data_file(options)? {
        Some(file) => add("--data", file.display().to_string()),
        None => words.push("--memory".to_owned()),
    }
    Ok(words)
}

fn data_file(options: &Options) -> Result<Option<PathBuf>> {
    let file = match &options.store {
        Store::Memory => return Ok(None),
        Store::File(file) => file.clone(),
        Store::Default => default_data_file()?,
    };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    Ok(Some(file))
}

fn welcome(options: &Options, backend: &Backend) -> Result<()> {
    println!("\nPortico is at {}\n", backend.address);
    println!("An initial access token to paste:\n{}\n", backend.initial_access_token);
    println!(
        "Northbank, the second environment, has a sign-in: choose Ana or Ben. Its administrator approves, rejects and revokes at {0}/partner/operator, that of the sandbox at {0}/operator.\n",
        backend.address
    );
    match data_file(options)? {
        Some(file) => println!("What is registered is kept in {}.", file.display()),
        None => println!("What is registered is forgotten at the end."),
    }
    if options.watch {
        println!("A change in src, style, public or index.html is built and reloads the page.");
    }
    println!(
        "The page may connect to every server on this computer, so that one can be added as an environment. A web server in production allows only what its configuration names."
    );
    println!("Ctrl-C stops it.");
    Ok(())
}

fn open(address: &str) {
    let opener = ["xdg-open", "open"].iter().find_map(|name| process::find(name));
    let opened = opener.is_some_and(|program| process::capture(Command::new(program).arg(address)).is_ok());
    if !opened {
        note(format!("No browser could be opened from here. Open {address} yourself."));
    }
}
