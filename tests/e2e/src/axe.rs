//! axe-core on what is on the screen: WCAG 2.0 to 2.2, A and AA, and best practice.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{browser::Browser, setup::variable};

const RUN: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] })
  .then((result) => done(result.violations.map((violation) =>
     violation.id + ": " + violation.help + "\n" + violation.nodes.map((node) => "    " + node.target.join(" ") + "\n      " + node.html.slice(0, 200) + "\n      " + (node.any[0] || node.all[0] || node.none[0] || {}).message).join("\n"))))
  .catch((error) => done(["axe failed: " + error]));
"#;

/// Fails on any violation, and names the elements.
///
/// # Errors
/// The violations.
pub async fn check(browser: &Browser, screen: &str) -> Result<()> {
    let source = std::fs::read_to_string(variable("PORTICO_AXE")?).context("cannot read axe-core")?;
    browser.driver.execute(format!("{source}; return typeof axe"), vec![]).await?;
    let result = browser.driver.execute_async(RUN, vec![]).await?;
    let violations: Vec<String> = result
        .json()
        .as_array()
        .context("axe gave no list")?
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if violations.is_empty() {
        return Ok(());
    }
    bail!("{screen} at {}: axe found\n{}", browser.look.name(), violations.join("\n"))
}
