//! The pages that are typed in: the inspector, one built like jwt.io's, and one that does nothing.

use std::fs;

use anyhow::{Context, Result};

use crate::setup::variable;
use crate::stub::{Stub, answer};

/// A page with a field `#token`.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is called in the table.
    pub name: &'static str,
    /// Its address.
    pub url: String,
    /// What holds the result.
    pub result: &'static str,
    /// What is there as soon as a token has been read.
    pub read: &'static str,
    /// The inspector: it says when it has been mounted, and a keystroke costs about the same whatever the size.
    pub is_ours: bool,
}

impl Subject {
    /// The inspector at this address.
    #[must_use]
    pub fn ours(url: &str) -> Self {
        Self {
            name: "inspector",
            url: url.to_owned(),
            result: ".inspect-result",
            read: ".inspect-result table",
            is_ours: true,
        }
    }

    /// The other one, at this origin.
    #[must_use]
    pub fn like_jwt_io(origin: &str) -> Self {
        Self {
            name: "jwt.io-like",
            url: format!("{origin}/"),
            result: "#result",
            read: "#result .token",
            is_ours: false,
        }
    }

    /// A field without a script, at the same origin: what is seen there is the machine's and the measuring's own.
    #[must_use]
    pub fn bare(origin: &str) -> Self {
        Self {
            name: "bare field",
            url: format!("{origin}/bare"),
            result: "#result",
            read: "#result",
            is_ours: false,
        }
    }
}

/// Serves the page built like jwt.io's, with React and Prism as they come from npm, and the bare field.
///
/// # Errors
/// When `PORTICO_NPM` is not set, or no port is free.
pub async fn others() -> Result<Stub> {
    variable("PORTICO_NPM")?;
    Stub::answering(|line| file(line).unwrap_or_else(|_| answer("404 Not Found", &[], ""))).await
}

fn file(line: &str) -> Result<String> {
    let path = line.strip_prefix("GET ").context("only GET is answered")?;
    let bench = |name: &str| format!("{}/bench/{name}", env!("CARGO_MANIFEST_DIR"));
    let own = |name: &str| bench(&format!("jwt-io-like/{name}"));
    let modules = variable("PORTICO_NPM")?;
    let npm = |package: &str, name: &str| format!("{modules}/{package}/node_modules/{package}/{name}");
    let (kind, file) = match path {
        "/" => ("text/html", own("index.html")),
        "/style.css" => ("text/css", own("style.css")),
        "/app.js" => ("text/javascript", own("app.js")),
        "/bare" => ("text/html", bench("bare/index.html")),
        "/bare.css" => ("text/css", bench("bare/style.css")),
        "/npm/react.js" => ("text/javascript", npm("react", "umd/react.production.min.js")),
        "/npm/react-dom.js" => ("text/javascript", npm("react-dom", "umd/react-dom.production.min.js")),
        "/npm/prism.js" => ("text/javascript", npm("prismjs", "components/prism-core.min.js")),
        "/npm/prism-json.js" => ("text/javascript", npm("prismjs", "components/prism-json.min.js")),
        _ => return Ok(answer("404 Not Found", &[], "")),
    };
    let text = fs::read_to_string(&file).with_context(|| format!("{file} cannot be read"))?;
    Ok(answer("200 OK", &[&format!("Content-Type: {kind}; charset=utf-8")], &text))
}
