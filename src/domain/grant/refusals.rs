//! Why a token request was refused.

use crate::domain::{
    http::Response,
    registration::{Refusal, refusal::ServerWords},
};

/// What servers say of a signed assertion, as they were seen to say it (Keycloak 26.7.2, oidc-provider 9); what it means; what to do. The first that fits counts.
const ASSERTIONS: [(&str, &str, &str); 13] = [
    (
        "Multiple audiences not allowed",
        "The assertion names several audiences, and the server takes one string only.",
        "Name the issuer alone in `aud`.",
    ),
    (
        "Invalid token audience",
        "The assertion is for another server: `aud` is neither this issuer nor an address of it.",
        "The operator sets assertion_audience for this environment in portal.json: the issuer for most servers, the token endpoint for older ones. A wrong prefix looks the same.",
    ),
    (
        "jti claim is required",
        "The assertion has no jti, so the server cannot tell a second use from the first.",
        "Sign one with a jti. The portal puts a new one into each request.",
    ),
    (
        "Token reuse detected",
        "An assertion with this jti was used before. Each is good for one request, also when the answer was lost.",
        "Ask again: the portal signs a new assertion for each request. A copied curl command needs a new one each time.",
    ),
    (
        "Unable to load public key",
        "The server does not know the key that the assertion names: its kid is not among the registered keys.",
        "Compare the kid under Credentials with the registered keys. Keys at an address may not be fetched anew yet: servers keep them for minutes.",
    ),
    (
        "Signature on JWT token failed validation",
        "The server knows a key of that name, and the signature does not fit it: another key with the same kid, or another algorithm than the registered one.",
        "Load the private key that belongs to the registered public key, and sign with the algorithm that its `alg` names.",
    ),
    (
        "Token is not active",
        "The assertion has ended, or begins later, by the server’s clock.",
        "Ask again. If it happens each time, this computer’s clock is not the server’s: Home shows by how much.",
    ),
    (
        "issued in the future",
        "By the server’s clock the assertion was signed in the future.",
        "This computer’s clock is ahead of the server’s: Home shows by how much. Set it.",
    ),
    ("exp claim is required", "The assertion has no end.", "Sign one with `exp`, a minute from now."),
    (
        "Issuer mismatch",
        "`iss` and `sub` of the assertion differ. For a client that proves itself both are its client ID.",
        "Write the client ID into both.",
    ),
    (
        "client_id parameter does not match",
        "The form names another client than the assertion.",
        "Write the same client ID into client_id, `iss` and `sub`.",
    ),
    (
        "Parameter client_assertion_type",
        "The form does not say that the assertion is a JWT.",
        "client_assertion_type is urn:ietf:params:oauth:client-assertion-type:jwt-bearer.",
    ),
    (
        "client authentication failed",
        "The server does not believe the client, and keeps to itself why: a wrong secret, an assertion with another audience, algorithm or key, or one that was used before.",
        "Compare method, keys and audience under Credentials; with an assertion check this computer’s clock on Home. The operator finds the reason in the server’s log.",
    ),
];

/// Words and statuses as Keycloak 26 and the plain standard use them.
pub(super) fn explain(response: &Response) -> Refusal {
    let words = ServerWords::read(&response.body);
    if let Some((_, meaning, next)) = ASSERTIONS.iter().find(|(said, _, _)| words.mention(said)) {
        return Refusal::new(response, words, *meaning, *next);
    }
    let (meaning, next) = match (response.status, words.error.as_deref()) {
        (_, Some(_)) if words.mention("Invalid method used to get client secret") => (
            "The secret came by another method than the one that is registered.",
            "Read the registration: its token_endpoint_auth_method says which one to use.",
        ),
        (401, Some("invalid_client")) => (
            "The server does not let this client in: usually it does not exist, or it is disabled and waits for the operator. Older servers also answer so to a wrong secret.",
            "If the application was registered just now, it waits for approval. Else ask the operator whether it is enabled.",
        ),
        (401 | 400, Some("unauthorized_client")) => (
            "The client is known, and the secret is usually not the right one. It can also mean that the client may not use client_credentials.",
            "Paste the secret again, without spaces around it. If you no longer have it, read the registration: some servers send it again.",
        ),
        (400, Some("invalid_scope")) => (
            "A scope that was asked for is not registered for this client.",
            "Compare asked and registered under Credentials, or change the products.",
        ),
        (400, Some("unsupported_grant_type")) => (
            "The server does not offer client_credentials.",
            "The environment may be configured wrongly: tell the operator.",
        ),
        (403, Some(_)) if words.mention("Invalid origin") => (
            "The client has no web origin, so the server answers no page with a token.",
            "Use the prefix on this site if the operator set one up, or send the request with curl.",
        ),
        _ => return Refusal::from_status(response),
    };
    Refusal::new(response, words, meaning, next)
}
