//! What the browser lets this page do only when the person allows it.

use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;

use super::js;

#[wasm_bindgen]
extern "C" {
    type Permissions;
    #[wasm_bindgen(method, catch)]
    fn query(this: &Permissions, descriptor: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

/// Whether the browser would ask, or has said no, before this page reaches that address of a private network
/// (Local Network Access). `false` for other addresses, and where the browser knows no such permission.
pub async fn keeps_from_network(host: &str) -> bool {
    let Some(name) = permission_for(host) else { return false };
    let permissions = js::member(&js::window().navigator(), "permissions");
    if !permissions.is_object() {
        return false;
    }
    let descriptor = js_sys::Object::new();
    js::set(&descriptor, "name", &name.into());
    let Ok(asked) = permissions.unchecked_ref::<Permissions>().query(&descriptor) else { return false };
    let Ok(status) = JsFuture::from(asked).await else { return false };
    matches!(js::member(&status, "state").as_string().as_deref(), Some("denied" | "prompt"))
}

fn permission_for(host: &str) -> Option<&'static str> {
    let address = host.parse::<std::net::Ipv4Addr>().ok()?;
    if address.is_loopback() {
        return Some("loopback-network");
    }
    (address.is_private() || address.is_link_local()).then_some("local-network")
}
