//! The embedded backend of Portico: a registration endpoint that behaves like Keycloak's, a token endpoint,
//! sample product APIs, the built portal, and a same-origin way to other backends.

pub mod answer;
pub mod api;
pub mod awkward;
pub mod call;
pub mod cli;
pub mod clock;
pub mod directory;
pub mod faults;
pub mod gateway;
pub mod html;
pub mod identity;
pub mod identity_server;
pub mod jose;
pub mod limits;
pub mod mtls;
pub mod open_banking;
pub mod partner;
pub mod proxy;
pub mod realm;
pub mod reload;
pub mod remote;
pub mod routes;
pub mod server;
pub mod site;
pub mod store;
