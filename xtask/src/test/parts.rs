//! The parts of `cargo xtask test`, the quick ones first.

use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

use super::end_to_end::{HOSTING, KEYCLOAK};
use super::outcome::Outcome;
use super::summary::{self, Summary};
use super::{end_to_end, html, repository};
use crate::build::budget::kb;
use crate::build::{self, Profile, sizes};
use crate::paths::Paths;
use crate::process;
use crate::step::step;
use crate::tools::browsers::{self, Driven};
use crate::tools::cargo_tools::{self, CargoTool};
use crate::tools::rust::{self, WASM};
use crate::tools::web_servers;

/// One part; [`Part::about`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Format,
    Repository,
    ClippyNative,
    ClippyWasm,
    Native,
    Size,
    BrowserChromium,
    BrowserFirefox,
    EndToEnd,
    EndToEndKeycloak,
    EndToEndHosting,
    EndToEndOidcProvider,
    Exports,
}

impl Part {
    /// All of them, in the order they run.
    pub const ALL: [Self; 13] = [
        Self::Format,
        Self::Repository,
        Self::ClippyNative,
        Self::ClippyWasm,
        Self::Native,
        Self::Size,
        Self::BrowserChromium,
        Self::BrowserFirefox,
        Self::EndToEnd,
        Self::EndToEndKeycloak,
        Self::EndToEndHosting,
        Self::EndToEndOidcProvider,
        Self::Exports,
    ];

    /// Its name on the command line and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Repository => "repository",
            Self::ClippyNative => "clippy-native",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Size => "size",
            Self::BrowserChromium => "browser-chromium",
            Self::BrowserFirefox => "browser-firefox",
            Self::EndToEnd => "e2e",
            Self::EndToEndKeycloak => "e2e-keycloak",
            Self::EndToEndHosting => "e2e-hosting",
            Self::EndToEndOidcProvider => "e2e-oidc-provider",
            Self::Exports => "exports",
        }
    }

    /// What it does, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Format => "rustfmt over the whole workspace",
            Self::Repository => "rules for the repository that no compiler knows",
            Self::ClippyNative => "clippy over the whole workspace, warnings are errors",
            Self::ClippyWasm => "clippy over the portal as it is compiled for a browser",
            Self::Native => "tests that need no browser",
            Self::Size => "the built portal against its budgets",
            Self::BrowserChromium => "tests inside headless Chromium",
            Self::BrowserFirefox => "tests inside headless Firefox",
            Self::EndToEnd => {
                "the built portal in a real browser, on the embedded backend; axe on every screen"
            }
            Self::EndToEndKeycloak => "the built portal in a real browser, on a real Keycloak",
            Self::EndToEndOidcProvider => "the same life on npm's oidc-provider",
            Self::Exports => "the files that a partner takes along, run by the tools they are for",
            Self::EndToEndHosting => "the files of deploy/ run: nginx and Caddy before a real Keycloak",
        }
    }
}

/// Runs one part.
///
/// # Errors
/// When the part cannot be run for a reason that is no fault of this machine; it counts as failed.
pub fn run(paths: &Paths, part: Part) -> Result<Outcome> {
    match part {
        Part::Format => {
            rust::ensure_components(paths)?;
            check(paths, part, cargo(paths).args(["fmt", "--all", "--", "--check", "--color", "never"]))
        }
        Part::Repository => repository::run(paths),
        Part::ClippyNative => {
            rust::ensure_components(paths)?;
            let words = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
            check(paths, part, cargo(paths).args(words))
        }
        Part::ClippyWasm => {
            rust::ensure_components(paths)?;
            rust::ensure_wasm_target(paths)?;
            let words =
                ["clippy", "--package", "portico", "--target", WASM, "--all-targets", "--", "-D", "warnings"];
            check(paths, part, cargo(paths).args(words))
        }
        Part::Native => tests(
            paths,
            part,
            cargo(paths).args(["test", "--workspace", "--exclude", "portico-e2e", "--no-fail-fast"]),
        ),
        Part::Size => size(paths),
        Part::BrowserChromium => browser(paths, part, "CHROMEDRIVER", browsers::chromium(paths)),
        Part::BrowserFirefox => browser(paths, part, "GECKODRIVER", browsers::firefox(paths)),
        Part::EndToEnd => end_to_end::on_the_embedded_backend(paths, part),
        Part::EndToEndKeycloak => end_to_end::on_keycloak(paths, part, KEYCLOAK),
        Part::EndToEndOidcProvider => end_to_end::on_oidc_provider(paths, part),
        Part::Exports => end_to_end::of_exports(paths, part),
        Part::EndToEndHosting => match web_servers::ensure(paths) {
            Ok(()) => end_to_end::on_keycloak(paths, part, HOSTING),
            Err(error) => Ok(Outcome::Skipped(format!("{error:#}"))),
        },
    }
}

