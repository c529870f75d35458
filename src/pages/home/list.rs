//! The list of applications: filter, states, table.

use leptos::prelude::*;

use super::{Head, NotStored, creations::Creations, environments::EnvironmentPanels, row::ApplicationRow};
use crate::{
    browser::{clock, focus, keys},
    components::prelude::*,
    domain::{
        form::Draft,
        overview::{Found, Overview, Shown},
    },
    pages::endings::SoonPanel,
    state::{Session, use_session, vault::Status},
    text::home as text,
};

const FILTER_ID: &str = "filter";
/// So many rows are drawn at first: drawing takes longer than filtering ten thousand applications.
const FIRST: usize = 50;
/// So many more with each press of the button.
const MORE: usize = 200;
/// "2 min ago" is made anew every so many seconds.
const REFRESH: i64 = 30;

/// Everything but the head of the page.
#[component]
pub fn List(draft: RwSignal<Option<Draft>>) -> impl IntoView {
    let session = use_session();
    let overview = overview(session, draft);
    let filter = RwSignal::new(String::new());
    let chosen = RwSignal::new(Shown::All.as_str().to_owned());
    let limit = RwSignal::new(FIRST);
    let found = Memo::new(move |_| {
        let shown = chosen.with(|chosen| Shown::parse(chosen));
        filter.with(|filter| overview.with(|overview| overview.find(filter, shown, limit.get())))
    });
    Effect::new(move |_| {
        filter.track();
        chosen.track();
        limit.set(FIRST);
    });
    let clear = move || {
        filter.set(String::new());
        chosen.set(Shown::All.as_str().to_owned());
        focus::focus_by_id(FILTER_ID);
    };
    StoredValue::new_local(keys::on_key("/", || {
        focus::focus_by_id(FILTER_ID);
    }));
    let lead = Signal::derive(move || {
        let applications = session.vault.applications.with(Vec::len);
        let environments = session.portal.with_value(|portal| portal.environments.len());
        let stored = session.vault.status.get() == Status::Durable;
        text::lead(applications, draft.with(Option::is_some), environments, stored)
    });
    view! {
        <Head lead/>
        <NotStored/>
        <Creations/>
        <SoonPanel/>
        <EnvironmentPanels/>
        <div>
            <Toolbar filter chosen overview found/>
            <TableFrame>
                {move || {
                    if found.with(|found| found.total == 0) {
                        let title = filter.with(|filter| chosen.with(|chosen| text::nothing_found(filter, Shown::parse(chosen))));
                        view! {
                            <Empty title text=text::SEARCHED.to_owned()>
                                <Button text=text::CLEAR on_press=clear/>
                            </Empty>
                        }
                            .into_any()
                    } else {
                        view! { <Rows found draft/> }.into_any()
                    }
                }}
            </TableFrame>
            <More found limit/>
        </div>
        <Unshown/>
    }
    .into_any()
}

/// The rows, made anew when an application changes and every half minute.
fn overview(session: Session, draft: RwSignal<Option<Draft>>) -> Memo<Overview> {
    let beat = Memo::new(move |_| session.now.get().div_euclid(REFRESH));
    Memo::new(move |_| {
        beat.track();
        session.vault.applications.with(|applications| {
            draft.with(|draft| {
                session.portal.with_value(|portal| {
                    session.catalogue.with_value(|catalogue| {
                        Overview::new(applications, draft.as_ref(), portal, catalogue, clock::now())
                    })
                })
            })
        })
    })
}

#[component]
fn Toolbar(
    filter: RwSignal<String>,
    chosen: RwSignal<String>,
    overview: Memo<Overview>,
    found: Memo<Found>,
) -> impl IntoView {
    let options: Vec<SegmentedOption> = Shown::ALL
        .into_iter()
        .map(|shown| {
            let count = Signal::derive(move || overview.with(|overview| overview.count(shown)));
            SegmentedOption::new(shown.as_str(), text::shown(shown)).count(count)
        })
        .collect();
    let aside = move || {
        let filtered = filter.with(|filter| !filter.trim().is_empty());
        let of = overview.with(|overview| overview.count(Shown::All));
        if filtered { text::found(found.with(|found| found.total), of) } else { text::ORDER.to_owned() }
    };
    view! {
        <div class="toolbar">
            <Filter id=FILTER_ID label=text::FILTER value=filter placeholder=text::FILTER/>
            <Segmented legend="State" name="state" options value=chosen/>
            <span class="aside" role="status">{aside}</span>
        </div>
    }
    .into_any()
}

#[component]
fn Rows(found: Memo<Found>, draft: RwSignal<Option<Draft>>) -> impl IntoView {
    // The first visit of a row draws it; later the same row is only moved.
    let key = |line: &crate::domain::overview::Line| format!("{line:?}");
    let columns = vec!["Application", "Environment", "Products", "State and evidence", "Next step"];
    view! {
        <Table label=text::TABLE columns class="apps lined">
            <For each=move || found.with(|found| found.lines.clone()) key=key let:line>
                <ApplicationRow line draft/>
            </For>
        </Table>
    }
    .into_any()
}

/// What follows the rows that are drawn.
#[component]
fn More(found: Memo<Found>, limit: RwSignal<usize>) -> impl IntoView {
    let more = move || {
        let (shown, total) = found.with(|found| (found.lines.len(), found.total));
        (shown < total).then(|| {
            let next = (total - shown).min(MORE);
            view! {
                <div class="row between more">
                    <span class="small muted">{text::cut(shown, total)}</span>
                    <Button text=text::more(next) size=Size::Head on_press=move || limit.update(|limit| *limit += MORE)/>
                </div>
            }
        })
    };
    more.into_any()
}

/// Records that this build cannot show and never overwrites.
#[component]
fn Unshown() -> impl IntoView {
    let session = use_session();
    let panel = move || {
        let records = session.vault.unshown.get();
        (!records.is_empty()).then(|| {
            let rows: Vec<AnyView> = records
                .into_iter()
                .map(|record| view! { <Fact label=record.id>{record.why}</Fact> }.into_any())
                .collect();
            view! {
                <Panel title=text::UNSHOWN_TITLE sub=crate::text::count(rows.len(), "record", "records")>
                    <p class="small muted">{text::UNSHOWN_TEXT}</p>
                    <Facts class="wide-label">{rows}</Facts>
                </Panel>
            }
        })
    };
    panel.into_any()
}
