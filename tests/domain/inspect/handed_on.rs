//! What is handed on: a redacted token, a report for support, a comparison; and what is seen of an opaque token.

use portico::domain::inspect::compare::{Change, Difference, compare};
use portico::domain::inspect::opaque::{Alphabet, Form};
use portico::domain::inspect::redact::redact;
use portico::domain::inspect::report::report;
use portico::domain::inspect::shape::Part;

use super::*;

#[test]
fn a_redacted_token_keeps_its_shape_and_no_value() {
    let text = token(
        r#"{"alg":"RS256","typ":"JWT","kid":"long-key-id","jku":"https://secret.example"}"#,
        r#"{"sub":"Ada","n":12345,"ok":true,"no":null,"r":{"a":["x","Möbius"]},"e":{},"sub":"B"}"#,
    );
    let redacted = redact(&read(&text));
    assert_eq!(
        redacted.header.as_deref().unwrap(),
        r#"{"alg":"RS256","typ":"JWT","kid":"long…","jku":"string, 22 characters"}"#
    );
    assert_eq!(
        redacted.payload.as_deref().unwrap(),
        r#"{"sub":"string, 3 characters","n":"number, 5 digits","ok":"boolean","no":null,"r":{"a":["string, 1 character","string, 6 characters"]},"e":{},"sub":"string, 1 character"}"#
    );
    let again = read(&redacted.compact);
    assert_eq!(again.segments.len(), 3);
    assert_eq!(*again.payload.unwrap().text, redacted.payload.unwrap());
    assert_eq!(redacted.compact.rsplit('.').next().unwrap(), encode("redacted"));
}

