//! What came out: the thumbprint, the public half in every form, and the private half to be saved.

use leptos::prelude::*;

use super::{Bench, save::Save};
use crate::{
    components::prelude::*,
    domain::{
        http::render::Segment,
        jose::{PublicJwk, openssl},
        json,
    },
    state::keys::HeldKey,
    text::keys as words,
};

/// What came out.
#[component]
pub fn KeyOutput(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let key = Memo::new(move |_| bench.key().map(|key| Shown::of(&key)));
    view! {
        <div class="bench-out">
            {move || match key.get() {
                None => view! { <Empty title=words::NONE text=words::NONE_TEXT.to_owned()/> }.into_any(),
                Some(shown) => view! { <Key bench shown/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// What is shown of a key; it changes only when the key is another one or was handed over.
#[derive(Clone, PartialEq)]
struct Shown {
    public: PublicJwk,
    kept: bool,
    exportable: bool,
    saved: bool,
    made_at: i64,
}

impl Shown {
    fn of(key: &HeldKey) -> Self {
        Self {
            public: key.public.clone(),
            kept: key.kept,
            exportable: key.exportable.is_some(),
            saved: key.saved,
            made_at: key.made_at,
        }
    }
}

#[component]
fn Key(bench: Bench, shown: Shown) -> impl IntoView {
    let kid = shown.public.kid.clone().unwrap_or_default();
    let kid_text = kid.clone();
    let jwk = json::pretty(&shown.public.to_value());
    let set = json::pretty(&PublicJwk::set([&shown.public]));
    let stem = untrack(move || bench.file.get());
    let views = vec![
        CodeView::text("JWK", "Public JWK", jwk).file(format!("{stem}.jwk.json"), "application/jwk+json"),
        CodeView::text("JWKS", "JWKS", set).file(format!("{stem}.jwks.json"), "application/jwk-set+json"),
        public_pem(bench, &shown, &stem),
    ];
    let proof = openssl::thumbprint(shown.public.kind, &format!("{stem}.pem"));
    view! {
        <div class="stack-16">
            <div class="stack-4">
                <span class="small strong">{words::THUMBPRINT}</span>
                <div class="row between">
                    <code class="kid grow">{kid}</code>
                    <CopyIcon what="Key ID" text=Signal::stored(kid_text)/>
                </div>
                <span class="small muted">{format!("RFC 7638, SHA-256. {}. {}", shown.public.kind.words(), words::made(shown.made_at, shown.kept))}</span>
                {proof.map(|command| view! { <Proof command/> })}
            </div>
            <Save bench public=shown.public.clone() exportable=shown.exportable saved=shown.saved/>
            <CodeBlock label="Public key" views/>
        </div>
    }
    .into_any()
}

#[component]
fn Proof(command: String) -> impl IntoView {
    view! {
        <Fold summary=words::PROOF>
            <p class="small muted">{words::PROOF_TEXT}</p>
            <CodeBlock label="Command" views=vec![CodeView::text("Shell", "Command", command)]/>
        </Fold>
    }
    .into_any()
}

/// The browser writes the public half as DER, a moment later.
fn public_pem(bench: Bench, shown: &Shown, stem: &str) -> CodeView {
    let text = RwSignal::new(Vec::<Segment>::new());
    let public = shown.public.clone();
    leptos::task::spawn_local(async move {
        if let Some(pem) = bench.session.keys.public_pem(&public).await {
            text.try_set(vec![Segment::Plain(pem)]);
        }
    });
    CodeView::new("PEM", "Public PEM", text.into()).file(format!("{stem}.pub.pem"), "application/x-pem-file")
}
