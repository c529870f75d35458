//! The routes of an open banking ecosystem: two directories, and the gateway of a bank.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, header};
use axum::response::Response;
use axum::routing::{MethodRouter, any};

use super::blocking;
use super::partners::route;
use crate::answer;
use crate::awkward::{Awkward, Backend};
use crate::call::Call;
use crate::open_banking::{self, OpenBanking, Product, REGISTER, TOKEN, WELL_KNOWN};
use crate::server::App;

/// What a page may send beyond the usual.
const HEADERS: &str = "Authorization, Content-Type, x-fapi-interaction-id, x-fapi-auth-date, \
                       x-fapi-customer-ip-address, x-idempotency-key, x-jws-signature, x-sandbox-awkward";
/// What a page may read beyond the usual.
const EXPOSED: &str = "WWW-Authenticate, Retry-After, x-fapi-interaction-id";

/// The directories.
pub(super) fn directories() -> Router<Arc<App>> {
    Router::new()
        .route("/directory/{*rest}", route(|app, call| app.directory.answer(app.identity.origins(), call)))
        .route(
            "/other-directory/{*rest}",
            route(|app, call| app.other_directory.answer(app.identity.origins(), call)),
        )
}

/// The gateway.
pub(super) fn gateway() -> Router<Arc<App>> {
    let metadata = WELL_KNOWN.iter().fold(Router::new(), |router, path| {
        router.route(path, route(|app, call| document(app, call, || app.open_banking.metadata(call))))
    });
    metadata
        .route("/open-banking/jwks", route(|app, call| document(app, call, || app.open_banking.jwks())))
        .route(TOKEN, token())
        .route(REGISTER, registration(OpenBanking::register))
        .route(&format!("{REGISTER}/{{client_id}}"), registration(OpenBanking::manage))
        .route("/open-banking/v3.1/aisp/accounts", route(accounts))
        .route("/open-banking/v3.1/aisp/accounts/{id}/balances", route(accounts))
        .route("/open-banking/v3.1/pisp/domestic-payment-consents", route(payments))
        .route("/open-banking/{*rest}", route(|app, call| shared(app, call, || open_banking::nowhere(call))))
}

fn accounts(app: &App, call: &Call) -> Response {
    shared(app, call, || app.open_banking.product(&app.identity_server, call, Product::Accounts))
}

fn payments(app: &App, call: &Call) -> Response {
    shared(app, call, || app.open_banking.product(&app.identity_server, call, Product::Payments))
}

/// A document, for those who read it.
fn document(app: &App, call: &Call, work: impl FnOnce() -> Response) -> Response {
    shared(app, call, || match call.method {
        Method::GET | Method::HEAD => work(),
        _ => open_banking::nowhere(call),
    })
}

/// What a route does that may behave awkwardly.
type Work = fn(&OpenBanking, &Call, Option<Awkward>) -> Response;

/// A route of the registration endpoint, where things can be made to go wrong.
fn registration(work: Work) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        match call.and_then(|call| counted(&app, call)) {
            Ok(call) => {
                let served = Arc::clone(&app);
                app.faults.around(call, async move |call| answered(served, call, work).await).await
            }
            Err(refusal) => refusal,
        }
    })
}

/// The token endpoint.
fn token() -> MethodRouter<Arc<App>> {
    any(async |State(app): State<Arc<App>>, call: Result<Call, Response>| {
        match call.and_then(|call| counted(&app, call)) {
            Ok(call) => answered(app, call, OpenBanking::token).await,
            Err(refusal) => refusal,
        }
    })
}

fn counted(app: &App, call: Call) -> Result<Call, Response> {
    if call.method == Method::OPTIONS {
        return Ok(call);
    }
    match app.limiter.count(&call) {
        Ok(()) => Ok(call),
        Err(refusal) => Err(app.identity.origins().readable(&call, refusal)),
    }
}

/// The connection is closed unless asked otherwise: a browser sends a write again on one that broke.
async fn answered(app: Arc<App>, call: Call, work: Work) -> Response {
    let keep_alive = app.keep_alive;
    let mut response = blocking(move || {
        let awkward = app.awkward.of(Backend::Gateway, &call);
        shared(&app, &call, || work(&app.open_banking, &call, awkward))
    })
    .await;
    if !keep_alive {
        answer::set(&mut response, header::CONNECTION, "close");
    }
    response
}

/// The answer, readable for the pages of the portal; or that to a preflight of theirs.
fn shared(app: &App, call: &Call, work: impl FnOnce() -> Response) -> Response {
    let origins = app.identity.origins();
    if call.method == Method::OPTIONS {
        let mut response = origins.preflight(call, "GET, POST, PUT, DELETE, OPTIONS");
        if response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_HEADERS) {
            answer::set(&mut response, header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        }
        return response;
    }
    let mut response = origins.readable(call, work());
    if let Some(exposed) = response.headers_mut().get_mut(header::ACCESS_CONTROL_EXPOSE_HEADERS) {
        *exposed = HeaderValue::from_static(EXPOSED);
    }
    response
}
