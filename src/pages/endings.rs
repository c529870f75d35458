//! What ends when, on the home page and in the settings.

use leptos::prelude::*;

use crate::{
    browser::{clock, download},
    components::prelude::*,
    domain::{
        expiry::{self, Ending, Nearness, calendar},
        route::{Route, Tab},
        time,
    },
    state::{Session, use_session, vault::Status},
    text::expiry as text,
};

/// "In 12 days" is looked at anew every so many seconds.
const REFRESH: i64 = 60;

/// On the home page: what has ended, or ends within a month. Draws nothing when there is nothing.
#[component]
pub fn SoonPanel() -> impl IntoView {
    let endings = endings(use_session());
    let near = Memo::new(move |_| {
        let now = clock::now();
        let near = |ending: &&Ending| ending.nearness(now) != Nearness::Later;
        endings.with(|all| all.iter().filter(near).cloned().collect::<Vec<Ending>>())
    });
    let panel = move || {
        let near = near.get();
        (!near.is_empty()).then(|| {
            let rows: Vec<AnyView> = near.into_iter().map(row).collect();
            let save = move || view! { <Save endings/> };
            view! { <Panel title=text::SOON_TITLE flush=true aside=save>{rows}</Panel> }
        })
    };
    panel.into_any()
}

/// In the settings: everything, and the calendar file. Draws nothing while a passphrase hides it.
#[component]
pub fn EndingsGroup() -> impl IntoView {
    let session = use_session();
    let endings = endings(session);
    let locked = Memo::new(move |_| session.vault.status.get() == Status::Locked);
    let rows = move || {
        let all = endings.get();
        if all.is_empty() {
            view! { <div class="settings-row"><p class="small muted">{text::NOTHING}</p></div> }.into_any()
        } else {
            let rows: Vec<AnyView> = all.into_iter().map(row).collect();
            view! {
                {rows}
                <SettingsRow title=text::CALENDAR_ROW text=text::CALENDAR_TEXT.to_owned()>
                    <Save endings/>
                </SettingsRow>
            }
            .into_any()
        }
    };
    let group = move || {
        (!locked.get()).then(
            || view! { <SettingsGroup title=text::TITLE text=text::TEXT.to_owned()>{rows}</SettingsGroup> },
        )
    };
    group.into_any()
}

/// The list, made anew when an application changes and every minute.
fn endings(session: Session) -> Memo<Vec<Ending>> {
    let beat = Memo::new(move |_| session.now.get().div_euclid(REFRESH));
    Memo::new(move |_| {
        beat.track();
        session.vault.applications.with(|applications| {
            session.portal.with_value(|portal| expiry::endings(applications, portal, clock::now()))
        })
    })
}

fn row(ending: Ending) -> AnyView {
    let now = clock::now();
    let lamp = match ending.nearness(now) {
        Nearness::Ended => Lamp::Bad,
        Nearness::Soon => Lamp::Warn,
        Nearness::Later => Lamp::Known,
    };
    let title = format!("{}, {}", ending.name, ending.environment);
    let words = format!("{} {}: {}", ending.what.words(), ending.left(now), time::date_time(ending.at));
    let to = Route::application(&ending.application, Tab::Credentials);
    view! {
        <SettingsRow title text=words lamp>
            <ButtonLink to text=text::OPEN size=Size::Head/>
        </SettingsRow>
    }
    .into_any()
}

#[component]
fn Save(endings: Memo<Vec<Ending>>) -> impl IntoView {
    let toasts = use_toasts();
    let save = move || {
        let now = clock::now();
        let name = calendar::file_name(now);
        let file = endings.with_untracked(|all| calendar::file(all, now));
        if download::text(&name, "text/calendar;charset=utf-8", &file) {
            toasts.show(&format!("{name} saved"));
        }
    };
    view! { <Button text=text::CALENDAR icon=Icon::Download size=Size::Head on_press=save/> }.into_any()
}
