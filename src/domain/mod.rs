//! The pure half of the portal: no browser, no clock, no randomness, no UI.
//!
//! Whatever is impure (the time, random bytes, signatures, answers of servers) is handed in as a value.

pub mod application;
pub mod backup;
pub mod call;
pub mod camt;
pub mod catalogue;
pub mod certificate;
pub mod compare;
pub mod config;
pub mod diagnosis;
pub mod directory;
pub mod expiry;
pub mod export;
pub mod failure;
pub mod form;
pub mod grant;
pub mod http;
pub mod inspect;
pub mod jose;
pub mod journal;
pub mod json;
pub mod life;
pub mod overview;
pub mod record;
pub mod registration;
pub(crate) mod room;
pub mod route;
pub mod secret;
pub mod self_check;
pub mod sign_in;
pub mod time;
pub mod url;
