//! What people have at hand when they look for help: commands, URLs, answers, logs.

use portico::domain::inspect::clean::{Around, Repair, clean};
use portico::domain::inspect::paste::{self, MAX_FOUND, MAX_INPUT};
use portico::domain::inspect::shape::Shape;
use portico::domain::inspect::{Kind, inspect};
use portico::domain::secret::Secret;

use super::*;

fn a() -> String {
    claims(r#"{"sub":"first","typ":"Bearer"}"#)
}

fn b() -> String {
    claims(r#"{"iss":"client","sub":"client","aud":"server"}"#)
}

/// Name and token of everything found, the chosen one first, and what was said of the chosen one.
fn found(text: &str) -> (Vec<(String, String)>, Vec<Repair>) {
    let paste = paste::read(&Secret::new(text));
    let repairs = paste.chosen.repairs.clone();
    let all = std::iter::once(paste.chosen).chain(paste.others);
    (all.map(|found| (found.name, found.token.expose().to_owned())).collect(), repairs)
}

fn one(name: &str, token: String) -> Vec<(String, String)> {
    vec![(name.to_owned(), token)]
}

fn taken(around: Around, name: &str) -> Repair {
    Repair::TakenOut(around, name.to_owned())
}

#[test]
fn a_word_that_begins_like_a_token_is_none() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    let read = inspect(&format!("ew: {token}&"), 0, &[]);
    assert_eq!(read.token.expose(), token);
}

#[test]
fn a_token_in_a_curl_command() {
    for quote in ["'", "\""] {
        let text =
            format!("curl -s -H {quote}Authorization: Bearer {}{quote} https://api.example.org/x", a());
        assert_eq!(
            found(&text),
            (one("header Authorization", a()), vec![taken(Around::Curl, "header Authorization")])
        );
    }
    let text = format!(
        "curl -X POST https://id.example.org/token \\\n  -d grant_type=client_credentials \\\n  \
         --data-urlencode client_assertion={} \\\n  -H 'authorization: bearer {}'",
        b(),
        a()
    );
    let both = vec![("header Authorization".to_owned(), a()), ("client_assertion".to_owned(), b())];
    assert_eq!(found(&text).0, both);
    let seen = read(&text);
    assert_eq!((seen.kind, seen.others[0].name.as_str()), (Kind::KeycloakAccessToken, "client_assertion"));
    assert_eq!(read(seen.others[0].token.expose()).kind, Kind::ClientAssertion);
    assert_eq!(seen.repairs[0].sentence(), "Taken out of a `curl` command: `header Authorization`.");
    let opaque = "curl -H 'Authorization: Bearer O91G451HZ0V83opz6udiSEjchPynd2Ss9' https://api.example.org";
    assert_eq!(found(opaque).0, one("header Authorization", "O91G451HZ0V83opz6udiSEjchPynd2Ss9".to_owned()));
    let proof = format!("curl -H \"DPoP: {}\" https://api.example.org", b());
    assert_eq!(found(&proof).0, one("header DPoP", b()));
    for nothing in
        ["curl -u id:secret https://id.example.org", "curl -H 'Authorization: Bearer $TOKEN' https://x.org"]
    {
        assert_eq!(read(nothing).kind, Kind::NotAToken, "{nothing}");
    }
}

#[test]
fn a_token_in_a_url() {
    for (url, name) in [
        (format!("https://app.example.org/cb#access_token={}&token_type=Bearer", a()), "access_token"),
        (format!("https://app.example.org/cb?token={}", a()), "token"),
        (format!("https://app.example.org/?state=x&id_token={}#top", a()), "id_token"),
        (format!("#id_token={}", a()), "id_token"),
    ] {
        assert_eq!(found(&url), (one(name, a()), vec![taken(Around::Url, name)]), "{url}");
    }
    let encoded = format!("https://app.example.org/cb?next=%2Fback%3Fid_token%3D{}%26x%3D1", a());
    let (tokens, repairs) = found(&encoded);
    assert_eq!(tokens, one("id_token", a()));
    assert!(repairs.contains(&Repair::PercentEncoding));
    let opaque = "https://app.example.org/cb#access_token=abc%2Bdef%3D";
    assert_eq!(found(opaque).0, one("access_token", "abc+def=".to_owned()));
    let quoted = format!("https://app.example.org/cb#access_token=%22{}%22", a());
    assert_eq!(found(&quoted).0, one("access_token", a()));
}

#[test]
fn a_form_body() {
    let text = format!(
        "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3A\
         jwt-bearer&client_assertion={}&scope=a",
        b()
    );
    assert_eq!(found(&text), (one("client_assertion", b()), vec![taken(Around::Form, "client_assertion")]));
}

#[test]
fn schemes_and_headers() {
    for (text, repair) in [
        (format!("DPoP {}", a()), Repair::DpopScheme),
        (format!("DPoP: {}", a()), Repair::DpopScheme),
        (format!("Authorization: DPoP {}", a()), Repair::DpopScheme),
        (format!("Bearer {}", a()), Repair::Bearer),
    ] {
        let cleaned = clean(&text);
        assert_eq!(cleaned.token.expose(), a());
        assert!(cleaned.repairs.contains(&repair), "{text} {:?}", cleaned.repairs);
    }
    let message =
        format!("GET / HTTP/1.1\r\nHost: x\r\nDPoP: {}\r\nAuthorization: DPoP {}\r\n\r\n", b(), a());
    let both = vec![("header Authorization".to_owned(), a()), ("header DPoP".to_owned(), b())];
    assert_eq!(found(&message).0, both);
}

#[test]
fn an_answer_with_several_tokens() {
    let id = claims(r#"{"nonce":"n"}"#);
    let text = format!(r#"{{"refresh_token":"opaque-one","id_token":"{id}","access_token":"{}"}}"#, a());
    let names: Vec<_> = found(&text).0.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["access_token", "id_token", "refresh_token"]);
    let message = format!("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{text}");
    let mut names: Vec<_> = found(&message).0.into_iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(names, ["access_token", "id_token", "refresh_token"]);
    let paste = paste::read(&Secret::new(message.as_str()));
    assert_eq!(message.get(paste.chosen.range).unwrap(), a());
}

#[test]
fn tokens_anywhere_in_a_document() {
    let text = format!(r#" {{"a":[{{"b":"{}"}},{{"c":"Bearer {}"}}],"d":"words"}}"#, a(), b());
    let (tokens, repairs) = found(&text);
    assert_eq!(tokens, [("a[0].b".to_owned(), a()), ("a[1].c".to_owned(), b())]);
    assert!(repairs.contains(&taken(Around::Json, "a[0].b")));
    let paste = paste::read(&Secret::new(text.as_str()));
    assert_eq!(text.get(paste.others[0].range.clone()).unwrap(), format!("\"Bearer {}\"", b()));
    let list = format!(r#"["{}","{}"]"#, a(), b());
    assert_eq!(found(&list).0.len(), 2);
    let cut = &list[..list.len() - 5];
    assert_eq!(found(cut).0.len(), 2, "a broken document is a text");
}

#[test]
fn a_log_with_two_tokens() {
    let text = format!(
        "2026-01-05T10:00:00Z DEBUG got {}\n2026-01-05T10:00:01Z DEBUG body {{\\\"id_token\\\":\\\"{}\\\"}}.",
        a(),
        b()
    );
    assert_eq!(found(&text).0, [("id_token".to_owned(), b()), ("token 1".to_owned(), a())]);
    let escaped = format!("line one\\n{}\\n", a());
    assert_eq!(found(&escaped).0, one("", a()));
    let sentence = format!("The token is {}. It ends soon.", a());
    assert_eq!(found(&sentence), (one("", a()), vec![taken(Around::Text, "")]));
    assert_eq!(found(&format!("{} is the token, see above!", a())).0, one("", a()));
}

#[test]
fn tokens_one_below_the_other() {
    for between in ["\n", "\n\n", " ", ", ", ",", ";\n"] {
        let (tokens, _) = found(&format!("{}{between}{}", a(), b()));
        assert_eq!(tokens, [("token 1".to_owned(), a()), ("token 2".to_owned(), b())], "{between:?}");
    }
    let wrapped = a().replace('.', ".\n");
    let (tokens, repairs) = found(&format!("{wrapped}\n{}", b()));
    assert_eq!(tokens, [("token 1".to_owned(), a()), ("token 2".to_owned(), b())]);
    assert_eq!(repairs, [Repair::LineBreaks(2)]);
    assert_eq!(found(&wrapped).0, one("", a()));
    assert_eq!(found(&format!("{}\n{}", a(), a())).0.len(), 1, "the same one twice is one");
}

#[test]
fn what_is_painted_is_the_token_that_was_read() {
    let text = format!("id_token={}&access_token={}", b(), a());
    let seen = read(&text);
    let runs = portico::domain::inspect::paint::runs(&text, &seen);
    assert_eq!(runs[0], (None, 0..text.find(&a()).unwrap()));
    assert_eq!(runs[1].0, Some(0));
}

#[test]
fn no_more_than_a_few_are_listed() {
    let many: Vec<String> = (0..100).map(|n| claims(&format!(r#"{{"n":{n}}}"#))).collect();
    for text in [many.join("\n"), many.join(" and "), format!("[\"{}\"]", many.join("\",\""))] {
        let paste = paste::read(&Secret::new(text.as_str()));
        assert_eq!((paste.others.len(), paste.unlisted), (MAX_FOUND - 1, 100 - MAX_FOUND));
    }
}

#[test]
fn more_than_ten_megabytes_are_refused_politely() {
    let large = format!("eyJhbGciOiJub25lIn0.{}", "A".repeat(MAX_INPUT));
    let seen = inspect(&large, NOW, &[]);
    assert_eq!((seen.kind, seen.shape), (Kind::TooLarge, Shape::TooLarge(large.len())));
    assert!(seen.token.is_empty() && !seen.is_jwt() && seen.header.is_none());
    assert!(seen.kind.advice().unwrap().contains("10 MB"));
}
