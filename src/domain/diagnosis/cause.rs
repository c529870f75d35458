//! The rows of the table: what was observed, what it is called, and how sure that is.

use super::{Asked, Certainty, Probes, Purpose, Seen};
use crate::domain::http::Failure;

/// Why there is no answer to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A page on https, a server on http.
    MixedContent,
    /// The page's own policy does not list the origin.
    PolicyWithoutOrigin,
    /// The policy lists the origin, and something else was blocked: the server redirected to another origin.
    RedirectedElsewhere,
    /// The server wants a client certificate, and a page cannot choose one: nothing was sent.
    ClientCertificate,
    /// The server answered with a redirect.
    Redirected,
    /// The device is offline, or the portal's own server is gone.
    Offline,
    /// The connection to this very site broke off.
    OwnSiteBroke,
    /// The answer was longer than the portal reads.
    TooLarge,
    /// A plain GET to the same address can be read, the request cannot: its preflight is refused.
    PreflightRefused,
    /// Keycloak, and the token does not list this page.
    OriginNotAllowed,
    /// Keycloak, the token lists this page: reached and refused, and refusals carry no CORS headers.
    RefusedUnreadably,
    /// The token endpoint of a Keycloak: the client has no web origin.
    NoWebOrigin,
    /// The server can be reached; why this answer was withheld cannot be told.
    WithheldHere,
    /// Something answers, without CORS.
    NoCors,
    /// No answer within the time that the portal waits.
    TimedOut,
    /// The browser keeps public pages from private networks.
    PrivateNetwork,
    /// No connection.
    NoConnection,
}

impl Cause {
    pub(super) fn of(asked: &Asked, failure: &Failure, probes: &Probes) -> Self {
        let policy = matches!(failure, Failure::ContentSecurityPolicy { .. })
            || [probes.discovery, probes.opaque].contains(&Seen::Policy);
        match failure {
            Failure::ClientCertificate => Self::ClientCertificate,
            _ if asked.is_mixed() => Self::MixedContent,
            _ if policy && asked.origin_configured => Self::RedirectedElsewhere,
            _ if policy => Self::PolicyWithoutOrigin,
            Failure::Offline => Self::Offline,
            Failure::Redirected => Self::Redirected,
            Failure::TooLarge { .. } => Self::TooLarge,
            _ if probes.offline => Self::Offline,
            Failure::Timeout { .. } if asked.is_same_origin() || probes.discovery.is_readable() => {
                Self::TimedOut
            }
            _ if asked.is_same_origin() => match probes.own {
                Seen::Readable { .. } | Seen::NotAsked => Self::OwnSiteBroke,
                _ => Self::Offline,
            },
            _ => Self::across_origins(asked, probes),
        }
    }

    fn across_origins(asked: &Asked, probes: &Probes) -> Self {
        if probes.discovery.is_readable() {
            return Self::withheld(asked, probes);
        }
        match (probes.discovery, probes.opaque, probes.own) {
            (Seen::TimedOut, ..) | (_, Seen::TimedOut, _) => Self::TimedOut,
            (_, Seen::Opaque { .. } | Seen::Readable { .. }, _) => Self::NoCors,
            (Seen::Redirected, ..) => Self::Redirected,
            (_, _, Seen::Readable { .. }) if probes.private_network_closed => Self::PrivateNetwork,
            (_, _, Seen::Readable { .. }) => Self::NoConnection,
            _ => Self::Offline,
        }
    }

    /// The discovery document of the same server can be read.
    fn withheld(asked: &Asked, probes: &Probes) -> Self {
        if asked.keycloak && asked.purpose == Purpose::Token {
            return Self::NoWebOrigin;
        }
        if probes.plain.is_readable() {
            return Self::PreflightRefused;
        }
        match &asked.token {
            Some(token) if asked.keycloak => {
                let listed = token
                    .allowed_origins
                    .iter()
                    .flatten()
                    .any(|origin| origin == "*" || *origin == asked.page_origin);
                if listed { Self::RefusedUnreadably } else { Self::OriginNotAllowed }
            }
            _ => Self::WithheldHere,
        }
    }

    /// How sure.
    #[must_use]
    pub fn certainty(self) -> Certainty {
        match self {
            Self::PreflightRefused
            | Self::OriginNotAllowed
            | Self::RefusedUnreadably
            | Self::NoWebOrigin
            | Self::PrivateNetwork
            // A policy that was written by hand may lack an origin that portal.json has.
            | Self::RedirectedElsewhere => Certainty::Likely,
            Self::NoConnection => Certainty::CannotBeTold,
            _ => Certainty::Certain,
        }
    }

    /// Whether a write may have been carried out. Keycloak refuses a page that is not listed before it does any work.
    pub(super) fn may_be_done(self) -> bool {
        !matches!(
            self,
            Self::MixedContent
                | Self::ClientCertificate
                | Self::PolicyWithoutOrigin
                | Self::PreflightRefused
                | Self::OriginNotAllowed
                | Self::PrivateNetwork
        )
    }

    /// Whether the browser's own error page tells more than a page can.
    pub(super) fn is_for_a_new_tab(self) -> bool {
        matches!(self, Self::NoConnection | Self::NoCors | Self::TimedOut | Self::PrivateNetwork)
    }

