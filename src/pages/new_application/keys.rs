//! The public keys of an application that proves itself by a signature.

use leptos::prelude::*;

use super::form::Form;
use crate::{
    components::prelude::*,
    domain::{
        export::file_stem,
        form::{Field, KeySource},
        jose::Algorithm,
        registration,
    },
    pages::keys::{Bench, KeyPairPanel},
    text::new_application as words,
};

/// Where the keys come from, and what that source needs.
#[component]
pub fn Keys(
    /// The form.
    form: Form,
) -> impl IntoView {
    // A developer app gets a certificate of the key, so that the key has to be here.
    let is_app = Memo::new(move |_| {
        form.environment
            .with(|e| e.as_ref().is_some_and(|e| registration::dialect_of(e).habits().developer_apps))
    });
    let source = Memo::new(move |_| {
        if is_app.get() { KeySource::Here } else { form.key_source.with(|name| KeySource::parse(name)) }
    });
    let shown = RwSignal::new(source.get_untracked().as_str().to_owned());
    let options = [KeySource::Here, KeySource::Pasted, KeySource::Address]
        .map(|source| SegmentedOption::new(source.as_str(), words::key_source(source)))
        .to_vec();
    let error = form.error(Field::Keys);
    view! {
        <div class="stack-16" id=Field::Keys.id() tabindex="-1" role="group" aria-label=words::KEYS>
            <div class="row between">
                <h3 class="panel-heading">{words::KEYS}</h3>
                {move || {
                    (!is_app.get())
                        .then(|| {
                            view! {
                                <Segmented
                                    legend=words::KEYS_FROM
                                    name="key-source"
                                    options=options.clone()
                                    value=shown
                                    on_change=move |name: String| form.key_source.set(name)
                                />
                            }
                        })
                }}
            </div>
            {move || match source.get() {
                KeySource::Here => here(form, error),
                KeySource::Pasted => {
                    view! {
                        <TextArea id="pasted-keys" label=words::PASTED value=form.keys hint=words::PASTED_HINT.to_owned() error=error mono=true rows=6/>
                    }
                        .into_any()
                }
                KeySource::Address => {
                    view! {
                        <TextField id="jwks-uri" label="jwks_uri" value=form.jwks_uri kind="url" mono=true hint=words::ADDRESS_HINT.to_owned() error=error/>
                    }
                        .into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// The bench; the form follows what lies on it. A key of an earlier visit may be gone while its public half is in the
/// draft: it can still be registered.
pub fn here(form: Form, error: Signal<Option<String>>) -> AnyView {
    let file = Signal::derive(move || form.name.with(|name| file_stem(name)));
    let bench = Bench::new(form.software.chosen, file);
    let preferred = form.environment.with_untracked(|environment| {
        let environment = environment.as_ref()?;
        let habits = registration::dialect_of(environment).habits();
        if habits.developer_apps {
            return Some(Algorithm::Rs256);
        }
        let takes = habits.takes_statements();
        environment.signed_request.algorithms.first().copied().filter(|_| takes)
    });
    if let Some(algorithm) = preferred {
        bench.prefer(algorithm);
    }
    view! {
        {move || left_behind(form, bench).then(|| view! { <Note tone=Tone::Look lead=words::LEFT_BEHIND_LEAD>{words::LEFT_BEHIND}</Note> })}
        {move || error.get().map(|text| view! { <Note tone=Tone::Stopped>{text}</Note> })}
        <KeyPairPanel bench/>
    }
    .into_any()
}

/// Whether the draft names a key whose private half is not here.
fn left_behind(form: Form, bench: Bench) -> bool {
    form.key_here.with(|text| !text.is_empty()) && bench.key().is_none()
}
