//! Choices: the browser's own check boxes and radio buttons, drawn anew.

use leptos::prelude::*;

use super::field::error_line;
use super::icon::{Icon, IconMark};

/// A check box with its words; a hint below makes the words bold.
#[component]
pub fn Check(
    /// The ID of the box.
    #[prop(into)]
    id: String,
    /// What is true when it is ticked.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// What follows from it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Told of every change.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let hint_id = format!("{id}-note");
    let described = hint.is_some().then(|| hint_id.clone());
    let class = if hint.is_some() { "choice titled" } else { "choice" };
    view! {
        <div class=class>
            <input
                id=id.clone()
                type="checkbox"
                class="box"
                prop:checked=move || checked.get()
                aria-describedby=described
                on:change=move |event| {
                    let now = event_target_checked(&event);
                    checked.set(now);
                    if let Some(tell) = on_change {
                        tell.run(now);
                    }
                }
            />
            <div>
                <label for=id class="words">{label}</label>
                {hint.map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
            </div>
        </div>
    }
    .into_any()
}

/// Something that is on or off at once, without a button to save it.
#[component]
pub fn Switch(
    /// The ID of the switch.
    #[prop(into)]
    id: String,
    /// What is on.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Told of every change.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The label is read, not seen: the row already says it.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    view! {
        <div class="choice">
            <input
                id=id.clone()
                type="checkbox"
                role="switch"
                class="switch"
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label for=id class:visually-hidden=hide_label>{label}</label>
        </div>
    }
    .into_any()
}

/// One card of [`RadioCards`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadioCard {
    /// What it stands for.
    pub value: String,
    /// Its name.
    pub title: String,
    /// What it means.
    pub text: String,
    /// Its name in the standard, if it has one.
    pub code: String,
    /// A drawing.
    pub icon: Option<Icon>,
}

/// A choice of one from a few that need explaining.
#[component]
pub fn RadioCards(
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// The name of the group, which is also its ID; the summary of errors links to it.
    #[prop(into)]
    name: String,
    /// The cards, in order.
    options: Vec<RadioCard>,
    /// The value that is chosen.
    value: RwSignal<String>,
    /// All in one frame instead of cards.
    #[prop(optional)]
    joined: bool,
    /// The legend is read, not seen.
    #[prop(optional)]
    hide_legend: bool,
    /// What to change.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Told of every choice.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let note = format!("{name}-note");
    let described = note.clone();
    let choose = Callback::new(move |chosen: String| {
        value.set(chosen.clone());
        if let Some(tell) = on_change {
            tell.run(chosen);
        }
    });
    let cards: Vec<AnyView> =
        options.into_iter().map(|card| radio_card(name.clone(), card, value, choose)).collect();
    view! {
        <fieldset
            id=name
            tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
        >
            <legend class:visually-hidden=hide_legend>{legend}</legend>
            <div class=if joined { "cards joined" } else { "cards" }>{cards}</div>
            {move || error.get().map(|text| error_line(note.clone(), text))}
        </fieldset>
    }
    .into_any()
}

fn radio_card(name: String, card: RadioCard, value: RwSignal<String>, choose: Callback<String>) -> AnyView {
    let mine = StoredValue::new(card.value);
    view! {
        <label class="card">
            <input
                type="radio"
                class="box"
                name=name
                value=mine.get_value()
                prop:checked=move || mine.with_value(|mine| value.with(|value| value == mine))
                on:change=move |_| choose.run(mine.get_value())
            />
            <span class="words">{card.title}</span>
            {card.icon.map(|icon| view! { <IconMark icon/> })}
            {(!card.text.is_empty()).then(|| view! { <span class="hint">{card.text}</span> })}
            {(!card.code.is_empty()).then(|| view! { <code>{card.code}</code> })}
        </label>
    }
    .into_any()
}

/// One part of a [`Segmented`] choice.
#[derive(Clone)]
pub struct SegmentedOption {
    /// What it stands for.
    pub value: String,
    /// What a person reads.
    pub text: String,
    /// How many there are.
    pub count: Option<Signal<usize>>,
    /// A drawing.
    pub icon: Option<Icon>,
}

impl SegmentedOption {
    /// Words only.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), count: None, icon: None }
    }

    /// With a number.
    #[must_use]
    pub fn count(mut self, count: Signal<usize>) -> Self {
        self.count = Some(count);
        self
    }

    /// With a drawing.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// A choice of one from two to four short words; it acts at once.
#[component]
pub fn Segmented(
    /// What is chosen; read, not seen.
    #[prop(into)]
    legend: String,
    /// The name of the group.
    #[prop(into)]
    name: String,
    /// The parts, in order.
    options: Vec<SegmentedOption>,
    /// The value that is chosen.
    value: RwSignal<String>,
    /// Told of every choice.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let part = move |option: SegmentedOption| {
        let mine = StoredValue::new(option.value);
        view! {
            <label>
                <input
                    type="radio"
                    name=name.clone()
                    value=mine.get_value()
                    prop:checked=move || mine.with_value(|mine| value.with(|value| value == mine))
                    on:change=move |_| {
                        value.set(mine.get_value());
                        if let Some(tell) = on_change {
                            tell.run(mine.get_value());
                        }
                    }
                />
                {option.icon.map(|icon| view! { <IconMark icon/> })}
                <span>{option.text}</span>
                {option.count.map(|count| view! { <span class="count">{count}</span> })}
            </label>
        }
        .into_any()
    };
    let parts: Vec<AnyView> = options.into_iter().map(part).collect();
    view! {
        <fieldset class="segmented-field">
            <legend class="visually-hidden">{legend}</legend>
            <div class="segmented">{parts}</div>
        </fieldset>
    }
    .into_any()
}
