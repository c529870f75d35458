//! Runs one input: a panic becomes a finding, with the place where it happened.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use crate::outcome::{Broken, Outcome};

thread_local! {
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From here on a panic is not printed: [`run`] tells of it.
pub fn quiet() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with(|slot| slot.replace(place));
    }));
}

/// What the reader says of the input, or that it panicked.
///
/// # Errors
/// The promise that was broken.
pub fn run(reader: fn(&[u8]) -> Outcome, input: &[u8]) -> Outcome {
    panic::catch_unwind(AssertUnwindSafe(|| reader(input))).unwrap_or_else(|payload| {
        let place = PLACE.with(RefCell::take);
        Err(Broken::new(format!("no panic at {place}"), words(payload.as_ref())))
    })
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_finding_with_its_place() {
        quiet();
        let broken = run(|input| Ok(u64::from(input[0])), &[]).unwrap_err();
        assert!(broken.rule.starts_with("no panic at ") && broken.rule.contains("guard.rs"), "{broken:?}");
        assert!(broken.seen.contains("out of bounds"));
        assert_eq!(run(|input| Ok(u64::from(input[0])), &[7]), Ok(7));
    }
}
