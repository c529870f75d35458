//! JSON with indentation that changes nothing else: the digits of numbers, the escapes of strings, doubled members
//! and their order stay as they were written.

use super::Layer;
use super::json::{Node, Value};

/// The layer, one member a line. What is no JSON comes back as it is.
#[must_use]
pub fn indented(layer: &Layer) -> String {
    let mut out = String::new();
    match layer.document.root() {
        Some(root) if root.value() != Value::Unread => write(layer, root, 0, &mut out),
        _ => out.push_str(&layer.text),
    }
    out
}

fn write(layer: &Layer, node: Node<'_>, level: usize, out: &mut String) {
    match node.value() {
        Value::Object(members) if !members.is_empty() => {
            let lines = members.iter().map(|member| {
                // Where the text breaks off behind a name there is no colon, and none is made up.
                let between = layer.raw(&(member.name_span.end..member.node.span().start));
                let colon = if between.contains(':') { ": " } else { "" };
                (Some((layer.raw(&member.name_span), colon)), member.node)
            });
            block(layer, lines, ('{', '}'), (node.is_complete(), level), out);
        }
        Value::Array(elements) if !elements.is_empty() => {
            block(
                layer,
                elements.iter().map(|element| (None, element)),
                ('[', ']'),
                (node.is_complete(), level),
                out,
            );
        }
        _ => out.push_str(layer.raw(&node.span())),
    }
}

fn block<'a>(
    layer: &Layer,
    lines: impl Iterator<Item = (Option<(&'a str, &'a str)>, Node<'a>)>,
    (open, close): (char, char),
    (complete, level): (bool, usize),
    out: &mut String,
) {
    out.push(open);
    for (index, (name, node)) in lines.enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(level + 1, out);
        if let Some((name, colon)) = name {
            out.push_str(name);
            out.push_str(colon);
        }
        write(layer, node, level + 1, out);
    }
    // Where the text breaks off there is no bracket, and none is made up.
    if complete {
        new_line(level, out);
        out.push(close);
    }
}

fn new_line(level: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        indented(&Layer::plain(text))
    }

    #[test]
    fn nothing_but_white_space_changes() {
        let written = r#"{"a":1.00,"a":"\u0041","b":[1e3,{}],"c":{"d":[]}}"#;
        let expected = "{\n  \"a\": 1.00,\n  \"a\": \"\\u0041\",\n  \"b\": [\n    1e3,\n    {}\n  ],\n  \"c\": {\n    \"d\": []\n  }\n}";
        assert_eq!(printed(written), expected);
    }

    #[test]
    fn a_broken_text_is_printed_as_far_as_it_goes() {
        assert_eq!(printed(r#"{"a":1,"b":"#), "{\n  \"a\": 1,\n  \"b\": ");
        assert_eq!(printed(r#"{"a":1,"b"#), "{\n  \"a\": 1,\n  \"b");
        assert_eq!(printed(r#"{"a""#), "{\n  \"a\"");
        assert_eq!(printed("none"), "none");
        assert_eq!(printed(""), "");
    }
}
