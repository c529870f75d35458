//! A short run of every target, always the same one. `cargo xtask fuzz` makes a long one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;

use portico_fuzz::engine::{Run, Until, feed};
use portico_fuzz::guard;
use portico_fuzz::targets::ALL;
use portico_fuzz::watch::Watch;

/// This build is slow, and other tests run beside it.
const RUN: Run = Run { until: Until::Inputs(2_000), seed: 6, slack: 40 };

#[test]
fn no_target_breaks_a_promise() {
    guard::quiet();
    let watch = Watch::start(Path::new("../test-results/fuzz"));
    let mut broken = Vec::new();
    for target in ALL {
        let report = feed(target, &RUN, &watch);
        broken.extend(report.found.iter().map(|found| format!("{}: {found:?}", target.name)));
        assert!(report.kept > 3, "{}: every input says the same", target.name);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_seed_repeats_a_run() {
    let watch = Watch::default();
    let target = ALL.iter().find(|target| target.name == "json").unwrap();
    let kept = |seed| feed(target, &Run { seed, ..RUN }, &watch).kept;
    assert_eq!(kept(1), kept(1));
    assert_ne!(kept(1), kept(2));
}
