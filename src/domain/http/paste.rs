//! An answer that was fetched by other means and pasted: what `curl --include` or `--verbose` prints, what a REST client
//! shows, or only the body. Whatever stands around it is left out, and what had to be inferred is said.

use super::Response;
use crate::domain::{json, registration::Operation};

/// An answer, and what had to be inferred to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The answer, as if the page had got it itself.
    pub response: Response,
    /// What was inferred, in sentences.
    pub notes: Vec<String>,
}

/// Reads what was pasted. `operation` decides which status a success without a status line had.
///
/// # Errors
/// A sentence: what is missing.
pub fn read(text: &str, operation: Operation) -> Result<Pasted, String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() && operation == Operation::Delete {
        return Err("Paste the line that begins with HTTP: a deletion is answered with little else. curl prints it with --include.".to_owned());
    }
    if text.trim().is_empty() {
        return Err("Paste the answer: what curl printed, from the line that begins with HTTP.".to_owned());
    }
    let plain = without_verbose_marks(&text);
    match last_head(&plain) {
        Some((head, body)) => with_head(head, body),
        None => without_head(&plain, operation),
    }
}

/// `curl --verbose` marks what it sends, what it gets, and what it says. Only what it got stays.
fn without_verbose_marks(text: &str) -> String {
    let is_verbose = text.lines().any(|line| line.starts_with("< HTTP/"));
    if !is_verbose {
        return text.to_owned();
    }
    let mut out = String::new();
    for line in text.lines() {
        let noise = ["* ", "> ", "{ [", "} [", "*", ">"].iter().any(|mark| line.starts_with(mark));
        if let Some(header) = line.strip_prefix("< ").or_else(|| (line == "<").then_some("")) {
            out.push_str(header);
            out.push('\n');
        } else if !noise {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The head that counts and what follows it: after `100 Continue`, a proxy's `200 Connection established` or a redirect
/// comes another one.
fn last_head(text: &str) -> Option<(&str, &str)> {
    let mut rest = from_status_line(text)?;
    loop {
        let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
        match body.trim_start() {
            next if is_status_line(next) => rest = next,
            _ => return Some((head, body)),
        }
    }
}

fn from_status_line(text: &str) -> Option<&str> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A shell that is still on the line of the command.
        if let Some(offset) = line.find("HTTP/")
            && let Some(found) = text.get(at + offset..)
            && is_status_line(found)
        {
            return Some(found);
        }
        at += line.len();
    }
    None
}

fn is_status_line(text: &str) -> bool {
    status(text.lines().next().unwrap_or_default()).is_some()
}

/// The status of `HTTP/1.1 201 Created` and `HTTP/2 201`.
fn status(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once(' ')?;
    let known = ["1.0", "1.1", "2", "2.0", "3"].contains(&version);
    let code: u16 = rest.split_whitespace().next()?.parse().ok()?;
    (known && (100..600).contains(&code)).then_some(code)
}

fn with_head(head: &str, body: &str) -> Result<Pasted, String> {
    let mut lines = head.lines();
    let status = lines.next().and_then(status).ok_or("The line that begins with HTTP has no status.")?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let (body, note) = trimmed(body);
    let response = Response { status, headers, body, elapsed_ms: 0 };
    Ok(Pasted { response, notes: note.into_iter().collect() })
}

fn without_head(text: &str, operation: Operation) -> Result<Pasted, String> {
    let (body, note) = trimmed(text);
    let mut notes: Vec<String> = note.into_iter().collect();
    let status = if body.starts_with('<') {
        notes.push("There is no status line. A web page is taken for an error of the server.".to_owned());
        500
    } else {
        let members = json::object(&body).map_err(|_| {
            "There is neither a line that begins with HTTP nor JSON in it. Run curl with --include, and paste all that it prints.".to_owned()
        })?.members;
        let error = json::string(&members, "error");
        let status = match error.as_deref() {
            None if operation == Operation::Create => 201,
            None => 200,
            Some("invalid_token" | "invalid_client") => 401,
            Some("insufficient_scope") => 403,
            Some(_) => 400,
        };
        let what = if error.is_some() { "its member error" } else { "what it holds" };
        notes.push(format!("There is no status line. From {what} it is read as {status}."));
        status
    };
    Ok(Pasted { response: Response { status, headers: Vec::new(), body, elapsed_ms: 0 }, notes })
}

/// The body without what a terminal shows around it: a command before, a prompt after.
fn trimmed(text: &str) -> (String, Option<String>) {
    let whole = text.trim();
    let (Some(start), Some(end)) = (whole.find('{'), whole.rfind('}')) else {
        let page = whole.find('<').and_then(|at| whole.get(at..)).unwrap_or(whole);
        return (page.to_owned(), None);
    };
    if whole.starts_with('<') || whole.starts_with('[') {
        return (whole.to_owned(), None);
    }
    let body = whole.get(start..=end).unwrap_or(whole);
    let note = (body.len() < whole.len()).then(|| "What stood around the JSON was left out.".to_owned());
    (body.to_owned(), note)
}
