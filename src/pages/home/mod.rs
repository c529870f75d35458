//! Home: the applications of this browser and the health of the environments; or the first visit.

mod creations;
pub mod environments;
pub mod first;
pub mod health;
mod list;
mod row;

use leptos::prelude::*;

use crate::{
    browser::local,
    components::prelude::*,
    domain::route::Route,
    pages::take_out::TakeOut,
    state::{
        draft, use_session,
        vault::{SOMETHING_HERE, Status},
    },
    text::home as text,
};

/// What the page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    First,
    Opening,
    List,
}

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let session = use_session();
    let draft = draft::stored(session.vault);
    let had_a_list = local::get(SOMETHING_HERE).is_some();
    let face = Memo::new(move |_| {
        let something = session.vault.applications.with(|all| !all.is_empty())
            || session.vault.creations.with(|all| !all.is_empty())
            || session.vault.unshown.with(|all| !all.is_empty())
            || draft.with(Option::is_some);
        match session.vault.status.get() {
            _ if something => Face::List,
            Status::Opening if had_a_list => Face::Opening,
            _ => Face::First,
        }
    });
    Effect::new(move |_| match face.get() {
        Face::List => {
            local::set(SOMETHING_HERE, "list");
        }
        Face::First if session.vault.status.get() != Status::Opening => local::remove(SOMETHING_HERE),
        Face::First | Face::Opening => {}
    });
    let said = session.said.try_update(Option::take).flatten();
    let page = move || match face.get() {
        Face::First => view! { <NotStored/> <first::FirstVisit/> }.into_any(),
        Face::Opening => view! {
            <div class="page">
                <Head lead=String::new()/>
                <environments::EnvironmentPanels/>
                <TableFrame><Loading label=text::READING lines=9/></TableFrame>
            </div>
        }
        .into_any(),
        Face::List => view! { <div class="page"><list::List draft/></div> }.into_any(),
    };
    view! {
        <div class="stack-24">
            {said.map(|said| view! { <Note tone=Tone::Good role="status">{said}</Note> })}
            {page}
        </div>
    }
    .into_any()
}

/// The head of the list, with the one primary button.
#[component]
fn Head(
    /// How many applications there are; keeps its line while that is not known.
    #[prop(into)]
    lead: Signal<String>,
) -> impl IntoView {
    let lead = Signal::derive(move || {
        Some(lead.get()).map(|lead| if lead.is_empty() { "\u{a0}".to_owned() } else { lead })
    });
    let actions = move || {
        view! { <ButtonLink to=Route::new_application() text=text::NEW kind=Kind::Primary icon=Icon::Plus/> }
    };
    view! { <PageHead title=text::TITLE lead actions/> }.into_any()
}

/// What to do while nothing is stored. Draws nothing otherwise.
#[component]
pub fn NotStored() -> impl IntoView {
    let session = use_session();
    let open = RwSignal::new(false);
    let why = move || match session.vault.status.get() {
        Status::MemoryOnly(why) => Some(why),
        Status::Opening | Status::Durable | Status::Locked => None,
    };
    let has_something = move || session.vault.applications.with(|all| !all.is_empty());
    let note = move || {
        why().map(|why| {
            let download = move || {
                has_something().then(|| {
                    view! { <Button text=text::DOWNLOAD size=Size::Head icon=Icon::Download on_press=move || open.set(true)/> }
                })
            };
            view! {
                <Note tone=Tone::Look lead=text::NOT_STORED.to_owned() role="status" actions=move || view! { {download} }>
                    {why} " " {text::NOT_STORED_MEANS}
                </Note>
            }
        })
    };
    view! {
        <div class="not-stored">{note}</div>
        <TakeOut open/>
    }
    .into_any()
}
