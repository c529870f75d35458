//! A Secret of Kubernetes (core/v1), which a Pod takes in as environment variables.

use super::quote::{label, one_line, yaml};
use super::settings::{self, SECRET, Setting};
use super::{Credentials, Format, Held, Proof};

pub(super) const FORMAT: Format = Format {
    id: "kubernetes",
    label: "Kubernetes Secret",
    extension: "secret.yaml",
    media_type: "application/yaml",
    hint: "For kubectl apply; a Pod takes it in with envFrom.",
    write,
};

/// Where a Pod finds the private key.
const MOUNTED: &str = "/etc/client-key";

fn write(credentials: &Credentials, held: Held<'_>) -> String {
    let name = label(&credentials.name);
    let mut out = format!("# {}\n", credentials.title());
    if matches!(held, Held::Elsewhere) {
        out.push_str("# The client secret is not in this file. Put it in when you apply it:\n");
        out.push_str("#   envsubst '$CLIENT_SECRET' < this-file | kubectl apply -f -\n");
    }
    out.push_str(&format!("# In the Pod:\n#   envFrom: [{{ secretRef: {{ name: {name} }} }}]\n"));
    if let Proof::Key(key) = &credentials.proof {
        out.extend(key.notes().iter().map(|note| format!("# {note}\n")));
        let file = one_line(&key.file);
        out.push_str(&format!("# Make a second Secret of it, and mount that at {MOUNTED}:\n"));
        out.push_str(&format!(
            "#   kubectl create secret generic {name}-key --from-file=private-key.pem=FILE   (FILE: {file})\n"
        ));
    }
    out.push_str(&format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {}\ntype: Opaque\nstringData:\n",
        yaml(&name)
    ));
    for setting in settings::all(credentials) {
        let (name, value) = match (setting, held) {
            (Setting::Value("PRIVATE_KEY_FILE", _), _) => {
                ("PRIVATE_KEY_FILE", format!("{MOUNTED}/private-key.pem"))
            }
            (Setting::Value(name, value), _) => (name, value),
            (Setting::Secret, Held::Written(secret)) => (SECRET, secret.to_owned()),
            (Setting::Secret, _) => (SECRET, "${CLIENT_SECRET}".to_owned()),
        };
        out.push_str(&format!("  {name}: {}\n", yaml(&value)));
    }
    out
}
