//! Which path leads where.

mod identity_server;
mod open_banking;
mod partners;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use serde_json::json;

use crate::api::access::{self, Caller, Needs};
use crate::api::{self, cash_accounts, data_factory, payments, start_bp};
use crate::call::Call;
use crate::jose::jws::Unverified;
use crate::realm::{self, Realm, cors, operator_page};
use crate::server::App;
use crate::{answer, reload};

/// All routes over this state.
pub fn router(app: Arc<App>) -> Router {
    let registrations = "/realms/sandbox/clients-registrations/openid-connect";
    let protocol = "/realms/sandbox/protocol/openid-connect";
    Router::new()
        .route("/healthz", any(health))
        .route("/realms/sandbox/.well-known/openid-configuration", realm_route(metadata))
        .route("/.well-known/oauth-authorization-server/realms/sandbox", realm_route(metadata))
        .route(registrations, registration_route(registration))
        .route(&format!("{registrations}/{{client_id}}"), registration_route(management))
        .route(&format!("{protocol}/token"), realm_route(|realm, call| post_only(call, || realm.token(call))))
        .route(&format!("{protocol}/certs"), realm_route(certs))
        .route(
            &format!("{protocol}/token/introspect"),
            realm_route(|realm, call| post_only(call, || realm.introspect(call))),
        )
        .route(
            &format!("{protocol}/revoke"),
            realm_route(|realm, call| post_only(call, || realm.revoke(call))),
        )
        .route("/realms/{*rest}", realm_route(nowhere))
        .route(
            "/try/initial-access-token",
            realm_route(|realm, call| post_only(call, || realm.try_initial_token(call))),
        )
        .route("/try/approve/{client_id}", realm_route(approval))
        .route("/try/policy", realm_route(|realm, call| post_only(call, || realm.take_policy(call))))
        .route("/try/clients", realm_route(|realm, call| get_only(call, || realm.list_clients(call))))
        .route("/try/clients/{client_id}", realm_route(one_client))
        .route("/try/clients/{client_id}/{action}", realm_route(action))
        .route("/try/fault", orders(|app, call| app.faults.order(call)))
        .route("/try/received", orders(|app, call| app.faults.list(call)))
        .route("/try/awkward", orders(|app, call| post_only(call, || app.awkward.order(call))))
        .route(operator_page::PATH, realm_route(|realm, call| realm.operator_page(call)))
        .route(operator_page::STYLE, any(async || operator_page::style()))
        .route("/api/start-bp", api_route(Method::POST, access::START_BP, start_bp::start))
        .route(
            "/api/data-factory/{resource}",
            api_route(Method::GET, access::DATA_FACTORY, |call, _, _| {
                data_factory::list(&call.segment_from_end(0))
            }),
        )
        .route(
            "/api/data-factory/{resource}/{id}",
            api_route(Method::GET, access::DATA_FACTORY, |call, _, _| {
                data_factory::one(&call.segment_from_end(1), &call.segment_from_end(0))
            }),
        )
        .route(
            "/api/cash-accounts/v1/accounts/{id}/balances",
            api_route(Method::GET, access::BALANCES, |call, _, now| {
                cash_accounts::balances(&call.segment_from_end(1), now)
            }),
        )
        .route(
            "/api/payments/v1/payment-initiations",
            api_route(Method::POST, access::PAYMENTS, payments::initiate),
        )
        .route("/api/{*rest}", any(unknown_api))
        .merge(partners::routes())
        .merge(identity_server::routes())
        .merge(open_banking::directories())
        .merge(open_banking::gateway())
        .route("/__reload", any(reload::events))
        .fallback(elsewhere)
        .with_state(app)
}

/// The routes behind mutual TLS: those of the open banking gateway.
pub fn mutual_tls(app: Arc<App>) -> Router {
    open_banking::gateway().with_state(app)
}

async fn health(State(app): State<Arc<App>>) -> Response {
    blocking(move || {
        let (status, word) = match app.realm.is_healthy() {
            true => (StatusCode::OK, "ok"),
            false => (StatusCode::SERVICE_UNAVAILABLE, "database unavailable"),
        };
        answer::json(status, &json!({ "status": word }))
    })
    .await
}

fn metadata(realm: &Realm, call: &Call) -> Response {
    get_only(call, || realm.metadata(call))
}

fn certs(realm: &Realm, call: &Call) -> Response {
    get_only(call, || realm.certs(call))
}

fn registration(realm: &Realm, call: &Call) -> Response {
    match call.method {
        Method::POST => realm.register(call),
        Method::OPTIONS => cors::preflight(call, "DELETE, POST, GET, OPTIONS, PUT"),
        Method::GET | Method::HEAD => realm::nowhere(StatusCode::NOT_FOUND),
        _ => realm::nowhere(StatusCode::METHOD_NOT_ALLOWED),
    }
}

fn management(realm: &Realm, call: &Call) -> Response {
    let client_id = call.segment_from_end(0);
    match call.method {
        Method::GET | Method::HEAD => realm.read(call, &client_id),
        Method::PUT => realm.replace(call, &client_id),
        Method::DELETE => realm.delete(call, &client_id),
        Method::OPTIONS => cors::preflight(call, "DELETE, POST, GET, OPTIONS, PUT"),
        _ => realm::nowhere(StatusCode::METHOD_NOT_ALLOWED),
    }
}

fn approval(realm: &Realm, call: &Call) -> Response {
    post_only(call, || realm.approve(call, &call.segment_from_end(0)))
}

fn one_client(realm: &Realm, call: &Call) -> Response {
    get_only(call, || realm.show_client(call, &call.segment_from_end(0)))
}

fn action(realm: &Realm, call: &Call) -> Response {
    post_only(call, || realm.act_on_client(call, &call.segment_from_end(1), &call.segment_from_end(0)))
}

