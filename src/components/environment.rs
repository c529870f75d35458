//! The health of an environment: a panel with four probes, one line on a narrow screen.

use leptos::prelude::*;

use super::button::{IconButton, Kind, Size};
use super::facts::Probes;
use super::icon::Icon;
use super::lamp::{Lamp, LampMark};

/// One environment and what was seen of it.
#[component]
pub fn EnvironmentPanel(
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// How it is.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// The age of what was seen: "Checked 20 s ago".
    #[prop(into)]
    checked: Signal<String>,
    /// Who issues the tokens.
    #[prop(into)]
    issuer: Signal<String>,
    /// Everything in one line, for a narrow screen: "Answers in 38 ms".
    #[prop(into)]
    summary: Signal<String>,
    /// Looks again.
    #[prop(into)]
    on_check: Callback<()>,
    /// Whether it is looking.
    #[prop(optional, into)]
    working: Signal<bool>,
    /// Four [`super::facts::Probe`]s.
    children: Children,
) -> impl IntoView {
    let label = Signal::derive(move || format!("Check {} again", name.get()));
    view! {
        <section class="panel environment-panel">
            <div class="environment-head">
                <LampMark lamp/>
                <h2>{name}</h2>
                <span class="one-line">{summary}</span>
                <span class="checked">{checked}</span>
                <IconButton icon=Icon::Refresh label on_press=on_check kind=Kind::Plain size=Size::Row working/>
                <span class="issuer mono">{issuer}</span>
            </div>
            <Probes>{children()}</Probes>
        </section>
    }
    .into_any()
}
