//! Fields: a visible label, then the input, then a hint or an error, never both.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};

/// The parts around an input that all fields share.
#[derive(Clone, Copy)]
pub(super) struct Around {
    id: StoredValue<String>,
    hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
}

impl Around {
    pub(super) fn new(id: &str, hint: Signal<Option<String>>, error: Signal<Option<String>>) -> Self {
        Self { id: StoredValue::new(id.to_owned()), hint, error }
    }

    pub(super) fn id(self) -> String {
        self.id.get_value()
    }

    /// The ID of the sentence below the field, when there is one.
    pub(super) fn described_by(self) -> Option<String> {
        let below = self.error.with(Option::is_some) || self.hint.with(Option::is_some);
        below.then(|| format!("{}-note", self.id()))
    }

    pub(super) fn invalid(self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }

    /// The sentence below the field.
    pub(super) fn note(self) -> AnyView {
        (move || {
            let id = format!("{}-note", self.id());
            match self.error.get() {
                Some(error) => Some(error_line(id, error)),
                None => self.hint.get().map(|hint| view! { <p class="hint" id=id>{hint}</p> }.into_any()),
            }
        })
        .into_any()
    }
}

/// An error beside a field: an icon and a sentence.
pub(super) fn error_line(id: String, text: String) -> AnyView {
    view! { <p class="error" id=id><IconMark icon=Icon::Stopped/><span>{text}</span></p> }.into_any()
}

/// A label with what stands beside it: "Optional", "From the operator's e-mail".
pub(super) fn label_view(id: String, label: String, aside: Option<String>, hidden: bool) -> AnyView {
    view! {
        <label for=id class:visually-hidden=hidden>
            {label}
            {aside.map(|aside| view! { <span class="label-aside">{aside}</span> })}
        </label>
    }
    .into_any()
}

fn input_class(mono: bool) -> &'static str {
    if mono { "input mono" } else { "input" }
}

fn limit(max: u32) -> Option<String> {
    (max > 0).then(|| max.to_string())
}

/// Takes what was typed and tells who wants to know.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) value: RwSignal<String>,
    pub(super) on_input: Option<Callback<String>>,
}

impl Typed {
    pub(super) fn take(self, text: String) {
        self.value.set(text.clone());
        if let Some(tell) = self.on_input {
            tell.run(text);
        }
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    /// The ID of the input; the summary of errors links to it.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Beside the label: "Optional".
    #[prop(optional, into)]
    aside: Option<String>,
    /// Below the field, while there is no error.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The type of the input: `text`, `email`, `url`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// For identifiers and addresses.
    #[prop(optional)]
    mono: bool,
    /// Can be read and copied, not changed.
    #[prop(optional)]
    read_only: bool,
    /// An example; never the only explanation.
    #[prop(optional)]
    placeholder: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The label is read, not seen: what stands around the field says it.
    #[prop(optional)]
    hide_label: bool,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// The longest text, in UTF-16 code units; 0 is no limit.
    #[prop(optional)]
    max: u32,
    /// Told of every change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let around = Around::new(&id, hint, error);
    let typed = Typed { value, on_input };
    view! {
        <div class="field">
            {label_view(id.clone(), label, aside, hide_label)}
            <input
                id=id
                type=kind
                class=input_class(mono)
                prop:value=move || value.get()
                readonly=read_only
                placeholder=placeholder
                autocomplete=autocomplete
                spellcheck="false"
                autocapitalize="off"
                maxlength=limit(max)
                aria-required=required.then_some("true")
                aria-invalid=move || around.invalid()
                aria-describedby=move || around.described_by()
                on:input=move |event| typed.take(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(tell) = on_blur {
                        tell.run(());
                    }
                }
            />
            {around.note()}
        </div>
    }
    .into_any()
}

/// A field of several lines.
#[component]
pub fn TextArea(
    /// The ID of the input; the summary of errors links to it.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Beside the label: "Optional".
    #[prop(optional, into)]
    aside: Option<String>,
    /// Below the field, while there is no error.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// For tokens, JSON and addresses.
    #[prop(optional)]
    mono: bool,
    /// Can be read and copied, not changed.
    #[prop(optional)]
    read_only: bool,
    /// An example; never the only explanation.
    #[prop(optional)]
    placeholder: &'static str,
    /// How many lines it shows.
    #[prop(default = 4)]
    rows: u32,
    /// Told of every change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let around = Around::new(&id, hint, error);
    let typed = Typed { value, on_input };
    view! {
        <div class="field">
            {label_view(id.clone(), label, aside, false)}
            <textarea
                id=id
                class=input_class(mono)
                rows=rows.to_string()
                prop:value=move || value.get()
                readonly=read_only
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=move || around.invalid()
                aria-describedby=move || around.described_by()
                on:input=move |event| typed.take(event_target_value(&event))
            ></textarea>
            {around.note()}
        </div>
    }
    .into_any()
}
