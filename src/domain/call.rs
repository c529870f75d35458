//! The first call of a product: the request, and what a refusal of it means.

pub mod open_banking;

use crate::domain::{
    catalogue::{Approval, Product},
    http::{Method, Request, Response, Text},
    registration::refusal::ServerWords,
    secret::Secret,
    url,
};
use open_banking::{Reason, Refused};

/// What a partner wants to call, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Method of the sample.
    pub method: Method,
    /// Path and query below the environment's `api`.
    pub path: String,
    /// JSON body; empty for none.
    pub body: String,
    /// A name for this one call (`x-fapi-interaction-id`), where banks want one.
    pub interaction_id: Option<String>,
}

/// What is wrong with a [`Wish`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// With the path.
    Path(String),
    /// With the body.
    Body(String),
}

/// The request of a call. `base` is the environment's `api` for this product; the token never leaves its origin.
///
/// # Errors
/// What to change, in a sentence.
pub fn request(wish: &Wish, base: &str, page_origin: &str, token: &Secret) -> Result<Request, Problem> {
    let base = url::absolute(page_origin, base);
    let mut request = Request::new(wish.method, address(&wish.path, &base).map_err(Problem::Path)?)
        .header("Authorization", Text::bearer("access token", "ACCESS_TOKEN", token));
    if let Some(id) = &wish.interaction_id {
        request = request.header(open_banking::INTERACTION_ID, Text::plain(id.as_str()));
    }
    let body = wish.body.trim();
    if body.is_empty() {
        return Ok(request);
    }
    serde_json::from_str::<serde::de::IgnoredAny>(body)
        .map_err(|problem| Problem::Body(format!("This is not JSON: {problem}.")))?;
    Ok(request.body("application/json", Text::plain(body)))
}

fn address(path: &str, base: &str) -> Result<String, String> {
    let path = path.trim();
    if !path.starts_with('/') {
        return Err(format!(
            "Write a path that starts with /. The host comes from the environment: {}.",
            url::host(base)
        ));
    }
    let address = format!("{}{path}", base.trim_end_matches('/'));
    let parts = url::parts(&address)?;
    if parts.has_fragment {
        return Err("Take out the # part: a browser never sends it.".to_owned());
    }
    let configured = url::origin(base);
    if configured.is_none() || url::origin(&address) != configured || parts.has_userinfo {
        return Err("This leads away from the address that is configured for this product. The token is not sent there.".to_owned());
    }
    Ok(address)
}

/// What the portal knows when a call is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstances<'a> {
    /// The product that was called.
    pub product: &'a Product,
    /// The scopes it needs here, as the environment names them.
    pub needed: &'a [String],
    /// The scopes of the token; `None` when neither the token nor its answer says.
    pub granted: Option<&'a [String]>,
    /// Whether the token was still valid by this computer's clock.
    pub expired: bool,
    /// By this computer's clock, seconds since 1970.
    pub now: i64,
}

/// A refusal in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What is the matter.
    pub lead: String,
    /// How the portal knows, and what to do next.
    pub text: String,
    /// In the server's words.
    pub quoted: Option<String>,
    /// The single reasons that the server lists.
    pub reasons: Vec<Reason>,
    /// By what the server finds this refusal.
    pub id: Option<String>,
}

/// Explains an answer that is not a success; `None` for a success.
#[must_use]
pub fn explain(response: &Response, at: &Circumstances<'_>) -> Option<Explained> {
    if response.is_success() {
        return None;
    }
    let words = ServerWords::read(&response.body);
    let (lead, text) = match response.status {
        401 => unauthorized(&words, at),
        403 => forbidden(at),
        404 => (
            "There is nothing at this path.".to_owned(),
            "The token was accepted or not looked at: check the path and its IDs.".to_owned(),
        ),
        400 | 422 => (
            "The product does not accept this request.".to_owned(),
            "The token was accepted. Compare the body with the sample; the product's words may name the member.".to_owned(),
        ),
        405 => ("The product does not offer this method here.".to_owned(), "Choose a sample, and start from its method and path.".to_owned()),
        429 => too_many(response, at.now),
        500..=599 => (
            "The product failed on its own side.".to_owned(),
            "Whether it did the work is not known. Show the operator the time and the answer.".to_owned(),
        ),
        status => (format!("The product answered {status}."), "Its own words tell what the portal cannot.".to_owned()),
    };
    let refused = Refused::read(&response.body).unwrap_or_default();
    let quoted = refused.line().or(words.description).or(words.error);
    Some(Explained { lead, text, quoted, reasons: refused.errors, id: refused.id })
}

