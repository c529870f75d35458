//! The head of a page and of its sections.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use super::link::A;
use crate::domain::route::Route;

/// One step of the way to a page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub text: String,
    /// Its address; the page itself has none.
    pub to: Option<Route>,
}

impl Crumb {
    /// A page above this one.
    #[must_use]
    pub fn to(text: impl Into<String>, to: Route) -> Self {
        Self { text: text.into(), to: Some(to) }
    }

    /// This page.
    #[must_use]
    pub fn here(text: impl Into<String>) -> Self {
        Self { text: text.into(), to: None }
    }
}

/// The head of a page: the way here, the one `<h1>`, a state, a lead, evidence, buttons.
#[component]
pub fn PageHead(
    /// The title; it takes the focus after a navigation.
    #[prop(into)]
    title: Signal<String>,
    /// The way here.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// One or two sentences.
    #[prop(optional, into)]
    lead: Signal<Option<String>>,
    /// A state beside the title.
    #[prop(optional, into)]
    chip: Option<ViewFnOnce>,
    /// A line of identifiers and evidence below it.
    #[prop(optional, into)]
    meta: Option<ViewFnOnce>,
    /// Buttons at the end.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            {(!crumbs.is_empty()).then(|| way(crumbs))}
            <div class="page-title">
                <h1 id="title" tabindex="-1">{title}</h1>
                {chip.map(|chip| chip.run())}
            </div>
            {move || lead.get().map(|lead| view! { <p class="lead">{lead}</p> })}
            {meta.map(|meta| view! { <div class="page-meta">{meta.run()}</div> })}
            {actions.map(|actions| view! { <div class="page-actions">{actions.run()}</div> })}
        </div>
    }
    .into_any()
}

fn way(crumbs: Vec<Crumb>) -> AnyView {
    let crumb = |(index, crumb): (usize, Crumb)| {
        let separator = (index > 0).then(|| view! { <IconMark icon=Icon::ChevronRight/> });
        let text = match crumb.to {
            Some(to) => view! { <A to>{crumb.text}</A> }.into_any(),
            None => view! { <span aria-current="page">{crumb.text}</span> }.into_any(),
        };
        view! { <li>{separator}{text}</li> }.into_any()
    };
    let crumbs: Vec<AnyView> = crumbs.into_iter().enumerate().map(crumb).collect();
    view! { <nav class="crumbs" aria-label="The way here"><ol>{crumbs}</ol></nav> }.into_any()
}

/// The heading of a section (level 2), with its number in a form and quiet words at the end.
#[component]
pub fn SectionHead(
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// Its number in a form.
    #[prop(optional)]
    number: Option<u8>,
    /// Quiet words at the end: "2 of 6 chosen".
    #[prop(optional, into)]
    aside: Signal<Option<String>>,
    /// The ID of the heading; it can take the focus.
    #[prop(optional)]
    id: &'static str,
) -> impl IntoView {
    let has_id = !id.is_empty();
    view! {
        <div class="section-head">
            <h2 id=has_id.then_some(id) tabindex=has_id.then_some("-1")>
                {number.map(|number| view! { <span class="number">{number.to_string()}</span> })}
                <span>{title}</span>
            </h2>
            {move || aside.get().map(|aside| view! { <span class="aside">{aside}</span> })}
        </div>
    }
    .into_any()
}