fn nowhere(_: &Realm, call: &Call) -> Response {
    let own = format!("/realms/{}/", realm::NAME);
    if call.uri.path().starts_with(&own) {
        return realm::nowhere(StatusCode::NOT_FOUND);
    }
    answer::bare_refusal(StatusCode::NOT_FOUND, "Realm does not exist")
}

fn post_only(call: &Call, work: impl FnOnce() -> Response) -> Response {
    match call.method {
        Method::POST => work(),
        Method::OPTIONS => cors::preflight(call, "POST, OPTIONS"),
        _ => realm::nowhere(StatusCode::METHOD_NOT_ALLOWED),
    }
}

fn get_only(call: &Call, work: impl FnOnce() -> Response) -> Response {
    match call.method {
        Method::GET | Method::HEAD => work(),
        Method::OPTIONS => cors::preflight(call, "GET, OPTIONS"),
        _ => realm::nowhere(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// A route of the realm: limited, and run where it may block.
fn realm_route(work: fn(&Realm, &Call) -> Response) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        match call.and_then(|call| app.limiter.count(&call).map(|()| call)) {
            Ok(call) => on_the_realm(app, call, work).await,
            Err(refusal) => refusal,
        }
    })
}

/// A route of the registration endpoint, where things can be made to go wrong.
fn registration_route(work: fn(&Realm, &Call) -> Response) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        match call.and_then(|call| app.limiter.count(&call).map(|()| call)) {
            Ok(call) => {
                let realm = Arc::clone(&app);
                app.faults.around(call, async move |call| on_the_realm(realm, call, work).await).await
            }
            Err(refusal) => refusal,
        }
    })
}

/// A route where a test says what is to go wrong; it has no limit.
fn orders(work: fn(&App, &Call) -> Response) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        match call {
            Ok(call) => work(&app, &call),
            Err(refusal) => refusal,
        }
    })
}

async fn on_the_realm(app: Arc<App>, call: Call, work: fn(&Realm, &Call) -> Response) -> Response {
    let keep_alive = app.keep_alive;
    let mut response = blocking(move || work(&app.realm, &call)).await;
    if !keep_alive {
        answer::set(&mut response, header::CONNECTION, "close");
    }
    response
}

/// A call of a product: limited, for those who may, readable for any page.
fn api_route(
    method: Method,
    needs: Needs,
    work: fn(&Call, &Caller, i64) -> Response,
) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| {
        let method = method.clone();
        async move {
            let call = match call.and_then(|call| app.limiter.count(&call).map(|()| call)) {
                Ok(call) => call,
                Err(refusal) => return api::open(refusal),
            };
            if call.method == Method::OPTIONS {
                return api::preflight();
            }
            if call.method != method && !(method == Method::GET && call.method == Method::HEAD) {
                return api::open(api::wrong_method(&call));
            }
            let caller =
                authorised(Arc::clone(&app), &call).await.and_then(|claims| Caller::admitted(claims, needs));
            api::open(match caller {
                Ok(caller) => work(&call, &caller, app.realm.clock().now()),
                Err(refusal) => refusal,
            })
        }
    })
}

/// The claims of the call's bearer token, when the own realm or a trusted issuer vouches for it.
async fn authorised(app: Arc<App>, call: &Call) -> Result<serde_json::Value, Response> {
    let Some(token) = call.bearer() else {
        return Err(access::unauthenticated(
            "The call needs an access token: Authorization: Bearer, then the token.",
        ));
    };
    let Some(parts) = Unverified::parse(token) else {
        return Err(access::unauthenticated("The bearer token is not a signed JWT, or is damaged."));
    };
    let issuer = parts.claim_text("iss").unwrap_or_default();
    if app.issuers.knows(issuer) {
        if !app.issuers.verifies(&parts).await.map_err(|reason| access::unauthenticated(&reason))? {
            return Err(access::unauthenticated("The token's signature is not one of its issuer's keys."));
        }
        if realm::access_token::is_expired(&parts.claims, app.realm.clock().now()) {
            return Err(access::unauthenticated("The token has expired. Get a new one."));
        }
        return Ok(parts.claims);
    }
    if issuer != realm::issuer(&call.base) {
        let sentence = format!("The token is of the issuer \"{issuer}\", which is not trusted here.");
        return Err(access::unauthenticated(&sentence));
    }
    let (token, base) = (token.to_owned(), call.base.clone());
    let own = tokio::task::spawn_blocking(move || app.realm.own_access_token(&token, &base)).await;
    let own = own.map_err(|reason| answer::fault(&reason))?.map_err(|reason| answer::fault(&reason))?;
    own.ok_or_else(|| {
        access::unauthenticated(
            "The token has expired, was revoked, or its signature is wrong. Get a new one.",
        )
    })
}

async fn unknown_api(call: Result<Call, Response>) -> Response {
    api::open(match call {
        Ok(call) if call.method == Method::OPTIONS => return api::preflight(),
        Ok(call) => api::unknown_path(&call),
        Err(refusal) => refusal,
    })
}

/// A prefix of another backend, or a file of the portal.
async fn elsewhere(State(app): State<Arc<App>>, request: Request) -> Response {
    if let Some(prefix) = app.proxy.prefix_of(request.uri().path()) {
        return app.proxy.pass(prefix, request).await;
    }
    let path = request.uri().path();
    if let Some((proxy, prefix)) = app.mtls.get().and_then(|proxy| Some((proxy, proxy.prefix_of(path)?))) {
        return proxy.pass(prefix, request).await;
    }
    let (parts, _) = request.into_parts();
    app.site.serve(&parts.method, parts.uri.path(), &parts.headers).await
}

async fn blocking(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|reason| answer::fault(&reason))
}
