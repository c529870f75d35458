//! The JSON serialisations (RFC 7515, 7.2): general with several signatures, flattened with one.

use super::own::{self, Segments};
use super::{Refusal, Strict, second};
use crate::domain::inspect::json::{Document, Node, Value};
use crate::domain::jose::base64url;

/// Each signature covers the whole payload, so that a text of many would be read many times over.
const MOST: usize = 16;

/// Lets the signatures of a JSON serialisation through, one by one and in order.
///
/// # Errors
/// What is wrong with the whole. What is wrong with one signature stands in its place.
pub fn gate_json(text: &str) -> Result<Vec<Result<Strict, Refusal>>, Refusal> {
    let document = own::object("text", text)?;
    let Some(payload) = document.text("payload") else {
        return Err(whole("`payload` is missing or is not a string."));
    };
    match (document.get("signatures"), document.get("signature")) {
        (Some(_), Some(_)) => Err(whole("It has both `signature` and `signatures`.")),
        (None, None) => Err(whole("It has neither `signature` nor `signatures`.")),
        (None, Some(_)) => {
            let root = document.root();
            Ok(root.into_iter().map(|root| signature(text, root, payload)).collect())
        }
        (Some(list), None) if list.elements().is_empty() => Err(whole("`signatures` has none in it.")),
        (Some(list), None) if list.elements().len() > MOST => Err(Refusal::new(
            "many-signatures",
            "RFC 7515, 7.2.1",
            "It has more than 16 signatures. None is checked.",
        )),
        (Some(list), None) => Ok(list.elements().iter().map(|one| signature(text, one, payload)).collect()),
    }
}

fn whole(text: &str) -> Refusal {
    Refusal::new("serialisation", "RFC 7515, 7.2", text)
}

fn signature(text: &str, object: Node<'_>, payload: &str) -> Result<Strict, Refusal> {
    let member = |name: &str| match object.get(name) {
        None => Ok(""),
        Some(node) => node.as_str().ok_or_else(|| whole("`protected` and `signature` are strings.")),
    };
    let (protected, signature) = (member("protected")?, member("signature")?);
    let Some(beside) = object.get("header") else {
        let segments = Segments { header: protected, payload, signature };
        let strict = own::read(&segments, raw(protected, payload).as_deref())?;
        return second::agrees(&segments, &strict).map(|()| strict);
    };
    let merged = merge(text, beside, protected)?;
    let header = base64url(merged.as_bytes());
    let segments = Segments { header: &header, payload, signature };
    let mut strict = own::read(&segments, raw(protected, payload).as_deref())?;
    second::agrees(&segments, &strict)?;
    // What is signed is the protected half alone.
    let tail = strict.signing_input.split_off(header.len().min(strict.signing_input.len()));
    strict.signing_input = [protected.as_bytes(), &tail].concat();
    Ok(strict)
}

/// An unencoded payload, which in a JSON serialisation may hold any characters (RFC 7797, 5.3).
fn raw(protected: &str, payload: &str) -> Option<Vec<u8>> {
    let header = String::from_utf8(own::decode("header", protected).ok()?).ok()?;
    let unencoded = Document::read(&header).get("b64").is_some_and(|node| node.value() == Value::Bool(false));
    unencoded.then(|| payload.as_bytes().to_vec())
}

/// Both halves of the header as one object (RFC 7515, 5.2, step 4), each member as it is written.
fn merge(text: &str, beside: Node<'_>, protected: &str) -> Result<String, Refusal> {
    if beside.type_name() != "object" {
        return Err(whole("`header` is not an object."));
    }
    let decoded = String::from_utf8(own::decode("protected header", protected)?)
        .map_err(|_| Refusal::new("utf-8", "RFC 7515, 5.2", "The protected header is not UTF-8."))?;
    let inside =
        if protected.is_empty() { Document::default() } else { own::object("protected header", &decoded)? };
    for name in ["crit", "b64"] {
        if beside.get(name).is_some() {
            let text = format!("`{name}` stands in the header that is not signed, so anybody can change it.");
            return Err(Refusal::new("crit-unprotected", "RFC 7515, 4.1.11", text));
        }
    }
    let halves = [(decoded.as_str(), inside.members()), (text, beside.members())];
    let members: Vec<&str> = halves
        .into_iter()
        .flat_map(|(text, members)| {
            members.iter().map(move |member| text.get(member.name_span.start..member.node.span().end))
        })
        .flatten()
        .collect();
    Ok(format!("{{{}}}", members.join(",")))
}
