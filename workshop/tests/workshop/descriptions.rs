//! Certificates that others made, alone and in bundles.

use portico_workshop::{describe, input::single_line, public_key::PublicKey};

use crate::{ALGORITHMS, Bench};

/// A root, an intermediate and a leaf: `root.pem`, `middle.pem`, `leaf.pem`.
fn chain() -> Bench {
    let bench = Bench::make();
    bench.write("ca.cnf", "basicConstraints=critical,CA:TRUE\n");
    bench.write(
        "leaf.cnf",
        "subjectAltName=DNS:a.example,DNS:b.example\nextendedKeyUsage=clientAuth,serverAuth\n",
    );
    bench.key(ALGORITHMS[2].1);
    bench.openssl(&[
        "req",
        "-x509",
        "-key",
        "key.pem",
        "-subj",
        "/C=CA/O=Bank/CN=Root",
        "-days",
        "30",
        "-out",
        "root.pem",
    ]);
    for (name, subject, by, extensions) in [
        ("middle", "/C=CA/O=Bank/CN=Middle", "root", "ca.cnf"),
        ("leaf", "/C=CA/O=Partner/CN=Leaf", "middle", "leaf.cnf"),
    ] {
        bench.openssl(&["req", "-new", "-key", "key.pem", "-subj", subject, "-out", "request.pem"]);
        bench.openssl(&[
            "x509",
            "-req",
            "-in",
            "request.pem",
            "-CA",
            &format!("{by}.pem"),
            "-CAkey",
            "key.pem",
            "-days",
            "10",
            "-extfile",
            extensions,
            "-out",
            &format!("{name}.pem"),
        ]);
    }
    bench
}

fn names(text: &str) -> Vec<String> {
    let read = describe::read(text).unwrap_or_else(|problem| panic!("{problem}"));
    read.into_iter().map(|one| one.subject.rsplit_once("CN=").unwrap().1.to_owned()).collect()
}

#[test]
fn a_bundle_in_any_order_begins_with_the_leaf() {
    let bench = chain();
    let [root, middle, leaf] = ["root", "middle", "leaf"].map(|name| bench.text(&format!("{name}.pem")));
    for order in [[&root, &middle, &leaf], [&leaf, &root, &middle], [&middle, &leaf, &root]] {
        let bundle = order.map(String::as_str).join("some words between\n");
        assert_eq!(names(&bundle), ["Leaf", "Middle", "Root"]);
    }
    assert_eq!(names(&format!("{leaf}{leaf}")), ["Leaf"], "the same one twice is one");
    assert_eq!(names(&format!("{root}{leaf}")), ["Leaf", "Root"], "a gap does not stop it");
}

#[test]
fn pkcs7_and_der_are_read() {
    let bench = chain();
    bench.openssl(&[
        "crl2pkcs7",
        "-nocrl",
        "-certfile",
        "root.pem",
        "-certfile",
        "leaf.pem",
        "-certfile",
        "middle.pem",
        "-out",
        "bundle.p7b",
    ]);
    assert_eq!(names(&bench.text("bundle.p7b")), ["Leaf", "Middle", "Root"]);
    let p7 = bench.openssl(&["pkcs7", "-in", "bundle.p7b", "-outform", "DER"]).stdout;
    assert_eq!(names(&single_line(&p7)), ["Leaf", "Middle", "Root"]);
    let der = bench.openssl(&["x509", "-in", "leaf.pem", "-outform", "DER"]).stdout;
    assert_eq!(names(&single_line(&der)), ["Leaf"]);
}

#[test]
fn who_by_whom_until_when_and_for_what() {
    let bench = chain();
    let read = &describe::read(&bench.text("leaf.pem")).unwrap()[0];
    assert_eq!(
        (read.subject.as_str(), read.issuer.as_str()),
        ("C=CA, O=Partner, CN=Leaf", "C=CA, O=Bank, CN=Middle")
    );
    assert_eq!(read.names, ["DNS a.example", "DNS b.example"]);
    assert_eq!(read.purposes, ["clientAuth", "serverAuth"]);
    assert_eq!((read.key.as_str(), read.signature.as_str()), ("EC, P-256", "ES256"));
    assert_eq!(read.not_after - read.not_before, 10 * 86_400);
    let public = bench.openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER"]).stdout;
    assert_eq!(read.spki, public);
    assert_eq!(PublicKey::read(&bench.text("leaf.pem")).unwrap().spki, public);
}

#[test]
fn what_is_no_certificate_is_said() {
    let bench = chain();
    let leaf = bench.text("leaf.pem");
    let cases = [
        (String::new(), "nothing to read"),
        (bench.text("key.pem"), "private key in this text"),
        (format!("{leaf}{}", bench.text("key.pem")), "private key in this text"),
        (leaf.replace("-----END CERTIFICATE-----", ""), "The text is cut"),
        (leaf.replacen("\nMII", "\nMI@", 1), "not Base64"),
        ("AAAA".to_owned(), "neither a certificate"),
    ];
    for (text, words) in cases {
        let problem = describe::read(&text).unwrap_err();
        assert!(problem.text.contains(words), "wanted {words:?}, got: {problem}");
    }
}

#[test]
fn very_many_certificates_are_refused_before_they_are_put_in_order() {
    let bench = chain();
    let leaf = bench.openssl(&["x509", "-in", "leaf.pem", "-outform", "DER"]).stdout;
    let one = |number: u16| {
        let mut der = leaf.clone();
        let end = der.len() - 2;
        // The end of the signature, which nobody checks here.
        der[end..].copy_from_slice(&number.to_be_bytes());
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", single_line(&der))
    };
    assert_eq!(describe::read(&(0..100).map(one).collect::<String>()).unwrap().len(), 100);
    let problem = describe::read(&(0..101).map(one).collect::<String>()).unwrap_err();
    assert!(problem.text.starts_with("There are more than 100"), "{problem}");
}
