//! The Workshop: a key pair, certificates of it, and assertions signed with it. Nothing is sent and nothing is stored,
//! except a key that somebody asked to keep.

mod assertion;
mod certificate;
mod read;
mod signed;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::workshop,
    components::prelude::*,
    pages::keys::{Bench, KeyPairPanel},
    text::workshop as words,
};

/// The page.
#[component]
pub fn Workshop() -> impl IntoView {
    // The program for certificates is on its way before somebody presses a button. When that fails the button says so.
    spawn_local(async {
        let _ = workshop::open().await;
    });
    let file = RwSignal::new("key".to_owned());
    let bench = Bench::new(RwSignal::new(String::new()), file.into());
    view! {
        <div class="page">
            <PageHead title=words::TITLE lead=words::LEAD.to_owned()/>
            <div class="stack-20">
                <KeyPairPanel bench/>
                <certificate::CertificatePanel bench file/>
                <assertion::AssertionPanel bench/>
                <read::ReadPanel bench/>
            </div>
        </div>
    }
    .into_any()
}
