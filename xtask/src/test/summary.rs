//! Reading what `cargo test` said, natively and in a browser.

/// All test binaries of one run together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that were not run.
    pub ignored: u64,
    /// The names of those that failed.
    pub failures: Vec<String>,
}

impl Summary {
    /// Adds up every `test result:` line and collects every `test NAME ... FAILED`.
    pub fn read(output: &str) -> Self {
        let mut all = Self::default();
        for line in output.lines().map(str::trim) {
            if let Some(result) = line.strip_prefix("test result:") {
                all.passed += count(result, "passed");
                all.failed += count(result, "failed");
                all.ignored += count(result, "ignored");
            } else if let Some(name) = failed_name(line) {
                all.failures.push(name.to_owned());
            }
        }
        all
    }

    /// In a few words.
    pub fn words(&self) -> String {
        let tests = if self.passed == 1 { "1 test".to_owned() } else { format!("{} tests", self.passed) };
        match self.ignored {
            0 => tests,
            ignored => format!("{tests}, {ignored} not run"),
        }
    }
}

/// The number before a word in `ok. 12 passed; 0 failed; 3 ignored; …`.
fn count(result: &str, word: &str) -> u64 {
    let piece = result.split([';', '.']).find_map(|piece| piece.trim().strip_suffix(word));
    piece.and_then(|number| number.trim().parse().ok()).unwrap_or_default()
}

/// What the tests that failed said, test by test: Cargo prints it between two lines `failures:`. Without the stacks of
/// WebAssembly, a hundred lines for each failure that hide what it said.
pub fn said_by_failures(output: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        match line.trim_end() {
            "failures:" => inside = !inside,
            _ if line.starts_with("test result:") => inside = false,
            _ if inside && !is_frame(line) => lines.push(line),
            _ => {}
        }
    }
    lines
}

/// A line of a stack: of the program, or of the script around it.
fn is_frame(line: &str) -> bool {
    line.contains("wasm-function[") || line.contains("/wasm-bindgen-test:")
}

fn failed_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("test ")?;
    let (name, state) = rest.split_once(" ... ")?;
    state.starts_with("FAIL").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NATIVE: &str = "
running 3 tests
test route::round_trip ... ok
test config::broken ... FAILED
test slow ... ignored, takes minutes

failures:

---- config::broken stdout ----
Error: the name is missing


failures:
    config::broken

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.04s

running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s
";

    const BROWSER: &str = "
running 2 tests
test browser::storage::keeps_a_record ... ok
test browser::focus::moves ... FAIL

failures:

---- browser::focus::moves output ----
    error output:
        panicked at tests/browser/focus.rs:5:5:
        never: it moves
        logError@http://127.0.0.1:1/wasm-bindgen-test:2567:18
        browser.wasm.core::panic_fmt@http://127.0.0.1:1/wasm-bindgen-test_bg.wasm:wasm-function[56112]:0xadff6

failures:

    browser::focus::moves

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.12s
";

    #[test]
    fn adds_up_all_binaries() {
        let summary = Summary::read(NATIVE);
        assert_eq!((summary.passed, summary.failed, summary.ignored), (3, 1, 1));
        assert_eq!(summary.failures, ["config::broken"]);
        assert_eq!(summary.words(), "3 tests, 1 not run");
    }

    #[test]
    fn what_a_failed_test_said_is_found_however_much_follows() {
        let said: Vec<&str> = said_by_failures(NATIVE).into_iter().filter(|line| !line.is_empty()).collect();
        assert_eq!(said, ["---- config::broken stdout ----", "Error: the name is missing"]);
        let said: Vec<&str> = said_by_failures(BROWSER).into_iter().map(str::trim).collect();
        assert!(said.contains(&"never: it moves"));
        assert!(!said.iter().any(|line| line.contains("127.0.0.1")), "a stack");
        assert_eq!(said_by_failures("error[E0425]: cannot find value"), Vec::<&str>::new());
    }

    #[test]
    fn reads_the_browser_runner_too() {
        let summary = Summary::read(BROWSER);
        assert_eq!((summary.passed, summary.failed), (1, 1));
        assert_eq!(summary.failures, ["browser::focus::moves"]);
    }

    #[test]
    fn no_result_line_means_no_test() {
        assert_eq!(Summary::read("error[E0425]: cannot find value"), Summary::default());
    }
}
