//! Everything against OpenSSL: what it makes is read, and what is made here it takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod certificates;
mod descriptions;
mod private_keys;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with keys of OpenSSL in it.
pub struct Bench {
    folder: TempDir,
}

/// What OpenSSL is asked for a key of each algorithm.
pub const ALGORITHMS: [(&str, &[&str]); 4] = [
    ("RS256", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("PS256", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"]),
    ("ES256", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
    ("EdDSA", &["-algorithm", "ED25519"]),
];

impl Bench {
    pub fn make() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// Runs OpenSSL in the folder; it has to end well.
    pub fn openssl(&self, arguments: &[&str]) -> Output {
        let output = self.try_openssl(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {error}");
        output
    }

    pub fn try_openssl(&self, arguments: &[&str]) -> Output {
        Command::new("openssl")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("openssl is not here")
    }

    /// Makes `key.pem`, and gives its public half as SubjectPublicKeyInfo.
    pub fn key(&self, options: &[&str]) -> Vec<u8> {
        let mut arguments = vec!["genpkey", "-out", "key.pem"];
        arguments.extend(options);
        self.openssl(&arguments);
        self.openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"]).stdout
    }

    /// Signs as a browser does: ECDSA as `r ‖ s`.
    pub fn sign(&self, algorithm: &str, bytes: &[u8]) -> Vec<u8> {
        let input = self.write("tbs", bytes);
        let input = input.to_str().unwrap();
        let signature = match algorithm {
            "EdDSA" => self.openssl(&["pkeyutl", "-sign", "-rawin", "-inkey", "key.pem", "-in", input]),
            "PS256" => self.openssl(&[
                "dgst",
                "-sha256",
                "-sigopt",
                "rsa_padding_mode:pss",
                "-sigopt",
                "rsa_pss_saltlen:32",
                "-sign",
                "key.pem",
                input,
            ]),
            _ => self.openssl(&["dgst", "-sha256", "-sign", "key.pem", input]),
        };
        if algorithm == "ES256" { raw(&signature.stdout) } else { signature.stdout }
    }
}

/// `r ‖ s` out of the two numbers in DER.
fn raw(der: &[u8]) -> Vec<u8> {
    let mut rest = &der[2..];
    let mut out = Vec::new();
    for _ in 0..2 {
        let length = usize::from(rest[1]);
        let number: Vec<u8> = rest[2..2 + length].iter().copied().skip_while(|byte| *byte == 0).collect();
        out.extend(std::iter::repeat_n(0, 32 - number.len()));
        out.extend(number);
        rest = &rest[2 + length..];
    }
    out
}

pub fn pem(label: &str, der: &[u8]) -> String {
    let body = portico_workshop::input::single_line(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

pub fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}
