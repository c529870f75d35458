//! A same-origin way to another backend: what lies below a prefix is passed on, without what would betray the page or
//! bind the browser to the other host.

use std::str::FromStr;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use reqwest::Url;

use crate::answer;

/// The largest request body passed on, in bytes.
const MAX_BODY: usize = 256 * 1024;

/// A prefix and where it leads.
#[derive(Clone, Debug)]
pub struct Prefix {
    path: String,
    target: Url,
}

impl FromStr for Prefix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, url) = text.split_once('=').ok_or("it is PREFIX=URL, as in /idp=http://localhost:8081")?;
        let path = path.trim_end_matches('/');
        if !path.starts_with('/') {
            return Err("the prefix begins with / and is more than that, as in /idp".to_owned());
        }
        let target = Url::parse(url).map_err(|reason| format!("{url} is not a URL: {reason}"))?;
        if !matches!(target.scheme(), "http" | "https")
            || target.query().is_some()
            || target.fragment().is_some()
        {
            return Err(format!("{url} is not the http or https address of a backend"));
        }
        Ok(Self { path: path.to_owned(), target })
    }
}

impl Prefix {
    /// Where a request goes; `None` when its path would leave the target.
    fn target_of(&self, path: &str, query: Option<&str>) -> Option<Url> {
        let rest = path.strip_prefix(&self.path)?;
        let leaves =
            |segment: &str| matches!(percent_decode_str(segment).decode_utf8_lossy().as_ref(), "." | "..");
        if rest.split(['/', '\\']).any(leaves) {
            return None;
        }
        let mut target = self.target.clone();
        target.set_path(&format!("{}{rest}", self.target.path().trim_end_matches('/')));
        target.set_query(query);
        Some(target)
    }
}

/// All prefixes.
#[derive(Debug)]
pub struct Proxy {
    http: reqwest::Client,
    prefixes: Vec<Prefix>,
}

impl Proxy {
    /// These prefixes, reached with this client.
    pub fn new(http: reqwest::Client, prefixes: Vec<Prefix>) -> Self {
        let mut prefixes = prefixes;
        prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.path.len()));
        Self { http, prefixes }
    }

    /// The prefix that a path lies below; the longest when there are several.
    pub fn prefix_of(&self, path: &str) -> Option<&Prefix> {
        self.prefixes.iter().find(|prefix| {
            path.strip_prefix(prefix.path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Passes a request on and its answer back.
    pub async fn pass(&self, prefix: &Prefix, request: Request) -> Response {
        let mut response = self.passed(prefix, request).await.unwrap_or_else(|refusal| refusal);
        // The browser repeats a write when a kept connection dies under it; so these are not kept.
        answer::set(&mut response, header::CONNECTION, "close");
        answer::set(&mut response, header::CACHE_CONTROL, "no-store");
        answer::set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        answer::set(&mut response, header::REFERRER_POLICY, "no-referrer");
        // Whatever the backend answers must not act as a page of this origin.
        answer::set(
            &mut response,
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        );
        response
    }

    async fn passed(&self, prefix: &Prefix, request: Request) -> Result<Response, Response> {
        let (parts, body) = request.into_parts();
        if is_foreign(&parts.headers) {
            let sentence = "Only pages of this server's own origin may use this prefix.";
            return Err(answer::refusal(StatusCode::FORBIDDEN, "foreign_origin", sentence));
        }
        let target = prefix.target_of(parts.uri.path(), parts.uri.query()).ok_or_else(|| {
            answer::refusal(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "The path must not hold . or .. segments.",
            )
        })?;
        let body = axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| {
            let sentence = "The body could not be read, or is larger than the 256 KB this prefix takes.";
            answer::refusal(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", sentence)
        })?;
        let headers = passed_headers(&parts.headers, goes_up);
        let answered = self.http.request(parts.method, target).headers(headers).body(body).send().await;
        let answered = answered.map_err(|reason| unreachable(prefix, &reason))?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answered.status();
        *response.headers_mut() = passed_headers(answered.headers(), comes_back);
        *response.body_mut() = Body::from_stream(answered.bytes_stream());
        Ok(response)
    }
}

fn unreachable(prefix: &Prefix, reason: &reqwest::Error) -> Response {
    tracing::warn!(prefix = %prefix.path, %reason, "the backend behind a prefix could not be reached");
    let sentence = format!(
        "The web server of the portal could not reach the backend behind {}, {}. Is it running?",
        prefix.path,
        prefix.target.origin().ascii_serialization()
    );
    answer::refusal(StatusCode::BAD_GATEWAY, "upstream_unreachable", &sentence)
}

fn is_foreign(headers: &HeaderMap) -> bool {
    let text =
        |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("null"));
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = text(header::HOST).unwrap_or_default();
    origin != format!("http://{host}") && origin != format!("https://{host}")
}

fn passed_headers(from: &HeaderMap, passes: fn(&str) -> bool) -> HeaderMap {
    let named: Vec<HeaderName> = from
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    let mut to = HeaderMap::new();
    for (name, value) in from {
        if passes(name.as_str()) && !is_hop_by_hop(name.as_str()) && !named.contains(name) {
            to.append(name.clone(), value.clone());
        }
    }
    to
}

fn goes_up(name: &str) -> bool {
    let never =
        ["host", "origin", "cookie", "referer", "forwarded", "content-length", "expect", "ssl-client-cert"];
    !never.contains(&name) && !name.starts_with("x-forwarded-") && !name.starts_with("sec-")
}

fn comes_back(name: &str) -> bool {
    let never = [
        "set-cookie",
        "set-cookie2",
        "strict-transport-security",
        "clear-site-data",
        "cache-control",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
        "service-worker-allowed",
        "alt-svc",
        "nel",
        "refresh",
    ];
    let families = ["content-security-policy", "access-control-", "cross-origin-", "report"];
    !never.contains(&name) && !families.iter().any(|family| name.starts_with(family))
}

/// Headers between two neighbours only (RFC 9110 section 7.6.1).
fn is_hop_by_hop(name: &str) -> bool {
    let names = [
        "connection",
        "keep-alive",
        "proxy-connection",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    names.contains(&name)
}
