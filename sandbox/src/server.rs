//! The state behind the routes, and the listening.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::api::trusted_issuers::TrustedIssuers;
use crate::awkward::Switches;
use crate::cli::Cli;
use crate::clock::Clock;
use crate::directory::{self, Directory};
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::identity::Identity;
use crate::identity::origins::Origins;
use crate::identity_server::{Directories, IdentityServer};
use crate::limits::Limiter;
use crate::open_banking::OpenBanking;
use crate::partner::Partner;
use crate::proxy::Proxy;
use crate::realm::operator::Policy;
use crate::realm::{Realm, RealmError};
use crate::routes;
use crate::site::Site;
use crate::store::{Store, StoreError};

/// How long requests that are under way may take after the stop is asked for.
const GRACE: Duration = Duration::from_secs(5);

/// What the routes work with.
#[derive(Debug)]
pub struct App {
    /// The realm.
    pub realm: Realm,
    /// The provider that partners sign in at.
    pub identity: Identity,
    /// The partner portal of the bank.
    pub partner: Partner,
    /// The gateway before the bank's products.
    pub gateway: Gateway,
    /// The directory that the sample bank trusts.
    pub directory: Arc<Directory>,
    /// A directory that nobody trusts.
    pub other_directory: Arc<Directory>,
    /// The gateway of a bank in open banking.
    pub open_banking: OpenBanking,
    /// The registration endpoint with a software statement in JSON.
    pub identity_server: IdentityServer,
    /// Other issuers that the product APIs trust.
    pub issuers: TrustedIssuers,
    /// The limit of requests.
    pub limiter: Limiter,
    /// The prefixes that lead to other backends.
    pub proxy: Proxy,
    /// The prefix that leads to the listener for mutual TLS, when there is one.
    pub mtls: OnceLock<Proxy>,
    /// What goes wrong on demand.
    pub faults: Faults,
    /// What behaves awkwardly on demand.
    pub awkward: Switches,
    /// Whether connections of the realm's routes stay open.
    pub keep_alive: bool,
    /// The portal's files.
    pub site: Site,
    /// The file whose change makes open pages reload.
    pub watch_file: Option<PathBuf>,
    /// Turns `true` when the server is to stop.
    pub stopping: watch::Sender<bool>,
}

/// The server can't start, or can't go on.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error("The database can't be used. {0}.")]
    Store(#[from] StoreError),
    /// The realm.
    #[error("The realm can't be set up: {0}.")]
    Realm(#[from] RealmError),
    /// The HTTP client.
    #[error("The HTTP client can't be set up: {0}.")]
    Client(#[from] reqwest::Error),
    /// The address.
    #[error(
        "The address {address} can't be listened on: {reason}. Is another program using the port? --port 0 picks a free one."
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
    /// Mutual TLS.
    #[error("Mutual TLS can't be set up: {0}.")]
    Tls(String),
    /// The files for its clients.
    #[error("The files for clients of mutual TLS can't be written to {folder}: {reason}.")]
    Files {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// While serving.
    #[error("The server stopped: {0}.")]
    Serve(#[from] std::io::Error),
}

impl App {
    /// The state that these flags ask for.
    ///
    /// # Errors
    /// When the database or the HTTP client can't be set up.
    pub fn new(cli: &Cli, clock: Clock) -> Result<Self, StartError> {
        let store = if cli.memory { Store::in_memory()? } else { Store::open(&cli.data)? };
        let http = http_client().build()?;
        let identity = Identity::new(
            store.clone(),
            clock.clone(),
            Origins::new(&cli.portal_origin),
            cli.sign_in_seconds,
        )?;
        let partner = Partner::new(store.clone(), clock.clone());
        let gateway = Gateway::new(store.clone(), clock.clone(), cli.gateway_token_seconds);
        let directory = Arc::new(Directory::new(store.clone(), clock.clone(), &directory::EXAMPLE)?);
        let other_directory = Arc::new(Directory::new(store.clone(), clock.clone(), &directory::OTHER)?);
        let open_banking = OpenBanking::new(
            store.clone(),
            clock.clone(),
            Arc::clone(&directory),
            Arc::clone(&other_directory),
            cli.allow_statement_reuse,
        )?;
        let identity_server = IdentityServer::new(
            store.clone(),
            clock.clone(),
            identity.origins().clone(),
            Directories { trusted: directory.public_set(), foreign: other_directory.public_set() },
            cli.memory,
        )?;
        let realm = Realm::new(store, clock, cli.token_alg)?;
        realm.set_policy(Policy { client_disabled: cli.client_disabled, ..Policy::default() });
        Ok(Self {
            realm,
            identity,
            partner,
            gateway,
            directory,
            other_directory,
            open_banking,
            identity_server,
            faults: Faults::new(cli.faults),
            mtls: OnceLock::new(),
            awkward: Switches::new(cli.faults),
            keep_alive: cli.keep_alive,
            issuers: TrustedIssuers::new(http.clone(), &cli.trust_issuer),
            limiter: Limiter::new(cli.rate_limit),
            proxy: Proxy::new(http, cli.proxy.clone()),
            site: Site::new(cli.dist.clone(), cli.config.clone()).allow_loopback(cli.allow_loopback),
            watch_file: cli.watch_file.clone(),
            stopping: watch::Sender::new(false),
        })
    }
}

/// What other backends are reached with.
pub(crate) fn http_client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // A kept connection that dies makes clients send a request again; a write must arrive once.
        .pool_max_idle_per_host(0)
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
}

/// Opens the port.
///
/// # Errors
/// When it can't be had.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|reason| StartError::Listen { address, reason })
}

/// Serves until `stop` is ready, then lets requests under way finish.
///
/// # Errors
/// When the system refuses to go on.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), StartError> {
    let mut stopping = app.stopping.subscribe();
    let asked = Arc::clone(&app);
    let service = routes::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        asked.stopping.send_replace(true);
    });
    let too_long = async move {
        if stopping.wait_for(|stopping| *stopping).await.is_ok() {
            tokio::time::sleep(GRACE).await;
        }
    };
    tokio::select! {
        served = served => Ok(served?),
        () = too_long => {
            tracing::warn!("requests were still under way and have been cut off");
            Ok(())
        }
    }
}
