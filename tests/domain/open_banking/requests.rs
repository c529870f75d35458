//! The requests that the guides print, claim for claim.

use portico::domain::{
    form::validate,
    registration::{Authorization, ClientMetadata, Operation, Software},
    secret::Secret,
};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::support::PAGE;

/// The form as somebody fills it in to get the guide's registration request.
fn guide() -> Draft {
    let mut draft = started(&wso2("software-statement.jwt"));
    let form = software(&mut draft);
    form.algorithm = "PS256".to_owned();
    form.kid = "cIYo-5zX4OTWZpHrmmiZDVxACJM".to_owned();
    for (name, value) in [
        ("aud", "https://secure.api.dataholder.com/issuer"),
        ("software_id", ""),
        ("id_token_encrypted_response_alg", "RSA-OAEP"),
        ("id_token_encrypted_response_enc", "A256GCM"),
    ] {
        form.members.insert(name.to_owned(), json!(value));
    }
    draft
}

#[test]
fn the_registration_request_is_made_claim_for_claim() {
    let wanted = wso2("register-request.jwt");
    let valid = validate(&guide(), &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let Document::Unsigned(unsigned) =
        open_banking().document_at(valid.metadata(), None, &stamp_of(&part(&wanted, 1)))
    else {
        panic!("it is signed");
    };
    assert_eq!(in_order(&unsigned.header), in_order(&part(&wanted, 0)));
    assert_eq!(in_order(&unsigned.claims), in_order(&part(&wanted, 1)));
    // Order, values and spelling: what is signed is the same, byte for byte.
    let signed = wanted.trim().rsplit_once('.').unwrap().0;
    assert_eq!(unsigned.signing_input(), signed);
}

/// The update of the guide is Australian. A form stops it, because the certificate has no subject; the claims are the same.
#[test]
fn the_update_request_is_made_claim_for_claim() {
    let wanted = wso2("update-request.jwt");
    let (header, claims) = (part(&wanted, 0), part(&wanted, 1));
    let statement = claims["software_statement"].as_str().unwrap();
    let mut draft = started(statement);
    let mut form = Software { algorithm: "PS256".to_owned(), ..software(&mut draft).clone() };
    form.kid = header["kid"].as_str().unwrap().to_owned();
    for (name, value) in [
        ("software_id", ""),
        ("id_token_encrypted_response_alg", "RSA-OAEP"),
        ("id_token_encrypted_response_enc", "A256GCM"),
    ] {
        form.members.insert(name.to_owned(), json!(value));
    }
    let environment = shipped("openbank");
    let metadata = ClientMetadata {
        client_name: draft.name,
        redirect_uris: Some(
            ["1", "2"].map(|n| format!("https://www.mockcompany.com.au/redirects/redirect{n}")).to_vec(),
        ),
        grant_types: Some(environment.grant_types),
        response_types: Some(vec!["code id_token".to_owned()]),
        token_endpoint_auth_method: Some("tls_client_auth".to_owned()),
        software: Some(Box::new(Software {
            members: form.members.into_iter().filter(|(name, _)| name != "aud").collect(),
            ..form
        })),
        ..ClientMetadata::default()
    };
    let Document::Unsigned(unsigned) =
        open_banking().document_at(&metadata, Some("CVY8RUWT3XVHAlRV_ZiA0dlB2Owa"), &stamp_of(&claims))
    else {
        panic!("it is signed");
    };
    assert_eq!(in_order(&unsigned.header), in_order(&header));
    assert_eq!(in_order(&unsigned.claims), in_order(&claims));
    assert_eq!(unsigned.signing_input(), wanted.trim().rsplit_once('.').unwrap().0);
}

#[test]
fn the_form_shows_what_does_not_change_from_send_to_send() {
    let valid = validate(&guide(), &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let shown = claims(&open_banking().document(valid.metadata(), None));
    assert!(["iat", "exp", "jti"].iter().all(|name| !shown.contains_key(*name)), "{shown:?}");
    assert_eq!(shown["iss"], "oQ4KoaavpOuoE7rvQsZEOV");
}

#[test]
fn a_signed_request_goes_as_a_jwt_and_an_unsigned_one_is_never_sent() {
    let valid = validate(&guide(), &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let wanted = wso2("register-request.jwt");
    let url = "https://bank.example/open-banking/v3.3/register";
    let document = open_banking().document_at(valid.metadata(), None, &stamp_of(&part(&wanted, 1)));
    let request = open_banking().request(Operation::Create, url, &Authorization::None, Some(&document));
    assert_eq!(request.body.unwrap().reveal().expose(), "", "not signed yet: nothing to send");
    let Document::Unsigned(unsigned) = &document else { panic!("it is signed") };
    let signature = from_base64url(wanted.trim().rsplit('.').next().unwrap()).unwrap();
    let signed = Document::signed(unsigned, &signature);
    assert_eq!(signed.shown(), document.shown());
    let token = Authorization::ApplicationToken(Secret::new("eyJsecret"));
    let request = open_banking().request(Operation::Update, url, &token, Some(&signed));
    assert_eq!(request.method.as_str(), "PUT");
    assert_eq!(request.body.as_ref().unwrap().reveal().expose(), wanted.trim());
    let text = portico::domain::http::render::to_text(&portico::domain::http::render::http(&request), false);
    assert!(text.contains("Content-Type: application/jwt\n"), "{text}");
    assert!(text.contains("Authorization: Bearer <application token>"), "{text}");
}

#[test]
fn where_the_operator_says_so_the_same_members_go_as_json() {
    let valid = validate(&guide(), &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let wanted = part(&wso2("register-request.jwt"), 1);
    let stamp = Stamp { form: portico::domain::config::RequestForm::Json, ..stamp_of(&wanted) };
    let Document::Json(sent) = open_banking().document_at(valid.metadata(), None, &stamp) else {
        panic!("it is not JSON");
    };
    assert_eq!(in_order(sent.as_object().unwrap()), in_order(&wanted));
}

/// Strict writer: no member that the guides do not know, none that is empty.
#[test]
fn nothing_else_is_ever_sent() {
    let mut draft = guide();
    for name in ["client_name", "colour", "software_statement", "iat"] {
        software(&mut draft).members.insert(name.to_owned(), json!("typed"));
    }
    let valid = validate(&draft, &shipped("openbank"), &catalogue(), PAGE).unwrap();
    let wanted = part(&wso2("register-request.jwt"), 1);
    let sent = claims(&open_banking().document_at(valid.metadata(), None, &stamp_of(&wanted)));
    assert_eq!(in_order(&sent), in_order(&wanted));
}

proptest! {
    /// Strict writer: whatever is typed, members are known and filled, and their order is that of the guide.
    #[test]
    fn whatever_is_typed_is_written_strictly(
        texts in prop::collection::vec("\\PC{0,12}", 12),
        lists in prop::collection::vec(prop::collection::vec("\\PC{0,8}", 0..3), 3),
    ) {
        let wanted = part(&wso2("register-request.jwt"), 1);
        for dialect in portico::domain::registration::DIALECTS {
            let members = dialect.software_members();
            if members.is_empty() {
                continue;
            }
            let typed = members.iter().zip(texts.iter().cycle());
            let form = Software {
                statement: texts[0].clone(),
                algorithm: "PS256".to_owned(),
                kid: texts[1].clone(),
                members: typed.map(|(member, text)| (member.name.to_owned(), json!(text))).collect(),
            };
            let [redirect_uris, grant_types, response_types] = [0, 1, 2].map(|at| Some(lists[at].clone()));
            let metadata = ClientMetadata {
                client_name: texts[2].clone(),
                redirect_uris,
                grant_types,
                response_types,
                software: Some(Box::new(form)),
                ..ClientMetadata::default()
            };
            let sent = claims(&dialect.document_at(&metadata, None, &stamp_of(&wanted)));
            let again = claims(&dialect.document_at(&metadata, Some("id"), &stamp_of(&wanted)));
            prop_assert_eq!(in_order(&sent), in_order(&again));
            for (name, value) in &sent {
                let plain = ["redirect_uris", "grant_types", "response_types", "client_name", "iat", "exp", "jti", "software_statement"];
                prop_assert!(plain.contains(&name.as_str()) || members.iter().any(|member| member.name == name), "{}", name);
                prop_assert!(!value.is_null() && value != "" && value != &json!([]), "{} {}", name, value);
            }
        }
    }
}

#[test]
fn a_stamp_says_how_long_and_for_whom() {
    use portico::domain::registration::discovery::{Discovery, reach};
    let document = Discovery {
        issuer: "https://bank.example".to_owned(),
        registration_endpoint: Some(format!("{PAGE}/open-banking/v3.3/register")),
        token_endpoint: Some(format!("{PAGE}/open-banking/oauth2/token")),
        ..Discovery::default()
    };
    let bank = shipped("openbank");
    let reach = reach(&bank, PAGE, Some(&document)).unwrap();
    let stamp = Stamp::new(&bank, &reach, 1_000, "id".to_owned());
    assert_eq!((stamp.issued_at, stamp.expires_at, stamp.audience.as_str()), (1_000, 1_300, "OPENBANK0001"));
    let mut plain = bank;
    plain.signed_request = portico::domain::config::SignedRequestRules::default();
    assert_eq!(Stamp::new(&plain, &reach, 1_000, "id".to_owned()).audience, "https://bank.example");
}
