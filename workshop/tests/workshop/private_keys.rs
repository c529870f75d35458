//! Private keys in every form.

use portico_workshop::{encrypted::encrypted_pkcs8, private_key::PrivateKey, public_key::PublicKey};

use crate::{ALGORITHMS, Bench, pem};

/// The same key, when OpenSSL says that both have the same public half.
fn is_same(bench: &Bench, key: &PrivateKey) -> bool {
    bench.write("read.pem", pem("PRIVATE KEY", &key.pkcs8));
    let public = |name: &str| bench.openssl(&["pkey", "-in", name, "-pubout", "-outform", "DER"]).stdout;
    public("read.pem") == public("key.pem")
}

#[test]
fn every_form_of_every_algorithm_is_read() {
    for (algorithm, options) in ALGORITHMS {
        let bench = Bench::make();
        bench.key(options);
        // Ed25519 never had another form.
        let traditional = if algorithm == "EdDSA" { "key.pem" } else { "traditional.pem" };
        if traditional != "key.pem" {
            bench.openssl(&["pkey", "-in", "key.pem", "-traditional", "-out", traditional]);
        }
        let der = bench.openssl(&["pkey", "-in", "key.pem", "-outform", "DER"]).stdout;
        let plain = bench.text("key.pem");
        let forms = [
            plain.clone(),
            plain.replace('\n', "\r\n"),
            format!("Bag Attributes\n  friendlyName: x\n{plain}\nand words after it"),
            plain.lines().map(|line| format!("    {line}\n")).collect(),
            bench.text(traditional),
            portico_workshop::input::single_line(&der),
        ];
        for form in forms {
            let key =
                PrivateKey::read(&form).unwrap_or_else(|problem| panic!("{algorithm}: {problem}\n{form}"));
            assert!(is_same(&bench, &key), "{algorithm}");
        }
    }
}

#[test]
fn a_key_with_its_parameters_in_a_block_of_their_own_is_read() {
    let bench = Bench::make();
    bench.openssl(&["ecparam", "-name", "prime256v1", "-genkey", "-out", "key.pem"]);
    let text = bench.text("key.pem");
    assert!(text.contains("EC PARAMETERS"));
    assert!(is_same(&bench, &PrivateKey::read(&text).unwrap()));
}

#[test]
fn a_key_for_pss_only_is_read_as_a_plain_one() {
    let bench = Bench::make();
    bench.key(&["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]);
    let key = PrivateKey::read(&bench.text("key.pem")).unwrap();
    bench.write("read.pem", pem("PRIVATE KEY", &key.pkcs8));
    let said = bench.openssl(&["pkey", "-in", "read.pem", "-noout", "-text"]).stdout;
    assert!(!String::from_utf8_lossy(&said).contains("PSS"));
    let spki = bench.openssl(&["pkey", "-in", "key.pem", "-pubout"]).stdout;
    assert_eq!(PublicKey::read(&String::from_utf8(spki).unwrap()).unwrap().kind, "RSA");
}

#[test]
fn openssl_opens_what_was_encrypted() {
    let bench = Bench::make();
    bench.key(ALGORITHMS[2].1);
    let der = bench.openssl(&["pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER"]).stdout;
    bench.write("plain.der", &der);
    let (salt, iv) = ("00112233445566778899aabbccddeeff", "0f0e0d0c0b0a09080706050403020100");
    let derived = bench.openssl(&[
        "kdf",
        "-keylen",
        "32",
        "-kdfopt",
        "digest:SHA256",
        "-kdfopt",
        "pass:correct horse",
        "-kdfopt",
        &format!("hexsalt:{salt}"),
        "-kdfopt",
        "iter:1000",
        "PBKDF2",
    ]);
    let key: String = String::from_utf8(derived.stdout).unwrap().trim().replace(':', "");
    bench.openssl(&["enc", "-aes-256-cbc", "-K", &key, "-iv", iv, "-in", "plain.der", "-out", "sealed.der"]);
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(hex.get(at..at + 2).unwrap(), 16).unwrap())
            .collect()
    };
    let info = encrypted_pkcs8(&bytes(salt), 1000, &bytes(iv), &bench.read("sealed.der")).unwrap();
    bench.write("encrypted.pem", pem("ENCRYPTED PRIVATE KEY", &info));
    let opened =
        bench.openssl(&["pkey", "-in", "encrypted.pem", "-passin", "pass:correct horse", "-outform", "DER"]);
    assert_eq!(opened.stdout, bench.openssl(&["pkey", "-in", "key.pem", "-outform", "DER"]).stdout);
    assert!(!bench.try_openssl(&["pkey", "-in", "encrypted.pem", "-passin", "pass:wrong"]).status.success());
}

#[test]
fn what_is_no_usable_private_key_is_said() {
    let bench = Bench::make();
    bench.key(ALGORITHMS[0].1);
    let good = bench.text("key.pem");
    bench.openssl(&["pkey", "-in", "key.pem", "-aes256", "-passout", "pass:abcd", "-out", "locked.pem"]);
    bench.openssl(&[
        "rsa",
        "-in",
        "key.pem",
        "-traditional",
        "-aes256",
        "-passout",
        "pass:abcd",
        "-out",
        "old.pem",
    ]);
    bench.openssl(&["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"]);
    bench.openssl(&["req", "-x509", "-key", "key.pem", "-subj", "/CN=x", "-out", "certificate.pem"]);
    let small = Bench::make();
    small.key(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]);
    let curve = Bench::make();
    curve.key(&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]);
    let lines: Vec<&str> = good.lines().collect();
    let cases = [
        (String::new(), "nothing to read"),
        (bench.text("locked.pem"), "encrypted with a password"),
        (bench.text("old.pem"), "encrypted with a password"),
        (bench.text("public.pem"), "This is a public key, not a private key"),
        (bench.text("certificate.pem"), "This is a certificate, not a private key"),
        (small.text("key.pem"), "1024 bits"),
        (curve.text("key.pem"), "P-384"),
        (lines[..lines.len() - 1].join("\n"), "The text is cut"),
        (format!("{}\n{}", lines[..9].join("\n"), lines[lines.len() - 1]), "damaged"),
        (good.replacen("\nMII", "\nMI!", 1), "not Base64"),
        (format!("{good}{}", small.text("key.pem")), "2 private keys"),
        ("hello there".to_owned(), "not Base64"),
        ("{\"kty\":\"RSA\"}".to_owned(), "This is JSON"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----".to_owned(),
            "ssh-keygen",
        ),
        ("AAAA".to_owned(), "neither PKCS #8"),
    ];
    for (text, words) in cases {
        let problem = PrivateKey::read(&text).map(|_| ()).unwrap_err();
        assert!(problem.text.contains(words), "wanted {words:?}, got: {problem}\n{text}");
    }
}
