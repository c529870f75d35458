//! Credentials as files.

use portico::domain::export::{Credentials, FORMATS, file_stem, format};
use portico::domain::http::render::Segment;
use portico::domain::secret::Secret;
use proptest::prelude::*;

fn credentials() -> Credentials {
    Credentials {
        name: "gateway-client".to_owned(),
        environment: "Sandbox".to_owned(),
        issuer: "http://localhost:8081/auth/realms/BBBBCAXXXXX".to_owned(),
        token_endpoint: "http://localhost:8081/auth/realms/BBBBCAXXXXX/protocol/openid-connect/token"
            .to_owned(),
        client_id: "1d4fa4dc-7883-4964-b9a1-2c29849f2719".to_owned(),
        client_secret: Some(Secret::new("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY")),
        scope: "cash-accounts:balances.read cash-accounts:statements.read".to_owned(),
        registered_at: 1_666_016_078,
    }
}

fn written(id: &str, credentials: &Credentials) -> String {
    format(id).unwrap().file(credentials).expose().to_owned()
}

#[test]
fn env_as_on_the_screen() {
    let expected = "\
# gateway-client, Sandbox, registered 2022-10-17T14:14:38Z
ISSUER=http://localhost:8081/auth/realms/BBBBCAXXXXX
TOKEN_URL=http://localhost:8081/auth/realms/BBBBCAXXXXX/protocol/openid-connect/token
CLIENT_ID=1d4fa4dc-7883-4964-b9a1-2c29849f2719
CLIENT_SECRET=j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY
SCOPE=\"cash-accounts:balances.read cash-accounts:statements.read\"
";
    assert_eq!(written("env", &credentials()), expected);
}

#[test]
fn json_has_the_names_of_the_standards() {
    let value: serde_json::Value = serde_json::from_str(&written("json", &credentials())).unwrap();
    assert_eq!(value["client_name"], "gateway-client");
    assert_eq!(value["client_secret"], "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY");
    assert_eq!(value["registered_at"], "2022-10-17T14:14:38Z");
    let names: Vec<&String> = value.as_object().unwrap().keys().collect();
    let order = [
        "client_name",
        "environment",
        "issuer",
        "token_endpoint",
        "client_id",
        "client_secret",
        "scope",
        "registered_at",
    ];
    assert_eq!(names, order);
}

#[test]
fn without_a_secret_nothing_stands_in_its_place() {
    let credentials = Credentials { client_secret: None, scope: String::new(), ..credentials() };
    let env = written("env", &credentials);
    assert!(!env.contains("CLIENT_SECRET") && !env.contains("SCOPE"));
    assert!(env.contains("# The client secret is not in this file."));
    let value: serde_json::Value = serde_json::from_str(&written("json", &credentials)).unwrap();
    assert!(value.get("client_secret").is_none() && value.get("scope").is_none());
}

#[test]
fn what_is_drawn_is_the_file_with_the_secret_apart() {
    for secret in ["j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY", "with space", "it's \"both\" \\", "A", "", "юнікод"]
    {
        let credentials = Credentials { client_secret: Some(Secret::new(secret)), ..credentials() };
        for format in FORMATS {
            let segments = format.segments(&credentials);
            let [Segment::Plain(before), Segment::Hidden { value, .. }, Segment::Plain(after)] =
                segments.as_slice()
            else {
                panic!("{segments:?}");
            };
            let whole = format!("{before}{}{after}", value.expose());
            assert_eq!(whole, format.file(&credentials).expose());
            assert!(secret.len() < 2 || !format!("{before}{after}").contains(secret));
        }
    }
    let without = Credentials { client_secret: None, ..credentials() };
    assert!(FORMATS.iter().all(|format| matches!(format.segments(&without).as_slice(), [Segment::Plain(_)])));
}

#[test]
fn a_name_cannot_break_out_of_the_comment() {
    let credentials = Credentials { name: "a\nCLIENT_ID=evil\r\u{2028}b".to_owned(), ..credentials() };
    let env = written("env", &credentials);
    assert!(env.starts_with("# a CLIENT_ID=evil  b, Sandbox"));
    assert_eq!(env.lines().filter(|line| line.starts_with("CLIENT_ID=")).count(), 1);
}

#[test]
fn file_names() {
    for (name, file) in [
        ("gateway-client", "gateway-client.env"),
        ("Шлюз Трембіти", "Шлюз-Трембіти.env"),
        ("../../etc/passwd", "etc-passwd.env"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f.env"),
        ("", "application.env"),
        ("...", "application.env"),
        ("CON", "application-CON.env"),
        ("com1.txt", "application-com1.txt.env"),
        ("\u{202e}gnp.exe", "gnp.exe.env"),
    ] {
        assert_eq!(format("env").unwrap().file_name(name), file);
    }
    assert!(file_stem(&"x".repeat(300)).len() == 64);
}

/// A shell is the strictest reader of the file there is.
#[cfg(unix)]
fn as_a_shell_reads_it(env: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let script = format!("{env}printf %s \"$CLIENT_SECRET\"");
    let mut shell = Command::new("sh").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    String::from_utf8(shell.wait_with_output().unwrap().stdout).unwrap()
}

#[cfg(unix)]
#[test]
fn a_shell_reads_what_was_written() {
    for secret in [
        "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY",
        "with space",
        "#comment",
        "a=b&c;d|e",
        "$HOME `id` $(id)",
        "quote\" and \\backslash",
        "it's",
        "it's \"both\" $HOME \\ `id`",
        "*?[]{}~!",
        "юнікод",
        " leading and trailing ",
        "",
    ] {
        let credentials = Credentials { client_secret: Some(Secret::new(secret)), ..credentials() };
        assert_eq!(as_a_shell_reads_it(&written("env", &credentials)), secret);
    }
}

proptest! {
    #[test]
    fn every_env_line_is_one_assignment(secret in any::<String>(), name in any::<String>(), scope in any::<String>()) {
        let credentials = Credentials { name, scope: scope.clone(), client_secret: Some(Secret::new(secret)), ..credentials() };
        let env = written("env", &credentials);
        let expected = if scope.is_empty() { 5 } else { 6 };
        prop_assert_eq!(env.split('\n').filter(|line| !line.is_empty()).count(), expected);
    }

    #[test]
    fn json_gives_back_what_went_in(secret in any::<String>(), name in any::<String>()) {
        let credentials = Credentials { name: name.clone(), client_secret: Some(Secret::new(secret.clone())), ..credentials() };
        let value: serde_json::Value = serde_json::from_str(&written("json", &credentials)).unwrap();
        prop_assert_eq!(value["client_secret"].as_str(), Some(secret.as_str()));
        prop_assert_eq!(value["client_name"].as_str(), Some(name.as_str()));
    }

    #[test]
    fn a_file_name_is_harmless(name in any::<String>()) {
        let stem = file_stem(&name);
        prop_assert!(!stem.is_empty() && !stem.starts_with('.') && !stem.ends_with('.') && !stem.contains(".."));
        prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)));
    }
}
