//! A field for what must not be seen over a shoulder.

use leptos::prelude::*;

use super::field::{Around, Typed, label_view};

/// A field for a secret: dots until "Show" is pressed; the browser is asked not to remember it.
#[component]
pub fn SecretField(
    /// The ID of the input.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// What is typed. Empty it when it was used.
    value: RwSignal<String>,
    /// Beside the label.
    #[prop(optional, into)]
    aside: Option<String>,
    /// Below the field, while there is no error.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What a password manager may do: `current-password`, `new-password`; `off` asks it to stay away.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Told of every change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let around = Around::new(&id, hint, error);
    let typed = Typed { value, on_input };
    let shown = RwSignal::new(false);
    let keep_away = autocomplete == "off";
    view! {
        <div class="field">
            {label_view(id.clone(), label.clone(), aside, false)}
            <div class="input-with">
                <input
                    id=id
                    type=move || if shown.get() { "text" } else { "password" }
                    class="input mono"
                    prop:value=move || value.get()
                    autocomplete=autocomplete
                    spellcheck="false"
                    autocapitalize="off"
                    data-1p-ignore=keep_away.then_some("")
                    data-lpignore=keep_away.then_some("true")
                    aria-invalid=move || around.invalid()
                    aria-describedby=move || around.described_by()
                    on:input=move |event| typed.take(event_target_value(&event))
                />
                <button
                    type="button"
                    class="button plain in-row"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=format!("Show {label}")
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { "Hide" } else { "Show" }}
                </button>
            </div>
            {around.note()}
        </div>
    }
    .into_any()
}
