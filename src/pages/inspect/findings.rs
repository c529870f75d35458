//! What is odd about the token, the worst first.

use leptos::prelude::*;

use super::lamp;
use crate::{
    components::prelude::*,
    domain::inspect::{Inspection, findings::Severity},
    text::inspect as text,
};

/// The panel.
#[component]
pub fn Findings(inspection: StoredValue<Inspection>) -> impl IntoView {
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
            view! {
                <Finding lamp=lamp(Some(finding.severity)) title=finding.title source=finding.source.to_owned()>
                    {marked(&finding.text)}
                    {finding.evidence.map(|evidence| view! { " " <code class="scope evidence-value">{evidence}</code> })}
                </Finding>
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
