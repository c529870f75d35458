//! Drives the whole backend through its routes: what a portal or a partner's program would see.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod backend;
mod bank;
mod tpp;

mod any_bytes;
mod assertions;
mod awkward;
mod conformance;
mod directory;
mod faults;
mod gateway;
mod identity_server;
mod identity_server_awkward;
mod identity_server_life;
mod identity_server_registration;
mod identity_server_restart;
mod identity_server_tampered;
mod identity_server_tokens;
mod identity_server_update;
mod limits;
mod mutual_tls;
mod open_banking_registration;
mod open_banking_tampered;
mod open_banking_tokens;
mod operator;
mod partner_apps;
mod partner_keys;
mod passing_on;
mod products;
mod program;
mod registration_life;
mod registration_refusals;
mod restart;
mod sign_in;
mod signatures;
mod site;
mod tokens;
