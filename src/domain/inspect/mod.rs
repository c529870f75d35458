//! The token inspector: what was pasted, read as far as it can be read, with everything odd about it said.
//!
//! Clean-up, then form, then base64url, then JSON, then meaning, then findings. No network, no cryptography, no
//! clock: the time is handed in. Nothing is refused and nothing panics.

pub mod access;
pub mod base64url;
mod bytes;
pub mod claims;
pub mod clean;
mod compact;
pub mod compare;
pub mod findings;
mod form_findings;
pub mod json;
pub mod json_form;
pub mod kind;
mod layer;
pub mod layers;
pub mod nested;
pub mod opaque;
pub mod paint;
pub mod paste;
pub mod places;
pub mod print;
pub mod profiles;
pub mod redact;
pub mod registration_token;
pub mod report;
pub mod rows;
mod same;
pub mod samples;
pub mod sd_jwt;
pub mod shape;
mod signature;
mod subject;
pub mod times;
pub mod verify;
pub mod visible;
mod way;
pub mod words;

use std::future::Future as _;
use std::ops::Range;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::domain::secret::Secret;

use clean::Repair;
use findings::{Finding, Severity};
use json::Document;
use json_form::JsonForm;
pub use kind::Kind;
pub use layer::Layer;
use nested::Nested;
use opaque::Opaque;
use paste::{Found, Paste};
use rows::{Limit, Row, Rows};
use sd_jwt::SdJwt;
use shape::{Part, Segment, Shape, Taken};
pub use signature::Signature;
use times::{Lifetime, TimeClaim};

/// An issuer that the portal is configured for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIssuer {
    /// ID of the environment.
    pub id: String,
    /// Name of the environment, as people know it: "Sandbox".
    pub name: String,
    /// Its issuer identifier, absolute (RFC 8414, 2).
    pub issuer: String,
}

/// Everything that can be said of what was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The cleaned token; all ranges of segments point into it.
    pub token: Secret,
    /// What was taken off before it was read.
    pub repairs: Vec<Repair>,
    /// What it was called in what was pasted: `access_token`, `header Authorization`; empty when it was all of it.
    pub name: String,
    /// Where it stands in what was pasted, as byte offsets.
    pub place: Range<usize>,
    /// Other tokens that were pasted along with it.
    pub others: Vec<Found>,
    /// So many more others are there than are listed.
    pub unlisted: usize,
    /// What it is for.
    pub kind: Kind,
    /// How it is built.
    pub shape: Shape,
    /// Its parts in order, for colouring. Empty for everything that is not a JWT.
    pub segments: Vec<Segment>,
    /// The JOSE header.
    pub header: Option<Layer>,
    /// The claims.
    pub payload: Option<Layer>,
    /// The payload stands in the token as it is, not in base64url (`"b64":false`, RFC 7797).
    pub unencoded: bool,
    /// What a JSON form says beyond its first signature or recipient.
    pub json_form: Option<JsonForm>,
    /// What the holder of an SD-JWT discloses.
    pub sd_jwt: Option<SdJwt>,
    /// Tokens inside of it, not read yet.
    pub nested: Vec<Nested>,
    /// What can be seen of a token that says nothing of itself.
    pub opaque: Option<Opaque>,
    /// From when until when it lives.
    pub lifetime: Lifetime,
    /// Every time it names.
    pub times: Vec<TimeClaim>,
    /// Nothing when it is not a signed token.
    pub signature: Option<Signature>,
    /// The environment that issued it, if it is one of those that were handed in.
    pub environment: Option<KnownIssuer>,
    /// What is odd about it, the worst first.
    pub findings: Vec<Finding>,
    /// When it was read, in Unix seconds.
    pub now: i64,
    /// So many seconds of clock difference were forgiven.
    pub skew: i64,
}

/// The time, and how much clocks may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Unix seconds.
    pub now: i64,
    /// So many seconds are forgiven.
    pub skew: i64,
}

impl From<i64> for Clock {
    fn from(now: i64) -> Self {
        Self { now, skew: times::TOLERANCE }
    }
}

/// Reads whatever was pasted. Of several tokens it reads the most interesting one and names the others.
#[must_use]
pub fn inspect(text: &str, now: i64, environments: &[KnownIssuer]) -> Inspection {
    inspect_at(&Secret::new(text), Clock::from(now), environments)
}

/// [`inspect`] by a clock that forgives more or less.
#[must_use]
pub fn inspect_at(text: &Secret, clock: Clock, environments: &[KnownIssuer]) -> Inspection {
    let mut reading = pin!(inspect_gently(paste::read(text), clock, environments, async || {}));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        // Its pauses are over at once, so that the first look finds it ready.
        if let Poll::Ready(inspection) = reading.as_mut().poll(&mut context) {
            return inspection;
        }
    }
}

