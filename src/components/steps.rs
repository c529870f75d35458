//! The parts of a form and how far each is.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use crate::browser::focus;

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Complete.
    Done,
    /// Being filled in, or ready to send.
    Current,
    /// Not begun.
    Todo,
    /// Something has to be changed.
    Wrong,
}

impl StepState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Todo => "todo",
            Self::Wrong => "wrong",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Done => "done: ",
            Self::Current => "now: ",
            Self::Todo => "not yet: ",
            Self::Wrong => "to change: ",
        }
    }
}

/// One part.
#[derive(Clone)]
pub struct Step {
    /// Its name: "Details".
    pub title: &'static str,
    /// What is chosen, or what is missing.
    pub text: Signal<String>,
    /// How far it is.
    pub state: Signal<StepState>,
    /// The ID of its heading or first field; it takes the focus.
    pub target: &'static str,
}

/// The parts under each other, with what is chosen in each.
#[component]
pub fn Steps(
    /// The parts, in order.
    steps: Vec<Step>,
) -> impl IntoView {
    let steps: Vec<AnyView> =
        steps.into_iter().enumerate().map(|(index, step)| draw(index + 1, step)).collect();
    view! { <ol class="steps">{steps}</ol> }.into_any()
}

fn draw(number: usize, step: Step) -> AnyView {
    let Step { title, text, state, target } = step;
    let mark = move || match state.get() {
        StepState::Done => view! { <IconMark icon=Icon::Check/> }.into_any(),
        StepState::Wrong => "!".into_any(),
        StepState::Current | StepState::Todo => number.to_string().into_any(),
    };
    view! {
        <li class=move || format!("step {}", state.get().class())>
            <span class="step-mark" aria-hidden="true">{mark}</span>
            <div>
                <a
                    href=format!("#{target}")
                    on:click=move |event| {
                        event.prevent_default();
                        focus::focus_by_id(target);
                    }
                >
                    {title}
                </a>
                <p><span class="visually-hidden">{move || state.get().word()}</span>{text}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The same as bars above the form, on narrow screens only; assistive technology reads [`Steps`].
#[component]
pub fn StepBars(
    /// How far each part is, in order.
    states: Vec<Signal<StepState>>,
) -> impl IntoView {
    let bar = |state: Signal<StepState>| view! { <span class=move || state.get().class()></span> }.into_any();
    let bars: Vec<AnyView> = states.into_iter().map(bar).collect();
    view! { <div class="step-bars" aria-hidden="true">{bars}</div> }.into_any()
}
