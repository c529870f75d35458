//! What is kept in this browser, and how to take it out or erase it.

use leptos::{prelude::*, task::spawn_local};

use super::erase::Erase;
use crate::{
    browser::store::Usage,
    components::prelude::*,
    pages::take_out::TakeOut,
    state::{Session, use_session, vault::Status},
    text::settings as text,
};

/// How much there is of each kind, or why that cannot be told.
type Counted = Option<Result<Vec<Usage>, String>>;

/// The group.
#[component]
pub fn Stored() -> impl IntoView {
    let session = use_session();
    let counted = RwSignal::new(None);
    Effect::new(move |_| {
        session.vault.status.track();
        session.vault.applications.track();
        count(session, counted);
    });
    let locked = Memo::new(move |_| session.vault.status.get() == Status::Locked);
    let exporting = RwSignal::new(false);
    let erasing = RwSignal::new(false);
    view! {
        <SettingsGroup title=text::STORED_TITLE text=text::STORED_TEXT.to_owned()>
            {move || usage(counted.get())}
            {move || (!locked.get()).then(|| view! {
                <SettingsRow title=text::EXPORT_ROW text=text::EXPORT_ROW_TEXT.to_owned()>
                    <Button text="Download" icon=Icon::Download size=Size::Head on_press=move || exporting.set(true)/>
                </SettingsRow>
            }.into_any())}
            <SettingsRow title=text::ERASE_ROW text=text::ERASE_ROW_TEXT.to_owned()>
                <Button text=text::ERASE_ROW icon=Icon::Trash kind=Kind::Danger size=Size::Head on_press=move || erasing.set(true)/>
            </SettingsRow>
            <TakeOut open=exporting/>
            <Erase open=erasing/>
        </SettingsGroup>
    }
    .into_any()
}

fn count(session: Session, counted: RwSignal<Counted>) {
    let Some(store) = session.vault.store() else { return };
    spawn_local(async move {
        let usage = store.usage().await.map_err(|problem| problem.to_string());
        counted.try_set(Some(usage));
    });
}

/// Counts and sizes. A kind that this build never fills is shown only when there is something of it.
fn usage(counted: Counted) -> AnyView {
    match counted {
        None => view! { <Loading label=text::COUNTING lines=2/> }.into_any(),
        Some(Err(problem)) => {
            view! { <div class="settings-row"><Lit lamp=Lamp::Bad>{problem}</Lit></div> }.into_any()
        }
        Some(Ok(usage)) => {
            let rows: Vec<AnyView> = usage
                .into_iter()
                .enumerate()
                .filter(|(index, usage)| *index < 2 || usage.count > 0)
                .map(|(_, usage)| {
                    let amount = text::amount(usage.count, usage.bytes);
                    view! { <Fact label=text::kind(usage.kind)>{amount}</Fact> }.into_any()
                })
                .collect();
            view! { <div class="settings-row usage"><Facts class="wide-label">{rows}</Facts></div> }
                .into_any()
        }
    }
}