/// [`inspect`] of what a paste holds, with pauses between its steps, in which a page can answer.
pub async fn inspect_gently(
    pasted: Paste,
    clock: Clock,
    environments: &[KnownIssuer],
    pause: impl AsyncFn(),
) -> Inspection {
    let Clock { now, skew } = clock;
    let Found { name, token, range: place, repairs } = pasted.chosen;
    let mut taken = match pasted.too_large {
        Some(bytes) => Taken::new(Shape::TooLarge(bytes)),
        None => shape::take(token.expose()),
    };
    pause().await;
    let header = taken.header.take().map(Layer::read);
    let payload = match taken.payload.take().filter(|_| taken.shape != Shape::Detached) {
        Some(decoded) if taken.unencoded => Some(Layer::unencoded(decoded)),
        Some(decoded) => Some(Layer::read_gently(decoded, &pause).await),
        None => None,
    };
    pause().await;
    let nothing = Document::default();
    let header_document = header.as_ref().map_or(&nothing, |layer| &layer.document);
    let claims = payload.as_ref().map_or(&nothing, |layer| &layer.document);
    let kind = Kind::of(token.expose(), &taken, header_document, claims);
    let issuer = claims.text("iss");
    let nested = nested(token.expose(), &taken.segments, &header, &payload, &pause).await;
    pause().await;
    let mut inspection = Inspection {
        repairs,
        name,
        place,
        others: pasted.others,
        unlisted: pasted.unlisted,
        kind,
        shape: taken.shape,
        lifetime: Lifetime::read(claims, &kind),
        times: times::times(claims),
        signature: signature::read(&taken, header_document),
        environment: environments.iter().find(|known| Some(known.issuer.as_str()) == issuer).cloned(),
        nested,
        sd_jwt: taken.disclosing.then(|| SdJwt::read(token.expose(), &taken.segments, payload.as_ref())),
        opaque: matches!(taken.shape, Shape::Opaque(_)).then(|| Opaque::read(token.expose())),
        findings: Vec::new(),
        now,
        skew,
        unencoded: taken.unencoded,
        json_form: taken.json_form,
        token,
        segments: taken.segments,
        header,
        payload,
    };
    pause().await;
    inspection.findings = findings::all(&inspection, environments, &pause).await;
    form_findings::check(&mut inspection);
    inspection
}

async fn nested(
    token: &str,
    segments: &[Segment],
    header: &Option<Layer>,
    payload: &Option<Layer>,
    pause: &impl AsyncFn(),
) -> Vec<Nested> {
    let mut found = Vec::new();
    for (part, layer) in [(Part::Header, header), (Part::Payload, payload)] {
        if let Some(layer) = layer {
            nested::of_layer(part, layer, &mut found, pause).await;
        }
    }
    nested::of_segments(token, segments, &mut found);
    found
}

impl Inspection {
    /// Whether header or payload could be read at all.
    #[must_use]
    pub fn is_jwt(&self) -> bool {
        !self.segments.is_empty()
    }

    /// The header explained, in written order.
    #[must_use]
    pub fn header_rows(&self) -> Vec<Row> {
        self.header.as_ref().map(|layer| rows::header(layer, Limit::NONE).rows).unwrap_or_default()
    }

    /// As much of the header as a page shows.
    #[must_use]
    pub fn first_header_rows(&self) -> Rows {
        self.header.as_ref().map(|layer| rows::header(layer, Limit::PAGE)).unwrap_or_default()
    }

    /// As much of the claims as a page shows; times as they are at `now`.
    #[must_use]
    pub fn first_payload_rows(&self, now: i64) -> Rows {
        self.payload.as_ref().map(|layer| rows::payload(self, layer, now, Limit::PAGE)).unwrap_or_default()
    }

    /// The claims explained, in written order; times as they are at `now`.
    #[must_use]
    pub fn payload_rows(&self, now: i64) -> Vec<Row> {
        self.payload
            .as_ref()
            .map(|layer| rows::payload(self, layer, now, Limit::NONE).rows)
            .unwrap_or_default()
    }

    /// How many findings of that severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The severity of the worst finding.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// `RS256, 1 error, 2 warnings`: what stands beside the kind.
    #[must_use]
    pub fn summary(&self) -> String {
        let algorithm = self.signature.as_ref().and_then(|signature| signature.algorithm.clone());
        let count = |severity: Severity, one: &str, many: &str| match self.count(severity) {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let words = [
            algorithm,
            count(Severity::Error, "error", "errors"),
            count(Severity::Warning, "warning", "warnings"),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
