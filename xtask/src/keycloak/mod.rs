//! A real Keycloak on loopback, to use and to test against.

pub mod admin;
pub mod fetch;
pub mod instance;
pub mod realm;
pub mod server;

use anyhow::{Context, Result};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::paths::Paths;
use crate::step::{step, there};
use crate::tools::java;
use admin::Admin;
pub use instance::Instance;
pub use server::Running;

/// Origins of `cargo xtask serve`, for which the printed initial access token is good.
const PAGE_ORIGINS: [&str; 2] = ["http://127.0.0.1:8080", "http://localhost:8080"];

/// What `cargo xtask keycloak` can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Stop it instead of starting it.
    pub stop: bool,
    /// The port on loopback.
    pub port: u16,
}

impl Options {
    /// Reads the rest of the command line.
    ///
    /// # Errors
    /// When an option is unknown or its value is not of the right form.
    pub fn parse(parser: &mut Parser) -> Result<Self> {
        let mut options = Self { stop: false, port: 8081 };
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("stop") => options.stop = true,
                Arg::Long("port") => {
                    options.port = parser.value()?.parse().context("--port takes a number up to 65535")?
                }
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Starts Keycloak if it is not running, makes the realm if it is not there, and says how to use it.
///
/// # Errors
/// When it cannot be fetched, started or set up.
pub fn command(paths: &Paths, options: &Options) -> Result<()> {
    let instance = Instance::to_use(paths, options.port);
    if options.stop {
        let stopped = step("stop Keycloak", || server::stop(&instance))?;
        println!(
            "{}",
            if stopped {
                "Keycloak is stopped. What was registered is kept."
            } else {
                "Keycloak was not running."
            }
        );
        return Ok(());
    }
    java::ensure()?;
    instance.unpack(&fetch::ensure(paths)?)?;
    if server::is_running(&instance) {
        there(&format!("Keycloak at {}", instance.base()));
    } else {
        server::start(&instance)?.keep();
    }
    let mut admin = Admin::sign_in(&instance)?;
    step(&format!("set up the realm {}", realm::NAME), || realm::ensure(&mut admin))?;
    let token = realm::initial_access_token(&mut admin, &PAGE_ORIGINS)?;
    explain(&instance, &token)
}

/// Starts a Keycloak with an empty database and the realm in it; dropping the answer stops it.
///
/// # Errors
/// When it cannot be started or set up.
pub fn start_for_tests(paths: &Paths, instance: Instance) -> Result<Running> {
    instance.unpack(&fetch::ensure(paths)?)?;
    // One that an earlier run could not stop would hold the database.
    server::stop(&instance)?;
    instance.forget_data()?;
    let running = server::start(&instance)?;
    let mut admin = Admin::sign_in(&running.instance)?;
    step(&format!("set up the realm {}", realm::NAME), || realm::ensure(&mut admin))?;
    Ok(running)
}

fn explain(instance: &Instance, token: &str) -> Result<()> {
    let (base, realm) = (instance.base(), realm::NAME);
    println!("\nKeycloak is at {base} (administrator {}, realm {realm})\n", instance.admin()?);
    println!(
        "An initial access token to paste, good for a day and these pages: {}\n{token}\n",
        PAGE_ORIGINS.join(", ")
    );
    println!("The portal on it:");
    println!("  cargo xtask serve --config docs/examples/portal.keycloak.json \\");
    println!("    --proxy /idp={base} --trust-issuer {base}/realms/{realm}");
    if instance.port != 8081 {
        println!(
            "Before that, replace 8081 by {} in a copy of docs/examples/portal.keycloak.json.",
            instance.port
        );
    }
    println!("\nStop it with: cargo xtask keycloak --stop");
    Ok(())
}
