//! A program for Node with npm's openid-client (version 6): an ECMAScript module.

use super::quote::{javascript, one_line};
use super::{Credentials, Format, Held, Key, Proof};
use crate::domain::jose::Algorithm;

pub(super) const FORMAT: Format = Format {
    id: "node",
    label: "Node (openid-client)",
    extension: "mjs",
    media_type: "text/javascript;charset=utf-8",
    hint: "npm install openid-client@6. Prints a token.",
    write,
};

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let mut out = format!("// {}\n// npm install openid-client@6\n", credentials.title());
    if let Proof::Key(key) = &credentials.proof {
        out.extend(key.notes().iter().map(|note| format!("// {note}\n")));
        out.push_str("import { createPrivateKey, webcrypto } from 'node:crypto';\n");
        out.push_str("import { readFileSync } from 'node:fs';\n");
    }
    out.push_str("import * as client from 'openid-client';\n\n");
    out.push_str(&format!(
        "const server = {{\n  issuer: {},\n  token_endpoint: {},\n}};\nconst clientId = {};\n",
        javascript(&credentials.issuer),
        javascript(&credentials.token_endpoint),
        javascript(&credentials.client_id),
    ));
    let authentication = match (&credentials.proof, held) {
        (Proof::Key(key), _) => {
            out.push_str(&key_lines(key));
            "client.PrivateKeyJwt(key, assertion)".to_owned()
        }
        (proof, Held::None) => {
            out.push_str(&format!("// The client authenticates by {}.\n", one_line(proof.method())));
            "client.None()".to_owned()
        }
        (proof, held) => {
            out.push_str(&secret_lines(held));
            let name = if *proof == Proof::Post { "ClientSecretPost" } else { "ClientSecretBasic" };
            format!("client.{name}(clientSecret)")
        }
    };
    out.push_str(&format!(
        "\nconst config = new client.Configuration(server, clientId, undefined, {authentication});\n"
    ));
    if !credentials.token_endpoint.starts_with("https:") {
        out.push_str("// This server is reached without TLS, which openid-client otherwise refuses.\n");
        out.push_str("client.allowInsecureRequests(config);\n");
    }
    let parameters = match credentials.scope.as_str() {
        "" => "{}".to_owned(),
        scope => format!("{{ scope: {} }}", javascript(scope)),
    };
    out.push_str(&format!("const answer = await client.clientCredentialsGrant(config, {parameters});\n"));
    out.push_str("console.log(answer.access_token);\n");
    out
}

fn secret_lines(held: Held<'_>) -> String {
    match held {
        Held::Written(secret) => format!("const clientSecret = {};\n", javascript(secret)),
        _ => "const clientSecret = process.env.CLIENT_SECRET;\n\
              if (!clientSecret) throw new Error('Set CLIENT_SECRET in the environment.');\n"
            .to_owned(),
    }
}

/// Node 20 reads PEM of every kind, encrypted or not, but hands a key to Web Cryptography only as PKCS #8.
fn key_lines(key: &Key) -> String {
    let algorithm = match key.signs_with() {
        Algorithm::Es256 => "{ name: 'ECDSA', namedCurve: 'P-256' }",
        Algorithm::Ps256 => "{ name: 'RSA-PSS', hash: 'SHA-256' }",
        Algorithm::Rs256 => "{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }",
        Algorithm::EdDsa => "{ name: 'Ed25519' }",
    };
    let kid = key.kid.as_deref().map(|kid| format!(", kid: {}", javascript(kid))).unwrap_or_default();
    let mut header = String::new();
    if !key.typ.is_empty() {
        header.push_str(&format!("    header.typ = {};\n", javascript(&key.typ)));
    }
    if key.signs_with() == Algorithm::EdDsa {
        header.push_str("    header.alg = 'EdDSA';\n");
    }
    format!(
        "const keyFile = process.env.PRIVATE_KEY_FILE ?? {file};\n\
         const pem = createPrivateKey({{ key: readFileSync(keyFile), passphrase: process.env.KEY_PASSWORD ?? '' }});\n\
         const pkcs8 = pem.export({{ type: 'pkcs8', format: 'der' }});\n\
         const key = {{ key: await webcrypto.subtle.importKey('pkcs8', pkcs8, {algorithm}, false, ['sign']){kid} }};\n\
         const assertion = {{\n  [client.modifyAssertion](header, claims) {{\n{header}    claims.aud = {audience};\n    claims.exp = claims.iat + {lifetime};\n  }},\n}};\n",
        file = javascript(&key.file),
        audience = javascript(&key.audience),
        lifetime = key.lifetime,
    )
}
