//! A button that fetches keys. Nothing is fetched before it is pressed.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    components::prelude::*,
    domain::inspect::verify::Keys,
    pages::trouble::TroubleNote,
    state::{Trouble, work::Work},
};

/// The button, and below it why there are no keys. `fetch` is called with every press.
pub(super) fn fetch_button<F>(
    desk: Desk,
    label: String,
    fetch: impl Fn() -> F + Send + Sync + 'static,
) -> AnyView
where
    F: Future<Output = Result<Keys, Trouble>> + 'static,
{
    let work = Work::new();
    let trouble = RwSignal::new(None::<Trouble>);
    let press = move || {
        let keys = fetch();
        work.run(async move {
            match keys.await {
                Ok(keys) => {
                    trouble.try_set(None);
                    desk.add_keys(keys);
                }
                Err(problem) => drop(trouble.try_set(Some(problem))),
            }
        });
    };
    view! {
        <Button text=label size=Size::Row working=work.seconds() on_press=press/>
        <TroubleNote trouble=trouble/>
    }
    .into_any()
}
