//! Runs one input: a panic becomes a finding, with the place where it happened.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::outcome::{Broken, Outcome};

thread_local! {
    /// Where a reader panicked; nothing while none is at work.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From here on a panic of a reader is not printed: [`run`] tells of it.
pub fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let is_reader = PLACE.with(|slot| slot.borrow_mut().as_mut().map(|slot| *slot = place).is_some());
            if !is_reader {
                usual(panic);
            }
        }));
    });
}

/// What the reader says of the input, or that it panicked.
///
/// # Errors
/// The promise that was broken.
pub fn run(reader: fn(&[u8]) -> Outcome, input: &[u8]) -> Outcome {
    PLACE.with(|slot| slot.replace(Some(String::new())));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| reader(input)));
    let place = PLACE.with(RefCell::take).unwrap_or_default();
    outcome
        .unwrap_or_else(|payload| Err(Broken::new(format!("no panic at {place}"), words(payload.as_ref()))))
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
