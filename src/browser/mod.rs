//! The browser as the portal sees it: the only place that talks to `web-sys` and `js-sys`.
//!
//! Everything here is thin: values in, values out, and a failure is a value with a sentence. Decisions belong to
//! [`crate::domain`], words about the portal's own matters to `text`.

pub mod activity;
pub mod backup;
pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod crypto;
pub mod download;
pub mod fetch;
pub mod field;
pub mod file;
pub mod focus;
mod js;
pub mod key_ring;
pub mod keys;
pub mod leave;
pub mod local;
pub mod location;
pub mod locks;
pub mod online;
pub mod painted;
pub mod permission;
pub mod pieces;
mod policy;
pub mod program;
pub mod signing;
pub mod store;
pub mod tab;
pub mod text;
pub mod theme;
pub mod timer;
pub mod verifying;
pub mod viewport;
pub mod visibility;
pub mod workshop;

pub use js::Subscription;
