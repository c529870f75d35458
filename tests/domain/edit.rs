//! One text turned into another, as JavaScript counts.

use portico::domain::edit::{Edit, between};
use proptest::prelude::*;

#[test]
fn only_what_differs_is_told() {
    let edit = |at, removed, inserted| Some(Edit { at, removed, inserted });
    assert_eq!(between("abc", "abc"), None);
    assert_eq!(between("", "abc"), edit(0, 0, "abc"));
    assert_eq!(between("abc", ""), edit(0, 3, ""));
    assert_eq!(between("abcd", "abXcd"), edit(2, 0, "X"));
    assert_eq!(between("abcd", "abcde"), edit(4, 0, "e"));
    assert_eq!(between("aaaa", "aaa"), edit(3, 1, ""), "what repeats is not taken twice");
    assert_eq!(between("aXXb", "aXb"), edit(2, 1, ""));
}

#[test]
fn characters_are_never_cut() {
    let edit = |at, removed, inserted| Some(Edit { at, removed, inserted });
    // Their first bytes are the same, and in the second pair their last.
    assert_eq!(between("x\u{438}y", "x\u{439}y"), edit(1, 1, "\u{439}"));
    assert_eq!(between("\u{430}", "\u{4b0}"), edit(0, 1, "\u{4b0}"));
    assert_eq!(between("\u{1f600}a", "\u{1f600}b"), edit(2, 1, "b"), "two units for one character");
}

proptest! {
    #[test]
    fn what_is_told_makes_the_second_of_the_first(before in "[ab\u{438}\u{439}\u{1f600}]{0,12}", after in "[ab\u{438}\u{439}\u{1f600}]{0,12}") {
        let mut units: Vec<u16> = before.encode_utf16().collect();
        if let Some(edit) = between(&before, &after) {
            units.splice(edit.at..edit.at + edit.removed, edit.inserted.encode_utf16());
        }
        prop_assert_eq!(units, after.encode_utf16().collect::<Vec<u16>>());
    }
}
