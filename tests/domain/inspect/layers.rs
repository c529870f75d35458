//! Request, statement and authorities: what they say about the same things.

use portico::domain::inspect::Kind;
use portico::domain::inspect::layers::{
    AUTHORITIES, Agreement, Authorities, KnownDirectory, Level, Row, Step, authorities_in, directory_keys,
    may_be_asked, software_keys, steps,
};
use portico::domain::inspect::profiles::Known;

use super::*;

fn layers(token: &str) -> Vec<Step> {
    steps(&read(token), &Known::at(NOW))
}

/// Request and statement of these claims; both are signed, with keys `a` and `b`.
fn pair(request: &str, statement: &str) -> Step {
    let statement = token(r#"{"alg":"PS256","kid":"b"}"#, statement);
    let request = request.replace("STATEMENT", &format!(r#""software_statement":"{statement}""#));
    layers(&token(r#"{"alg":"PS256","kid":"a"}"#, &request)).swap_remove(0)
}

fn row<'s>(step: &'s Step, member: &str) -> &'s Row {
    step.rows.iter().find(|row| row.member == member).unwrap_or_else(|| panic!("no {member}: {step:#?}"))
}

/// Member, counterpart, verdict and severity of every row.
fn told(step: &Step) -> Vec<(&str, &str, String, Option<Severity>)> {
    let mut lines = Vec::new();
    for row in &step.rows {
        lines.push((
            row.member.as_str(),
            row.counterpart.as_str(),
            row.agreement.label(step.above, step.below),
            row.severity,
        ));
    }
    lines
}

#[test]
fn the_registration_request_and_its_statement() {
    let steps = layers(REGISTER_REQUEST);
    let [step, authorities] = &steps[..] else { panic!("{steps:#?}") };
    assert_eq!((step.above, step.below), (Level::Request, Level::Statement));
    let expected = [
        ("kid", "kid", "Contradicts", Some(Severity::Warning)),
        ("iss", "software_id", "Agrees", None),
        ("software_id", "software_id", "Only in the statement", None),
        ("redirect_uris", "software_redirect_uris", "Agrees", None),
        ("scope", "software_roles", "Part of it, allowed", None),
        ("software_roles", "software_roles", "Only in the statement", None),
        ("iat", "iat", "Contradicts", Some(Severity::Warning)),
        ("client_name", "software_client_name", "Only in the statement", None),
        ("client_uri", "software_client_uri", "Only in the statement", None),
        ("logo_uri", "software_logo_uri", "Only in the statement", None),
        ("tos_uri", "software_tos_uri", "Only in the statement", None),
        ("policy_uri", "software_policy_uri", "Only in the statement", None),
        ("jwks_uri", "software_jwks_endpoint", "Only in the statement", None),
        ("software_version", "software_version", "Only in the statement", None),
    ];
    let expected: Vec<_> = expected.map(|(a, b, c, d)| (a, b, c.to_owned(), d)).into();
    assert_eq!(told(step), expected);
    let time = row(step, "iat");
    assert_eq!((time.above.as_deref(), time.below.as_deref()), (Some("1694075713"), Some("1716955613")));
    assert_eq!(time.sentence, "It says that it is older than the statement inside it.");
    assert_eq!((time.source, time.what_to_do.as_deref()), ("Open Banking DCR", Some("Sign it again.")));
    assert_eq!(row(step, "scope").below.as_deref(), Some("PISP, AISP, CBPII"));
    assert_eq!((authorities.above, authorities.below), (Level::Statement, Level::Authorities));
    assert_eq!(
        told(authorities),
        [
            ("software_roles", "authorisations", "Agrees".to_owned(), None),
            ("org_status", "status", "Agrees".to_owned(), None)
        ]
    );
    assert_eq!(
        row(authorities, "software_roles").below.as_deref(),
        Some("GB: PISP, AISP, CBPII; IE: PISP, CBPII, AISP; NL: PISP, AISP, CBPII")
    );
}

#[test]
fn the_update_request_of_australia_contradicts_its_statement() {
    let steps = layers(UPDATE_REQUEST);
    let [step] = &steps[..] else { panic!("{steps:#?}") };
    let redirects = row(step, "redirect_uris");
    assert_eq!((redirects.agreement, redirects.severity), (Agreement::Contradicts, Some(Severity::Error)));
    assert_eq!(redirects.counterpart, "redirect_uris");
    assert!(redirects.sentence.ends_with("/redirects/redirect1 is not in the statement."));
    let roles = row(step, "software_roles");
    assert_eq!((roles.agreement, roles.severity), (Agreement::OnlyBelow, Some(Severity::Warning)));
    assert!(roles.sentence.starts_with("It is one string, not an array."), "{}", roles.sentence);
    assert_eq!(row(step, "kid").agreement, Agreement::Contradicts);
    assert_eq!(row(step, "iss").agreement, Agreement::Agrees);
    assert_eq!(row(step, "iat").agreement, Agreement::Agrees);
    let scope = row(step, "scope");
    assert_eq!((scope.counterpart.as_str(), scope.agreement), ("scope", Agreement::OnlyBelow));
    assert_eq!(row(step, "jwks_uri").counterpart, "jwks_uri");
}

#[test]
fn every_verdict_there_is() {
    let step = pair(
        r#"{"iss":"S","iat":20,"software_id":"T","redirect_uris":["https://a.example/1"],"scope":"openid payments",
            "client_name":"Two","logo_uri":"https://a.example/logo","jwks_uri":"https://b.example/keys",
            "contacts":["b","a"],"org_id":"2","tos_uri":"https://a.example/tos",STATEMENT}"#,
        r#"{"iss":"D","iat":10,"software_id":"S","software_redirect_uris":["https://a.example/1","https://a.example/2"],
            "software_roles":["AISP"],"software_client_name":"One","software_logo_uri":"https://a.example/logo",
            "software_jwks_endpoint":"https://a.example/keys","contacts":["a", "b"],"org_id":"1"}"#,
    );
    for (member, agreement, severity) in [
        ("kid", Agreement::DiffersAllowed, None),
        ("iss", Agreement::Agrees, None),
        ("software_id", Agreement::Contradicts, Some(Severity::Error)),
        ("redirect_uris", Agreement::Subset, None),
        ("scope", Agreement::Contradicts, Some(Severity::Error)),
        ("software_roles", Agreement::OnlyBelow, None),
        ("iat", Agreement::DiffersAllowed, None),
        ("client_name", Agreement::DiffersAllowed, None),
        ("logo_uri", Agreement::Agrees, None),
        ("tos_uri", Agreement::OnlyAbove, None),
        ("jwks_uri", Agreement::Contradicts, Some(Severity::Warning)),
        ("contacts", Agreement::Agrees, None),
        ("org_id", Agreement::Contradicts, Some(Severity::Warning)),
    ] {
        let row = row(&step, member);
        assert_eq!((row.agreement, row.severity), (agreement, severity), "{row:#?}");
        assert!(row.sentence.ends_with('.') && !row.rule.is_empty() && !row.source.is_empty());
        assert_eq!(row.place.is_some(), row.above.is_some());
    }
    assert_eq!(step.rows.len(), 13);
    let unknown = pair(r#"{"iat":"soon","redirect_uris":[],STATEMENT}"#, r#"{"iat":1}"#);
    assert_eq!(row(&unknown, "iat").agreement, Agreement::Unknown);
}

#[test]
fn a_statement_alone_has_the_layer_of_the_authorities() {
    let steps = layers(SOFTWARE_STATEMENT);
    assert_eq!(steps.len(), 1);
    assert_eq!((steps[0].above, steps[0].below), (Level::Statement, Level::Authorities));
    let nested = authorities_in(&read(SOFTWARE_STATEMENT)).unwrap();
    assert_eq!(nested.path, AUTHORITIES);
    let opened = super::read(nested.token.expose());
    assert_eq!((opened.kind, opened.is_jwt()), (Kind::AuthorityClaims, false));
    assert!(opened.kind.advice().unwrap().contains("vouches for it"));
    let read = Authorities::read(nested.token.expose());
    assert_eq!((read.authority.as_deref(), read.status.as_deref()), (Some("OBGBR"), Some("Active")));
    assert_eq!(read.registration.as_deref(), Some("Unknown0015800001HQQrZAAX"));
    let states: Vec<_> = read.authorisations.iter().map(|given| given.member_state.as_str()).collect();
    assert_eq!(states, ["GB", "IE", "NL"]);
}

#[test]
fn a_role_that_no_authority_gave_and_an_organisation_that_is_not_active() {
    let statement = |roles: &str, status: &str| {
        claims(&format!(
            r#"{{"iss":"D","software_id":"S","org_id":"1","org_status":"Active","software_roles":{roles},
            "{AUTHORITIES}":{{"status":"{status}","authorisations":[{{"member_state":"GB","roles":["PISP","AISP"]}}]}}}}"#
        ))
    };
    let step = layers(&statement(r#"["CBPII"]"#, "Revoked")).swap_remove(0);
    let roles = row(&step, "software_roles");
    assert_eq!((roles.agreement, roles.severity), (Agreement::Contradicts, Some(Severity::Error)));
    assert_eq!(row(&step, "org_status").agreement, Agreement::Contradicts);
    let step = layers(&statement(r#"["AISP"]"#, "Active")).swap_remove(0);
    assert_eq!(row(&step, "software_roles").agreement, Agreement::Subset);
}

#[test]
fn what_has_no_such_layers_has_no_rows() {
    assert!(layers(ACCESS_TOKEN).is_empty());
    assert!(layers("").is_empty() && layers("{}").is_empty());
    assert!(steps(&read(&claims(r#"{"software_statement":"no token"}"#)), &Known::at(NOW)).is_empty());
}

#[test]
fn a_request_cut_anywhere_is_read_as_far_as_it_goes() {
    for end in (0..REGISTER_REQUEST.len()).step_by(61) {
        let seen = read(&REGISTER_REQUEST[..end]);
        for step in steps(&seen, &Known::at(NOW)) {
            assert!(step.rows.iter().all(|row| row.sentence.ends_with(['.', '…'])), "{step:#?}");
        }
    }
}

#[test]
fn where_the_keys_are() {
    let directory =
        |issuer: &str, jwks: &str| KnownDirectory { issuer: issuer.to_owned(), jwks: jwks.to_owned() };
    let known = [
        directory("Another", "https://another.example/jwks"),
        directory("OpenBanking Ltd", "https://directory.example/jwks"),
        directory("OpenBanking Ltd", "https://directory.example/jwks"),
    ];
    for token in [REGISTER_REQUEST, SOFTWARE_STATEMENT] {
        let seen = read(token);
        assert_eq!(directory_keys(&seen, &known), ["https://directory.example/jwks"]);
        let address = software_keys(&seen).unwrap();
        assert!(address.ends_with("/0015800001HQQrZAAX/oQ4KoaavpOuoE7rvQsZEOV.jwks"), "{address}");
    }
    let update = read(UPDATE_REQUEST);
    assert!(directory_keys(&update, &known).is_empty());
    assert!(software_keys(&update).unwrap().ends_with("/9b5usDpbNtmxDcTzs7GzKp.jwks"));
    for token in [ACCESS_TOKEN, "", "{}"] {
        assert_eq!((directory_keys(&read(token), &known), software_keys(&read(token))), (Vec::new(), None));
    }
}

#[test]
fn which_addresses_may_be_asked() {
    for (address, may) in [
        ("https://keys.example/a.jwks", true),
        ("http://localhost:8080/directory/keys/a.jwks", true),
        ("http://localhost:8081/directory/keys/a.jwks", false),
        ("http://keys.example/a.jwks", false),
        ("https://user:secret@keys.example/a.jwks", false),
        ("file:///etc/hosts", false),
        ("javascript:alert(1)", false),
        ("https:///a.jwks", false),
        ("/a.jwks", false),
        ("", false),
    ] {
        assert_eq!(may_be_asked(address, "http://localhost:8080"), may, "{address}");
    }
}

#[test]
fn a_hostile_request_is_no_work_without_end() {
    let members =
        |from: usize| (from..from + 20_000).map(|at| format!(r#","m{at}":[{at}]"#)).collect::<String>();
    let roles = vec![r#""AISP""#; 5_000].join(",");
    let inner = format!(
        r#"{{"iss":"D","software_id":"S","software_roles":[{roles}],"{AUTHORITIES}":{{"authority_id":"A","authorisations":[{{"member_state":"GB","roles":[{roles}]}}]}}"#
    );
    let start = std::time::Instant::now();
    let step = pair(
        &format!(r#"{{"iss":"S","na\u202eme":"\u202e",STATEMENT{}}}"#, members(5_000)),
        &format!(r#"{inner},"na\u202eme":"\u202e"}}"#),
    );
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
    let row = row(&step, "na⟨U+202E⟩me");
    assert_eq!((row.above.as_deref(), row.agreement), (Some("⟨U+202E⟩"), Agreement::Agrees));
    // A statement that is too long to be one is not opened.
    let long = token("{}", &format!(r#"{{"iss":"D"{}}}"#, members(0)));
    assert!(layers(&claims(&format!(r#"{{"software_statement":"{long}"}}"#))).is_empty());
}
