//! The curl script, run by bash with a curl of ours in its place.
#![cfg(unix)]

use std::{os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use super::*;

/// A folder with a `curl` that writes what it was given, and answers with a token.
struct Bench(PathBuf);

impl Bench {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("portico-export-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let curl = folder.join("curl");
        let script = "#!/bin/sh\ncat > \"$SEEN.in\"\nfor a in \"$@\"; do printf '%s\\0' \"$a\"; done > \"$SEEN.args\"\nprintf '{ \"access_token\" : \"a\\\\/b.c\",\\n\"expires_in\":60}'\n";
        std::fs::write(&curl, script).unwrap();
        std::fs::set_permissions(&curl, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    /// Runs a script; gives what it printed, what curl read, and its arguments.
    fn run(&self, script: &str, environment: &[(&str, &str)]) -> (String, String, Vec<String>) {
        let path = format!("{}:{}", self.0.display(), std::env::var("PATH").unwrap());
        let seen = self.0.join("seen");
        let file = self.0.join("script.sh");
        std::fs::write(&file, script).unwrap();
        let output = Command::new("bash")
            .arg(&file)
            .current_dir(&self.0)
            .env("PATH", path)
            .env("SEEN", &seen)
            .env_remove("CLIENT_SECRET")
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}\n{script}", String::from_utf8_lossy(&output.stderr));
        let read = |extension: &str| std::fs::read_to_string(seen.with_extension(extension)).unwrap();
        let arguments = read("args").split_terminator('\0').map(str::to_owned).collect();
        (String::from_utf8(output.stdout).unwrap(), read("in"), arguments)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The two halves of `user = "…:…"`, decoded.
fn user(configuration: &str) -> (String, String) {
    let both = configuration.trim().strip_prefix("user = \"").unwrap().strip_suffix('"').unwrap();
    let (id, secret) = both.split_once(':').unwrap();
    let decoded = |half: &str| portico::domain::url::percent_decode(half).unwrap();
    (decoded(id), decoded(secret))
}

#[test]
fn the_script_sends_what_was_registered_and_prints_the_token() {
    let bench = Bench::new("sends");
    let (out, input, arguments) = bench.run(&written("curl", &credentials()), &[]);
    assert_eq!(out, "a/b.c\n");
    assert_eq!(user(&input).1, "j8PD1ZO9E9MAFSPzp0IXwOjIowSJ9frY");
    assert!(
        arguments.contains(&"scope=cash-accounts:balances.read cash-accounts:statements.read".to_owned())
    );
    assert_eq!(arguments.last().unwrap(), &credentials().token_endpoint);
    assert!(!arguments.iter().any(|argument| argument.contains("j8PD1ZO9")));
    // The secret out of the environment, and no scope at all.
    let bare = Credentials { scope: String::new(), ..credentials() };
    let (_, input, arguments) = bench.run(&referring("curl", &bare), &[("CLIENT_SECRET", "from outside")]);
    assert_eq!(user(&input).1, "from outside");
    assert!(!arguments.iter().any(|argument| argument.contains("scope")));
}

#[test]
fn a_secret_in_the_body_does_not_stand_on_the_command_line_either() {
    let post =
        Credentials { proof: Proof::Post, client_secret: Some(Secret::new("a\"b\\c&d")), ..credentials() };
    let (_, input, arguments) = Bench::new("post").run(&written("curl", &post), &[]);
    let id = credentials().client_id;
    assert_eq!(input, format!("data = \"client_id={id}&client_secret=a%22b%5Cc%26d\"\n"));
    assert!(arguments.contains(&"grant_type=client_credentials".to_owned()));
}

#[test]
fn an_assertion_has_the_form_of_its_standards() {
    let kinds = [
        (Algorithm::Es256, vec!["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
        (Algorithm::Rs256, vec!["-algorithm", "RSA"]),
        (Algorithm::Ps256, vec!["-algorithm", "RSA"]),
        (Algorithm::EdDsa, vec!["-algorithm", "ED25519"]),
    ];
    for (algorithm, how) in kinds {
        let bench = Bench::new(algorithm.name());
        let key = bench.0.join("gateway-client.pem");
        let made = Command::new("openssl").arg("genpkey").args(how).arg("-out").arg(&key).output().unwrap();
        assert!(made.status.success());
        let Proof::Key(proof) = signing().proof else { panic!() };
        let proof = Proof::Key(Key { algorithm: Some(algorithm), ..proof });
        let credentials = Credentials { proof, client_id: "it's \"x\"".to_owned(), ..signing() };
        let (_, input, _) = bench.run(&written("curl", &credentials), &[]);
        let form = input.trim().strip_prefix("data = \"").unwrap().strip_suffix('"').unwrap();
        let assertion = form.split_once("client_assertion=").unwrap().1;
        let parts: Vec<&str> = assertion.split('.').collect();
        let [header, claims, signature] = parts.as_slice() else { panic!("{assertion}") };
        let header: serde_json::Value = serde_json::from_slice(&base64url(header)).unwrap();
        assert_eq!(header, serde_json::json!({"alg": algorithm.name(), "typ": "JWT", "kid": "k1"}));
        let claims: serde_json::Value = serde_json::from_slice(&base64url(claims)).unwrap();
        assert_eq!((&claims["iss"], &claims["sub"]), (&"it's \"x\"".into(), &"it's \"x\"".into()));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 60);
        assert_eq!(claims["jti"].as_str().unwrap().len(), 32);
        let length = if algorithm.is_rsa() { 256 } else { 64 };
        assert_eq!(base64url(signature).len(), length, "{}", algorithm.name());
    }
}

fn base64url(text: &str) -> Vec<u8> {
    portico::domain::jose::from_base64url(text).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn bash_reads_back_what_went_in(
        secret in "[^\\x00]{0,12}", client_id in "[^\\x00]{0,12}", name in any::<String>(), scope in "[!#-\\[\\]-~ ]{0,12}"
    ) {
        let credentials = Credentials {
            client_secret: Some(Secret::new(secret.clone())), client_id: client_id.clone(), name, scope: scope.clone(), ..credentials()
        };
        let (out, input, arguments) = Bench::new("any").run(&written("curl", &credentials), &[]);
        prop_assert_eq!(out, "a/b.c\n");
        prop_assert_eq!(user(&input), (client_id, secret));
        let named = arguments.contains(&format!("scope={scope}"));
        prop_assert!(named != scope.is_empty());
    }
}
