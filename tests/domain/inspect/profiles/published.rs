//! What platforms publish, and what a good inspector must say of it. The numbers are those of the list of fixtures.

use portico::domain::inspect::profiles::{Known, proposed};

use super::*;

const REQUEST: &str = include_str!("../../../fixtures/wso2/register-request.jwt");
const STATEMENT: &str = include_str!("../../../fixtures/wso2/software-statement.jwt");
const ASSERTION: &str = include_str!("../../../fixtures/wso2/client-assertion-with-spaces.txt");
const UPDATE: &str = include_str!("../../../fixtures/wso2/update-request.jwt");

/// In June 2024, when the newest of them was a few days old.
const LATER: i64 = 1_717_200_000;

fn say(id: &str, text: &str, known: &Known<'_>, expected: &[(&str, Said)]) {
    for (rule, said) in expected {
        assert_said(rule, &verdict(profile(id), rule, text, known), *said);
    }
}

fn best(text: &str) -> Vec<&'static str> {
    proposed(&read(text)).iter().map(|profile| profile.id).collect()
}

#[test]
fn s0_a_registration_access_token() {
    assert_eq!(best(REGISTRATION_ACCESS_TOKEN), ["keycloak_registration", "common"]);
    say(
        "keycloak_registration",
        REGISTRATION_ACCESS_TOKEN,
        &known(),
        &[
            ("expiry", Pass("It never expires")),
            ("registration-signature", Unknown("Only Keycloak can check it")),
            ("registration-kind", Pass("one registration")),
            ("registration-issuer", Pass("exactly")),
            ("registration-issuer-address", Warning("a computer's own address")),
            ("registration-audience", Pass("`aud` is `iss`")),
            ("registration-newest", Unknown("older copy")),
            ("algorithm", Pass("HS256")),
            ("type", Pass("JWT")),
            ("order", Nothing("no end")),
        ],
    );
    // The same token is expired for everybody who does not know Keycloak.
    say("common", REGISTRATION_ACCESS_TOKEN, &known(), &[("expiry", Error("1970"))]);
}

#[test]
fn s1_an_access_token() {
    assert_eq!(best(ACCESS_TOKEN), ["keycloak_access", "access_token", "fapi2", "common"]);
    say(
        "access_token",
        ACCESS_TOKEN,
        &known(),
        &[
            ("type", Warning("`typ` is JWT, where `at+jwt` is expected. It is not an RFC 9068 token")),
            ("access-claims", Error("`aud`, `client_id`")),
            ("access-audience", Error("`aud` is missing")),
            ("lifetime", Pass("It lives 5 minutes")),
            ("expiry", Pass("in 4 min 10 s")),
        ],
    );
    say(
        "keycloak_access",
        ACCESS_TOKEN,
        &known(),
        &[
            ("type", Pass("JWT")),
            ("keycloak-kind", Pass("an access token")),
            ("keycloak-audience", Warning("no `aud`")),
            ("keycloak-client", Warning("`clientId` and no `client_id`")),
            ("keycloak-origins", Warning("empty string")),
            ("keycloak-party", Unknown("client ID")),
            ("keycloak-roles", Pass("1 in the realm")),
            ("signature", Unknown("Verify below")),
        ],
    );
}

#[test]
fn s2_a_token_cut_in_its_payload() {
    let text = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiAiU2FtcGxlQ29uZmlk";
    assert!(best(text).contains(&"common"));
    say(
        "common",
        text,
        &known(),
        &[
            ("structure", Error("cut off")),
            ("algorithm", Pass("RS256")),
            ("expiry", Unknown("cut off")),
            ("unique-names", Unknown("cut off")),
        ],
    );
    say("access_token", text, &known(), &[("access-issuer", Unknown("cut off"))]);
}

#[test]
fn s3_a_registration_request() {
    assert_eq!(best(REQUEST), ["request", "fapi2", "common"]);
    say(
        "request",
        REQUEST,
        &Known::at(LATER),
        &[
            ("request-statement", Pass("opens")),
            ("request-time", Warning("older than the statement")),
            ("request-own-key", Warning("same `kid`")),
            ("lifetime", Warning("until 19 Jan 2038, 03:14:06 UTC")),
            ("request-issuer", Pass("`software_id`")),
            ("request-redirects", Pass("All")),
            ("request-scope", Pass("all of it")),
            ("request-hosts", Pass("hosts")),
            ("request-audience", Warning("18 letters")),
            ("request-id", Warning("without its hyphens")),
            ("request-auth-algorithm", Pass("signed with")),
            (
                "request-signature",
                Unknown(
                    "https://keystore.openbankingtest.org.uk/0015800001HQQrZAAX/oQ4KoaavpOuoE7rvQsZEOV.jwks",
                ),
            ),
            ("algorithm", Pass("PS256")),
        ],
    );
    say("fapi2", REQUEST, &Known::at(LATER), &[("fapi-response", Error("code id_token"))]);
}

#[test]
fn s4_a_software_statement() {
    assert_eq!(best(STATEMENT), ["statement", "common"]);
    say(
        "statement",
        STATEMENT,
        &Known::at(LATER),
        &[
            ("statement-issuer", Pass("directory")),
            ("statement-age", Unknown("29 May 2024. It has no `exp`")),
            ("expiry", Nothing("no end")),
            ("statement-keys", Pass("4 addresses of keys")),
            ("statement-authority", Pass("every role")),
            ("statement-status", Pass("active")),
            ("statement-roles", Pass("array")),
            ("statement-signature", Unknown("Only a key of the directory")),
        ],
    );
}

#[test]
fn s5_a_client_assertion_with_spaces() {
    assert_eq!(best(ASSERTION), ["client_assertion", "fapi2", "jwt_bearer", "common"]);
    say(
        "client_assertion",
        ASSERTION,
        &Known::at(1_684_099_813),
        &[
            ("structure", Pass("Strict")),
            ("order", Error("not after `iat`: it was never valid")),
            ("type", Warning("There is no `typ`, where `client-authentication+jwt` is expected")),
            ("assertion-audience", Warning("token endpoint")),
            ("assertion-one-audience", Pass("one string")),
            ("expiry", Warning("1 s ago. Only a server that forgives 1 min")),
            ("lifetime", Nothing("no life")),
        ],
    );
    say("fapi2", ASSERTION, &Known::at(LATER), &[("fapi-audience", Error("token endpoint"))]);
}

#[test]
fn s6_an_update_request() {
    assert_eq!(best(UPDATE), ["request", "fapi2", "common"]);
    say(
        "request",
        UPDATE,
        &Known::at(LATER),
        &[
            (
                "request-redirects",
                Error("https://www.mockcompany.com.au/redirects/redirect1 is not in the statement"),
            ),
            ("request-roles", Warning("one string, not an array")),
            ("request-hosts", Warning("on another host")),
            ("request-own-key", Warning("same `kid`")),
            ("request-time", Pass("not older")),
            ("request-auth-algorithm", Nothing("not authenticate")),
            ("request-issuer", Pass("`software_id`")),
        ],
    );
    say("fapi2", UPDATE, &Known::at(LATER), &[("fapi-client", Pass("certificate"))]);
}
