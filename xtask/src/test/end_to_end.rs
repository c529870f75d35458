//! The end-to-end tests and the benchmark: a crate of its own, told by its environment what to drive.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::process::Command;

use super::outcome::Outcome;
use super::parts::{Part, cargo, tests};
use crate::build::{self, Profile};
use crate::keycloak::{self, Instance};
use crate::paths::Paths;
use crate::process;
use crate::serve::build_sandbox;
use crate::step::step;
use crate::tools::{axe, browsers, java, jwt_io_like, oidc_provider, openid_client};

const PACKAGE: &str = "portico-e2e";
/// The test binaries that want a Keycloak, and the one that measures.
pub const KEYCLOAK: &str = "keycloak";
pub const HOSTING: &str = "hosting";
const OIDC_PROVIDER: &str = "oidc_provider";
const EXPORTS: &str = "exports";
const BENCH: &str = "bench";
/// The measurement that another page takes part in.
const INSPECT: &str = "inspect";
/// The path below which a test puts the portal.
const BASE: &str = "/portal/";
/// Those that `e2e` leaves to others.
const NOT_ALONE: [&str; 5] = [KEYCLOAK, HOSTING, OIDC_PROVIDER, EXPORTS, BENCH];

/// Runs every test binary but the one for Keycloak and the benchmark.
///
/// # Errors
/// When the portal or the backend does not build.
pub fn on_the_embedded_backend(paths: &Paths, part: Part) -> Result<Outcome> {
    let mut command = match prepared(paths) {
        Ok(command) => command?,
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    command.arg("--lib");
    for name in test_binaries(paths)?.iter().filter(|name| !NOT_ALONE.contains(&name.as_str())) {
        command.args(["--test", name]);
    }
    command.arg("--no-fail-fast");
    tests(paths, part, &mut command)
}

/// Starts a Keycloak of its own, runs one test binary with it, and stops it.
///
/// # Errors
/// When the portal or the backend does not build, or Keycloak does not start.
pub fn on_keycloak(paths: &Paths, part: Part, tests_of: &str) -> Result<Outcome> {
    if let Err(error) = java::ensure().and_then(|()| keycloak::fetch::ensure(paths).map(|_| ())) {
        return Ok(Outcome::Skipped(format!("{error:#}")));
    }
    let mut command = match prepared(paths) {
        Ok(command) => command?,
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    let server = keycloak::start_for_tests(paths, Instance::for_tests(paths)?)?;
    command
        .env("PORTICO_KEYCLOAK", server.instance.base())
        .env("PORTICO_KEYCLOAK_ADMIN", server.instance.admin()?)
        .args(["--test", tests_of]);
    tests(paths, part, &mut command)
}

/// Runs the tests that start npm's oidc-provider themselves.
///
/// # Errors
/// When the portal or the backend does not build.
pub fn on_oidc_provider(paths: &Paths, part: Part) -> Result<Outcome> {
    let entry = match oidc_provider::ensure(paths) {
        Ok(entry) => entry,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    let mut command = match prepared(paths) {
        Ok(command) => command?,
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    command.env("PORTICO_OIDC_PROVIDER", entry).args(["--test", OIDC_PROVIDER]);
    tests(paths, part, &mut command)
}

/// Runs the files that a partner takes along, by the tools they are for. No browser takes part.
///
/// # Errors
/// When the backend does not build.
pub fn of_exports(paths: &Paths, part: Part) -> Result<Outcome> {
    for tool in ["bash", "curl", "openssl"] {
        if process::find(tool).is_none() {
            return Ok(Outcome::Skipped(format!("{tool} is missing. Try: sudo apt-get install -y {tool}")));
        }
    }
    let openid_client = match openid_client::ensure(paths) {
        Ok(modules) => modules,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    build_sandbox(paths)?;
    let mut command = cargo(paths);
    command.env("PORTICO_SANDBOX", paths.sandbox()).env("PORTICO_OPENID_CLIENT", openid_client).args([
        "test",
        "--package",
        PACKAGE,
        "--test",
        EXPORTS,
    ]);
    tests(paths, part, &mut command)
}

/// What a series of runs with faults needs; the Keycloak, if one is wanted, stops when it is dropped.
///
/// # Errors
/// When something is missing on this machine, or does not build.
pub fn for_faults(paths: &Paths, on_keycloak: bool) -> Result<(Command, Option<keycloak::Running>)> {
    let mut command = prepared(paths).map_err(anyhow::Error::msg)??;
    if !on_keycloak {
        return Ok((command, None));
    }
    java::ensure()?;
    keycloak::fetch::ensure(paths)?;
    let server = keycloak::start_for_tests(paths, Instance::for_tests(paths)?)?;
    command
        .env("PORTICO_KEYCLOAK", server.instance.base())
        .env("PORTICO_KEYCLOAK_ADMIN", server.instance.admin()?);
    Ok((command, Some(server)))
}

/// `cargo xtask bench NAME`: runs one measurement and shows what it printed.
///
/// # Errors
/// When something to measure with is missing, or the measurement fails.
pub fn bench(paths: &Paths, name: &str) -> Result<()> {
    let modules = if name == INSPECT { Some(jwt_io_like::ensure(paths)?) } else { None };
    let mut command = prepared(paths).map_err(anyhow::Error::msg)??;
    if let Some(modules) = modules {
        command.env("PORTICO_NPM", modules);
    }
    command.args(["--test", BENCH, "--", "--ignored", "--nocapture", name]);
    let log = paths.results().join("bench.log");
    step(&format!("measure {name}"), || process::run(&mut command, &log))?;
    print!("{}", fs::read_to_string(&log).with_context(|| format!("{} cannot be read", log.display()))?);
    Ok(())
}

/// `cargo test` of the crate with everything built that it drives. The outer error is the reason why this
/// machine cannot run it; the inner one is a fault.
fn prepared(paths: &Paths) -> Result<Result<Command>, String> {
    let chromium = browsers::chromium(paths).map_err(|error| format!("{error:#}"))?;
    let axe = axe::ensure(paths).map_err(|error| format!("{error:#}"))?;
    let build = || {
        let dist = build::portal(paths, Profile::Release)?;
        let below = paths.target.join("portal-below-a-path");
        build::base::copy(&dist, BASE, &below)?;
        build_sandbox(paths)?;
        let mut command = cargo(paths);
        command
            .env("PORTICO_DIST", dist)
            .env("PORTICO_DIST_BELOW", below)
            .env("PORTICO_SANDBOX", paths.sandbox())
            .env("PORTICO_CHROMIUM", &chromium.browser)
            .env("PORTICO_CHROMEDRIVER", &chromium.driver)
            .env("PORTICO_AXE", axe)
            .env("PORTICO_RESULTS", paths.results())
            .args(["test", "--package", PACKAGE]);
        fs::create_dir_all(paths.results()).context("test-results cannot be made")?;
        Ok(command)
    };
    Ok(build())
}

fn test_binaries(paths: &Paths) -> Result<Vec<String>> {
    let text = process::capture(cargo(paths).args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata did not answer JSON")?;
    Ok(names_of_tests(&metadata, PACKAGE))
}

fn names_of_tests(metadata: &Value, package: &str) -> Vec<String> {
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let named = |value: &Value, name: &str| value.get("name").and_then(Value::as_str) == Some(name);
    list(metadata, "packages")
        .iter()
        .filter(|value| named(value, package))
        .flat_map(|value| list(value, "targets"))
        .filter(|target| list(target, "kind").iter().any(|kind| kind == "test"))
        .filter_map(|target| target.get("name").and_then(Value::as_str).map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn test_binaries_are_read_from_the_metadata() {
        let metadata = json!({"packages": [
            {"name": "portico-e2e", "targets": [
                {"name": "portico_e2e", "kind": ["lib"]},
                {"name": "path", "kind": ["test"]},
                {"name": "keycloak", "kind": ["test"]},
            ]},
            {"name": "portico", "targets": [{"name": "domain", "kind": ["test"]}]},
        ]});
        assert_eq!(names_of_tests(&metadata, "portico-e2e"), ["path", "keycloak"]);
    }
}
