//! The flags.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::jose::signing_key::RsaAlgorithm;
use crate::proxy::Prefix;

/// The embedded backend of Portico: registration, tokens, sample product APIs and the portal itself.
#[derive(Clone, Debug, Parser)]
#[command(name = "portico-sandbox", version)]
pub struct Cli {
    /// Port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// SQLite file that keeps keys, clients and tokens.
    #[arg(long, value_name = "FILE", conflicts_with = "memory", default_value = "portico-sandbox.sqlite")]
    pub data: PathBuf,
    /// Keep everything in memory; it is gone when the program ends.
    #[arg(long)]
    pub memory: bool,
    /// Folder with the built portal.
    #[arg(long, value_name = "DIR")]
    pub dist: Option<PathBuf>,
    /// File to serve as /portal.json instead of the one in the folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Passes requests below PREFIX on to URL, without Origin and cookies. May be repeated.
    #[arg(long, value_name = "PREFIX=URL")]
    pub proxy: Vec<Prefix>,
    /// Let the page connect to any server on this computer too, for trying one out.
    #[arg(long)]
    pub allow_loopback: bool,
    /// Take orders to let registration requests go wrong, at /try/fault, and to let the open banking servers behave
    /// awkwardly, at /try/awkward: for tests.
    #[arg(long)]
    pub faults: bool,
    /// Keep connections open between requests. Without it a browser never has an old one on which it would send a
    /// write again when it breaks.
    #[arg(long)]
    pub keep_alive: bool,
    /// Take the same software statement more than once at the open banking gateway, as some checking tools send it.
    #[arg(long)]
    pub allow_statement_reuse: bool,
    /// Port of a second listener for the open banking gateway, which demands a client certificate; 0 picks a free one.
    /// Requests below /mtls of the first are passed on to it with the certificate of a sample client.
    #[arg(long, value_name = "N")]
    pub mtls_port: Option<u16>,
    /// Folder to write ca.pem, client.pem and client.key to, for clients of that listener.
    #[arg(long, value_name = "DIR", requires = "mtls_port")]
    pub mtls_files: Option<PathBuf>,
    /// New clients wait until they are let in at /operator.
    #[arg(long)]
    pub client_disabled: bool,
    /// Another issuer whose access tokens the product APIs accept. May be repeated.
    #[arg(long, value_name = "URL")]
    pub trust_issuer: Vec<String>,
    /// Another origin the portal is opened at; its pages may sign partners in and use the partner portal. May be
    /// repeated.
    #[arg(long, value_name = "URL", value_parser = parse_origin)]
    pub portal_origin: Vec<String>,
    /// How long a partner's sign-in lasts, in seconds.
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(i64).range(1..=86_400))]
    pub sign_in_seconds: i64,
    /// How long a token of the bank's gateway lasts, in seconds.
    #[arg(long, value_name = "N", default_value_t = 180, value_parser = clap::value_parser!(i64).range(1..=86_400))]
    pub gateway_token_seconds: i64,
    /// Algorithm that signs access tokens.
    #[arg(long, value_name = "ALG", value_enum, default_value = "RS256")]
    pub token_alg: RsaAlgorithm,
    /// Requests a second from one client before 429; 0 for no limit.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub rate_limit: u32,
    /// Make an initial access token at the start and print it.
    #[arg(long)]
    pub print_initial_access_token: bool,
    /// Tell open pages to reload when this file changes, at GET /__reload.
    #[arg(long, value_name = "FILE")]
    pub watch_file: Option<PathBuf>,
}

/// The origin of an `http` or `https` URL, as browsers write it.
fn parse_origin(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|reason| format!("{reason}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("an origin starts with http:// or https://".to_owned());
    }
    Ok(url.origin().ascii_serialization())
}
