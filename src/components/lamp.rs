//! Lamps: a state as a shape and a colour, always with words beside it.

use leptos::prelude::*;

/// What a lamp says. Each has its own shape, so that colour is never alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lamp {
    /// Good: a disc.
    Ok,
    /// Look at this: a triangle.
    Warn,
    /// Stopped: an octagon with a cross.
    Bad,
    /// Waiting for someone: a ring with a hand.
    Info,
    /// Known, neutral: a ring.
    #[default]
    Known,
    /// Not yet: a dashed ring.
    NotYet,
}

impl Lamp {
    /// The class that carries the colour; chips and rows use it too.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Known => "known",
            Self::NotYet => "not-yet",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Ok => "M5 .6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 0 1 0-8.8z",
            Self::Warn => "M5 .7l4.8 8.5H.2z",
            Self::Bad => {
                "M3 .2h4L9.8 3v4L7 9.8H3L.2 7V3zM3.5 2.7L5 4.2l1.5-1.5.8.8L5.8 5l1.5 1.5-.8.8L5 5.8 3.5 7.3l-.8-.8L4.2 5 2.7 3.5z"
            }
            Self::Info => "M5 1a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM5 3v2.2h1.5",
            Self::Known | Self::NotYet => "M5 1.3a3.7 3.7 0 1 1 0 7.4a3.7 3.7 0 0 1 0-7.4z",
        }
    }
}

/// The shape alone, hidden from assistive technology: the words beside it say the same.
#[component]
pub fn LampMark(
    /// What it says.
    #[prop(into)]
    lamp: Signal<Lamp>,
) -> impl IntoView {
    view! {
        <svg class=move || format!("lamp {}", lamp.get().class()) viewBox="0 0 10 10" aria-hidden="true">
            <path d=move || lamp.get().path() fill-rule="evenodd"/>
        </svg>
    }
    .into_any()
}

/// A lamp and its words in a row.
#[component]
pub fn Lit(
    /// What the lamp says.
    #[prop(into)]
    lamp: Signal<Lamp>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class="lit"><LampMark lamp/><span>{children()}</span></span> }.into_any()
}
