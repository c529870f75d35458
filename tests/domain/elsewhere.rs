//! Signatures made elsewhere: by the command that the page shows, and in every form in which they come back.

use std::process::Command;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD},
};
use portico::domain::jose::{Algorithm, elsewhere, openssl};

const INPUT: &str = "eyJhbGciOiJFUzI1NiJ9.e30";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `r` of 32 bytes with the high bit set, `s` of 31.
fn der() -> (Vec<u8>, Vec<u8>) {
    let (r, s) = ([0x91_u8; 32], [0x42_u8; 31]);
    let mut der = vec![0x30, (2 + 33 + 2 + 31) as u8, 0x02, 33, 0];
    der.extend(r);
    der.extend([0x02, 31]);
    der.extend(s);
    (der, [&r[..], &[0], &s[..]].concat())
}

#[test]
fn a_signature_is_read_in_every_form() {
    let raw: Vec<u8> = (0..64).map(|number| number * 3).collect();
    let colons: Vec<String> = raw.iter().map(|byte| format!("{byte:02X}")).collect();
    let wrapped: Vec<String> = STANDARD
        .encode(&raw)
        .as_bytes()
        .chunks(20)
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect();
    for written in [
        STANDARD.encode(&raw),
        URL_SAFE.encode(&raw),
        format!("  {}\n", URL_SAFE_NO_PAD.encode(&raw)),
        hex(&raw),
        colons.join(":"),
        wrapped.join("\r\n"),
        format!("SHA2-256(signing-input.txt)= {}", hex(&raw)),
        format!("{INPUT}.{}", URL_SAFE_NO_PAD.encode(&raw)),
    ] {
        assert_eq!(elsewhere::read(&written, Algorithm::Es256, INPUT).as_ref(), Ok(&raw), "{written}");
    }
}

#[test]
fn der_becomes_what_jose_wants() {
    let (der, raw) = der();
    assert_eq!(elsewhere::read(&STANDARD.encode(&der), Algorithm::Es256, INPUT), Ok(raw));
    // Cut off, with something behind it, with a half that is too long, with another tag.
    let mut longer = der.clone();
    longer.push(0);
    let too_long = [&[0x30, 2 + 33 + 2 + 1, 0x02, 33, 1][..], &[7; 32], &[0x02, 1, 1]].concat();
    let tagged = [&[0x31][..], &der[1..]].concat();
    for broken in [der[..der.len() - 1].to_vec(), longer, too_long, tagged] {
        let said = elsewhere::read(&STANDARD.encode(&broken), Algorithm::Es256, INPUT).unwrap_err();
        assert!(said.contains("64 bytes, or DER"), "{said}");
    }
}

#[test]
fn what_is_no_signature_is_said() {
    let cases = [
        ("", Algorithm::Ps256, "Paste the signature."),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", Algorithm::Ps256, "This is a private key."),
        ("-----BEGIN PUBLIC KEY-----\nMIIE", Algorithm::Ps256, "This is PEM"),
        ("not a signature!", Algorithm::Ps256, "neither Base64"),
        ("AAAA", Algorithm::Ps256, "256 bytes or more"),
        ("AAAA", Algorithm::EdDsa, "that has 64 bytes"),
        ("eyJhbGciOiJFUzI1NiJ9.e31.AAAA", Algorithm::Es256, "something else"),
    ];
    for (written, algorithm, said) in cases {
        let found = elsewhere::read(written, algorithm, INPUT).unwrap_err();
        assert!(found.contains(said), "{found}");
    }
}

/// The command is run as the page shows it, and OpenSSL itself judges what was read back.
#[test]
fn the_command_makes_a_signature_that_is_read_and_is_right() {
    let folder = std::env::temp_dir().join(format!("portico-elsewhere-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).current_dir(&folder).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    std::fs::write(folder.join("input.txt"), INPUT).unwrap();
    for (algorithm, kind) in [
        (Algorithm::Ps256, ["RSA", "rsa_keygen_bits:2048"]),
        (Algorithm::Rs256, ["RSA", "rsa_keygen_bits:2048"]),
        (Algorithm::Es256, ["EC", "ec_paramgen_curve:P-256"]),
        (Algorithm::EdDsa, ["ED25519", ""]),
    ] {
        let mut arguments = vec!["genpkey", "-algorithm", kind[0], "-out", "key.pem"];
        if !kind[1].is_empty() {
            arguments.extend(["-pkeyopt", kind[1]]);
        }
        run("openssl", &arguments);
        let written = run("sh", &["-c", &openssl::sign(algorithm, "key.pem", "input.txt")]);
        let signature = elsewhere::read(&written, algorithm, INPUT).unwrap();
        std::fs::write(folder.join("signature.bin"), &signature).unwrap();
        // Node checks in the form of JOSE, and shares nothing with what was read here.
        let script = format!(
            "const c=require('crypto'),f=require('fs');const key=c.createPublicKey(f.readFileSync('key.pem'));
             const o={{PS256:{{key,padding:c.constants.RSA_PKCS1_PSS_PADDING,saltLength:32}},RS256:{{key}},ES256:{{key,dsaEncoding:'ieee-p1363'}},EdDSA:{{key}}}}['{0}'];
             console.log(c.verify('{0}'==='EdDSA'?null:'sha256',f.readFileSync('input.txt'),o,f.readFileSync('signature.bin')))",
            algorithm.name()
        );
        assert_eq!(run("node", &["-e", &script]).trim(), "true", "{algorithm:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
