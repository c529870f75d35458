//! The signature, as far as it can be told without a key.

use super::json::Document;
use super::shape::{Part, Shape, Taken};
use super::visible::visible;

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
            (_, Some(key)) => {
                format!("It needs the issuer's key `{}`. Pasting never fetches anything.", visible(key))
            }
            (_, None) => "It needs the issuer's key. Pasting never fetches anything.".to_owned(),
        }
    }
}

pub(super) fn read(taken: &Taken, header: &Document) -> Option<Signature> {
    let is_signed = matches!(
        taken.shape,
        Shape::Signed
            | Shape::Unsecured
            | Shape::Detached
            | Shape::Truncated
            | Shape::SelectiveDisclosure
            | Shape::JsonFlattened
            | Shape::JsonGeneral
    );
    // A JSON form may write the parameters into a header that nobody protects.
    let entry = taken.json_form.as_ref().and_then(|form| form.entries.first());
    let parameter =
        |name: &str| header.text(name).or_else(|| Some(entry?.parameter(name)?.0)).map(str::to_owned);
    (is_signed && !taken.encrypted).then(|| Signature {
        algorithm: parameter("alg"),
        key_id: parameter("kid"),
        bytes: taken
            .segments
            .iter()
            .find(|segment| segment.part == Part::Signature)
            .map_or(0, |found| found.bytes),
    })
}
