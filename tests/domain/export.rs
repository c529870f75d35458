//! Credentials as files.

mod formats;
mod scripts;

use portico::domain::export::{Credentials, FORMATS, Key, Proof, file_stem, format};
use portico::domain::http::render::{Segment, to_text};
use portico::domain::jose::Algorithm;
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
        proof: Proof::Basic,
        client_secret: Some(Secret::new("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY")),
        scope: "cash-accounts:balances.read cash-accounts:statements.read".to_owned(),
        registered_at: 1_666_016_078,
    }
}

/// The same client, which proves itself by a key.
fn signing() -> Credentials {
    let key = Key {
        kid: Some("k1".to_owned()),
        algorithm: Some(Algorithm::Es256),
        audience: "http://localhost:8081/auth/realms/BBBBCAXXXXX".to_owned(),
        typ: "JWT".to_owned(),
        lifetime: 60,
        grant: false,
        file: "gateway-client.pem".to_owned(),
    };
    Credentials { proof: Proof::Key(key), client_secret: None, ..credentials() }
}

/// The file with the secret in it.
fn written(id: &str, credentials: &Credentials) -> String {
    format(id).unwrap().file(credentials, true).expose().to_owned()
}

/// The file that says where the secret is.
fn referring(id: &str, credentials: &Credentials) -> String {
    format(id).unwrap().file(credentials, false).expose().to_owned()
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
        "token_endpoint_auth_method",
        "client_secret",
        "scope",
        "registered_at",
    ];
    assert_eq!(names, order);
}

#[test]
fn a_secret_that_is_not_written_is_referred_to() {
    let credentials = Credentials { scope: String::new(), ..credentials() };
    let env = referring("env", &credentials);
    assert!(!env.contains("CLIENT_SECRET=") && !env.contains("SCOPE"));
    assert!(env.contains("# CLIENT_SECRET is not in this file: set it in the environment."));
    let value: serde_json::Value = serde_json::from_str(&referring("json", &credentials)).unwrap();
    assert_eq!(value["client_secret"], "${CLIENT_SECRET}");
    assert!(value.get("scope").is_none());
    // A secret that is not at hand cannot be written, and a client without one has no place for it.
    let unknown = Credentials { client_secret: None, ..credentials };
    assert_eq!(written("env", &unknown), env);
    let value: serde_json::Value = serde_json::from_str(&written("json", &signing())).unwrap();
    assert!(value.get("client_secret").is_none());
    assert_eq!(value["private_key"]["kid"], "k1");
}

#[test]
fn no_format_writes_the_secret_unasked() {
    for proof in [Proof::Basic, Proof::Post] {
        let credentials = Credentials { proof, ..credentials() };
        for format in FORMATS {
            let file = format.file(&credentials, false);
            assert!(!file.expose().contains("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY"), "{}", format.id);
            let asked = format.file(&credentials, true);
            let times = asked.expose().matches("j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY").count();
            assert_eq!(times, usize::from(format.takes_secret(&credentials)), "{}", format.id);
        }
    }
    let holds: Vec<&str> = FORMATS.iter().filter(|f| !f.takes_secret(&credentials())).map(|f| f.id).collect();
    assert_eq!(holds, ["postman-collection"]);
}

#[test]
fn a_client_that_signs_is_told_how() {
    for format in FORMATS {
        let file = format.file(&signing(), true).expose().to_owned();
        assert!(!format.takes_secret(&signing()), "{}", format.id);
        assert!(!file.contains("CLIENT_SECRET") && !file.contains("client-secret:"), "{}: {file}", format.id);
        for fact in ["ES256", "k1", "http://localhost:8081/auth/realms/BBBBCAXXXXX"] {
            let known = format.id == "postman-environment" || format.id == "node" && fact == "ES256";
            assert!(known || file.contains(fact), "{} does not say {fact}: {file}", format.id);
        }
    }
    let Proof::Key(key) = signing().proof else { panic!() };
    let unseen = Key { algorithm: None, kid: None, ..key };
    let unseen = Credentials { proof: Proof::Key(unseen), ..signing() };
    assert!(written("env", &unseen).contains("does not see which key"));
}

#[test]
fn what_is_drawn_is_the_file_with_the_secret_apart() {
    for secret in [
        "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY",
        "with space",
        "it's \"both\" \\",
        "A",
        "B",
        "",
        "юнікод",
        "(client secret)",
    ] {
        for proof in [Proof::Basic, Proof::Post] {
            // Names that look like the letters the place of the secret is found by.
            let credentials = Credentials {
                client_secret: Some(Secret::new(secret)),
                proof,
                name: "A".to_owned(),
                environment: "B".to_owned(),
                ..credentials()
            };
            for format in FORMATS.iter().filter(|format| format.id != "postman-collection") {
                let segments = format.segments(&credentials, true);
                let [Segment::Plain(before), Segment::Hidden { .. }, Segment::Plain(after)] =
                    segments.as_slice()
                else {
                    panic!("{}: {segments:?}", format.id);
                };
                assert_eq!(to_text(&segments, true), format.file(&credentials, true).expose());
                assert!(secret.len() < 2 || !format!("{before}{after}").contains(secret));
            }
        }
    }
    for format in FORMATS {
        assert!(matches!(format.segments(&credentials(), false).as_slice(), [Segment::Plain(_)]));
        assert!(matches!(format.segments(&signing(), true).as_slice(), [Segment::Plain(_)]));
    }
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

/// Banks take exactly two fields (RFC 7523, 2.1): no scope, no client ID, no type.
#[test]
fn an_assertion_that_is_a_grant_stands_alone() {
    let signing = |grant: bool| {
        let mut credentials = signing();
        if let Proof::Key(key) = &mut credentials.proof {
            key.grant = grant;
        }
        credentials
    };
    for id in ["curl", "http", "postman-collection"] {
        let file = format(id).unwrap().file(&signing(true), false);
        let file = file.expose();
        assert!(file.contains("jwt-bearer"), "{id}: {file}");
        for other in ["client_credentials", "client_assertion_type", "client_id={{", "data-urlencode"] {
            assert!(!file.contains(other), "{id} has {other}: {file}");
        }
        let file = format(id).unwrap().file(&signing(false), false);
        assert!(file.expose().contains("client_credentials"), "{id}: {}", file.expose());
    }
}
