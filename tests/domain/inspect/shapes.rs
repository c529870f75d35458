//! Forms beyond a compact JWS, and what is told from its content.

use portico::domain::inspect::findings::{Place, Severity};
use portico::domain::inspect::nested::{MAX_DEPTH, MAX_OPENED, may_open};
use portico::domain::inspect::sd_jwt::Belongs;
use portico::domain::inspect::shape::{Part, Shape};
use portico::domain::inspect::{Kind, inspect};
use sha2::{Digest, Sha256};

use super::*;

fn signature() -> String {
    URL_SAFE_NO_PAD.encode([7; 32])
}

#[test]
fn json_form_with_one_signature() {
    let (header, payload) = (encode(r#"{"alg":"ES256"}"#), encode(r#"{"sub":"a"}"#));
    let text = format!(
        r#"{{"payload":"{payload}","protected":"{header}","header":{{"kid":"k"}},"signature":"{}"}}"#,
        signature()
    );
    let seen = read(&text);
    assert_eq!((seen.shape, seen.shape.name()), (Shape::JsonFlattened, "signed, JSON with one signature"));
    let parts: Vec<_> =
        seen.segments.iter().map(|segment| (segment.part, &text[segment.range.clone()])).collect();
    assert_eq!(
        parts,
        [(Part::Header, &*header), (Part::Payload, &*payload), (Part::Signature, &*signature())]
    );
    let signed = seen.signature.as_ref().unwrap();
    assert_eq!(
        (signed.algorithm.as_deref(), signed.key_id.as_deref(), signed.bytes),
        (Some("ES256"), Some("k"), 32)
    );
    assert_eq!(seen.json_form.as_ref().unwrap().entries[0].parameter("kid"), Some(("k", false)));
    assert_eq!(seen.payload.as_ref().unwrap().document.text("sub"), Some("a"));
    let runs = portico::domain::inspect::paint::runs(&text, &seen);
    assert_eq!(runs.iter().filter_map(|(part, _)| *part).collect::<Vec<_>>(), [1, 0, 2]);
    let both = text.replace(r#"{"kid":"k"}"#, r#"{"alg":"none"}"#);
    assert_eq!(finding(&read(&both), "both-headers").evidence.as_deref(), Some("alg"));
}

#[test]
fn json_form_with_a_list_of_signatures() {
    let entry = |alg: &str| {
        format!(
            r#"{{"protected":"{}","signature":"{}"}}"#,
            encode(&format!(r#"{{"alg":"{alg}"}}"#)),
            signature()
        )
    };
    let payload = encode(r#"{"iss":"joe"}"#);
    let text = format!(r#"{{"payload":"{payload}","signatures":[{},{}]}}"#, entry("RS256"), entry("ES256"));
    let seen = read(&text);
    assert_eq!(seen.shape, Shape::JsonGeneral);
    let algorithms =
        seen.json_form.as_ref().unwrap().entries.iter().map(|entry| entry.parameter("alg").unwrap());
    assert_eq!(algorithms.collect::<Vec<_>>(), [("RS256", true), ("ES256", true)]);
    assert_eq!(finding(&seen, "several-entries").severity, Severity::Note);
    let ambiguous = text.replace(r#"{"payload""#, r#"{"signature":"x","payload""#);
    assert!(has(&read(&ambiguous), "two-forms"));
    let detached = read(&format!(r#"{{"signatures":[{}]}}"#, entry("RS256")));
    assert!(detached.payload.is_none() && detached.header.is_some());
    let only = read(r#"{"payload":"e30","header":{"alg":"HS256"},"signature":"AA"}"#);
    assert!(only.header.is_none() && has(&only, "unprotected"));
    assert_eq!(only.signature.unwrap().algorithm.as_deref(), Some("HS256"));
}

#[test]
fn json_form_of_an_encrypted_token() {
    let header = encode(r#"{"enc":"A128CBC-HS256"}"#);
    let text = format!(
        r#"{{"protected":"{header}","unprotected":{{"jku":"https://x.org/k"}},"recipients":[{{"header":{{"alg":"RSA1_5"}},
            "encrypted_key":"AAAA"}},{{"header":{{"alg":"A128KW"}},"encrypted_key":"BBBB"}}],"iv":"AxY8DCtDaGlsbGljb3RoZQ",
            "ciphertext":"KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY","tag":"Mz-VPPyU4RlcuYv1IwIvzw"}}"#
    );
    let seen = read(&text);
    assert_eq!((seen.kind, seen.shape), (Kind::Encrypted, Shape::JsonEncrypted));
    assert_eq!(seen.header.as_ref().unwrap().document.text("enc"), Some("A128CBC-HS256"));
    let sizes: Vec<_> = seen.segments.iter().map(|segment| segment.bytes).collect();
    assert_eq!(sizes, [23, 3, 16, 32, 16]);
    let form = seen.json_form.unwrap();
    assert_eq!(form.entries[1].parameter("alg"), Some(("A128KW", false)));
    assert!(form.unprotected.is_some());
}

/// A token with two digests at the top, one below `address`, one in an array, and a decoy.
fn disclosing(disclosures: &[String], end: &str) -> String {
    let digest = |text: &String| URL_SAFE_NO_PAD.encode(Sha256::digest(text));
    let payload = format!(
        r#"{{"iss":"https://i.org","_sd_alg":"sha-256","_sd":["{}","decoy"],"address":{{"_sd":["{}"]}},
            "nationalities":["DE",{{"...":"{}"}}],"cnf":{{"jwk":{{"kty":"EC"}}}}}}"#,
        digest(&disclosures[0]),
        digest(&disclosures[1]),
        digest(&disclosures[2])
    );
    let issued = token(r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#, &payload);
    format!("{issued}~{}~{end}", disclosures.join("~"))
}

fn three() -> [String; 3] {
    [r#"["salt1", "name", "Möbius"]"#, r#"["salt2", "city", {"of":1.00}]"#, r#"["salt3", "FR"]"#].map(encode)
}

#[test]
fn sd_jwt_with_disclosures() {
    let text = disclosing(&three(), "");
    let seen = read(&text);
    assert_eq!((seen.kind, seen.shape), (Kind::Credential, Shape::SelectiveDisclosure));
    let sd_jwt = seen.sd_jwt.as_ref().unwrap();
    let read_as: Vec<_> = sd_jwt
        .disclosures
        .iter()
        .map(|each| (each.name.as_deref(), each.value.as_deref().unwrap(), each.belongs_to.clone()))
        .collect();
    let to = |path: &str| Belongs::To(path.to_owned());
    assert_eq!(
        read_as,
        [
            (Some("name"), "\"Möbius\"", to("")),
            (Some("city"), r#"{"of":1.00}"#, to("address")),
            (None, "\"FR\"", to("nationalities")),
        ]
    );
    assert_eq!(sd_jwt.disclosures[0].salt.as_deref(), Some("salt1"));
    assert_eq!((sd_jwt.undisclosed, sd_jwt.key_binding, sd_jwt.ends_properly), (1, false, true));
    assert!(has(&seen, "undisclosed") && has(&seen, "no-key-binding") && !has(&seen, "lost-disclosure"));
    assert_eq!(seen.signature.unwrap().bytes, 32);
    let places: Vec<_> = seen.segments.iter().skip(3).map(|segment| &text[segment.range.clone()]).collect();
    assert_eq!(places, three().each_ref());
}

#[test]
fn sd_jwt_with_key_binding_and_without_an_end() {
    let binding = token(r#"{"alg":"ES256","typ":"kb+jwt"}"#, r#"{"aud":"v","nonce":"n","sd_hash":"h"}"#);
    let text = disclosing(&three(), &binding);
    let seen = read(&text);
    let nested = seen.nested.last().unwrap();
    assert_eq!((nested.path.as_str(), nested.token.expose()), ("key binding", &*binding));
    let Place::Token(range) = &nested.place else { panic!("no place") };
    assert_eq!(&text[range.clone()], binding);
    assert_eq!(read(nested.token.expose()).kind, Kind::KeyBinding);
    assert!(seen.sd_jwt.as_ref().unwrap().key_binding && !has(&seen, "no-key-binding"));
    assert!(has(&read(text.split_at(text.rfind('~').unwrap()).0), "no-tilde"));
    let wrapped = text.replace('~', "~\n");
    assert_eq!(read(&wrapped).token.expose(), text, "line breaks after `~` are taken out");
}

#[test]
fn sd_jwt_with_bad_disclosures() {
    let whole = disclosing(&three(), "");
    for (extra, words) in [
        (encode("not json"), "It is not JSON."),
        (encode(r#"["only"]"#), "It is not an array of two or three elements."),
        (encode(r#"[1,"n","v"]"#), "Its salt is not a string."),
        (encode(r#"["s",2,"v"]"#), "Its name is not a string."),
        (encode(r#"["s","_sd","v"]"#), "Its name is reserved."),
        ("WyJ*".to_owned(), "It is not strict base64url."),
        (String::new(), "It is not JSON."),
    ] {
        let seen = read(&format!("{whole}{extra}~"));
        assert_eq!(finding(&seen, "disclosure").text, words, "{extra}");
        assert!(has(&seen, "lost-disclosure"));
    }
    let md5 = token(r#"{"alg":"ES256"}"#, r#"{"_sd_alg":"md5"}"#);
    let seen = read(&format!("{md5}~{}~", three()[0]));
    assert_eq!(seen.sd_jwt.as_ref().unwrap().disclosures[0].belongs_to, Belongs::Unknown);
    assert!(has(&seen, "sd-alg"));
}

#[test]
fn the_digests_of_rfc_9901() {
    // Its examples of hashing disclosures (4.2.3).
    for (disclosure, digest) in [
        (
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
            "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
        ),
        ("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0", "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"),
    ] {
        let seen = read(&format!("{}~{disclosure}~", claims(&format!(r#"{{"_sd":["{digest}"]}}"#))));
        assert_eq!(
            seen.sd_jwt.unwrap().disclosures[0].belongs_to,
            Belongs::To(String::new()),
            "{disclosure}"
        );
    }
}

#[test]
fn a_payload_that_is_not_encoded() {
    let header = encode(r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#);
    let seen = read(&format!("{header}.Pay 5 € to \"Joe\".{}", signature()));
    assert!(seen.unencoded && has(&seen, "unencoded"));
    assert_eq!(seen.payload.as_ref().unwrap().text.as_str(), "Pay 5 € to \"Joe\"");
    assert_eq!((seen.shape, seen.segments[1].bytes), (Shape::Signed, 18));
    assert!(!has(&seen, "json") && !has(&seen, "base64url"), "{:?}", rules(&seen));
    let json = read(&format!("{header}.{{\"exp\":1}}.{}", signature()));
    assert_eq!(json.lifetime.until, Some(1));
    let dots = read(&format!("{header}.$.02.{}", signature()));
    assert_eq!((dots.shape, dots.payload.unwrap().text.as_str()), (Shape::Segments(4), "$.02"));
    let detached = read(&format!("{header}..{}", signature()));
    assert_eq!(detached.shape, Shape::Detached);
    let flattened = read(&format!(r#"{{"protected":"{header}","payload":"$.02","signature":"AA"}}"#));
    assert_eq!(flattened.payload.unwrap().text.as_str(), "$.02");
    assert!(!read(&claims(r#"{"b64":false}"#)).unencoded);
}

#[test]
fn tokens_in_claims_are_found_at_any_depth() {
    let (one, two) = (claims(r#"{"a":1}"#), claims(r#"{"b":2}"#));
    let payload =
        format!(r#"{{"request":"{one}","deep":{{"list":["x",{{"id_token_hint":"{two}"}}]}},"n":"eyJ no"}}"#);
    let seen = read(&token(&format!(r#"{{"alg":"HS256","original":"{one}"}}"#), &payload));
    let paths: Vec<_> = seen.nested.iter().map(|nested| nested.path.as_str()).collect();
    assert_eq!(paths, ["original", "request", "deep.list[1].id_token_hint"]);
    let Place::Decoded(Part::Payload, span) = &seen.nested[2].place else { panic!("no place") };
    assert_eq!(seen.payload.as_ref().unwrap().raw(span), format!("\"{two}\""));
    assert!(may_open(MAX_DEPTH, MAX_OPENED) && !may_open(MAX_DEPTH + 1, 1) && !may_open(1, MAX_OPENED + 1));
}

#[test]
fn kinds_by_type_and_by_claims() {
    let events = r#"{"events":{"http://schemas.openid.net/event/backchannel-logout":{}},"sid":"s"}"#;
    for (header, payload, kind) in [
        (r#"{"typ":"dpop+jwt","jwk":{}}"#, r#"{"htm":"GET","htu":"https://x"}"#, Kind::DpopProof),
        (r#"{"jwk":{}}"#, r#"{"htm":"GET","htu":"https://x"}"#, Kind::DpopProof),
        (r#"{"typ":"logout+jwt"}"#, "{}", Kind::LogoutToken),
        ("{}", events, Kind::LogoutToken),
        (r#"{"typ":"token-introspection+jwt"}"#, "{}", Kind::IntrospectionToken),
        (r#"{"typ":"oauth-authz-req+jwt"}"#, "{}", Kind::RequestObject),
        ("{}", r#"{"response_type":"code","client_id":"c","redirect_uri":"https://x"}"#, Kind::RequestObject),
        (r#"{"typ":"kb+jwt"}"#, "{}", Kind::KeyBinding),
        ("{}", r#"{"software_statement":"x","redirect_uris":[]}"#, Kind::RegistrationRequest),
        ("{}", r#"{"iss":"cdr-register"}"#, Kind::SoftwareStatement),
        ("{}", r#"{"software_id":"x","org_id":"y"}"#, Kind::SoftwareStatement),
        ("{}", r#"{"iss":"c","sub":"user","aud":"https://as","exp":1}"#, Kind::JwtBearerGrant),
        ("{}", r#"{"iss":"c","sub":"c","aud":"https://as","exp":1,"scope":"a"}"#, Kind::JwtBearerGrant),
        ("{}", r#"{"iss":"https://as","sub":"user","aud":"a","exp":1,"scope":"a"}"#, Kind::UnknownJwt),
        ("{}", r#"{"iss":"c","sub":"user","aud":"a","exp":1,"client_id":"x"}"#, Kind::UnknownJwt),
    ] {
        let seen = read(&token(header, payload));
        assert_eq!(seen.kind, kind, "{header} {payload}");
        assert!(seen.kind.advice().is_none());
    }
}

#[test]
fn what_is_no_token_but_belongs_to_tokens() {
    for (text, kind, words) in [
        (r#"{"active":false}"#, Kind::IntrospectionAnswer, "answer"),
        (r#"{"keys":[{"kty":"RSA","kid":"1"},{"kty":"EC"}]}"#, Kind::KeySet { keys: 2 }, "verifies"),
        (r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, Kind::PublicKey, "verifies"),
        (r#"{"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"}"#, Kind::PrivateKey, "Do not paste it anywhere"),
        (r#"{"keys":[{"kty":"EC"},{"kty":"oct","k":"AA"}]}"#, Kind::PrivateKey, "Do not paste"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", Kind::Certificate, "workshop"),
        ("-----BEGIN CERTIFICATE REQUEST-----\nMIIB", Kind::CertificateRequest, "workshop"),
        ("-----BEGIN PUBLIC KEY-----\nMIIB", Kind::PublicKey, "verifies"),
        (
            "Bag\n-----BEGIN CERTIFICATE-----\nA\n-----BEGIN RSA PRIVATE KEY-----\nB",
            Kind::PrivateKey,
            "Do not paste",
        ),
    ] {
        let seen = read(text);
        assert_eq!(seen.kind, kind, "{text}");
        assert!(seen.kind.advice().unwrap().contains(words), "{text}");
        assert_eq!(has(&seen, "private-key"), kind == Kind::PrivateKey);
    }
    assert_eq!(read(r#"{"keys":["a"]}"#).kind, Kind::NotAToken);
    let inside = format!(r#"{{"active":true,"software_statement":"{}"}}"#, claims("{}"));
    let seen = inspect(&inside, NOW, &[]);
    assert_eq!((seen.kind, seen.others[0].name.as_str()), (Kind::IntrospectionAnswer, "software_statement"));
}

#[test]
fn white_space_before_a_header_hides_no_token() {
    for gap in ["", " ", "\n     ", "      ", "           \n", "\t\t\t\t\t\t\t\t\t\t\t\t\t"] {
        let token = format!("{}.Zm9v.AAAA", encode(&format!(r#"{gap}{{"alg":"ES256"}}"#)));
        let seen = read(&token);
        assert_eq!(seen.shape, Shape::Signed, "{gap:?}");
        assert_eq!(seen.header.unwrap().document.text("alg"), Some("ES256"));
        assert_eq!(read(&format!("see {token} there")).token.expose(), token, "{gap:?}");
    }
    assert_eq!(read(&encode(&" ".repeat(60))).shape, Shape::Opaque(80));
}
