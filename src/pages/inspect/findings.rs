//! What is odd about the token, the worst first.

use std::sync::Arc;

use leptos::prelude::*;

use super::{desk::Desk, lamp};
use crate::{
    components::prelude::*,
    domain::inspect::{
        Inspection,
        findings::{Place, Severity},
    },
    text::inspect as text,
};

/// The panel.
#[component]
pub fn Findings(desk: Desk, inspection: StoredValue<Arc<Inspection>>) -> impl IntoView {
    let (counts, findings) = inspection.with_value(|read| {
        let counts = [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, read.count(severity)));
        (counts, read.findings.clone())
    });
    let aside = move || {
        counts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| {
                view! { <Lit lamp=lamp(Some(severity))>{text::severity(severity, count)}</Lit> }.into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let is_empty = findings.is_empty();
    let rows: Vec<AnyView> = findings
        .into_iter()
        .map(|finding| {
            let place = StoredValue::new(finding.place);
            let has_place = place.with_value(Option::is_some);
            let point = move || desk.point_at(place.get_value());
            let evidence = finding.evidence.map(|evidence| {
                if has_place {
                    view! {
                        " "
                        <button
                            type="button"
                            class="scope evidence-value"
                            title=text::POINT
                            on:focus=move |_| point()
                            on:click=move |_| point()
                        >
                            {evidence}
                        </button>
                    }
                    .into_any()
                } else {
                    view! { " " <code class="scope evidence-value">{evidence}</code> }.into_any()
                }
            });
            view! {
                <Pointing desk place>
                    <Finding
                        lamp=lamp(Some(finding.severity))
                        title=finding.title
                        source=finding.source.to_owned()
                    >
                        {marked(&finding.text)}
                        {evidence}
                    </Finding>
                </Pointing>
            }
            .into_any()
        })
        .collect();
    view! {
        <Panel title=text::FINDINGS aside=aside flush=true>
            {rows}
            {is_empty.then(|| view! { <PanelPart><p class="small muted">{text::NO_FINDINGS}</p></PanelPart> })}
        </Panel>
    }
    .into_any()
}

/// Something that shows its place in the token while the pointer is on it.
#[component]
pub(super) fn Pointing(desk: Desk, place: StoredValue<Option<Place>>, children: Children) -> impl IntoView {
    view! {
        <div
            class="pointing"
            on:mouseenter=move |_| desk.point_at(place.get_value())
            on:mouseleave=move |_| desk.point_at(None)
        >
            {children()}
        </div>
    }
    .into_any()
}
