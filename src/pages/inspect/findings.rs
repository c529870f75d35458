//! What is odd about the token, the worst first.

use leptos::prelude::*;

use super::{
    desk::Desk,
    lamp,
    shown::{Shown, kept},
};
use crate::{
    components::prelude::*,
    domain::inspect::findings::{self, Place, Severity},
    text::inspect as text,
};

const WORST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// The panel.
#[component]
pub fn Findings(desk: Desk, shown: Shown) -> impl IntoView {
    let found = kept(shown, |read| read.findings.clone());
    let counts = kept(shown, |read| WORST_FIRST.map(|severity| read.count(severity)));
    let aside = move || {
        let counts = WORST_FIRST.into_iter().zip(counts.get()).filter(|(_, count)| *count > 0);
        let lit = counts.map(|(severity, count)| {
            view! { <Lit lamp=lamp(Some(severity))>{text::severity(severity, count)}</Lit> }.into_any()
        });
        lit.collect::<Vec<AnyView>>()
    };
    let rows = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <PanelPart><p class="small muted">{text::NO_FINDINGS}</p></PanelPart> }
                .into_any();
        }
        found.into_iter().map(|finding| row(desk, finding)).collect::<Vec<AnyView>>().into_any()
    };
    view! { <Panel title=text::FINDINGS aside=move || aside flush=true>{rows}</Panel> }.into_any()
}

fn row(desk: Desk, finding: findings::Finding) -> AnyView {
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
            <Finding lamp=lamp(Some(finding.severity)) title=finding.title source=finding.source.to_owned()>
                {marked(&finding.text)}
                {evidence}
            </Finding>
        </Pointing>
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
