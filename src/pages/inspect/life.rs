//! How long the token lives, as countdown and ruler.

use leptos::prelude::*;

use super::shown::{Shown, kept};
use crate::{
    components::prelude::*,
    domain::{
        inspect::times::{Life as Stage, Lifetime, NoEnd},
        time,
    },
    state::use_session,
    text::inspect as text,
};

/// The row with the ruler; a sentence for a token without an end; nothing for what has no claims.
#[component]
pub fn LifeOf(shown: Shown) -> impl IntoView {
    let lifetime = kept(shown, |read| {
        let has_claims = read.payload.as_ref().is_some_and(|layer| layer.document.root().is_some());
        has_claims.then_some(read.lifetime)
    });
    move || lifetime.get().map(row)
}

fn row(lifetime: Lifetime) -> AnyView {
    let session = use_session();
    if let Stage::Unknown(why) = lifetime.at(session.now.get_untracked()) {
        let words = match why {
            NoEnd::Absent => text::NO_END,
            NoEnd::NoTime => text::END_IS_NO_TIME,
            NoEnd::CutOff => text::END_CUT_OFF,
        };
        return view! { <PanelPart><p class="small muted">{marked(words)}</p></PanelPart> }.into_any();
    }
    let now = session.now;
    view! {
        <div class="panel-part life-part">
            <LifeRow
                life=Signal::derive(move || past(&lifetime, now.get()))
                big=Signal::derive(move || words(&lifetime, now.get()).0)
                small=Signal::derive(move || words(&lifetime, now.get()).1)
                start=Signal::derive(move || start(&lifetime, now.get()))
                end=Signal::derive(move || end(&lifetime, now.get()))
                compact=true
            />
        </div>
    }
    .into_any()
}

fn past(lifetime: &Lifetime, now: i64) -> Life {
    match lifetime.at(now) {
        Stage::Never | Stage::Unknown(_) => Life::Never,
        Stage::NotYet { .. } => Life::Running(0.0),
        Stage::Expired { .. } => Life::Expired,
        Stage::Running { .. } => match lifetime.until {
            Some(until) => Life::at(lifetime.from.unwrap_or(now), Some(until), now),
            None => Life::Never,
        },
    }
}

/// Beyond a century nobody counts, in seconds.
const AGES: i64 = 100 * 365 * 86_400;

/// What is large, and what stands below it.
fn words(lifetime: &Lifetime, now: i64) -> (String, String) {
    match lifetime.at(now) {
        Stage::Never => ("Never".to_owned(), "expires".to_owned()),
        Stage::Unknown(_) => ("Unknown".to_owned(), "when it ends".to_owned()),
        Stage::NotYet { begins_in } => (time::countdown(begins_in), "until it begins".to_owned()),
        Stage::Running { left, .. } if left > AGES => ("Over 100 years".to_owned(), "left".to_owned()),
        Stage::Running { left, of: Some(of) } => {
            (time::countdown(left), format!("left of {}", time::length(of)))
        }
        Stage::Running { left, of: None } => (time::countdown(left), "left".to_owned()),
        Stage::Expired { ago } => ("Expired".to_owned(), format!("{} ago", time::duration(ago))),
    }
}

/// Both ends on the same day as now: the clock is enough.
fn is_near(lifetime: &Lifetime, now: i64) -> bool {
    [lifetime.from, lifetime.until].into_iter().flatten().all(|at| time::is_same_day(at, now))
}

fn start(lifetime: &Lifetime, now: i64) -> String {
    match lifetime.from {
        Some(from) if is_near(lifetime, now) => format!("Issued {}", time::clock_bare(from)),
        Some(from) => format!("Issued {}", time::date_time(from)),
        None => String::new(),
    }
}

fn end(lifetime: &Lifetime, now: i64) -> String {
    match lifetime.until {
        Some(until) => {
            let verb = if until <= now { "Expired" } else { "Expires" };
            let at = if is_near(lifetime, now) { time::clock(until) } else { time::date_time(until) };
            format!("{verb} {at}")
        }
        None => "Never expires".to_owned(),
    }
}
