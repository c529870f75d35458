//! The pure domain, natively: tables over real payloads, and properties.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    missing_docs
)]

mod added;
mod apigee;
mod application;
mod backup;
mod by_hand;
mod call;
mod config;
mod contrast;
mod diagnosis;
mod directory;
mod discovery;
mod elsewhere;
mod expiry;
mod export;
mod failure;
mod form;
mod grant;
mod history;
mod identity_server;
mod inspect;
mod jose;
mod open_banking;
mod paste;
mod refusals;
mod registration;
mod route;
mod self_check;
mod sign_in;
mod support;
mod time;
mod unanswered;
