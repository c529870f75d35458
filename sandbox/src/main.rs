//! The program: reads the flags, listens, says where, serves until it is told to stop.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use portico_sandbox::cli::Cli;
use portico_sandbox::clock::Clock;
use portico_sandbox::mtls;
use portico_sandbox::realm::registration_tokens::Grant;
use portico_sandbox::server::{self, App, StartError};

/// Registrations that the printed token allows, and its lifetime in seconds.
const PRINTED: (i64, i64) = (20, 86_400);

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).init();
    match run(&cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: &Cli) -> Result<(), StartError> {
    let app = Arc::new(App::new(cli, Clock::default())?);
    let listener = server::listen(SocketAddr::new(cli.bind, cli.port)).await?;
    let address = listener.local_addr()?;
    if !cli.bind.is_loopback() {
        println!(
            "Warning: this sandbox listens on {}, so others can reach it. It gives tokens to whoever asks; keep nothing real in it.",
            cli.bind
        );
    }
    let base = format!("http://{address}");
    println!("listening on {base}");
    if cli.allow_loopback {
        println!(
            "The page may connect to every server on this computer: --allow-loopback, for trying one out."
        );
    }
    if cli.print_initial_access_token {
        let (count, expiration) = PRINTED;
        let web_origins = vec![base.clone(), format!("http://localhost:{}", address.port())];
        let token = app.realm.make_initial_token(&base, &Grant { count, expiration, web_origins })?;
        println!("initial access token: {token}");
    }
    let (administrator, password) = app.identity_server.administrator();
    println!("identity server: {administrator} with the password {password}");
    if let Some(port) = cli.mtls_port {
        let listening = mtls::start(&app, SocketAddr::new(cli.bind, port)).await?;
        println!("mutual TLS: {} with a certificate such as that of {}", listening.base, listening.subject);
        if let Some(folder) = &cli.mtls_files {
            mtls::write_files(&app.open_banking.certificates()?, folder)?;
        }
    }
    server::serve(app, listener, stop_asked()).await
}

/// Ready when the terminal or the system asks the program to stop.
async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(reason) => {
                tracing::warn!(%reason, "SIGTERM can't be listened for; Ctrl-C stops the server");
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
