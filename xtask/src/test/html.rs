//! What a page must not have, because the portal's own Content Security Policy would block it.

/// Every inline script, inline style and inline handler of a page, in words.
pub fn blocked_by_policy(html: &str) -> Vec<String> {
    tags(html).iter().flat_map(faults).collect()
}

struct Tag {
    name: String,
    attributes: Vec<String>,
}

fn faults(tag: &Tag) -> Vec<String> {
    let mut found = Vec::new();
    let has = |name: &str| tag.attributes.iter().any(|attribute| attribute == name);
    if tag.name == "script" && !has("src") {
        found.push("a <script> without src".to_owned());
    }
    if tag.name == "style" {
        found.push("a <style>".to_owned());
    }
    for attribute in &tag.attributes {
        if attribute == "style" || attribute.starts_with("on") {
            found.push(format!("the attribute {attribute} on a <{}>", tag.name));
        }
    }
    found
}

/// The opening tags of a page. It need not understand all of HTML: what it reads is our own page.
fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = match after.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => read_tag(after, &mut found),
        };
    }
    found
}

/// Reads one tag and gives what follows it.
fn read_tag<'a>(text: &'a str, found: &mut Vec<Tag>) -> &'a str {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut in_value = false;
    let mut rest = text.chars();
    for c in rest.by_ref() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '>' => break,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                words.push(std::mem::take(&mut word));
                in_value = false;
            }
            None if c == '=' => in_value = true,
            None if !in_value => word.push(c.to_ascii_lowercase()),
            None => {}
        }
    }
    words.push(word);
    let mut words = words.into_iter().filter(|word| !word.is_empty());
    if let Some(name) = words.next().filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
        found.push(Tag { name, attributes: words.collect() });
    }
    rest.as_str()
}

#[cfg(test)]
mod tests {
    use super::blocked_by_policy;

    #[test]
    fn a_clean_page_has_no_fault() {
        let page = r#"<!doctype html><!-- <script>no()</script> -->
            <html lang=en><link rel="stylesheet" href="/a.css">
            <body><p title="a > b, style=x onload=y">Text < 3</p>
            <script type="module" src="/boot.js" data-js='/p.js'></script></body></html>"#;
        assert_eq!(blocked_by_policy(page), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_named() {
        for (page, fault) in [
            ("<script>go()</script>", "a <script> without src"),
            ("<SCRIPT type=module>go()</SCRIPT>", "a <script> without src"),
            ("<style>p{}</style>", "a <style>"),
            (r#"<p style="color:red">"#, "the attribute style on a <p>"),
            ("<body class=a onload=go()>", "the attribute onload on a <body>"),
            ("<p>ok</p><button\n  onclick='go()'>", "the attribute onclick on a <button>"),
        ] {
            assert_eq!(blocked_by_policy(page), [fault], "{page}");
        }
    }
}
