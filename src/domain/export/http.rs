//! A `.http` file, which the REST Client of VS Code sends, and the HTTP client of IntelliJ.

use super::{Credentials, Format, Held, Key, Proof, proof::CLIENT_CREDENTIALS, quote::one_line};
use crate::domain::url;

pub(super) const FORMAT: Format = Format {
    id: "http",
    label: ".http file",
    extension: "http",
    media_type: "text/plain;charset=utf-8",
    hint: "For the REST Client of VS Code and the HTTP client of IntelliJ.",
    write,
};

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let mut out = format!("# {}\n", credentials.title());
    // RFC 6749, 2.3.1: both halves are encoded as in a form before they become a Basic header. A form wants the same.
    out.push_str(&format!("@client_id = {}\n", url::percent_encode(&credentials.client_id)));
    match held {
        Held::Written(secret) => {
            out.push_str(&format!("@client_secret = {}\n", url::percent_encode(secret)));
        }
        Held::Elsewhere => {
            out.push_str(
                "# From the environment. In IntelliJ take this line out, and put client_secret into\n",
            );
            out.push_str("# http-client.private.env.json.\n@client_secret = {{$processEnv CLIENT_SECRET}}\n");
        }
        Held::None => {}
    }
    if let Proof::Key(key) = &credentials.proof {
        out.push_str(&notes(key));
    }
    out.push_str("\n### Get a token\n# @name token\n");
    out.push_str(&format!("POST {}\n", one_line(&credentials.token_endpoint)));
    if credentials.proof == Proof::Basic {
        out.push_str("Authorization: Basic {{client_id}}:{{client_secret}}\n");
    }
    out.push_str("Content-Type: application/x-www-form-urlencoded\nAccept: application/json\n\n");
    out.push_str(&body(credentials));
    out.push_str("\n\n### Call a product with it\n# GET https://…\n# Authorization: Bearer {{token.response.body.access_token}}\n");
    out
}

fn body(credentials: &Credentials) -> String {
    let (mut pairs, assertion) = match &credentials.proof {
        Proof::Key(key) => key.fields(),
        _ => (vec![("grant_type", CLIENT_CREDENTIALS)], ""),
    };
    let alone = matches!(&credentials.proof, Proof::Key(key) if key.grant);
    if !credentials.scope.is_empty() && !alone {
        pairs.insert(1, ("scope", &credentials.scope));
    }
    let form = url::form_encode(&pairs);
    match credentials.proof {
        Proof::Basic => form,
        Proof::Post => format!("{form}&client_id={{{{client_id}}}}&client_secret={{{{client_secret}}}}"),
        Proof::Key(_) if alone => format!("{form}&{assertion}={{{{client_assertion}}}}"),
        Proof::Key(_) => format!("{form}&client_id={{{{client_id}}}}&{assertion}={{{{client_assertion}}}}"),
        Proof::Other(_) => format!("{form}&client_id={{{{client_id}}}}"),
    }
}

/// These programs cannot sign.
fn notes(key: &Key) -> String {
    let mut out: String = key.notes().iter().map(|note| format!("# {note}\n")).collect();
    let kid = key.kid.as_deref().map(|kid| format!(", kid {}", one_line(kid))).unwrap_or_default();
    out.push_str(&format!(
        "# Make an assertion in the Workshop of the portal, or with the curl script: {}{kid}, aud {}.\n",
        key.signs_with().name(),
        one_line(&key.audience),
    ));
    out.push_str(&format!(
        "# It is good once, for {} seconds.\n@client_assertion = paste it here\n",
        key.lifetime
    ));
    out
}
