//! What is kept in this browser, and how to take it out or erase it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{store::Usage, theme},
    components::prelude::*,
    pages::take_out::TakeOut,
    state::{Session, use_session, vault::Status, work::Work},
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
    let exporting = RwSignal::new(false);
    let erasing = RwSignal::new(false);
    view! {
        <SettingsGroup title=text::STORED_TITLE text=text::STORED_TEXT.to_owned()>
            <Durability/>
            {move || usage(counted.get())}
            <SettingsRow title=text::EXPORT_ROW text=text::EXPORT_ROW_TEXT.to_owned()>
                <Button text="Download" icon=Icon::Download size=Size::Head on_press=move || exporting.set(true)/>
            </SettingsRow>
            <SettingsRow title=text::ERASE_ROW text=text::ERASE_ROW_TEXT.to_owned()>
                <Button text=text::ERASE_ROW icon=Icon::Trash kind=Kind::Danger size=Size::Head on_press=move || erasing.set(true)/>
            </SettingsRow>
            <TakeOut open=exporting/>
            <Erase open=erasing counted/>
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

#[component]
fn Durability() -> impl IntoView {
    let session = use_session();
    let seen = move || match session.vault.status.get() {
        Status::Opening => (Lamp::Known, text::OPENING.to_owned(), String::new()),
        Status::Durable => (Lamp::Ok, text::DURABLE.to_owned(), text::DURABLE_TEXT.to_owned()),
        Status::MemoryOnly(why) => (Lamp::Warn, text::NOT_DURABLE.to_owned(), why),
    };
    view! {
        <SettingsRow
            title=Signal::derive(move || seen().1)
            text=Signal::derive(move || Some(seen().2).filter(|text| !text.is_empty()))
            lamp=Signal::derive(move || Some(seen().0))
        >
            ""
        </SettingsRow>
    }
    .into_any()
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

#[component]
fn Erase(open: RwSignal<bool>, counted: RwSignal<Counted>) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let work = Work::new();
    let trouble = RwSignal::new(None);
    let erase = move || {
        work.run(async move {
            match session.vault.erase().await {
                Ok(()) => {
                    theme::show(theme::current());
                    toasts.show(text::ERASED);
                    open.try_set(false);
                    count(session, counted);
                }
                Err(problem) => {
                    trouble.try_set(Some(problem.to_string()));
                }
            }
        });
    };
    let applications = move || session.vault.applications.with(Vec::len);
    view! {
        <ConfirmDialog
            open
            title=text::ERASE_TITLE
            action=text::ERASE_ROW
            safe=text::ERASE_SAFE
            danger=true
            name_to_type=text::ERASE_WORD
            working=work.seconds()
            on_confirm=erase
        >
            <p>{move || text::erase_means(applications())}</p>
            {move || trouble.get().map(|trouble| view! { <p role="alert">{trouble}</p> })}
        </ConfirmDialog>
    }
    .into_any()
}
