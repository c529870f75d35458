//! Properties of Spring Boot for its OAuth 2.0 client (`spring.security.oauth2.client`).

use super::quote::{label, one_line, yaml};
use super::{Credentials, Format, Held, Proof};

pub(super) const FORMAT: Format = Format {
    id: "spring",
    label: "Spring Boot",
    extension: "application.yml",
    media_type: "application/yaml",
    hint: "For application.yml, with spring-boot-starter-oauth2-client.",
    write,
};

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let name = label(&credentials.name);
    let mut out = format!("# {}\n", credentials.title());
    if let Proof::Key(key) = &credentials.proof {
        out.push_str(&format!("# Issuer: {}\n", one_line(&credentials.issuer)));
        out.extend(key.notes().iter().map(|note| format!("# {note}\n")));
        out.push_str("# Spring Security signs when its token client has a\n");
        out.push_str("#   NimbusJwtClientAuthenticationParametersConverter\n");
        out.push_str("# that is given this key as a JWK with:\n");
        let kid = key.kid.as_deref().unwrap_or("the one you registered");
        out.push_str(&format!("#   kid: {}\n#   alg: {}\n", one_line(kid), key.signs_with().name()));
        out.push_str("# and whose setJwtClientAssertionCustomizer writes\n");
        out.push_str(&format!("#   aud: {}\n", one_line(&key.audience)));
    }
    out.push_str("spring:\n  security:\n    oauth2:\n      client:\n        registration:\n");
    let mut put = |depth: usize, name: &str, value: &str| {
        let gap = if value.is_empty() { "" } else { " " };
        out.push_str(&format!("{}{name}:{gap}{value}\n", "  ".repeat(depth)));
    };
    put(5, &yaml(&name), "");
    put(6, "provider", &yaml(&name));
    put(6, "client-id", &literal(&credentials.client_id));
    match held {
        Held::Written(secret) => put(6, "client-secret", &literal(secret)),
        Held::Elsewhere => put(6, "client-secret", "\"${CLIENT_SECRET}\""),
        Held::None => {}
    }
    put(6, "client-authentication-method", &literal(credentials.proof.method()));
    put(6, "authorization-grant-type", "client_credentials");
    let scopes: Vec<String> = credentials.scope.split(' ').filter(|s| !s.is_empty()).map(literal).collect();
    if !scopes.is_empty() {
        put(6, "scope", &format!("[{}]", scopes.join(", ")));
    }
    put(4, "provider", "");
    put(5, &yaml(&name), "");
    put(6, "token-uri", &literal(&credentials.token_endpoint));
    out
}

/// A value as it is: Spring puts properties where `${` stands, unless a backslash is before it.
fn literal(value: &str) -> String {
    yaml(&value.replace("${", "\\${"))
}