fn too_many(response: &Response, now: i64) -> (String, String) {
    let wait = match response.retry_after(now) {
        Some(0) => "Call again. ".to_owned(),
        Some(seconds) => format!("Wait {seconds} s, then call again. "),
        None => "Wait, then call again. The answer does not say how long. ".to_owned(),
    };
    ("Too many calls in a short time.".to_owned(), format!("{wait}Nothing repeats by itself."))
}

fn unauthorized(words: &ServerWords, at: &Circumstances<'_>) -> (String, String) {
    let lead = "The product did not accept the token.".to_owned();
    let text = if at.expired {
        "It has expired. A new one is one request away."
    } else if words.mention("audience") {
        "Its audience is not this product. A new token will not change that: show the operator the answer."
    } else {
        "By this computer's clock it has not expired. Its issuer or key may not be the one the product trusts, or the clocks differ."
    };
    (lead, text.to_owned())
}

fn forbidden(at: &Circumstances<'_>) -> (String, String) {
    let name = &at.product.name;
    let missing: Vec<&str> = match at.granted {
        Some(granted) => {
            at.needed.iter().filter(|scope| !granted.contains(scope)).map(String::as_str).collect()
        }
        None => Vec::new(),
    };
    if !missing.is_empty() {
        return (
            format!("The token has no scope {}.", missing.join(" ")),
            format!(
                "{name} needs it. Add the product under Change, then get a new token. If it is registered already, the operator has to grant it."
            ),
        );
    }
    let who = match at.product.approval {
        Approval::Operator => format!("{name} works after the operator has agreed and given the application a role. Get a new token after that: this one stays as it is."),
        Approval::Automatic => "The account behind the application usually lacks a role. Only the operator can give one; get a new token after that.".to_owned(),
    };
    (format!("The token has the scope for {name}, and may still not do this."), who)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://portal.example";

    fn wish(path: &str, body: &str) -> Wish {
        Wish { method: Method::Post, path: path.to_owned(), body: body.to_owned(), interaction_id: None }
    }

    fn sent_to(path: &str, base: &str) -> Result<String, Problem> {
        request(&wish(path, ""), base, PAGE, &Secret::new("t")).map(|request| request.url)
    }

    #[test]
    fn the_path_goes_below_the_configured_address() {
        assert_eq!(sent_to("/api/x?y=1", "").unwrap(), "https://portal.example/api/x?y=1");
        assert_eq!(sent_to("/x", "https://api.example/v1/").unwrap(), "https://api.example/v1/x");
        assert_eq!(sent_to("/x", "/api").unwrap(), "https://portal.example/api/x");
    }

    #[test]
    fn a_token_is_never_sent_elsewhere() {
        for path in ["https://evil.example/", "@evil.example/", ".evil.example/", "", "x", "/a#b", "/a b"] {
            assert!(matches!(sent_to(path, "https://api.example"), Err(Problem::Path(_))), "{path}");
        }
        assert_eq!(
            sent_to("//evil.example/", "https://api.example").unwrap(),
            "https://api.example//evil.example/"
        );
        assert!(matches!(sent_to("/x", "ftp://api.example"), Err(Problem::Path(_))));
    }

    #[test]
    fn a_body_is_json_or_is_not_sent() {
        let send = |body| request(&wish("/x", body), "", PAGE, &Secret::new("t"));
        assert!(matches!(send("{\"a\":"), Err(Problem::Body(_))));
        assert!(send("  ").unwrap().body.is_none());
        assert!(send("{\"a\":1}").unwrap().body.is_some());
    }

    #[test]
    fn a_403_names_the_missing_scope_or_says_that_it_is_a_role() {
        let product = Product {
            id: "p".to_owned(),
            name: "Payments".to_owned(),
            standard: None,
            summary: String::new(),
            description: String::new(),
            scopes: Vec::new(),
            audience: None,
            approval: Approval::Operator,
            approval_note: None,
            limit: None,
            api_version: None,
            reference: None,
            calls: Vec::new(),
        };
        let needed = ["payments:initiate".to_owned()];
        let response = Response {
            status: 403,
            body: "{\"error_description\":\"No role.\"}".to_owned(),
            ..Response::default()
        };
        let told = |granted: Option<&[String]>| {
            explain(
                &response,
                &Circumstances { product: &product, needed: &needed, granted, expired: false, now: 0 },
            )
            .unwrap()
        };
        assert!(told(Some(&[])).lead.contains("payments:initiate"));
        assert!(told(Some(&needed)).text.contains("role"));
        assert_eq!(told(None).quoted.as_deref(), Some("No role."));
    }
}
