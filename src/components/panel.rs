//! Panels: a head with a title and what belongs to it, then the content.

use leptos::prelude::*;

/// A framed part of a page.
#[component]
pub fn Panel(
    /// Its heading (level 2).
    #[prop(into)]
    title: Signal<String>,
    /// Quiet words beside the heading.
    #[prop(optional, into)]
    sub: Signal<Option<String>>,
    /// Words or 32 px buttons at the end of the head.
    #[prop(optional, into)]
    aside: Option<ViewFnOnce>,
    /// Without padding: for tables, lists and parts.
    #[prop(optional)]
    flush: bool,
    /// A further class.
    #[prop(optional)]
    class: &'static str,
    /// An ID to link to.
    #[prop(optional)]
    id: &'static str,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("panel {class}") id=(!id.is_empty()).then_some(id)>
            <div class="panel-head">
                <div class="panel-title">
                    <h2>{title}</h2>
                    {move || sub.get().map(|sub| view! { <span class="sub">{sub}</span> })}
                </div>
                {aside.map(|aside| view! { <div class="panel-aside">{aside.run()}</div> })}
            </div>
            <div class=if flush { "panel-body flush" } else { "panel-body" }>{children()}</div>
        </section>
    }
    .into_any()
}

/// A strip of a flush panel, with a hairline above.
#[component]
pub fn PanelPart(
    /// On the sunken ground.
    #[prop(optional)]
    sunken: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! { <div class=if sunken { "panel-part sunken" } else { "panel-part" }>{children()}</div> }.into_any()
}
