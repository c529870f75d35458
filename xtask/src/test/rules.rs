//! Rules for single files, pure: a path and its text in, sentences out.

use super::html;

/// What the pure domain must not know: the browser, the clock, randomness.
const IMPURE: [&str; 10] = [
    "web_sys",
    "js_sys",
    "leptos",
    "gloo",
    "wasm_bindgen",
    "SystemTime",
    "Instant::now",
    "Date::now",
    "getrandom",
    "rand::",
];

/// What is left behind by mistake. In two pieces each, so that this file does not break its own rule.
const LEFT_BEHIND: [(&str, &str); 6] =
    [("TO", "DO"), ("FIX", "ME"), ("<<<<", "<<< "), (">>>>", ">>> "), ("dbg", "!("), ("/ro", "ot/")];

/// Everything that is wrong with one file of the repository.
pub fn faults(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if path.ends_with(".html") {
        found.extend(html::blocked_by_policy(text).into_iter().map(|what| format!("{path} has {what}")));
    }
    if path.starts_with("src/domain/") {
        found.extend(
            code_lines(text, &IMPURE)
                .map(|(line, word)| format!("{path}:{line} knows {word}; the domain is pure")),
        );
    }
    if path.starts_with("src/") {
        let attribute = [" style=\"", " style='", "inner_html="];
        found.extend(code_lines(text, &attribute).map(|(line, word)| {
            format!("{path}:{line} has{word}…, which the page's policy blocks or which is unsafe")
        }));
    }
    if path.ends_with(".json")
        && !path.contains("fixtures/")
        && serde_json::from_str::<serde_json::Value>(text).is_err()
    {
        found.push(format!("{path} is not JSON"));
    }
    if !path.contains("fixtures/") {
        found.extend(left_behind(path, text));
    }
    found
}

/// Everything that is wrong with the files that a repository must have.
pub fn documents(license: Option<&str>, readme: Option<&str>) -> Vec<String> {
    let mut found = Vec::new();
    if !license.is_some_and(|text| text.contains("Apache License")) {
        found.push("LICENSE is missing, or is not the Apache License".to_owned());
    }
    for command in ["cargo xtask serve", "cargo xtask test"] {
        if !readme.is_some_and(|text| text.contains(command)) {
            found.push(format!("README.md does not mention `{command}`"));
        }
    }
    found
}

fn left_behind(path: &str, text: &str) -> Vec<String> {
    let words = LEFT_BEHIND.map(|(one, two)| format!("{one}{two}"));
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(number, line)| words.iter().map(move |word| (number + 1, line, word)))
        .filter(|(_, line, word)| line.contains(word.as_str()))
        .map(|(number, _, word)| format!("{path}:{number} has {word}"))
        .collect()
}

/// Lines of code, not of comment, that hold one of the words.
fn code_lines<'a>(text: &'a str, words: &'a [&str]) -> impl Iterator<Item = (usize, &'a str)> {
    let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.flat_map(move |(number, line)| {
        words.iter().filter(move |word| line.contains(**word)).map(move |word| (number + 1, *word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pure_domain_file_is_fine() {
        assert_eq!(
            faults("src/domain/route.rs", "//! No leptos here.\nuse std::fmt;\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn an_impure_domain_file_is_named_with_its_line() {
        let found = faults("src/domain/a.rs", "use std::fmt;\nuse web_sys::Window;\n");
        assert_eq!(found, ["src/domain/a.rs:2 knows web_sys; the domain is pure"]);
        assert_eq!(faults("src/browser/a.rs", "use web_sys::Window;\n"), Vec::<String>::new());
    }

    #[test]
    fn what_the_policy_would_block_is_named() {
        assert_eq!(faults("index.html", "<script>go()</script>"), ["index.html has a <script> without src"]);
        assert_eq!(faults("src/pages/a.rs", "view! { <p style=\"x\"> }").len(), 1);
        assert_eq!(faults("src/pages/a.rs", "view! { <p style:width=w> }"), Vec::<String>::new());
    }

    #[test]
    fn leftovers_are_named_except_in_fixtures() {
        let text = format!("// {}{}: later\n", "TO", "DO");
        assert_eq!(faults("sandbox/src/a.rs", &text).len(), 1);
        assert_eq!(faults("tests/fixtures/keycloak/a.txt", &text), Vec::<String>::new());
    }

    #[test]
    fn broken_json_is_named() {
        assert_eq!(faults("docs/examples/a.json", "{"), ["docs/examples/a.json is not JSON"]);
        assert_eq!(faults("docs/examples/a.json", "{}"), Vec::<String>::new());
    }

    #[test]
    fn license_and_readme_are_asked_for() {
        let readme = "cargo xtask serve, cargo xtask test";
        assert_eq!(documents(Some("Apache License 2.0"), Some(readme)), Vec::<String>::new());
        assert_eq!(documents(None, Some("cargo xtask serve")).len(), 2);
        assert_eq!(documents(Some("MIT"), None).len(), 3);
    }
}
