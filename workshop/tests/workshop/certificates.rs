//! Requests and certificates that OpenSSL takes.

use portico_workshop::{
    algorithm::Algorithm,
    certificate::{Form, Qualified, Wish, assemble},
    describe,
};

use crate::{ALGORITHMS, Bench, pem};

fn wish(spki: Vec<u8>, form: Form) -> Wish {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    Wish {
        form,
        subject: vec![pair("C", "GB"), pair("O", "Northline Treasury, Inc."), pair("CN", "trésor-desk")],
        names: vec![
            pair("dns", "treasury.northline.example"),
            pair("ip", "192.0.2.10"),
            pair("uri", "urn:northline:treasury"),
            pair("email", "ops@northline.example"),
        ],
        usages: vec!["digitalSignature".to_owned(), "nonRepudiation".to_owned()],
        purposes: vec!["clientAuth".to_owned()],
        qualified: None,
        spki,
        key_id: vec![7; 20],
    }
}

fn self_signed() -> Form {
    Form::SelfSigned { not_before: now(), days: 365, serial: vec![0xff; 16] }
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

fn made(bench: &Bench, wish: &Wish, algorithm: &str) -> Vec<u8> {
    let known = Algorithm::parse(algorithm).unwrap();
    let tbs = wish.to_be_signed(known).unwrap();
    assemble(&tbs, known, &bench.sign(algorithm, &tbs)).unwrap()
}

#[test]
fn openssl_takes_every_request() {
    for (algorithm, options) in ALGORITHMS {
        let bench = Bench::make();
        let spki = bench.key(options);
        let der = made(&bench, &wish(spki, Form::Request), algorithm);
        bench.write("request.pem", pem("CERTIFICATE REQUEST", &der));
        let verified =
            bench.openssl(&["req", "-in", "request.pem", "-verify", "-noout", "-text", "-nameopt", "utf8"]);
        let said = String::from_utf8_lossy(&verified.stdout).into_owned()
            + &String::from_utf8_lossy(&verified.stderr);
        assert!(said.contains("verify OK"), "{algorithm}: {said}");
        for words in [
            "Northline Treasury",
            "DNS:treasury.northline.example",
            "IP Address:192.0.2.10",
            "Digital Signature, Non Repudiation",
            "TLS Web Client Authentication",
        ] {
            assert!(said.contains(words), "{algorithm}: {words}\n{said}");
        }
        let read = describe::read(&bench.text("request.pem")).unwrap();
        assert_eq!(read[0].subject, "C=GB, O=Northline Treasury\\, Inc., CN=trésor-desk");
        assert_eq!(read[0].purposes, ["clientAuth"]);
    }
}

#[test]
fn openssl_takes_every_self_signed_certificate() {
    for (algorithm, options) in ALGORITHMS {
        let bench = Bench::make();
        let spki = bench.key(options);
        let der = made(&bench, &wish(spki.clone(), self_signed()), algorithm);
        bench.write("certificate.pem", pem("CERTIFICATE", &der));
        let verified =
            bench.openssl(&["verify", "-check_ss_sig", "-CAfile", "certificate.pem", "certificate.pem"]);
        assert!(String::from_utf8_lossy(&verified.stdout).contains("OK"), "{algorithm}");
        let said = String::from_utf8_lossy(
            &bench.openssl(&["x509", "-in", "certificate.pem", "-noout", "-text"]).stdout,
        )
        .into_owned();
        assert!(said.contains("Version: 3") && said.contains("Northline Treasury"), "{algorithm}: {said}");
        let read = &describe::read(&bench.text("certificate.pem")).unwrap()[0];
        assert!(read.is_certificate && read.self_issued);
        assert_eq!(read.spki, spki, "{algorithm}");
        assert_eq!(read.not_after - read.not_before, 365 * 86_400);
        assert_eq!(read.names.len(), 4);
    }
}

#[test]
fn a_signature_of_another_key_is_not_taken() {
    let bench = Bench::make();
    let (algorithm, options) = ALGORITHMS[2];
    let spki = bench.key(options);
    let wish = wish(spki, Form::Request);
    let known = Algorithm::parse(algorithm).unwrap();
    let tbs = wish.to_be_signed(known).unwrap();
    bench.key(options);
    let der = assemble(&tbs, known, &bench.sign(algorithm, &tbs)).unwrap();
    bench.write("request.pem", pem("CERTIFICATE REQUEST", &der));
    let verified = bench.try_openssl(&["req", "-in", "request.pem", "-verify", "-noout"]);
    assert!(!String::from_utf8_lossy(&verified.stderr).contains("verify OK"));
}

#[test]
fn an_eidas_request_states_its_kind_roles_and_authority() {
    let bench = Bench::make();
    let spki = bench.key(ALGORITHMS[2].1);
    let mut wish = wish(spki, Form::Request);
    wish.subject.push(("organizationIdentifier".to_owned(), "PSDGB-FCA-123456".to_owned()));
    wish.qualified = Some(Qualified {
        website: false,
        roles: vec!["PSP_AI".to_owned(), "PSP_PI".to_owned()],
        authority: "Financial Conduct Authority".to_owned(),
        authority_id: "GB-FCA".to_owned(),
    });
    bench.write("request.pem", pem("CERTIFICATE REQUEST", &made(&bench, &wish, "ES256")));
    let said =
        String::from_utf8_lossy(&bench.openssl(&["req", "-in", "request.pem", "-noout", "-text"]).stdout)
            .into_owned();
    assert!(said.contains("PSDGB-FCA-123456"), "{said}");
    let read = &describe::read(&bench.text("request.pem")).unwrap()[0];
    assert_eq!(read.qualified, ["seal (QSEAL)", "PSP_AI", "PSP_PI", "Financial Conduct Authority", "GB-FCA"]);
}

#[test]
fn what_cannot_be_is_said_at_its_field() {
    let bench = Bench::make();
    let spki = bench.key(ALGORITHMS[2].1);
    let good = wish(spki, self_signed());
    type Change = fn(&mut Wish);
    let cases: [(&str, Change); 11] = [
        ("C", |wish| wish.subject[0].1 = "England".to_owned()),
        ("C", |wish| wish.subject[0].1 = "gb".to_owned()),
        ("CN", |wish| wish.subject[2].1 = "x".repeat(65)),
        ("CN", |wish| wish.subject.clear()),
        ("names", |wish| wish.names[0].1 = "not a host".to_owned()),
        ("names", |wish| wish.names[1].1 = "192.0.2.300".to_owned()),
        ("names", |wish| wish.names[3].1 = "ops".to_owned()),
        ("usages", |wish| wish.usages.push("everything".to_owned())),
        ("purposes", |wish| wish.purposes.push("everything".to_owned())),
        ("days", |wish| wish.form = Form::SelfSigned { not_before: 0, days: 0, serial: vec![1] }),
        ("roles", |wish| {
            wish.qualified = Some(Qualified {
                website: true,
                roles: Vec::new(),
                authority: "A".to_owned(),
                authority_id: "GB-A".to_owned(),
            });
        }),
    ];
    for (field, change) in cases {
        let mut wish = good.clone();
        change(&mut wish);
        let problem = wish.to_be_signed(Algorithm::Es256).unwrap_err();
        assert_eq!(problem.field, field, "{problem}");
        assert!(problem.text.ends_with('.'), "{problem}");
    }
}
