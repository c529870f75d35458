//! What this tab reads because another one has changed the store.

use leptos::prelude::*;
use portico::browser::store::{Kind, Store};
use portico::domain::application::VERSION;
use portico::domain::route::Tab;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use crate::application::Portal;
use crate::support::{Replaced, evaluate, eventually, function, keep_real};

#[wasm_bindgen_test]
async fn what_changes_while_this_tab_reads_is_not_undone_by_what_was_read() {
    let portal = Portal::with_application(Tab::Overview).await;
    let vault = portal.session.vault;
    let owner = Owner::new();
    owner.with(|| vault.listen(portal.session.now));
    let named = |id: &str| {
        let mut application = vault.get_untracked("app").unwrap();
        id.clone_into(&mut application.id);
        application
    };
    let (here, elsewhere) = (named("here"), serde_json::to_string(&named("elsewhere")).unwrap());
    let other_tab = Store::open().await.unwrap();
    other_tab.put(Kind::Applications, "elsewhere", VERSION, &elsewhere).await.unwrap();

    let subtle = evaluate("crypto.subtle");
    keep_real(&subtle, "decrypt");
    evaluate("window.portico_goes_on = new Promise((resolve) => window.portico_go_on = resolve)");
    let slow = function(
        "...all",
        "window.portico_reads = true;
         return window.portico_goes_on.then(() => window.portico_real.apply(this, all));",
    );
    let _slow = Replaced::new(&subtle, "decrypt", &slow);
    evaluate("window.portico_reads = false");
    let channel = BroadcastChannel::new("portico").unwrap();
    channel.post_message(&"elsewhere".into()).unwrap();
    eventually("it reads", async || evaluate("window.portico_reads").is_truthy()).await;
    vault.save(here).await.unwrap();
    vault.forget("app").await.unwrap();
    evaluate("window.portico_go_on()");
    channel.close();

    eventually("it has read", async || vault.get_untracked("elsewhere").is_some()).await;
    assert!(vault.get_untracked("here").is_some(), "saved meanwhile");
    assert!(vault.get_untracked("app").is_none(), "forgotten meanwhile");
}
