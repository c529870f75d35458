//! One request, read in full, as the synchronous code of the realm and the product APIs sees it.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::response::Response;
use base64::Engine as _;

use crate::answer;

/// The largest request body taken, in bytes.
pub const MAX_BODY: usize = 64 * 1024;

/// The other end of a connection over mutual TLS.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it is.
    pub address: SocketAddr,
    /// Its certificate, in DER.
    pub certificate: Arc<[u8]>,
}

/// A request with its whole body.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, at most [`MAX_BODY`] bytes.
    pub body: Bytes,
    /// Where the connection comes from, when it came over the network.
    pub address: Option<IpAddr>,
    /// The client certificate of the connection, in DER, when it came over mutual TLS.
    pub certificate: Option<Arc<[u8]>>,
    /// `http://` or `https://` and the Host header: the address this server was called by.
    pub base: String,
}

impl<S: Sync> FromRequest<S> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|info| info.0.clone());
        let scheme = if peer.is_some() { "https" } else { "http" };
        let base = host.filter(|host| is_authority(host)).map(|host| format!("{scheme}://{host}"));
        let Some(base) = base else {
            return Err(answer::refusal(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "The request needs one Host header that names this server, as in localhost:8080.",
            ));
        };
        let body = axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| too_large())?;
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = address.or_else(|| peer.as_ref().map(|peer| peer.address.ip()));
        let certificate = peer.map(|peer| peer.certificate);
        let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
        Ok(Self { method, uri, headers, body, address, certificate, base })
    }
}

impl Call {
    /// A header's value, when it is there and plain text.
    pub fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The page's origin, as the browser says it.
    pub fn origin(&self) -> Option<&str> {
        self.header(header::ORIGIN)
    }

    /// Whether a page of another origin sent this.
    pub fn is_foreign(&self) -> bool {
        self.headers.contains_key(header::ORIGIN) && self.origin() != Some(self.base.as_str())
    }

    /// The token of `Authorization: Bearer …` (RFC 6750 section 2.1).
    pub fn bearer(&self) -> Option<&str> {
        credentials(self.header(header::AUTHORIZATION)?, "bearer")
    }

    /// User and password of `Authorization: Basic …`, percent-decoded as RFC 6749 section 2.3.1 asks.
    pub fn basic(&self) -> Option<(String, String)> {
        let encoded = credentials(self.header(header::AUTHORIZATION)?, "basic")?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (user, password) = text.split_once(':')?;
        Some((form_decoded(user), form_decoded(password)))
    }

    /// Whether the body is declared to be of this media type; parameters such as `charset` don't matter.
    pub fn is_of_type(&self, media_type: &str) -> bool {
        let declared = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let essence = declared.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(media_type)
    }

    /// A segment of the path, counted from the last one, percent-decoded; empty when there is none.
    pub fn segment_from_end(&self, index: usize) -> String {
        let segment = self.uri.path().rsplit('/').nth(index).unwrap_or_default();
        percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
    }

    /// The fields of a form body, in order; empty when the body is of another type.
    pub fn form(&self) -> Vec<(String, String)> {
        if !self.is_of_type("application/x-www-form-urlencoded") {
            return Vec::new();
        }
        form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

/// The answer to a body over the limit.
pub fn too_large() -> Response {
    answer::refusal(
        StatusCode::PAYLOAD_TOO_LARGE,
        "invalid_request",
        "The body could not be read, or is larger than the 64 KB this server takes.",
    )
}

fn credentials<'a>(header: &'a str, scheme: &str) -> Option<&'a str> {
    let (is, rest) = header.trim().split_once(' ')?;
    is.eq_ignore_ascii_case(scheme).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

fn form_decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// Whether `host` could be the authority part of a URL: what comes here ends up in URLs and tokens.
fn is_authority(host: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    !host.is_empty() && host.len() <= 255 && host.chars().all(plain)
}
