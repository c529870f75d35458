//! Reading certificates that others made.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    browser::{
        crypto, signing,
        workshop::{self, Described},
    },
    components::prelude::*,
    domain::{
        certificate::{Stage, stage},
        jose::{base64url, pem},
    },
    pages::keys::Bench,
    state::work::Work,
    text::workshop as words,
};

/// A certificate with what is computed of it.
#[derive(Clone, PartialEq)]
struct Shown {
    read: Described,
    /// SHA-256 of the whole, Base64url (RFC 7515, 4.1.8).
    thumbprint: String,
}

/// The panel.
#[component]
pub fn ReadPanel(
    /// Where the key lies that it is compared with.
    bench: Bench,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let found = RwSignal::new(Vec::<Shown>::new());
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        work.run(async move {
            match read(&text).await {
                Ok(read) => {
                    error.try_set(None);
                    found.try_set(read);
                }
                Err(problem) => {
                    found.try_set(Vec::new());
                    error.try_set(Some(problem));
                }
            }
        });
    };
    view! {
        <section class="panel" aria-label=words::READ>
            <div class="panel-head"><div class="panel-title"><h2>{words::READ}</h2></div></div>
            <PanelPart>
                <form class="stack-16" on:submit=submit>
                    <TextArea id="certificate-read" label=words::READ_FIELD value=typed mono=true rows=5 hint=words::READ_HINT.to_owned() error=error/>
                    <div class="actions"><Button text=words::READ_IT icon=Icon::Search submit=true working=work.seconds()/></div>
                </form>
            </PanelPart>
            {move || found.get().into_iter().map(|shown| one(bench, shown)).collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}

async fn read(text: &str) -> Result<Vec<Shown>, String> {
    let read = workshop::open().await?.read_certificates(text).map_err(|problem| problem.text)?;
    let mut shown = Vec::new();
    for read in read {
        let digest = crypto::sha256(&read.der).await.map_err(|problem| problem.to_string())?;
        shown.push(Shown { read, thumbprint: base64url(&digest) });
    }
    Ok(shown)
}

fn one(bench: Bench, shown: Shown) -> AnyView {
    let Shown { read, thumbprint } = shown;
    let life = read.is_certificate.then(|| {
        let now = bench.session.now.get_untracked();
        let stage = stage(read.not_before, read.not_after, now);
        let lamp = match stage {
            Stage::Good => Lamp::Ok,
            Stage::EndsSoon | Stage::NotYet => Lamp::Warn,
            Stage::Expired => Lamp::Bad,
        };
        view! { <Lit lamp>{words::stage(stage, read.not_before, read.not_after)}</Lit> }
    });
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <Fact label>{value}</Fact> })
    };
    let signed_by = match (read.is_certificate, read.issuer == read.subject) {
        (false, _) => String::new(),
        (true, true) => format!("Itself, {}", read.signature),
        (true, false) => format!("{}, {}", read.issuer, read.signature),
    };
    let single = pem::single_line(&read.der);
    view! {
        <PanelPart>
            <div class="stack-8">
                <div class="row between">
                    <h3 class="panel-heading">{if read.is_certificate { read.subject.clone() } else { format!("Request: {}", read.subject) }}</h3>
                    <CopyButton what="Base64" text=Signal::stored(single) label="Copy on one line"/>
                </div>
                <div class="row loose">{life} <Matches bench spki=read.spki.clone()/></div>
                <Facts>
                    {fact("Signed by", signed_by)}
                    {fact("Key", read.key)}
                    {fact("Names", read.names.join(", "))}
                    {fact("Uses", read.uses.join(", "))}
                    {fact("eIDAS", read.qualified.join(", "))}
                    {fact("Serial number", read.serial)}
                    {fact("x5t#S256", thumbprint)}
                </Facts>
            </div>
        </PanelPart>
    }
    .into_any()
}

/// Whether it is of the key on the bench; nothing while there is none.
#[component]
fn Matches(bench: Bench, spki: Vec<u8>) -> impl IntoView {
    let own = RwSignal::new(None::<Vec<u8>>);
    Effect::new(move |_| {
        let key = bench.key();
        leptos::task::spawn_local(async move {
            let spki = match key {
                Some(key) => signing::spki(&key.public, key.signing.algorithm).await.ok(),
                None => None,
            };
            own.try_set(spki);
        });
    });
    move || {
        own.get().map(|own| {
            let (lamp, words) =
                if own == spki { (Lamp::Ok, words::MATCHES) } else { (Lamp::Warn, words::MATCHES_NOT) };
            view! { <Lit lamp>{words}</Lit> }
        })
    }
}
