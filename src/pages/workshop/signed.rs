//! A request or a certificate that was made.

use leptos::prelude::*;

use crate::{
    browser::download, components::prelude::*, domain::jose::pem, pages::keys::Bench,
    state::certificate::Made, text::workshop as words,
};

/// In every form somebody asks for.
#[component]
pub fn MadeOut(
    /// Where the key lies.
    bench: Bench,
    /// What was made.
    made: Made,
    /// What saved files are called.
    file: RwSignal<String>,
) -> impl IntoView {
    let (label, extension) =
        if made.is_certificate { ("CERTIFICATE", "crt") } else { ("CERTIFICATE REQUEST", "csr") };
    let stem = file.get_untracked();
    let text = pem::encode(label, &made.der).expose().to_owned();
    let name = format!("{stem}.{extension}");
    let views = vec![
        CodeView::text("PEM", "PEM", text).file(name, "application/x-pem-file"),
        CodeView::text("One line", "Base64", pem::single_line(&made.der)),
    ];
    let public = made.public.clone();
    let same = Memo::new(move |_| bench.key().is_some_and(|key| key.public.is_same_key(&public)));
    let der = StoredValue::new(made.der.clone());
    let toasts = use_toasts();
    let save = move || {
        let name = format!("{stem}.{extension}.der");
        if der.with_value(|der| download::bytes(&name, "application/pkix-cert", der)) {
            toasts.show(&format!("{name} saved"));
        }
    };
    view! {
        <div class="stack-16">
            <div class="row between">
                {move || {
                    let (lamp, words) = if same.get() { (Lamp::Ok, words::MATCHES) } else { (Lamp::Warn, words::MATCHES_OLD) };
                    view! { <Lit lamp>{words}</Lit> }
                }}
                <Button text="Save DER" icon=Icon::Download size=Size::Row on_press=save/>
            </div>
            <CodeBlock label=label views/>
            <p class="small muted">"Subject " <code>{made.subject}</code></p>
        </div>
    }
    .into_any()
}
