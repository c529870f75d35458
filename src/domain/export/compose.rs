//! A fragment of a Compose file (compose-spec), which Docker and Podman read.

use super::quote::yaml;
use super::settings::{self, SECRET, Setting};
use super::{Credentials, Format, Held, Proof};

pub(super) const FORMAT: Format = Format {
    id: "compose",
    label: "Docker Compose",
    extension: "compose.yaml",
    media_type: "application/yaml",
    hint: "A fragment of compose.yaml: put your service in the place of app.",
    write,
};

/// Where a container finds the private key.
const MOUNTED: &str = "/run/secrets/client-key";

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let mut out = format!("# {}\n", credentials.title());
    if matches!(held, Held::Elsewhere) {
        out.push_str(
            "# CLIENT_SECRET is taken from the environment of docker compose, or from .env beside it.\n",
        );
    }
    let mut secrets = String::new();
    if let Proof::Key(key) = &credentials.proof {
        out.extend(key.notes().iter().map(|note| format!("# {note}\n")));
        secrets = format!("secrets:\n  client-key:\n    file: {}\n", literal(&format!("./{}", key.file)));
    }
    out.push_str("services:\n  app:\n    environment:\n");
    for setting in settings::all(credentials) {
        let (name, value) = match (setting, held) {
            (Setting::Value("PRIVATE_KEY_FILE", _), _) => ("PRIVATE_KEY_FILE", yaml(MOUNTED)),
            (Setting::Value(name, value), _) => (name, literal(&value)),
            (Setting::Secret, Held::Written(secret)) => (SECRET, literal(secret)),
            (Setting::Secret, _) => (SECRET, yaml("${CLIENT_SECRET:?it is not set}")),
        };
        out.push_str(&format!("      {name}: {value}\n"));
    }
    if !secrets.is_empty() {
        out.push_str("    secrets: [client-key]\n");
    }
    out.push_str(&secrets);
    out
}

/// A value as it is: Compose puts variables where a dollar sign stands, unless there are two.
fn literal(value: &str) -> String {
    yaml(&value.replace('$', "$$"))
}
