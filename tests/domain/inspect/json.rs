//! The lossless reader against serde_json and against hostile text.

use portico::domain::inspect::json::{Document, Fault, MAX_DEPTH, Node, Value};
use proptest::prelude::*;
use std::sync::Arc;

fn faults(text: &str) -> Vec<(usize, Fault)> {
    Document::read(text).problems.into_iter().map(|problem| (problem.at, problem.what)).collect()
}

#[test]
fn nothing_is_altered() {
    let text = r#"{"n":100002348117421473,"f":3.0,"e":1E+2,"n":-0,"z":1e400}"#;
    let document = Document::read(text);
    assert_eq!(document.problems, []);
    let told: Vec<(&str, &str)> = document
        .members()
        .iter()
        .map(|member| match member.node.value() {
            Value::Number(digits) => (member.name, digits),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [("n", "100002348117421473"), ("f", "3.0"), ("e", "1E+2"), ("n", "-0"), ("z", "1e400")]);
    assert_eq!(document.get("n").unwrap().span(), 45..47);
}

#[test]
fn the_text_is_not_held_twice() {
    let text = Arc::new(r#"{"a":"one","b":[1.50,"t\u0077o"],"c":"thr"#.to_owned());
    let document = Document::of(&text);
    assert_eq!(Arc::strong_count(&text), 2);
    assert_eq!(document.text("a").map(str::as_ptr), text.get(6..).map(str::as_ptr));
    assert_eq!(document.get("b").unwrap().elements().get(1).unwrap().as_str(), Some("two"));
    assert_eq!(document.text("c"), Some("thr"));
    assert_eq!(format!("{:?}", document.get("a").unwrap().value()), r#"String("one")"#);
    let damaged = Arc::new("{\"a\":\"one\u{1}two\u{2}".to_owned());
    let document = Document::of(&damaged);
    assert_eq!(document.text("a"), Some("one\u{1}two\u{2}"));
    assert_eq!(document.text("a").map(str::as_ptr), damaged.get(6..).map(str::as_ptr));
}

#[test]
fn values_are_found_behind_many_others() {
    // More values than lie together on the tape, with strings in between that had to be undone.
    let written = |number: usize| format!(r#"{{"n\u0061me":"\u0041{number}","of":[{number},[],{{}}]}}"#);
    let text = format!("[{}]", (0..3000).map(written).collect::<Vec<_>>().join(","));
    let document = Document::read(&text);
    let elements = document.root().unwrap().elements();
    assert_eq!(elements.len(), 3000);
    for (number, element) in elements.iter().enumerate() {
        assert_eq!(element.get("name").unwrap().as_str(), Some(format!("A{number}").as_str()));
        let inner: Vec<_> = element.get("of").unwrap().elements().iter().map(Node::type_name).collect();
        assert_eq!(inner, ["number", "array", "object"]);
        assert_eq!(&text[element.span()], written(number));
    }
}

#[test]
fn escapes() {
    for (text, read) in [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u0441\u00e9""#, "сé"),
        (r#""\ud83d\ude00""#, "😀"),
        ("\"юнікод\"", "юнікод"),
    ] {
        let document = Document::read(text);
        assert_eq!((document.root().unwrap().as_str(), document.problems.len()), (Some(read), 0));
    }
    for text in [r#""\ud83d""#, r#""\ude00""#, r#""\ud83d\u0041""#, r#""\ud83dx""#] {
        let document = Document::read(text);
        assert!(document.root().unwrap().as_str().unwrap().starts_with('\u{fffd}'));
        assert_eq!(document.problems[0].what, Fault::LoneSurrogate);
    }
}

#[test]
fn faults_have_a_place() {
    for (text, expected) in [
        ("", vec![(0, Fault::Ended)]),
        ("  ", vec![(2, Fault::Ended)]),
        (r#"{"a":1"#, vec![(6, Fault::Ended)]),
        (r#"{"a":1}x"#, vec![(7, Fault::AfterEnd)]),
        (r#"{"a" 1}"#, vec![(5, Fault::Unexpected('1'))]),
        ("{'a':1}", vec![(1, Fault::Unexpected('\''))]),
        ("[1,]", vec![(3, Fault::Unexpected(']'))]),
        ("[01]", vec![(1, Fault::BadNumber)]),
        ("[-]", vec![(1, Fault::BadNumber)]),
        ("[1.e2]", vec![(1, Fault::BadNumber)]),
        ("\"a\u{1}b\"", vec![(2, Fault::ControlCharacter)]),
        (r#""\x""#, vec![(1, Fault::BadEscape)]),
        (r#""\u12g4""#, vec![(1, Fault::BadEscape)]),
        (r#""\u12"#, vec![(5, Fault::Ended)]),
        ("nul", vec![(3, Fault::Ended)]),
        ("nulx", vec![(0, Fault::Unexpected('n'))]),
        ("\u{feff}{}", vec![(0, Fault::ByteOrderMark)]),
        ("\u{a0}", vec![(0, Fault::Unexpected('\u{a0}'))]),
    ] {
        assert_eq!(faults(text), expected, "{text:?}");
    }
}

#[test]
fn what_came_before_the_fault_is_kept() {
    let document = Document::read(r#"{"a":{"b":[1,{"c":"x"#);
    let inner = document.get("a").unwrap().get("b").unwrap();
    assert_eq!(inner.elements().len(), 2);
    assert_eq!(inner.elements().get(1).unwrap().get("c").unwrap().as_str(), Some("x"));
    assert!(!inner.is_complete() && inner.elements().get(0).unwrap().is_complete());
    let document = Document::read(r#"{"a":1,"exp"#);
    assert_eq!(document.members().iter().last().unwrap().name, "exp");
    assert_eq!(document.members().iter().last().unwrap().node.value(), Value::Unread);
}

#[test]
fn depth_is_bounded() {
    for bomb in ["[".repeat(1_000_000), r#"{"a":"#.repeat(300_000), "[{\"a\":".repeat(200_000)] {
        let document = Document::read(&bomb);
        assert!(document.problems.iter().any(|problem| problem.what == Fault::TooDeep));
    }
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(faults(&deep(MAX_DEPTH)), []);
    assert_eq!(faults(&deep(MAX_DEPTH + 1)), [(MAX_DEPTH, Fault::TooDeep)]);
    let document = Document::read(&format!("[{},\"after\"]", deep(500)));
    assert_eq!(document.root().unwrap().elements().get(1).unwrap().as_str(), Some("after"));
}

#[test]
fn a_text_beyond_all_places_is_not_read() {
    const LONGEST: usize = (1 << 27) - 1;
    let text = Arc::new(format!("{}[1,2]", " ".repeat(LONGEST - 1)));
    let document = Document::of(&text);
    assert_eq!(document.problems.first().map(|problem| &problem.what), Some(&Fault::TooLong));
    let root = document.root().unwrap();
    assert_eq!((root.span().start, root.elements().len(), root.is_complete()), (LONGEST - 1, 1, false));
}

#[test]
fn the_list_of_problems_is_bounded() {
    let document = Document::read(&format!("\"{}\"", "\u{1}".repeat(10_000)));
    assert_eq!(document.problems.len(), 32);
    assert_eq!(document.root().unwrap().as_str().unwrap().len(), 10_000);
}

/// serde_json skips without limits of depth or size, so it is a second opinion on the grammar.
fn second_opinion(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn own_opinion(text: &str) -> bool {
    Document::read(text).problems.iter().all(|problem| problem.what == Fault::LoneSurrogate)
}

fn same(node: Node<'_>, other: &serde_json::Value) -> bool {
    use serde_json::Value as Other;
    match (node.value(), other) {
        (Value::Null, Other::Null) => true,
        (Value::Bool(a), Other::Bool(b)) => a == *b,
        (Value::String(a), Other::String(b)) => a == b,
        (Value::Number(a), Other::Number(b)) => a == b.to_string(),
        (Value::Array(a), Other::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Other::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, (name, b))| a.name == *name && same(a.node, b))
        }
        _ => false,
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value as Other;
    let leaf = prop_oneof![
        Just(Other::Null),
        any::<bool>().prop_map(Other::from),
        any::<i64>().prop_map(Other::from),
        any::<String>().prop_map(Other::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Other::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Other::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_on_what_is_json(text in r#"[\[\]{}:,"\\u0-9a-fA-F.+\-eE \n\tntrlsd]{0,40}"#) {
        prop_assert_eq!(own_opinion(&text), second_opinion(&text), "{}", text);
    }

    #[test]
    fn agrees_on_damaged_json(value in any_json(), at: prop::sample::Index, byte in "[\\[\\]{}:,\"\\\\u0-9a-z .]?") {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, byte.chars());
        let text: String = text.into_iter().collect();
        prop_assert_eq!(own_opinion(&text), second_opinion(&text), "{}", text);
    }

    #[test]
    fn reads_the_same_values(value in any_json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let document = Document::read(&text);
        prop_assert!(document.problems.is_empty());
        prop_assert!(same(document.root().unwrap(), &value), "{}", text);
        prop_assert_eq!(document.root().unwrap().span(), 0..text.len());
    }

    #[test]
    fn every_beginning_can_be_read(value in any_json()) {
        let text = value.to_string();
        for (at, _) in text.char_indices() {
            let document = Document::read(&text[..at]);
            // A number at the top may end anywhere; everything else says that it is cut.
            prop_assert!(value.is_number() || document.problems.last().is_some_and(|p| p.what == Fault::Ended));
        }
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        let document = Document::read(&text);
        prop_assert!(document.problems.iter().all(|problem| text.is_char_boundary(problem.at)));
    }
}
