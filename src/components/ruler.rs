//! The lifetime ruler: anything that ends is a scale of ticks with a needle at now, and a countdown.

use leptos::prelude::*;

use crate::domain::life::Life;

/// The path of all ticks on a grid of 1000 by 18; every `tall`-th reaches the top.
fn ticks(count: u16, tall: u16) -> String {
    (0..=count)
        .map(|tick| {
            let x = u32::from(tick) * 1000 / u32::from(count.max(1));
            let top = if tick % tall.max(1) == 0 || tick == count { 0 } else { 5 };
            format!("M{x} {top}V18")
        })
        .collect()
}

/// The scale. It is hidden from assistive technology; the words below it are not.
#[component]
pub fn Ruler(
    /// How much is over.
    #[prop(into)]
    life: Signal<Life>,
    /// When it began: "Issued 14:15:32".
    #[prop(into)]
    start: Signal<String>,
    /// When it ends: "Expires 14:20:32 UTC".
    #[prop(into)]
    end: Signal<String>,
    /// How many ticks.
    #[prop(default = 60)]
    count: u16,
    /// Every how many ticks is a tall one.
    #[prop(default = 12)]
    tall: u16,
) -> impl IntoView {
    let path = ticks(count, tall);
    let rest = path.clone();
    view! {
        <div class="life">
            <div
                class=move || format!("ruler {}", life.get().class())
                style=("--past", move || format!("{:.4}", life.get().past()))
                aria-hidden="true"
            >
                <svg viewBox="0 0 1000 18" preserveAspectRatio="none" class="past"><path d=path/></svg>
                <svg viewBox="0 0 1000 18" preserveAspectRatio="none" class="rest"><path d=rest/></svg>
                {move || (life.get() != Life::Never).then(|| view! { <span class="needle"></span> })}
            </div>
            <div class="ruler-ends"><span>{start}</span><span>{end}</span></div>
        </div>
    }
    .into_any()
}

/// What is left, large, and of what.
#[component]
pub fn Countdown(
    /// How much is over.
    #[prop(into)]
    life: Signal<Life>,
    /// "4:12", "12 days", "Expired", "Never".
    #[prop(into)]
    big: Signal<String>,
    /// "left of 5 minutes".
    #[prop(into)]
    small: Signal<String>,
) -> impl IntoView {
    view! {
        <p class=move || format!("countdown {}", life.get().class()) role="timer" aria-live="off">
            <span class="big">{big}</span>
            " "
            <span class="small-print">{small}</span>
        </p>
    }
    .into_any()
}

/// Countdown, ruler and what can be done about it, in one row of a panel.
#[component]
pub fn LifeRow(
    /// How much is over.
    #[prop(into)]
    life: Signal<Life>,
    /// "4:12".
    #[prop(into)]
    big: Signal<String>,
    /// "left of 5 minutes".
    #[prop(into)]
    small: Signal<String>,
    /// "Issued 14:15:32".
    #[prop(into)]
    start: Signal<String>,
    /// "Expires 14:20:32 UTC".
    #[prop(into)]
    end: Signal<String>,
    /// How many ticks.
    #[prop(default = 60)]
    count: u16,
    /// Every how many ticks is a tall one.
    #[prop(default = 12)]
    tall: u16,
    /// Smaller letters, as in Inspect.
    #[prop(optional)]
    compact: bool,
    /// A button, or nothing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=if compact { "life-row compact" } else { "life-row" }>
            <Countdown life big small/>
            <Ruler life start end count tall/>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