    pub(super) fn headline(self) -> &'static str {
        match self {
            Self::MixedContent => "A page on https may not call a server on http",
            Self::PolicyWithoutOrigin => "This site’s own policy does not allow that address",
            Self::RedirectedElsewhere => "The server sent this request to another address",
            Self::ClientCertificate => "This server wants a client certificate, and a page cannot show one",
            Self::Redirected => "The server sent this page elsewhere",
            Self::Offline => "There is no network, or this site is gone",
            Self::OwnSiteBroke => "The connection broke off",
            Self::TooLarge => "The answer is too large",
            Self::PreflightRefused => "The server does not let a page send this request (CORS)",
            Self::OriginNotAllowed | Self::NoWebOrigin => {
                "The server is up, but this page may not read its answer (CORS)"
            }
            Self::RefusedUnreadably => "The server refused, and this page may not read why",
            Self::WithheldHere => "The server can be reached, and its answer was withheld",
            Self::NoCors => "Something answers, but this page may not read it (CORS)",
            Self::TimedOut => "No answer in time",
            Self::PrivateNetwork => "The browser keeps this page from a private network",
            Self::NoConnection => "No connection",
        }
    }

    pub(super) fn sentence(self, asked: &Asked) -> String {
        let (host, page) = (asked.host(), &asked.page_origin);
        match self {
            Self::MixedContent => format!(
                "This page is {page}, and the server is {host} over plain http. The browser sent nothing."
            ),
            Self::PolicyWithoutOrigin => format!(
                "The Content-Security-Policy of this site does not list {host} in connect-src. Nothing was sent."
            ),
            Self::RedirectedElsewhere => format!(
                "The policy of this site allows {host}, and blocked where it wanted to send this request: another origin, usually a sign-in page."
            ),
            Self::ClientCertificate => format!(
                "{host} lets nobody in without a certificate. Which one a browser shows is not for a page to say, and the preflight of such a request carries none. So this page does not try: nothing was sent."
            ),
            Self::Redirected => format!(
                "{host} answered with a redirect, usually to a sign-in page. The portal never follows one with a token."
            ),
            Self::Offline => {
                "Neither the server nor this site gave an answer, or the browser says that there is no network.".to_owned()
            }
            Self::OwnSiteBroke => format!(
                "{host} is the address of this site, so nothing forbids this page to read the answer: the network, or the server behind it, ended the connection."
            ),
            Self::TooLarge => format!("{host} answered with more than the portal reads."),
            Self::PreflightRefused => format!(
                "{host} lets this page read a plain GET of the same address. So it is the preflight that is refused: the header Authorization, the method, or the media type."
            ),
            Self::OriginNotAllowed => {
                let says = match asked.token.as_ref().and_then(|token| token.allowed_origins.as_ref()) {
                    Some(origins) => format!("lists {}, and not {page}, the address of this page", origins.join(", ")),
                    None => format!("does not list {page}, the address of this page"),
                };
                format!("The token {says}. The server refuses such requests before it does any work: nothing was done, the token was not used up, and what you typed is kept.")
            }
            Self::RefusedUnreadably => format!(
                "The token lists {page}. So the server was reached and refused the request, and its refusals carry no CORS headers: 400, 401 or 403. The checks below say what it may be."
            ),
            Self::NoWebOrigin => format!(
                "The server answers token requests of pages only for clients with a web origin. This client has none for {page}."
            ),
            Self::WithheldHere => format!(
                "{host} lets this page read its discovery document, over a connection that works. For this address it does not: the preflight is refused, CORS is missing on this path, or the request was refused without CORS headers. Which of them cannot be told from a page."
            ),
            Self::NoCors => format!(
                "{host} answers over a connection that works, and does not let {page} read: no CORS at all, a refusal, a gateway’s error page, a redirect on the same host, or a client certificate that is missing. Which of them cannot be told from a page."
            ),
            Self::TimedOut => format!("{host} gave no answer: a firewall, a VPN that is off, or a server that hangs."),
            Self::PrivateNetwork => format!(
                "{host} is in a private network, and the browser asks before a page may reach it."
            ),
            Self::NoConnection => format!(
                "{host} cannot be reached: the name is unknown, nobody listens, the certificate is not trusted, a client certificate is missing, an extension or a network rule is in the way. A page is not told which."
            ),
        }
    }

    pub(super) fn next(self, may_be_done: bool) -> &'static str {
        match self {
            Self::MixedContent => {
                "The operator puts the server behind https, or behind a prefix on this site."
            }
            Self::PolicyWithoutOrigin => {
                "The operator adds the origin to connect-src of the web server. Or send the request with curl."
            }
            Self::ClientCertificate => {
                "Send it with curl and your certificate, and paste the answer. Or use an environment that goes through this site."
            }
            Self::RedirectedElsewhere | Self::Redirected => {
                "The operator checks the address in portal.json, and what stands before the server."
            }
            Self::Offline => "Press the button again when the network is back. Nothing repeats by itself.",
            Self::OwnSiteBroke | Self::TimedOut if may_be_done => {
                "Look whether it was done before you send it again."
            }
            Self::OwnSiteBroke => "Try again.",
            Self::TooLarge => "Use curl for this one.",
            Self::OriginNotAllowed | Self::NoWebOrigin | Self::PreflightRefused => {
                "Send the message below to the operator. Until then there are the other ways on."
            }
            Self::RefusedUnreadably | Self::WithheldHere => {
                "Go through the prefix of this site, or send it with curl: both show the server’s own words."
            }
            Self::NoCors | Self::TimedOut | Self::NoConnection => {
                "Open the discovery address in a new tab: the browser’s own page names the cause."
            }
            Self::PrivateNetwork => {
                "Allow it in the site settings of the browser, then press the button again."
            }
        }
    }
}
