//! Keycloak's access tokens and registration tokens.

use portico::domain::inspect::profiles::SignatureVerdict;

use super::*;

const HS: &str = r#"{"alg":"HS256"}"#;
const INITIAL: &str = r#"{"typ":"InitialAccessToken","jti":"a","iat":NOW}"#;
const REGISTRATION: &str = r#"{"typ":"RegistrationAccessToken","jti":"a","iat":NOW}"#;
const HERE: &str = r#"{"iss":"http://localhost:8081/auth/realms/BBBBCAXXXXX"}"#;

pub fn cases() -> Vec<Case> {
    access().into_iter().chain(registration()).collect()
}

fn access() -> Vec<Case> {
    vec![
        Case("keycloak-kind", Pass("an access token"), RS, r#"{"typ":"Bearer"}"#, NONE),
        Case("keycloak-kind", Error("no access token"), RS, r#"{"typ":"Refresh"}"#, NONE),
        Case("keycloak-issuer", Pass("exactly"), RS, HERE, NONE),
        Case("keycloak-issuer", Error("no issuer"), RS, r#"{"iss":"a"}"#, NONE),
        Case("keycloak-issuer-address", Warning("own address"), RS, HERE, NONE),
        Case("keycloak-issuer-address", Warning("not https"), RS, r#"{"iss":"http://a.example"}"#, NONE),
        Case("keycloak-issuer-address", Warning("no URL"), RS, r#"{"iss":"OpenBanking Ltd"}"#, NONE),
        Case("keycloak-issuer-address", Pass("https"), RS, r#"{"iss":"https://a.example"}"#, NONE),
        Case("keycloak-audience", Warning("mapper"), RS, "{}", NONE),
        Case("keycloak-audience", Unknown("resource"), RS, r#"{"aud":"a"}"#, NONE),
        Case("keycloak-audience", Pass("this API"), RS, r#"{"aud":"a"}"#, |k| k.resource = Some("a")),
        Case("keycloak-audience", Error("not for"), RS, r#"{"aud":"a"}"#, |k| k.resource = Some("b")),
        Case("keycloak-audience", Error("nobody"), RS, r#"{"aud":1}"#, NONE),
        Case("keycloak-party", Unknown("client ID"), RS, r#"{"azp":"c"}"#, NONE),
        Case("keycloak-party", Pass("this client"), RS, r#"{"azp":"c"}"#, |k| k.client_id = Some("c")),
        Case("keycloak-party", Error("another client"), RS, r#"{"azp":"c"}"#, |k| k.client_id = Some("d")),
        Case("keycloak-party", Error("missing"), RS, "{}", NONE),
        Case("keycloak-client", Pass("names the client"), RS, r#"{"client_id":"c"}"#, NONE),
        Case("keycloak-client", Warning("`clientId`"), RS, r#"{"clientId":"c"}"#, NONE),
        Case("keycloak-client", Nothing("`azp`"), RS, "{}", NONE),
        Case(
            "keycloak-roles",
            Pass("1 in the realm, 2 at"),
            RS,
            r#"{"realm_access":{"roles":["a"]},"resource_access":{"c":{"roles":["a","b"]}}}"#,
            NONE,
        ),
        Case("keycloak-roles", Warning("no role"), RS, "{}", NONE),
        Case("keycloak-roles", Error("not written"), RS, r#"{"realm_access":["a"]}"#, NONE),
        Case("keycloak-origins", Nothing("no `allowed"), RS, "{}", NONE),
        Case("keycloak-origins", Pass("pages"), RS, r#"{"allowed-origins":["https://a.example"]}"#, NONE),
        Case("keycloak-origins", Warning("empty string"), RS, r#"{"allowed-origins":[""]}"#, NONE),
        Case("keycloak-session", Pass("session"), RS, r#"{"session_state":"a"}"#, NONE),
        Case("keycloak-session", Error("not a string"), RS, r#"{"sid":1}"#, NONE),
        Case("keycloak-session", Nothing("no session"), RS, "{}", NONE),
        Case("keycloak-sign-in", Nothing("no `acr`"), RS, "{}", NONE),
        Case("keycloak-sign-in", Unknown("`acr`"), RS, r#"{"acr":"1"}"#, NONE),
        Case("keycloak-sign-in", Pass("asked for"), RS, r#"{"acr":"1"}"#, |k| k.acr = Some("1")),
        Case("keycloak-sign-in", Error("not what"), RS, r#"{"acr":"1"}"#, |k| k.acr = Some("2")),
        Case("keycloak-certificate", Nothing("`cnf`"), RS, "{}", NONE),
        Case("keycloak-certificate", Error("no SHA-256"), RS, r#"{"cnf":{"x5t#S256":1}}"#, NONE),
        Case(
            "keycloak-certificate",
            Pass("your"),
            RS,
            r#"{"cnf":{"x5t#S256":"A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI"}}"#,
            |k| {
                k.certificate_thumbprint = Some("A9Zt0Ig1wco_EozOrNHzGslBYwlrIPRFroQoW8CDLXI");
            },
        ),
    ]
}

fn registration() -> Vec<Case> {
    vec![
        Case("registration-signature", Unknown("Only Keycloak"), HS, INITIAL, NONE),
        Case("registration-signature", Unknown("Only Keycloak"), HS, INITIAL, |k| {
            k.signature = Some(SignatureVerdict::CarriedKey);
        }),
        Case("registration-signature", Pass("realm"), HS, INITIAL, |k| {
            k.signature = Some(SignatureVerdict::ChosenKey);
        }),
        Case("registration-signature", Error("wrong"), HS, INITIAL, |k| {
            k.signature = Some(SignatureVerdict::Wrong);
        }),
        Case("registration-signature", Error("HS256 or HS512"), RS, INITIAL, NONE),
        Case("registration-kind", Pass("exists already"), HS, REGISTRATION, NONE),
        Case("registration-kind", Pass("For registering"), HS, INITIAL, NONE),
        Case("registration-kind", Pass("roles"), HS, r#"{"typ":"Bearer"}"#, NONE),
        Case("registration-kind", Error("Invalid type of token"), HS, r#"{"typ":"ID"}"#, NONE),
        Case("registration-issuer", Pass("exactly"), HS, HERE, NONE),
        Case("registration-issuer", Pass("goes to the realm"), HS, HERE, |k| {
            k.uri =
                Some("http://localhost:8081/auth/realms/BBBBCAXXXXX/clients-registrations/openid-connect");
        }),
        Case("registration-issuer", Error("another address"), HS, HERE, |k| {
            k.uri =
                Some("http://localhost:8081/auth/realms/BBBBCAXXXXXX/clients-registrations/openid-connect");
        }),
        Case("registration-issuer-address", Warning("test set-up"), HS, HERE, NONE),
        Case("registration-issuer-address", Pass("https"), HS, r#"{"iss":"https://a.example"}"#, NONE),
        Case("registration-audience", Pass("`aud` is `iss`"), HS, r#"{"iss":"a","aud":"a"}"#, NONE),
        Case("registration-audience", Error("not `iss`"), HS, r#"{"iss":"a","aud":"b"}"#, NONE),
        Case("registration-revoked", Unknown("not-before-policy"), HS, INITIAL, NONE),
        Case("registration-revoked", Pass("newer"), HS, INITIAL, |k| k.not_before = Some(NOW)),
        Case("registration-revoked", Error("revoked"), HS, INITIAL, |k| k.not_before = Some(NOW + 1)),
        Case("registration-revoked", Error("missing"), HS, "{}", NONE),
        Case("registration-id", Pass("number"), HS, INITIAL, NONE),
        Case("registration-id", Error("`jti` is missing"), HS, "{}", NONE),
        Case("registration-newest", Nothing("not replaced"), HS, INITIAL, NONE),
        Case("registration-newest", Unknown("looks right and is refused"), HS, REGISTRATION, NONE),
        Case("registration-newest", Error("newer one"), HS, REGISTRATION, |k| k.stored_token = Some("eyJ")),
        Case("registration-newest", Pass("newest"), HS, REGISTRATION, |k| {
            k.stored_token = Some(signed(HS, REGISTRATION).leak());
        }),
        Case("registration-uses", Unknown("only the server"), HS, INITIAL, NONE),
        Case("registration-uses", Pass("still"), HS, INITIAL, |k| k.uses_left = Some(1)),
        Case("registration-uses", Error("used up"), HS, INITIAL, |k| k.uses_left = Some(0)),
        Case("registration-uses", Nothing("counted"), HS, REGISTRATION, NONE),
        Case("registration-policies", Nothing("does not say"), HS, "{}", NONE),
        Case(
            "registration-policies",
            Pass("authenticated"),
            HS,
            r#"{"registration_auth":"authenticated"}"#,
            NONE,
        ),
        Case("registration-policies", Pass("stricter"), HS, r#"{"registration_auth":"anonymous"}"#, NONE),
        Case("registration-policies", Error("No policies"), HS, r#"{"registration_auth":"x"}"#, NONE),
        Case("registration-use", Unknown("HTTP method"), HS, INITIAL, NONE),
        Case("registration-use", Pass("new client"), HS, INITIAL, |k| k.method = Some("POST")),
        Case("registration-use", Error("Not initial access token allowed"), HS, INITIAL, |k| {
            k.method = Some("GET")
        }),
        Case("registration-use", Pass("reads"), HS, REGISTRATION, |k| k.method = Some("PUT")),
        Case("registration-use", Error("registers no other"), HS, REGISTRATION, |k| k.method = Some("POST")),
    ]
}

#[test]
fn every_line() {
    seen(&cases());
}
