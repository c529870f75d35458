//! Keycloak's client registration, as a running 26.7.2 answers (`docs/dialects.md` has the table).

use serde_json::Value;

use super::{
    ClientMetadata, Dialect, Habits, Management, Operation, Refusal, Remark, refusal::ServerWords, rfc7591,
};
use crate::domain::{
    form::{Field, Problem},
    http::Response,
};

/// `…/realms/{realm}/clients-registrations/openid-connect`.
pub struct Keycloak;

/// A longer name makes Keycloak answer 500: its database column ends there.
const LONGEST_NAME: usize = 255;

/// Its name in `portal.json`.
pub(super) const ID: &str = "keycloak";

impl Dialect for Keycloak {
    fn id(&self) -> &'static str {
        ID
    }

    fn name(&self) -> &'static str {
        "Keycloak"
    }

    fn management(&self) -> Management {
        Management::RegistrationAccessToken { rotates_on_update: true }
    }

    fn check(&self, metadata: &ClientMetadata) -> Vec<Problem> {
        let mut problems = Vec::new();
        let length = metadata.client_name.chars().count();
        if length > LONGEST_NAME {
            problems.push(Problem::new(
                Field::Name,
                format!("Keycloak takes names of at most {LONGEST_NAME} characters; this one has {length}."),
            ));
        }
        let method = metadata.token_endpoint_auth_method.as_deref();
        if method == Some("private_key_jwt") && metadata.jwks.is_none() == metadata.jwks_uri.is_none() {
            problems.push(Problem::new(
                Field::Method,
                "private_key_jwt needs public keys: either by value or by address, not both.",
            ));
        }
        problems
    }

    fn habits(&self) -> Habits {
        Habits {
            sends_secret_again: true,
            keycloak_cors: true,
            waiting: "The server registered it and then did not let it in. That is how Keycloak looks while a new client is disabled.",
            not_granted: "On Keycloak the service account then usually lacks a role.",
            ..Habits::default()
        }
    }

    fn refusal(&self, operation: Operation, response: &Response) -> Refusal {
        let words = ServerWords::read(&response.body);
        let sentence = words.description.clone().or_else(|| words.error.clone()).unwrap_or_default();
        let explained = EXPLANATIONS.iter().find(|row| {
            row.status == response.status && words.mention(row.words) && row.when.includes(operation)
        });
        match explained {
            Some(row) => {
                let mut refusal = Refusal::new(response, words, row.meaning, row.next);
                refusal.quoted = row.quotes.then(|| detail(&sentence));
                refusal
            }
            None => rfc7591::refusal(operation, response),
        }
    }

    fn meaning(
        &self,
        member: &str,
        asked: Option<&Value>,
        registered: Option<&Value>,
    ) -> Option<&'static str> {
        let holds = |value: Option<&Value>, word: &str| {
            value.and_then(Value::as_array).is_some_and(|items| items.iter().any(|item| item == word))
        };
        match member {
            "grant_types"
                if holds(registered, "authorization_code") && !holds(asked, "authorization_code") =>
            {
                Some(
                    "The server switched on a login flow that nobody asked for. Ask the operator to switch it off.",
                )
            }
            "response_types" if asked.is_none() && registered == Some(&Value::Array(Vec::new())) => {
                Some("No sign-in, as you asked.")
            }
            "scope" => Some("Keycloak lists the scopes a token may ask for; its own basic ones come on top."),
            "contacts" => {
                Some("This server does not say that it keeps contacts. Tell the operator by e-mail.")
            }
            _ => None,
        }
    }

    fn remarks(&self, metadata: &ClientMetadata) -> Vec<Remark> {
        let signs_in = metadata.grant_types.iter().flatten().any(|grant| grant == "authorization_code");
        let has_redirect_uri = metadata.redirect_uris.as_ref().is_some_and(|uris| !uris.is_empty());
        let remark = |member, text, holds: bool| holds.then_some(Remark { member, text });
        [
            remark(
                "scope",
                "replaces the realm's default scopes on this server: tokens carry these and `basic`, usually nothing else.",
                metadata.scope.is_some(),
            ),
            remark(
                "redirect_uris",
                "holds this page, although nobody signs in: Keycloak derives from it that this page may read token answers.",
                !signs_in && has_redirect_uri,
            ),
            remark(
                "response_types",
                "is left out, because this server would switch a login flow on.",
                !signs_in && metadata.response_types.is_none(),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// For which operations a row holds.
enum When {
    Any,
    Create,
    Manage,
}

impl When {
    fn includes(&self, operation: Operation) -> bool {
        match self {
            Self::Any => true,
            Self::Create => operation == Operation::Create,
            Self::Manage => operation != Operation::Create,
        }
    }
}

struct Explanation {
    status: u16,
    /// Part of what the server writes.
    words: &'static str,
    when: When,
    meaning: &'static str,
    /// Whether the telling part of the server's sentence is shown beside the meaning.
    quotes: bool,
    next: &'static str,
}

const NEW_TOKEN: &str =
    "Ask the operator for a new initial access token. Nothing was registered, and your form is kept.";

#[rustfmt::skip]
const EXPLANATIONS: [Explanation; 25] = [
    Explanation { status: 401, words: "No remaining count", when: When::Any,
        meaning: "The initial access token has been used as often as it may be. If this was its first use, an answer may have been lost and the application may exist already.", quotes: false,
        next: "Ask the operator whether an application with this name exists; if not, ask for a new initial access token." },
    Explanation { status: 401, words: "Expired initial access token", when: When::Any,
        meaning: "The initial access token has expired.", quotes: false, next: NEW_TOKEN },
    Explanation { status: 401, words: "Initial Access Token not found", when: When::Any,
        meaning: "The operator has deleted this initial access token, or the server has cleaned it up.", quotes: false, next: NEW_TOKEN },
    Explanation { status: 401, words: "Failed decode token", when: When::Any,
        meaning: "The token is expired, damaged, or was issued under another address of the server: Keycloak compares its issuer with the address it was called at.", quotes: false,
        next: "Compare the issuer below the token field with the environment. If they agree, the operator checks the host name that the prefix passes on." },
    Explanation { status: 401, words: "Invalid type of token", when: When::Any,
        meaning: "This is a token of another kind.", quotes: false, next: "Paste the initial access token from the operator's e-mail." },
    Explanation { status: 401, words: "Not initial access token allowed", when: When::Manage,
        meaning: "An initial access token can only create. Reading and changing needs the registration access token of this application.", quotes: false,
        next: "Enter the registration access token of this application." },
    Explanation { status: 401, words: "Not authorized to", when: When::Manage,
        meaning: "The registration access token is not the current one, or the client was deleted, or it was disabled: Keycloak answers all three in the same words.", quotes: false,
        next: "Ask the operator which it is. If the token is lost, the operator can regenerate it." },
    Explanation { status: 403, words: "Invalid origin", when: When::Any,
        meaning: "The server does not let this page's address use this token. Nothing was done.", quotes: false,
        next: "The operator adds this address to the token's web origins, or to the realm's policy Allowed Registration Web Origins." },
    Explanation { status: 403, words: "HTTPS required", when: When::Any,
        meaning: "The server believes it was called over plain http.", quotes: false,
        next: "The operator sets X-Forwarded-Proto, or passes no forwarded headers, at the prefix." },
    Explanation { status: 403, words: "Policy 'Allowed Client Scopes'", when: When::Any,
        meaning: "The server does not let partners ask for one of these scopes.", quotes: true,
        next: "Choose other products, or ask the operator to allow the scope in the policy Allowed Client Scopes." },
    Explanation { status: 403, words: "Policy 'Trusted Hosts'", when: When::Any,
        meaning: "Without a valid initial access token only hosts that the operator trusts may register.", quotes: false,
        next: "Paste an initial access token." },
    Explanation { status: 403, words: "Policy '", when: When::Any,
        meaning: "A registration policy of the operator refused the request.", quotes: true,
        next: "Show the operator the name of the policy." },
    Explanation { status: 400, words: "Unrecognized field", when: When::Any,
        meaning: "The server does not know a member of the request.", quotes: true, next: "This is a fault of the portal: tell the operator." },
    Explanation { status: 400, words: "Cannot parse the JSON", when: When::Any,
        meaning: "The server could not read the request as JSON.", quotes: false, next: "Something between this page and the server may have changed it: tell the operator." },
    Explanation { status: 400, words: "illegal scheme", when: When::Any,
        meaning: "A redirect URI has a scheme that the server does not allow.", quotes: false, next: "Change the redirect URIs under Details." },
    Explanation { status: 400, words: "Client Identifier in use", when: When::Any,
        meaning: "The server has a client with this identifier already.", quotes: false, next: "Ask the operator which one it is." },
    Explanation { status: 400, words: "Client Identifier included", when: When::Create,
        meaning: "The request names a client identifier, and this server makes them itself.", quotes: false, next: "This is a fault of the portal: tell the operator." },
    Explanation { status: 400, words: "Client metadata invalid", when: When::Any,
        meaning: "The server does not accept the document as a whole: often keys that are missing or given twice, or an authentication method it does not know. The reason is in its log only.", quotes: false,
        next: "Choose another authentication method, or show the operator the time." },
    Explanation { status: 400, words: "Wrong client protocol", when: When::Any,
        meaning: "The client at this address is of another kind, not OpenID Connect.", quotes: false, next: "Show the operator the registration URI." },
    Explanation { status: 403, words: "Forbidden", when: When::Any,
        meaning: "The token is of somebody who may not register clients.", quotes: false, next: "Paste the initial access token from the operator's e-mail." },
    Explanation { status: 404, words: "Client registration provider not found", when: When::Any,
        meaning: "The realm is there, and this way of registering is not.", quotes: false, next: "The operator checks the registration endpoint in portal.json: it ends with /openid-connect." },
    Explanation { status: 409, words: "onflict", when: When::Any,
        meaning: "Somebody changed the same client at the same moment.", quotes: false, next: "Read the registration, then send the change again." },
    Explanation { status: 400, words: "Client Identifier modified", when: When::Manage,
        meaning: "The change went to another client than it names.", quotes: false, next: "Reload the page and try again." },
    Explanation { status: 404, words: "Realm does not exist", when: When::Any,
        meaning: "The server has no such realm.", quotes: false, next: "The operator checks the issuer in portal.json." },
    Explanation { status: 500, words: "unknown_error", when: When::Create,
        meaning: "The server failed on its own side. Some versions answer so to an invalid or expired initial access token.", quotes: false,
        next: "Try with a fresh initial access token. If it fails again, show the operator the time: its log tells more." },
];

/// The part of a Keycloak sentence that tells something: what follows `Details:`, or all of it. With one full stop.
fn detail(sentence: &str) -> String {
    let told =
        sentence.split_once("Details: ").map_or(sentence, |(_, details)| details).trim_end_matches('.');
    format!("{told}.")
}
