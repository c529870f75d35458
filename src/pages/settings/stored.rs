//! What is kept in this browser, and how to take it out or erase it.

use leptos::{prelude::*, task::spawn_local};

use super::erase::Erase;
use crate::{
    browser::store::Usage,
    components::prelude::*,
    domain::jose::PublicJwk,
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
            <KeptKeys session/>
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

/// The private keys that this browser keeps, each with a way to remove it.
#[component]
fn KeptKeys(session: Session) -> impl IntoView {
    spawn_local(async move { session.keys.load().await });
    let kept = Memo::new(move |_| {
        session.keys.held.with(|held| {
            held.iter()
                .filter(|key| key.kept)
                .map(|key| (key.public.clone(), key.made_at))
                .collect::<Vec<_>>()
        })
    });
    let row = move |(public, made_at): (PublicJwk, i64)| {
        let title = public.kid.clone().unwrap_or_default();
        let what = text::kept_key(&public, made_at);
        let remove = move || {
            let public = public.clone();
            spawn_local(async move {
                if let Some(key) = session.keys.find(|key| key.public.is_same_key(&public)) {
                    // A browser that gives no storage says so on every page.
                    let _ = session.keys.forget(&key).await;
                }
            });
        };
        view! {
            <SettingsRow title text=what>
                <Button text=text::REMOVE_KEY size=Size::Head on_press=remove/>
            </SettingsRow>
        }
        .into_any()
    };
    move || kept.get().into_iter().map(row).collect::<Vec<_>>()
}
