//! The small program of a first visit; `boot.js` decides which of the two programs a visitor needs.

#[cfg(target_arch = "wasm32")]
fn main() {
    portico::welcome::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Portico runs in a browser: `cargo xtask serve` builds it and says where to open it.");
}
