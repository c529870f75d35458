//! The routes that a bank's partners use: the sign-in, the bank's partner portal, its gateway.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use axum::routing::{MethodRouter, any};

use crate::answer;
use crate::call::Call;
use crate::gateway::{self, calls::Product};
use crate::identity::page;
use crate::partner::operator_page;
use crate::server::App;

/// All of them.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/identity/.well-known/openid-configuration",
            route(|app, call| get(app, call, || app.identity.metadata(call))),
        )
        .route(
            "/.well-known/oauth-authorization-server/identity",
            route(|app, call| get(app, call, || app.identity.metadata(call))),
        )
        .route("/identity/jwks", route(|app, call| get(app, call, || app.identity.jwks())))
        .route("/identity/token", route(|app, call| post(app, call, || app.identity.token(call))))
        .route(page::AUTHORIZE, route(|app, call| visit(call, || app.identity.authorize(call))))
        .route("/identity/logout", route(|app, call| visit(call, || app.identity.logout(call))))
        .route(page::STYLE, any(async || page::style()))
        .route("/partner/v1/{*rest}", route(|app, call| app.partner.answer(&app.identity, call)))
        .route(operator_page::PATH, route(|app, call| visit(call, || app.partner.operator_page(call))))
        .route(gateway::TOKEN, route(|app, call| post(app, call, || app.gateway.token(&app.identity, call))))
        .route("/gateway/connectone-retail/v1/loans", route(|app, call| product(app, call, Product::Loans)))
        .route(
            "/gateway/connectone-payments/v1/limits",
            route(|app, call| product(app, call, Product::Limits)),
        )
        .route("/gateway/connectone-rates/v1/rates", route(|app, call| product(app, call, Product::Rates)))
        .route(
            "/gateway/{*rest}",
            route(|app, call| app.identity.origins().readable(call, gateway::nowhere(call))),
        )
}

/// A limited route, run where it may block.
pub(super) fn route(work: fn(&App, &Call) -> Response) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        let call = match call {
            Ok(call) => call,
            Err(refusal) => return refusal,
        };
        if call.method != Method::OPTIONS
            && let Err(refusal) = app.limiter.count(&call)
        {
            return app.identity.origins().readable(&call, refusal);
        }
        super::blocking(move || work(&app, &call)).await
    })
}

fn get(app: &App, call: &Call, work: impl FnOnce() -> Response) -> Response {
    match call.method {
        Method::GET | Method::HEAD => work(),
        Method::OPTIONS => app.identity.origins().preflight(call, "GET, OPTIONS"),
        _ => app.identity.origins().readable(call, wrong_method("GET, OPTIONS")),
    }
}

fn post(app: &App, call: &Call, work: impl FnOnce() -> Response) -> Response {
    match call.method {
        Method::POST => work(),
        Method::OPTIONS => app.identity.origins().preflight(call, "POST, OPTIONS"),
        _ => app.identity.origins().readable(call, wrong_method("POST, OPTIONS")),
    }
}

fn product(app: &App, call: &Call, product: Product) -> Response {
    get(app, call, || app.identity.origins().readable(call, app.gateway.call(call, product)))
}

/// A page, which a browser goes to by a link or a form; no script has to reach it.
fn visit(call: &Call, work: impl FnOnce() -> Response) -> Response {
    match call.method {
        Method::GET | Method::HEAD | Method::POST => work(),
        _ => wrong_method("GET, POST"),
    }
}

fn wrong_method(allowed: &'static str) -> Response {
    let sentence = format!("The methods here are {allowed}.");
    let mut response = answer::refusal(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", &sentence);
    answer::set(&mut response, header::ALLOW, allowed);
    response
}
