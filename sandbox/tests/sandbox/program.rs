//! The program itself: what it prints, that it stops, that open pages hear of a change.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::backend::part;

struct Program {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Program {
    fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portico-sandbox"))
            .args(["--memory", "--port", "0"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn prints_where_it_listens_and_a_token_for_that_address() {
    let mut program = Program::start(&["--print-initial-access-token"]);
    let base = program.line().strip_prefix("listening on ").unwrap().to_owned();
    assert!(base.starts_with("http://127.0.0.1:"));
    let token = program.line().strip_prefix("initial access token: ").unwrap().to_owned();
    assert_eq!(part(&token, 1)["iss"], format!("{base}/realms/sandbox"));
}

#[test]
fn tells_the_name_and_the_password_of_the_identity_server() {
    let mut program = Program::start(&[]);
    assert!(program.line().starts_with("listening on http://"));
    assert_eq!(program.line(), "identity server: admin@openbank with the password admin");
}

#[test]
fn warns_when_others_can_reach_it() {
    let mut program = Program::start(&["--bind", "0.0.0.0"]);
    assert!(program.line().starts_with("Warning: this sandbox listens on 0.0.0.0"));
    assert!(program.line().starts_with("listening on http://"));
}

#[cfg(unix)]
#[test]
fn stops_when_told_even_with_a_page_listening_for_changes() {
    let watched = tempfile::NamedTempFile::new().unwrap();
    let mut program = Program::start(&["--watch-file", watched.path().to_str().unwrap()]);
    let line = program.line();
    let address = line.strip_prefix("listening on http://").unwrap();
    let mut page = TcpStream::connect(address).unwrap();
    page.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(page, "GET /__reload HTTP/1.1\r\nhost: {address}\r\n\r\n").unwrap();
    assert!(heard(&mut page, ": watching"));
    let later = std::time::SystemTime::now() + Duration::from_secs(5);
    watched.as_file().set_modified(later).unwrap();
    assert!(heard(&mut page, "event: reload"));

    let asked = Instant::now();
    assert!(Command::new("kill").arg(program.child.id().to_string()).status().unwrap().success());
    assert!(program.child.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(4), "it took {:?}", asked.elapsed());
}

fn heard(page: &mut TcpStream, words: &str) -> bool {
    let mut text = String::new();
    let mut buffer = [0_u8; 1024];
    while !text.contains(words) {
        match page.read(&mut buffer) {
            Ok(0) | Err(_) => return false,
            Ok(count) => text.push_str(&String::from_utf8_lossy(&buffer[..count])),
        }
    }
    true
}

#[test]
fn says_why_it_cannot_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_portico-sandbox"))
        .args(["--memory", "--port", &port])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--port 0"), "{said}");
}