#[test]
fn what_is_redacted_is_json_whatever_it_was() {
    for (header, expected) in [
        ("{\"alg\":\"E\u{16}\"}", r#"{"alg":"string, 2 characters"}"#),
        (r#"{"alg":"\q"}"#, r#"{"alg":"string, 1 character"}"#),
        (r#"{"crit":[01]}"#, r#"{"crit":["number, 2 digits"]}"#),
        (r#"{"alg":"\u0045\u0053256"}"#, r#"{"alg":"\u0045\u0053256"}"#),
        (r#"{"alg":"RS2"#, r#"{"alg":"string, 3 characters"}"#),
    ] {
        let redacted = redact(&read(&format!("{}.e30.AAAA", encode(header)))).header;
        assert_eq!(redacted.as_deref(), Some(expected), "{header}");
    }
}

#[test]
fn redacting_other_forms() {
    let disclosed = format!("{}~{}~", claims(r#"{"_sd":["d"]}"#), encode(r#"["salt","name","Ada"]"#));
    let redacted = redact(&read(&disclosed)).compact;
    let seen = read(&redacted);
    assert_eq!(
        seen.sd_jwt.unwrap().disclosures[0].text,
        r#"["string, 4 characters","name","string, 3 characters"]"#
    );
    let encrypted = redact(&read(&format!("{}.a.b.c.d", encode(r#"{"alg":"dir","enc":"A128GCM"}"#))));
    assert_eq!(encrypted.compact.split('.').count(), 5);
    assert_eq!(redact(&read("secret-opaque-value")).compact, "Opaque token, 19 characters");
    assert!(!redact(&read(r#"{"kty":"oct","k":"c2VjcmV0"}"#)).compact.contains("c2Vj"));
    let not_json = redact(&read(&format!("{}.{}.AA", encode("{\"alg\":\"x\"}"), encode("Ada Lovelace"))));
    assert_eq!(not_json.payload.as_deref(), Some(r#""unread, 12 bytes""#));
}

#[test]
fn a_report_says_what_support_needs_and_nothing_of_anybody() {
    let seen = read(ACCESS_TOKEN);
    let words = report(&seen);
    for line in [
        "## Token report\n",
        "- Kind: Access token from Keycloak\n",
        "- Form: signed, compact\n",
        "- Algorithm: `RS256`\n",
        "- Key ID: `qvN0jRe72I70pB_kv0VVFGGIVJNt8_f7p-w8JDq6JVo`\n",
        "- Client (`azp`): `trembita-invoker`\n",
        "- Scope: `profile email`\n",
        "- `exp`: 1657295325 (8 Jul 2022, 15:48:45 UTC)\n",
        "- Signature: Signature not checked\n",
        "- Error: No audience. An API that checks `aud` will refuse this token.",
    ] {
        assert!(words.contains(line), "{line}\n{words}");
    }
    let claims = &seen.payload.as_ref().unwrap().document;
    for member in claims.members() {
        if !["iss", "aud", "azp", "scope", "typ", "client_id"].contains(&member.name)
            && let Some(value) =
                member.node.as_str().filter(|value| value.len() > 3 && *value != "trembita-invoker")
        {
            assert!(!words.contains(value), "{} is told: {value}", member.name);
        }
    }
    assert!(seen.token.expose().split('.').all(|part| !words.contains(part)));
    let tricky = report(&read(&claims_of(&format!(
        r#"{{"iss":"{}","aud":{{"a":1}},"sub":"Ada"}}"#,
        ACCESS_TOKEN.trim()
    ))));
    assert!(tricky.contains("- Issuer: a token stands here\n") && tricky.contains("- Audience: object\n"));
    assert!(!tricky.contains("Ada") && !tricky.contains(&ACCESS_TOKEN[..40]));
}

fn claims_of(payload: &str) -> String {
    claims(payload)
}

fn difference(part: Part, path: &str, change: Change) -> Difference {
    Difference { part, path: path.to_owned(), change, sentence: None }
}

#[test]
fn two_tokens_claim_by_claim() {
    let left = read(&token(
        r#"{"alg":"RS256","kid":"old"}"#,
        r#"{"sub":"a","exp":1000,"scope":"x","r":{"roles":["p"]},"n":1,"dup":1,"dup":2,"same":true}"#,
    ));
    let right = read(&token(
        r#"{"alg":"RS256","kid":"new"}"#,
        r#"{"sub":"a","exp":4600,"r":{"roles":["p","q"]},"n":"1","aud":"z","dup":1,"same":true}"#,
    ));
    let text = str::to_owned;
    let differs = |left: &str, right: &str| Change::Differs { left: text(left), right: text(right) };
    let comparison = compare(&left, &right);
    let mut later = difference(Part::Payload, "exp", differs("1000", "4600"));
    later.sentence = Some("The right one is 1 h later.".to_owned());
    assert_eq!(
        comparison.differences,
        [
            difference(Part::Header, "kid", differs("old", "new")),
            later,
            difference(Part::Payload, "scope", Change::OnlyLeft(text("x"))),
            difference(Part::Payload, "r.roles", differs("p", "p, q")),
            difference(Part::Payload, "n", differs("1 (number)", "1 (string)")),
            difference(Part::Payload, "dup (2)", Change::OnlyLeft(text("2"))),
            difference(Part::Payload, "aud", Change::OnlyRight(text("z"))),
        ]
    );
    assert_eq!(comparison.same, 4);
    let other_way = compare(&right, &left);
    assert!(
        other_way
            .differences
            .iter()
            .any(|each| each.sentence.as_deref() == Some("The right one is 1 h earlier."))
    );
    assert_eq!(compare(&left, &left).differences, []);
}

#[test]
fn what_can_be_seen_of_an_opaque_token() {
    for (text, alphabet, form, bits) in [
        ("123456", Alphabet::Decimal, None, 15..=20),
        ("d41d8cd98f00b204e9800998ecf8427e", Alphabet::Hexadecimal, None, 100..=128),
        ("O91G451HZ0V83opz6udiSEjchPynd2Ss9", Alphabet::Alphanumeric, None, 140..=196),
        ("O91G451HZ0V83opz6udiSEjchPyn", Alphabet::Alphanumeric, Some(Form::Apigee), 110..=167),
        ("5b2b-_xQ", Alphabet::Base64Url, None, 20..=48),
        ("a+b/c==", Alphabet::Base64, None, 10..=42),
        ("secret!$", Alphabet::Printable, None, 20..=52),
        (
            "9b2d6f0e-58a3-4c1d-8e7f-0a1b2c3d4e5f",
            Alphabet::Base64Url,
            Some(Form::Uuid { is_random: true }),
            100..=122,
        ),
        (
            "9b2d6f0e-58a3-1c1d-8e7f-0a1b2c3d4e5f",
            Alphabet::Base64Url,
            Some(Form::Uuid { is_random: false }),
            100..=122,
        ),
        ("dXNlcjpwYXNzd29yZA==", Alphabet::Base64Url, Some(Form::Base64Text), 50..=120),
        ("aaaaaaaaaaaaaaaaaaaa", Alphabet::Hexadecimal, None, 0..=0),
    ] {
        let seen = read(text).opaque.unwrap();
        assert_eq!((seen.alphabet, seen.form, seen.length), (alphabet, form, text.len()), "{text}");
        assert!(bits.contains(&seen.bits_at_most), "{text}: {}", seen.bits_at_most);
    }
    let uuid = "9b2d6f0e-58a3-4c1d-8e7f-0a1b2c3d4e5f";
    let code = read(&format!("{uuid}.{uuid}.{uuid}")).opaque.unwrap();
    assert_eq!(code.form, Some(Form::KeycloakCode));
    assert!(code.form.unwrap().sentence().contains("authorization code"));
    let der = format!("MIIC{}", "AbCdEf12".repeat(40));
    assert_eq!(read(&der).opaque.unwrap().form, Some(Form::Der));
    assert_eq!(
        read("123456").opaque.unwrap().sentence(),
        "6 characters, digits: at most 15 bits of chance. RFC 6749, 10.10 asks for 128 or more."
    );
    assert!(read(ACCESS_TOKEN).opaque.is_none());
}
