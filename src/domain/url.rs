//! What the portal needs to know of URLs (RFC 3986), on top of `fluent-uri`.

use fluent_uri::Uri;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Percent-encodes everything that is not unreserved (RFC 3986, 2.3).
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(nibble)).map(|digit| char::from(*digit)));
            }
        }
    }
    out
}

/// Undoes [`percent_encode`]; `None` when an escape is broken or the bytes are not UTF-8.
#[must_use]
pub fn percent_decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// One pair list as `application/x-www-form-urlencoded`, with `%20` for spaces (every server reads both).
#[must_use]
pub fn form_encode(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)))
        .collect();
    pairs.join("&")
}

/// The parts of an absolute URL that the portal asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Lower case, without the colon.
    pub scheme: String,
    /// Lower case host, without port and user information; empty for `mailto:` and the like.
    pub host: String,
    /// Port as written, if any.
    pub port: Option<String>,
    /// Path as written.
    pub path: String,
    /// Whether there is a fragment.
    pub has_fragment: bool,
    /// Whether somebody put a user name or password in.
    pub has_userinfo: bool,
}

/// Takes an absolute URL apart; the error is a sentence for the person who typed it.
///
/// # Errors
/// When the text is not an absolute URI by RFC 3986.
pub fn parts(url: &str) -> Result<Parts, String> {
    let uri = Uri::parse(url).map_err(|_| {
        if url.contains(char::is_whitespace) {
            "A URL has no spaces in it.".to_owned()
        } else if !url.contains(':') {
            "Start with the scheme, for example https://.".to_owned()
        } else {
            "This is not a URL as RFC 3986 writes it.".to_owned()
        }
    })?;
    let authority = uri.authority();
    Ok(Parts {
        scheme: uri.scheme().as_str().to_ascii_lowercase(),
        host: authority.as_ref().map(|a| a.host().to_ascii_lowercase()).unwrap_or_default(),
        port: authority.as_ref().and_then(|a| a.port()).map(|port| port.as_str().to_owned()),
        path: uri.path().as_str().to_owned(),
        has_fragment: uri.fragment().is_some(),
        has_userinfo: authority.is_some_and(|a| a.userinfo().is_some()),
    })
}

/// The origin of an `http` or `https` URL, as a browser prints it: default ports left out.
#[must_use]
pub fn origin(url: &str) -> Option<String> {
    let parts = parts(url).ok()?;
    let default = match parts.scheme.as_str() {
        "http" => "80",
        "https" => "443",
        _ => return None,
    };
    match parts.port.as_deref() {
        Some(port) if !port.is_empty() && port != default => {
            Some(format!("{}://{}:{port}", parts.scheme, parts.host))
        }
        _ => Some(format!("{}://{}", parts.scheme, parts.host)),
    }
}

/// Host and port of a URL, for a person.
#[must_use]
pub fn host(url: &str) -> String {
    origin(url)
        .and_then(|o| o.split_once("://").map(|(_, host)| host.to_owned()))
        .unwrap_or_else(|| url.to_owned())
}

/// Whether the host is this computer: browsers treat it as secure even over http.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let address = host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    address || host == "localhost" || host.ends_with(".localhost") || host == "[::1]"
}

/// Makes a path of the page's own origin absolute; leaves an absolute URL alone.
#[must_use]
pub fn absolute(page_origin: &str, url: &str) -> String {
    if url.starts_with('/') || url.is_empty() { format!("{page_origin}{url}") } else { url.to_owned() }
}
