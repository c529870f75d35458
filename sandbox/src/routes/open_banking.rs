//! The routes of an open banking ecosystem: two directories, and the gateway of a bank.

use std::sync::Arc;

use axum::Router;

use super::partners::route;
use crate::server::App;

/// All of them.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/directory/{*rest}", route(|app, call| app.directory.answer(app.identity.origins(), call)))
        .route(
            "/other-directory/{*rest}",
            route(|app, call| app.other_directory.answer(app.identity.origins(), call)),
        )
}
