//! A signature that is made elsewhere: exactly what to sign, the command that does it, and the signature back, which is
//! checked before anything is sent.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{form::Form, software::Prepared};
use crate::{
    browser::{clock, verifying},
    components::prelude::*,
    domain::{
        inspect::verify::{Keys, verdict::Tone as Checked},
        jose::{PublicJwk, compact, elsewhere, openssl},
        registration::{Document, dialect_of},
        time,
    },
    state::{sending, work::Work},
    text::statement as words,
};

/// The file with what has to be signed.
const FILE: &str = "signing-input.txt";
/// The private key in the command, which only its owner can name.
const KEY: &str = "key.pem";

/// The block in the review.
#[component]
pub fn Elsewhere(
    /// The form.
    form: Form,
) -> impl IntoView {
    let prepared = form.software.prepared;
    let fixed = Memo::new(move |_| {
        prepared.with(|prepared| prepared.as_ref().map(|prepared| prepared.unsigned.clone()))
    });
    let label = Signal::derive(move || {
        if fixed.with(Option::is_some) { words::PREPARE_AGAIN } else { words::PREPARE }.to_owned()
    });
    view! {
        <section class="stack-16" aria-label=words::SIGNATURE>
            <h3 class="panel-heading">{words::SIGNATURE}</h3>
            <p class="small muted">{words::PREPARE_TEXT}</p>
            <div class="row">
                <Button text=label icon=Icon::Key size=Size::Row on_press=move || prepare(form)/>
            </div>
            {move || fixed.get().is_some().then(|| view! { <ToSign form/> })}
        </section>
    }
    .into_any()
}

/// Fixes the request as the form is now.
fn prepare(form: Form) {
    let prepared = untrack(|| {
        let (environment, reach) = (form.environment.get()?, form.reach.get()?.ok()?);
        let metadata = form.checked.with(|checked| Some(checked.as_ref().ok()?.metadata().clone()))?;
        let lifetime = form.software.lifetime_seconds().ok().flatten();
        let stamp = sending::stamp(&environment, &reach, lifetime);
        let Document::Unsigned(unsigned) = dialect_of(&environment).document_at(&metadata, None, &stamp)
        else {
            return None;
        };
        let algorithm = form.software.algorithm(&environment)?;
        let expires_at = stamp.expires_at;
        Some(Prepared { metadata, unsigned: *unsigned, algorithm, expires_at, signed: None })
    });
    form.software.prepared.set(prepared);
}

#[component]
fn ToSign(form: Form) -> impl IntoView {
    let prepared = form.software.prepared;
    let Some(now) = prepared.get_untracked() else { return ().into_any() };
    let (algorithm, expires_at) = (now.algorithm, now.expires_at);
    let input = now.unsigned.signing_input();
    let command = openssl::sign(algorithm, KEY, FILE);
    let views = vec![CodeView::text("", words::INPUT, input).file(FILE, "text/plain")];
    let commands = vec![CodeView::text("openssl", "Command", command)];
    let session = form.session;
    let same = Memo::new(move |_| {
        prepared.with(|prepared| {
            let before = prepared.as_ref().map(|prepared| &prepared.metadata);
            form.checked.with(|checked| checked.as_ref().ok().map(|valid| valid.metadata()) == before)
        })
    });
    let ended = Memo::new(move |_| session.now.get() >= expires_at);
    let left = Signal::derive(move || time::countdown((expires_at - session.now.get()).max(0)));
    let state = move || {
        if !same.get() {
            view! { <Note tone=Tone::Stopped>{words::CHANGED}</Note> }.into_any()
        } else if ended.get() {
            view! { <Note tone=Tone::Stopped>{words::ENDED}</Note> }.into_any()
        } else {
            view! { <p class="small muted">{move || words::left(&left.get())}</p> }.into_any()
        }
    };
    view! {
        <div class="stack-16">
            {state}
            <p class="small muted">{words::INPUT_TEXT}</p>
            <CodeBlock label=words::INPUT views/>
            <CodeBlock label="Command" views=commands/>
            <TakeBack form/>
        </div>
    }
    .into_any()
}

/// The field for the signature.
#[component]
fn TakeBack(form: Form) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let work = Work::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        error.set(None);
        let text = typed.get_untracked();
        work.run(async move {
            if let Err(problem) = take(form, &text).await {
                error.try_set(Some(problem));
            }
        });
    };
    let right = Memo::new(move |_| {
        form.software.prepared.with(|prepared| prepared.as_ref().is_some_and(|it| it.signed.is_some()))
    });
    view! {
        <form class="stack-16" on:submit=submit aria-label=words::SIGNATURE_FIELD>
            <TextArea
                id="signature"
                label=words::SIGNATURE_FIELD
                value=typed
                mono=true
                rows=3
                hint=words::SIGNATURE_HINT.to_owned()
                error
            />
            <div class="row">
                <Button text=words::CHECK submit=true size=Size::Row working=work.seconds()/>
            </div>
            <div role="status">
                {move || right.get().then(|| view! { <Lit lamp=Lamp::Ok>{words::CHECKED}</Lit> })}
            </div>
        </form>
    }
    .into_any()
}

/// Reads a signature and checks it with the public key. Only a right one makes the request.
async fn take(form: Form, text: &str) -> Result<(), String> {
    let software = form.software;
    let prepared = software.prepared.get_untracked();
    let Some((prepared, public)) = prepared.zip(software.public.get_untracked()) else {
        return Err(words::PUBLIC_MISSING.to_owned());
    };
    let input = prepared.unsigned.signing_input();
    let signature = elsewhere::read(text, prepared.algorithm, &input)?;
    let token = compact(&input, &signature);
    // The name of the key is chosen here, whatever the key that was pasted is called elsewhere.
    let kid = prepared.unsigned.header.get("kid").and_then(serde_json::Value::as_str).unwrap_or_default();
    let set = PublicJwk::set([&public.named(kid, Some(prepared.algorithm))]);
    let keys = Keys::read(&set.to_string())?;
    let verdict = verifying::judge(token.expose(), &keys, &[prepared.algorithm.name()], clock::now()).await;
    if verdict.tone() != Checked::Good {
        return Err(verdict.text().replace('`', ""));
    }
    let signed = Document::signed(&prepared.unsigned, &signature);
    software.prepared.try_update(|now| {
        // It may have been fixed anew meanwhile.
        if let Some(now) = now.as_mut().filter(|now| now.unsigned == prepared.unsigned) {
            now.signed = Some(signed);
        }
    });
    Ok(())
}
