//! Tokens in a JSON document: the members of a token answer, and every string that is a JWT.

use crate::domain::inspect::clean::{self, Around, Repair};
use crate::domain::inspect::json::{Document, Fault, Node};
use crate::domain::inspect::way::{self, Way};
use crate::domain::inspect::{json_form, shape, subject};
use crate::domain::secret::Secret;

use super::{Found, List, Paste};

/// Members of a token answer that hold a token even if it is opaque, the most interesting first (RFC 6749, 5.1;
/// RFC 7592, 3).
const ANSWER_MEMBERS: [&str; 4] = ["access_token", "id_token", "refresh_token", "registration_access_token"];

/// Reads a document that begins at `start` of the paste; `None` when it is no JSON or holds nothing of interest.
pub(super) fn read(text: &str, start: usize, repairs: &[Repair]) -> Option<Paste> {
    let document = Document::read(text);
    let root = document.root()?;
    let mut list = List::default();
    for name in ANSWER_MEMBERS {
        if let Some((node, token)) = root.get(name).and_then(|node| Some((node, node.as_str()?))) {
            add(&mut list, name.to_owned(), Repair::TokenAnswer(name), (node, token, start), repairs, root);
        }
    }
    way::strings(root, Way::Top, &mut |way, node, value| {
        let bare = clean::outer(value, &mut Vec::new());
        if shape::is_whole_jwt(bare) {
            let name = way.to_string();
            let repair = Repair::TakenOut(Around::Json, name.clone());
            add(&mut list, name, repair, (node, value, start), repairs, root);
        }
    });
    // A signed document, a key set, an introspection answer: it is the thing itself, whatever else is in it.
    let is_subject = json_form::is_form(&document) || subject::of_document(&document).is_some();
    if is_subject {
        let chosen = Found {
            name: String::new(),
            token: Secret::new(text),
            range: start..start + text.len(),
            repairs: repairs.to_vec(),
        };
        return Some(Paste { chosen, others: list.found, unlisted: list.unlisted, too_large: None });
    }
    // Broken, or followed by something: the text as a whole tells more.
    let is_clean =
        root.is_complete() && document.problems.iter().all(|problem| problem.what != Fault::AfterEnd);
    if is_clean { list.into_paste() } else { None }
}

fn add(
    list: &mut List,
    name: String,
    repair: Repair,
    (node, value, start): (Node<'_>, &str, usize),
    repairs: &[Repair],
    root: Node<'_>,
) {
    if list.is_full() {
        list.unlisted += 1;
        return;
    }
    let mut repairs = repairs.to_vec();
    clean::note(&mut repairs, repair);
    let mut taken_off = Vec::new();
    let bare = clean::outer(value, &mut taken_off);
    let token = clean::without_gaps(bare, &mut taken_off);
    // Before all members are looked at: the same token may stand in every one of them.
    if list.has(&token) {
        return;
    }
    if root.members().iter().filter(|member| member.name == name.as_str()).nth(1).is_some() {
        clean::note(&mut repairs, Repair::WrittenTwice(name.clone()));
    }
    for repair in taken_off {
        clean::note(&mut repairs, repair);
    }
    list.add(name, token, start + node.span().start..start + node.span().end, repairs);
}