/// Cargo at the root of the repository.
pub fn cargo(paths: &Paths) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(&paths.root);
    command
}

/// Runs tests and counts them. A run without a single test has failed.
///
/// # Errors
/// When Cargo cannot be started or its output not be read.
pub fn tests(paths: &Paths, part: Part, command: &mut Command) -> Result<Outcome> {
    let log = paths.results().join(format!("{}.log", part.name()));
    // A message of ours names the file and the line; a backtrace behind it would push it out of sight.
    command.env("RUST_BACKTRACE", "0");
    let status = step(part.name(), || process::run_status(command, &log))?;
    let output = fs::read(&log).with_context(|| format!("{} cannot be read", log.display()))?;
    let output = String::from_utf8_lossy(&output);
    let summary = Summary::read(&output);
    if !status.success() {
        let names: String = summary.failures.iter().map(|name| format!("\n    failed: {name}")).collect();
        let failed = if summary.failed > 0 {
            format!("{} of {} tests failed", summary.failed, summary.passed + summary.failed)
        } else {
            "The tests did not run to their end".to_owned()
        };
        let said = summary::said_by_failures(&output);
        let shown = if said.is_empty() { process::tail(&log) } else { process::shown_lines(&said, &log) };
        return Ok(Outcome::Failed(format!("{failed}.{names}\n{shown}")));
    }
    if summary.passed == 0 {
        return Ok(Outcome::Failed(format!("Not one test ran.\n{}", process::tail(&log))));
    }
    Ok(Outcome::Passed(summary.words()))
}

fn check(paths: &Paths, part: Part, command: &mut Command) -> Result<Outcome> {
    let log = paths.results().join(format!("{}.log", part.name()));
    step(part.name(), || process::run(command, &log))?;
    Ok(Outcome::Passed(String::new()))
}

fn browser(paths: &Paths, part: Part, driver: &str, driven: Result<Driven>) -> Result<Outcome> {
    let driven = match driven {
        Ok(driven) => driven,
        Err(error) => return Ok(Outcome::Skipped(format!("{error:#}"))),
    };
    rust::ensure_wasm_target(paths)?;
    let bindgen = cargo_tools::ensure(paths, &CargoTool::wasm_bindgen(paths)?)?;
    let mut command = cargo(paths);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", bindgen.with_file_name("wasm-bindgen-test-runner"))
        // The runner takes the first driver it finds, so it may only be told of one.
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(driver, &driven.driver)
        .envs([
            // Seconds for all tests together. The runner's own 20 are too few on a busy machine.
            ("WASM_BINDGEN_TEST_TIMEOUT", "600"),
            ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30"),
        ])
        .args(["test", "--package", "portico", "--target", WASM, "--test", "browser"]);
    tests(paths, part, &mut command)
}

fn size(paths: &Paths) -> Result<Outcome> {
    let dist = build::portal(paths, Profile::Release)?;
    let report = build::report(&dist)?;
    eprint!("{report}");
    let mut problems = report.problems.clone();
    let page = fs::read_to_string(dist.join("index.html")).context("the built index.html cannot be read")?;
    problems.extend(
        html::blocked_by_policy(&page).into_iter().map(|what| format!("the built index.html has {what}")),
    );
    problems.extend(sizes::left_out(&paths.root.join("public"), &dist)?);
    if problems.is_empty() {
        return Ok(Outcome::Passed(format!("first visit {}", kb(report.first_visit()))));
    }
    Ok(Outcome::Failed(problems.join("\n")))
}
