//! Facts: a label and what is known, in lines, in a grid with lamps, or in a row.

use leptos::prelude::*;

use super::lamp::{Lamp, LampMark};

/// A list of labels and values with hairlines.
#[component]
pub fn Facts(
    /// `claims` for names in mono, `wide-label` for long labels.
    #[prop(optional)]
    class: &'static str,
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class=format!("facts {class}")>{children()}</dl> }.into_any()
}

/// One line of [`Facts`].
#[component]
pub fn Fact(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{children()}</dd></div> }.into_any()
}

/// Two columns of [`LampFact`]s, below a token.
#[component]
pub fn FactGrid(
    /// [`LampFact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="fact-grid">{children()}</dl> }.into_any()
}

/// A fact that was judged.
#[component]
pub fn LampFact(
    /// The verdict.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The value, in words that say the verdict too.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=move || format!("lamp-fact {}", lamp.get().class())>
            <dt><LampMark lamp/>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}

/// A row of [`Probe`]s.
#[component]
pub fn Probes(
    /// All the same width.
    #[prop(optional)]
    even: bool,
    /// [`Probe`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class=if even { "probes even" } else { "probes" }>{children()}</dl> }.into_any()
}

/// A label over a value. Only what is wrong gets a lamp.
#[component]
pub fn Probe(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is wrong with it, if anything.
    #[prop(optional, into)]
    lamp: Signal<Option<Lamp>>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="probe">
            <dt>{label}</dt>
            <dd>{move || lamp.get().map(|lamp| view! { <LampMark lamp/> })} <span>{children()}</span></dd>
        </div>
    }
    .into_any()
}
