//! The page: everything is in the library, so that it can be tested.

#[cfg(target_arch = "wasm32")]
fn main() {
    portico::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Portico runs in a browser: `cargo xtask serve` builds it and says where to open it.");
}
