//! What needs a real browser: run by `wasm-bindgen-test` in headless Chromium and Firefox, all in one page, one test
//! after the other. Whatever a test changes in the page, a guard of [`support`] changes back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod application;
mod bank;
mod channel;
mod crypto;
mod fetch;
mod handing_over;
mod inspector;
mod layers;
mod leave;
mod locks;
mod mounted;
mod new_application;
mod page;
mod pages;
mod reading;
mod signing;
mod software_statement;
mod storage;
mod storage_trouble;
mod support;
mod text;
mod vault;
mod verifying;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
