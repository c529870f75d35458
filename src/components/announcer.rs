//! One polite live region for what a person who cannot see the change must hear: a new page, the last minute.

use leptos::prelude::*;

/// Says things; provided once by the app.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// Makes the announcer and puts it into the context.
    pub fn provide() -> Self {
        let announcer = Self(RwSignal::new(String::new()));
        provide_context(announcer);
        announcer
    }

    /// Says a sentence. The same sentence twice is said twice.
    pub fn say(self, words: &str) {
        self.0.update(|said| {
            // A space that nobody hears makes the text new, without which it would not be read again.
            *said = if said == words { format!("{words}\u{a0}") } else { words.to_owned() };
        });
    }
}

/// The announcer from the context. Outside the app it speaks to nobody.
#[must_use]
pub fn use_announcer() -> Announcer {
    use_context::<Announcer>().unwrap_or_else(|| Announcer(RwSignal::new(String::new())))
}

/// The live region; once, in the app.
#[component]
pub fn AnnouncerRegion() -> impl IntoView {
    let words = use_announcer().0;
    view! { <div class="visually-hidden" aria-live="polite" aria-atomic="true">{words}</div> }.into_any()
}
