//! What was seen of an environment, in words and lamps.

use crate::{
    components::prelude::Lamp,
    domain::{config::Environment, registration::discovery::Reach, time},
    state::environments::Health,
};

/// From so many seconds on a clock that differs is pointed out: tokens are then refused as not valid yet.
const CLOCK_TOLERANCE: f64 = 60.0;
/// An HTTP date has whole seconds, so that less than this means nothing.
const CLOCK_RESOLUTION: f64 = 1.0;

/// The four probes: discovery, registration, token requests, clock. Each with a lamp only when it is wrong.
pub const LABELS: [&str; 4] = ["Discovery", "Registration", "Token requests", "Server clock"];

/// A probe in words.
pub type Probed = (Option<Lamp>, String);

/// The lamp of an environment.
#[must_use]
pub fn lamp(seen: Option<&Health>) -> Lamp {
    match seen {
        None => Lamp::Known,
        Some(seen) if seen.reach.is_err() || clock_is_wrong(seen) => Lamp::Warn,
        Some(_) => Lamp::Ok,
    }
}

/// How old that is: "Checked 20 s ago".
#[must_use]
pub fn checked(seen: Option<&Health>, is_checking: bool, now: i64) -> String {
    match seen {
        _ if is_checking => "Checking".to_owned(),
        None => "Not checked yet".to_owned(),
        Some(seen) => format!("Checked {}", time::since(seen.at, now)),
    }
}

/// All of it in one line.
#[must_use]
pub fn summary(seen: Option<&Health>, is_checking: bool) -> String {
    match seen.map(|seen| (seen, &seen.reach)) {
        None if is_checking => "Checking".to_owned(),
        None => "Not checked yet".to_owned(),
        Some((_, Err(trouble))) => trouble.headline(),
        Some((seen, Ok(_))) if clock_is_wrong(seen) => format!("Clock {}", clock(seen).1),
        Some((seen, Ok(_))) if seen.elapsed_ms == 0 => "Configured without discovery".to_owned(),
        Some((seen, Ok(_))) => format!("Answers in {} ms", seen.elapsed_ms),
    }
}

/// Why it is not well: the whole sentence. Nothing while all is well.
#[must_use]
pub fn sentence(seen: Option<&Health>) -> Option<String> {
    let seen = seen?;
    match &seen.reach {
        Err(trouble) => {
            let parts = [trouble.headline(), trouble.meaning(), trouble.next()];
            Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
        }
        Ok(_) if clock_is_wrong(seen) => Some(
            "This computer's clock and the server's differ by more than a minute. Times of tokens are wrong by as much, and a token may be refused."
                .to_owned(),
        ),
        Ok(_) => None,
    }
}

/// The four probes, in the order of [`LABELS`].
#[must_use]
pub fn probes(environment: &Environment, page_origin: &str, seen: Option<&Health>) -> [Probed; 4] {
    let Some(seen) = seen else { return LABELS.map(|_| (None, "not asked yet".to_owned())) };
    match &seen.reach {
        Ok(reach) => [
            (
                None,
                if environment.discovery { format!("{} ms", seen.elapsed_ms) } else { "not used".to_owned() },
            ),
            (None, way(environment, page_origin, reach, &reach.registration)),
            (None, way(environment, page_origin, reach, &reach.token)),
            clock(seen),
        ],
        Err(_) => [
            (Some(Lamp::Warn), "not readable".to_owned()),
            (None, "not known".to_owned()),
            (None, "not known".to_owned()),
            clock(seen),
        ],
    }
}

fn way(environment: &Environment, page_origin: &str, reach: &Reach, called: &str) -> String {
    let through =
        environment.via.as_ref().filter(|via| called.starts_with(&format!("{page_origin}{}/", via.prefix)));
    match through {
        Some(via) => format!("through {}", via.prefix),
        None if reach.cross_origin => "direct, other origin".to_owned(),
        None => "direct".to_owned(),
    }
}

fn clock_is_wrong(seen: &Health) -> bool {
    seen.clock_ahead.is_some_and(|ahead| ahead.abs() > CLOCK_TOLERANCE)
}

fn clock(seen: &Health) -> Probed {
    let lamp = clock_is_wrong(seen).then_some(Lamp::Warn);
    let words = match seen.clock_ahead {
        None => "not shown".to_owned(),
        Some(ahead) if ahead.abs() <= CLOCK_RESOLUTION => "in step".to_owned(),
        Some(ahead) => {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "`as` saturates, and a clock is not 300 years off"
            )]
            let seconds = time::duration(ahead.abs().round() as i64);
            format!("{seconds} {}", if ahead > 0.0 { "ahead" } else { "behind" })
        }
    };
    (lamp, words)
}
