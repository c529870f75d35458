//! The token inspector: what was pasted, read as far as it can be read, with everything odd about it said.
//!
//! Clean-up, then form, then base64url, then JSON, then meaning, then findings. No network, no cryptography, no
//! clock: the time is handed in. Nothing is refused and nothing panics.

pub mod access;
pub mod base64url;
pub mod claims;
pub mod clean;
pub mod findings;
pub mod json;
pub mod kind;
pub mod paint;
pub mod print;
pub mod profiles;
pub mod registration_token;
pub mod rows;
pub mod shape;
pub mod times;

use crate::domain::secret::Secret;

use base64url::Decoded;
use clean::Repair;
use findings::{Finding, Severity};
use json::{Document, Span};
pub use kind::Kind;
use rows::Row;
use shape::{Part, Segment, Shape};
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

/// Header or payload: its bytes as text, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Exactly what was signed; bytes that are not UTF-8 are U+FFFD here.
    pub text: String,
    /// Where the first byte stands that is not UTF-8.
    pub invalid_utf8_at: Option<usize>,
    /// The JSON in it, with places in [`Layer::text`].
    pub document: Document,
}

impl Layer {
    fn read(decoded: &Decoded) -> Self {
        let invalid_utf8_at = std::str::from_utf8(&decoded.bytes).err().map(|error| error.valid_up_to());
        let text = String::from_utf8_lossy(&decoded.bytes).into_owned();
        let document = Document::read(&text);
        Self { text, invalid_utf8_at, document }
    }

    /// The characters at a place, as they were written.
    #[must_use]
    pub fn raw(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}

/// What can be said of the signature without asking anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `alg` of the header.
    pub algorithm: Option<String>,
    /// `kid` of the header.
    pub key_id: Option<String>,
    /// Length of the signature.
    pub bytes: usize,
}

impl Signature {
    /// The verdict. Without a key there is only this one.
    pub const NOT_CHECKED: &'static str = "Signature not checked";

    /// Whether it is made with a secret that both sides hold.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.algorithm.as_deref().is_some_and(|name| name.starts_with("HS"))
    }

    /// What a check would need, in one or two sentences; code stands in backticks.
    #[must_use]
    pub fn needs(&self) -> String {
        match (&self.algorithm, &self.key_id) {
            (Some(none), _) if none.eq_ignore_ascii_case("none") => {
                "There is none: nobody signed this.".to_owned()
            }
            (Some(name), _) if self.is_symmetric() => {
                format!("{name} uses a shared secret, so only the server can check it.")
            }
            (_, Some(key)) => format!("It needs the issuer's key `{key}`. Pasting never fetches anything."),
            (_, None) => "It needs the issuer's key. Pasting never fetches anything.".to_owned(),
        }
    }
}

/// Everything that can be said of what was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The cleaned token; all ranges of segments point into it.
    pub token: Secret,
    /// What was taken off before it was read.
    pub repairs: Vec<Repair>,
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
}

/// Reads whatever was pasted.
#[must_use]
pub fn inspect(text: &str, now: i64, environments: &[KnownIssuer]) -> Inspection {
    let cleaned = clean::clean(text);
    let taken = shape::take(cleaned.token.expose());
    let header = taken.header.as_ref().map(Layer::read);
    let payload = taken.payload.as_ref().filter(|_| taken.shape != Shape::Detached).map(Layer::read);
    let nothing = Document::default();
    let header_document = header.as_ref().map_or(&nothing, |layer| &layer.document);
    let claims = payload.as_ref().map_or(&nothing, |layer| &layer.document);
    let kind = Kind::of(taken.shape, header_document, claims);
    let issuer = claims.text("iss");
    let mut inspection = Inspection {
        repairs: cleaned.repairs,
        kind,
        shape: taken.shape,
        lifetime: Lifetime::read(claims, &kind),
        times: times::times(claims),
        signature: signature(taken.shape, header_document, &taken.segments),
        environment: environments.iter().find(|known| Some(known.issuer.as_str()) == issuer).cloned(),
        findings: Vec::new(),
        now,
        token: cleaned.token,
        segments: taken.segments,
        header,
        payload,
    };
    inspection.findings = findings::all(&inspection, environments);
    inspection
}

fn signature(shape: Shape, header: &Document, segments: &[Segment]) -> Option<Signature> {
    matches!(shape, Shape::Signed | Shape::Unsecured | Shape::Detached | Shape::Truncated).then(|| {
        Signature {
            algorithm: header.text("alg").map(str::to_owned),
            key_id: header.text("kid").map(str::to_owned),
            bytes: segments
                .iter()
                .find(|segment| segment.part == Part::Signature)
                .map_or(0, |found| found.bytes),
        }
    })
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
        self.header.as_ref().map(rows::header).unwrap_or_default()
    }

    /// The claims explained, in written order; times as they are at `now`.
    #[must_use]
    pub fn payload_rows(&self, now: i64) -> Vec<Row> {
        self.payload.as_ref().map(|layer| rows::payload(self, layer, now)).unwrap_or_default()
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
