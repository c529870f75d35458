//! A script for bash with curl, which prints a token. What is secret never stands on a command line, where other users
//! of the machine could read it.

use super::{
    Credentials, Format, Held, Key, Proof,
    quote::{one_line, shell},
};
use crate::domain::{jose::Algorithm, url};

pub(super) const FORMAT: Format = Format {
    id: "curl",
    label: "curl script",
    extension: "sh",
    media_type: "text/x-shellscript;charset=utf-8",
    hint: "bash with curl 7.76 or newer. Prints a token.",
    write,
};

/// RFC 6749, 2.3.1 wants both halves of a Basic header encoded as in a form, byte by byte.
const ENCODE: &str = r#"encode() {
  local LC_ALL=C text=$1 out= c n i
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case $c in
      [a-zA-Z0-9._~-]) out+=$c ;;
      *) printf -v n %d "'$c"; printf -v c %%%02X $((n & 255)); out+=$c ;;
    esac
  done
  printf %s "$out"
}
"#;

/// Takes the token out of the answer; without one, shows the answer and fails.
const ANSWER: &str = r#"token=$(printf %s "$answer" | tr -d '\r\n' | sed -n 's/.*"access_token"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p')
if [ -z "$token" ]; then
  printf 'There is no token in the answer: %s\n' "$answer" >&2
  exit 1
fi
printf '%s\n' "${token//\\\//\/}"
"#;

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let mut out = format!("#!/usr/bin/env bash\n# {}\n", credentials.title());
    if let Proof::Key(key) = &credentials.proof {
        out.extend(key.notes().iter().map(|note| format!("# {note}\n")));
    }
    out.push_str("set -eu\n\n");
    out.push_str(&format!("TOKEN_URL={}\n", shell(&credentials.token_endpoint)));
    out.push_str(&format!("CLIENT_ID={}\n", shell(&credentials.client_id)));
    out.push_str(&format!("SCOPE={}\n", shell(&credentials.scope)));
    // The two fields of an assertion that is a grant stand alone: banks refuse any other beside them.
    let alone = matches!(&credentials.proof, Proof::Key(key) if key.grant);
    let scope = if alone { "" } else { " ${SCOPE:+--data-urlencode \"scope=$SCOPE\"}" };
    let mut grant = " --data grant_type=client_credentials";
    let configuration = match (&credentials.proof, held) {
        (Proof::Key(key), _) => {
            out.push_str(&signing(key, &credentials.client_id));
            out.push_str(ENCODE);
            let (fields, assertion) = key.fields();
            let fields = url::form_encode(&fields).replace('%', "%%");
            let client = if key.grant { "" } else { "client_id=%s&" };
            let id = if key.grant { "" } else { "\"$(encode \"$CLIENT_ID\")\" " };
            grant = "";
            format!("printf 'data = \"{client}{fields}&{assertion}=%s\"\\n' \\\n  {id}\"$input.$signature\"")
        }
        (proof, Held::None) => {
            out.push_str(&format!("# The client authenticates by {}.\n{ENCODE}", one_line(proof.method())));
            "printf 'data = \"client_id=%s\"\\n' \"$(encode \"$CLIENT_ID\")\"".to_owned()
        }
        (proof, held) => {
            out.push_str(&secret(held));
            out.push_str(ENCODE);
            let line = if *proof == Proof::Post {
                "data = \"client_id=%s&client_secret=%s\"\\n"
            } else {
                "user = \"%s:%s\"\\n"
            };
            format!("printf '{line}' \"$(encode \"$CLIENT_ID\")\" \"$(encode \"$CLIENT_SECRET\")\"")
        }
    };
    out.push_str(&format!(
        "\n# curl reads from its standard input what must not stand on its command line.\n\
         answer=$({configuration} |\n  curl --silent --show-error --fail-with-body --config -{grant}{scope} \\\n    \
         \"$TOKEN_URL\") || {{\n  \
         printf '%s\\n' \"$answer\" >&2\n  exit 1\n}}\n{ANSWER}"
    ));
    out
}

fn secret(held: Held<'_>) -> String {
    match held {
        Held::Written(secret) => format!("CLIENT_SECRET={}\n", shell(secret)),
        _ => "if [ -z \"${CLIENT_SECRET:-}\" ]; then\n  \
              IFS= read -rsp 'Client secret: ' CLIENT_SECRET\n  echo >&2\nfi\n"
            .to_owned(),
    }
}

/// Makes `input` and `signature` of an assertion (RFC 7523, RFC 7515).
fn signing(key: &Key, client_id: &str) -> String {
    let header =
        json(&[("alg", Some(key.signs_with().name())), ("typ", Some(&key.typ)), ("kid", key.kid.as_deref())]);
    let claims = json(&[("iss", Some(client_id)), ("sub", Some(client_id)), ("aud", Some(&key.audience))]);
    let claims = claims.strip_suffix('}').unwrap_or(&claims);
    format!(
        "PRIVATE_KEY_FILE=${{PRIVATE_KEY_FILE:-{file}}}\n\n\
         base64url() {{ openssl base64 -A | tr '+/' '-_' | tr -d '='; }}\n\
         now=$(date +%s)\n\
         header={header}\n\
         claims={claims}\"$(printf ',\"iat\":%d,\"exp\":%d,\"jti\":\"%s\"}}' \"$now\" $((now + {lifetime})) \"$(openssl rand -hex 16)\")\"\n\
         input=$(printf %s \"$header\" | base64url).$(printf %s \"$claims\" | base64url)\n{sign}",
        file = shell(&key.file),
        header = shell(&header),
        claims = shell(claims),
        lifetime = key.lifetime,
        sign = sign(key.signs_with()),
    )
}

/// An object of texts; without those that are empty.
fn json(members: &[(&str, Option<&str>)]) -> String {
    let members = members.iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(((*name).to_owned(), serde_json::Value::from(value)))
    });
    serde_json::Value::Object(members.collect()).to_string()
}

fn sign(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Rs256 => {
            "signature=$(printf %s \"$input\" | openssl dgst -sha256 -sign \"$PRIVATE_KEY_FILE\" -binary | base64url)\n"
        }
        Algorithm::Ps256 => {
            "signature=$(printf %s \"$input\" | openssl dgst -sha256 -sign \"$PRIVATE_KEY_FILE\" -binary \\\n  \
             -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 | base64url)\n"
        }
        // RFC 7518, 3.4 wants both numbers with 32 bytes each, and OpenSSL writes them as DER.
        Algorithm::Es256 => {
            r#"# A JWS holds both numbers of the signature with 32 bytes each; OpenSSL writes them as DER.
hex=$(printf %s "$input" | openssl dgst -sha256 -sign "$PRIVATE_KEY_FILE" -binary | openssl asn1parse -inform DER |
  sed -n 's/.*INTEGER *://p' | while read -r n; do printf '%64s' "$n" | tr ' ' 0; done)
signature=$(printf %b "$(printf %s "$hex" | sed 's/../\\x&/g')" | base64url)
"#
        }
        Algorithm::EdDsa => {
            r#"# OpenSSL signs with Ed25519 only what is in a file.
file=$(mktemp)
trap 'rm -f "$file"' EXIT
printf %s "$input" > "$file"
signature=$(openssl pkeyutl -sign -rawin -inkey "$PRIVATE_KEY_FILE" -in "$file" | base64url)
"#
        }
    }
}
