//! The routes of Identity Server, with and without a tenant.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use serde_json::json;

use crate::answer;
use crate::awkward::{Awkward, Backend};
use crate::call::Call;
use crate::identity_server::{IdentityServer, PATH, cors, unknown_tenant};
use crate::server::App;

/// All of them.
pub(super) fn routes() -> Router<Arc<App>> {
    let nowhere = route(|_, _, _| answer::empty(StatusCode::NOT_FOUND));
    let roots = [PATH.to_owned(), format!("{PATH}/t/{{tenant}}")];
    let routes = roots.iter().fold(Router::new(), |router, root| {
        let register = format!("{root}/api/identity/oauth2/dcr/v1.1/register");
        router
            .route(&register, route(IdentityServer::applications))
            .route(&format!("{register}/{{client_id}}"), route(IdentityServer::application))
            .route(&format!("{root}/oauth2/token"), route(IdentityServer::token))
            .route(&format!("{root}/oauth2/jwks"), route(|server, _, _| server.jwks()))
            .route(
                &format!("{root}/oauth2/token/.well-known/openid-configuration"),
                route(|server, call, _| server.metadata(call)),
            )
            .route(
                &format!("{root}/.well-known/openid-configuration"),
                route(|server, call, _| server.metadata(call)),
            )
    });
    routes.route(&format!("{PATH}/{{*rest}}"), nowhere)
}

/// A limited route, run where it may block, for the pages that may send it.
fn route(work: fn(&IdentityServer, &Call, Option<Awkward>) -> Response) -> MethodRouter<Arc<App>> {
    any(move |State(app): State<Arc<App>>, call: Result<Call, Response>| async move {
        let call = match call {
            Ok(call) => call,
            Err(refusal) => return refusal,
        };
        if let Err(refusal) = cors::check(app.identity_server.origins(), &call) {
            return refusal;
        }
        if call.method == Method::OPTIONS {
            return cors::preflight(&call);
        }
        if let Err(refusal) = app.limiter.count(&call) {
            return cors::readable(&call, refusal);
        }
        let wanted = app.awkward.of(Backend::IdentityServer, &call);
        let work = move || match unknown_tenant(call.uri.path()) {
            Some(tenant) => cors::readable(&call, no_tenant(tenant)),
            None => cors::readable(&call, work(&app.identity_server, &call, wanted)),
        };
        super::blocking(work).await
    })
}

fn no_tenant(tenant: &str) -> Response {
    let sentence = format!("invalid tenant domain : {tenant}");
    let body = json!({ "code": 404, "message": sentence, "description": sentence });
    answer::json(StatusCode::NOT_FOUND, &body)
}
