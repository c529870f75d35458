//! Claims that want to be seen as something else, and tokens made to keep a reader busy.

use std::time::{Duration, Instant};

use portico::domain::inspect::compare::compare;
use portico::domain::inspect::redact::redact;
use portico::domain::inspect::report::report;
use portico::domain::inspect::{paint, print};

use super::*;

/// Everything that is shown, within two minutes: what is linear needs seconds, on a busy machine tens of them, and what is
/// quadratic does not come back. The fuzz target `doubling` looks closer.
fn read_in_time(text: &str) -> Inspection {
    let start = Instant::now();
    let seen = read(text);
    let rows = seen.payload_rows(NOW).len() + seen.header_rows().len();
    let shown = paint::runs(text, &seen).len() + report(&seen).len() + redact(&seen).compact.len();
    let same = compare(&seen, &seen);
    assert!(rows == same.same && same.differences.is_empty() && shown > 0);
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    seen
}

#[test]
fn characters_that_cannot_be_seen_are_shown_by_their_numbers() {
    let seen =
        read(&claims("{\"na\u{202e}me\":\"a\u{2066}b\\u0000\\u001b[31m\u{200f}\",\"list\":[\"\u{202d}\"]}"));
    let rows = seen.payload_rows(NOW);
    assert_eq!(rows[0].path, "na⟨U+202E⟩me");
    assert_eq!(rows[0].value, "a⟨U+2066⟩b⟨U+0000⟩⟨U+001B⟩[31m⟨U+200F⟩");
    assert_eq!(rows[1].value, "[\"⟨U+202D⟩\"]");
    let layer = seen.payload.as_ref().unwrap();
    assert!(layer.text.contains('\u{202e}') && print::indented(layer).contains('\u{202e}'), "raw is raw");
    assert!(!report(&seen).contains('\u{202e}'));
    let words = format!("{:?}", finding(&seen, "direction"));
    assert!(words.contains("na⟨U+202E⟩me") && !words.contains("\\u{202e}"), "{words}");
    let doubled = read(&claims("{\"a\":\"\u{202e}\",\"a\":1}"));
    assert_eq!(finding(&doubled, "duplicate").evidence.as_deref(), Some("\"⟨U+202E⟩\" and 1"));
}

#[test]
fn markup_and_names_of_prototypes_are_only_text() {
    let payload = r#"{"__proto__":{"admin":true},"constructor":"x","toString":1,"iss":"<img src=x onerror=alert(1)>","aud":"`a` ](x)\n# b"}"#;
    let seen = read(&claims(payload));
    let rows = seen.payload_rows(NOW);
    let told: Vec<_> = rows.iter().map(|row| (row.path.as_str(), row.value.as_str(), row.known)).collect();
    assert_eq!(told[0], ("__proto__.admin", "true", false));
    assert_eq!(told[1], ("constructor", "x", false));
    assert_eq!(told[3], ("iss", "<img src=x onerror=alert(1)>", true));
    let words = report(&seen);
    assert!(words.contains("- Issuer: `<img src=x onerror=alert(1)>`\n"));
    assert!(words.contains("- Audience: `'a' ](x) # b`\n"), "{words}");
}

#[test]
fn a_hundred_thousand_members() {
    let plain: Vec<String> = (0..100_000).map(|n| format!(r#""n{n}":{n}"#)).collect();
    assert_eq!(read_in_time(&claims(&format!("{{{}}}", plain.join(",")))).payload_rows(NOW).len(), 100_000);
    for name in ["exp", "aud", "sub", "preferred_username", "software_statement"] {
        let same = format!(r#""{name}":"eyJh.eyJ","#).repeat(50_000);
        let other = r#""x":1,"#.repeat(50_000);
        read_in_time(&claims(&format!("{{{same}{other}\"iss\":\"a\"}}")));
    }
}

/// A token is looked for among all members once and not once for each of them.
#[test]
fn one_token_in_a_hundred_thousand_members() {
    let members: Vec<String> = (0..100_000).map(|n| format!(r#""{n}":"eyJh.eyJ""#)).collect();
    let seen = read_in_time(&format!("{{{}}}", members.join(",")));
    assert_eq!((seen.token.expose(), seen.others.len()), ("eyJh.eyJ", 0));
}

#[test]
fn a_long_name_above_many_members() {
    let members: Vec<String> = (0..20_000).map(|n| format!(r#""{n}":"eyJh.eyJ""#)).collect();
    let seen = read_in_time(&claims(&format!(r#"{{"{}":{{{}}}}}"#, "n".repeat(200_000), members.join(","))));
    let rows = seen.payload_rows(NOW);
    assert_eq!(rows.len(), 20_000);
    assert!(rows.iter().all(|row| row.path.chars().count() < 100));
    assert!(seen.nested.iter().all(|nested| nested.path.len() < 200));
}

#[test]
fn a_megabyte_in_one_string() {
    let seen = read_in_time(&claims(&format!(
        r#"{{"a":"{}","b":"{}"}}"#,
        "x".repeat(500_000),
        "\\u202e".repeat(80_000)
    )));
    assert_eq!(seen.payload_rows(NOW)[0].value.len(), 500_000);
}

#[test]
fn a_hundred_thousand_parts() {
    let start = encode(r#"{"alg":"none"}"#);
    let seen = read_in_time(&format!("{start}{}", ".*".repeat(100_000)));
    assert_eq!(finding(&seen, "parts").title, "The token has 100001 parts");
    assert!(seen.segments.len() < 100);
    let disclosed = three_parts() + &"~WyJzIiwxXQ".repeat(100_000);
    assert!(read_in_time(&disclosed).sd_jwt.unwrap().disclosures.len() < 300);
    let digests = vec![r#""d""#; 100_000].join(",");
    let seen = read_in_time(&format!("{}~WyJzIiwxXQ~", claims(&format!(r#"{{"_sd":[{digests}]}}"#))));
    assert_eq!(seen.sd_jwt.unwrap().undisclosed, 100_000);
}

fn three_parts() -> String {
    claims(r#"{"a":1}"#)
}

#[test]
fn a_hundred_thousand_tokens_and_half_tokens() {
    for text in [
        "eyJhbGci.eyJh ".repeat(50_000),
        "eyJhbGciOi.eyJh.x, ".repeat(50_000),
        "access_token=%22eyJhbGciOi%22&".repeat(20_000),
        "%".repeat(300_000),
        "%25".repeat(100_000),
        "Bearer ".repeat(50_000),
        "\"".repeat(300_000),
        "-----BEGIN ".repeat(50_000),
        format!("[{}1]", r#"{"a":"eyJh.eyJ"},"#.repeat(20_000)),
        format!(
            r#"{{"payload":"e30","signatures":[{}1]}}"#,
            r#"{"protected":"e30","signature":"AA"},"#.repeat(20_000)
        ),
        "[".repeat(300_000),
        format!("{}eyJ", "a=".repeat(100_000)),
    ] {
        let start = Instant::now();
        let seen = read(&text);
        assert!(seen.others.len() <= 32);
        assert!(start.elapsed() < Duration::from_secs(120), "{} {:?}", &text[..20], start.elapsed());
    }
}
