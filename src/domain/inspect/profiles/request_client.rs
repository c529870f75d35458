//! How a client says in its registration request that it will prove itself (OpenID Connect Core, 9; RFC 8705, 2).

use super::facts::Facts;
use super::profile::FAPI;
use super::verdict::{Answer, Verdict};

/// A client that proves itself by a signature has to say which one.
pub(super) fn assertions(f: &Facts<'_>) -> Answer {
    if f.optional_text("token_endpoint_auth_method")? != Some("private_key_jwt") {
        return Ok(Verdict::none("The client does not authenticate by an assertion."));
    }
    let name = f.text("token_endpoint_auth_signing_alg")?;
    let list = f.known.allowed_algorithms.unwrap_or(FAPI);
    let verdict = if list.contains(&name) {
        Verdict::pass("It says what assertions are signed with.")
    } else {
        Verdict::error(["It is none of ", &list.join(", "), "."].concat())
    };
    f.with("token_endpoint_auth_signing_alg", verdict)
}

/// A client that proves itself by a certificate has to say by which.
pub(super) fn subject(f: &Facts<'_>) -> Answer {
    if f.optional_text("token_endpoint_auth_method")? != Some("tls_client_auth") {
        return Ok(Verdict::none("The client does not authenticate by a certificate."));
    }
    let names = ["tls_client_auth_subject_dn", "tls_client_auth_san_dns", "tls_client_auth_san_uri"];
    for name in names {
        if f.optional_text(name)?.is_some() {
            return f.with(name, Verdict::pass("It says which certificate proves the client."));
        }
    }
    Ok(Verdict::error("`tls_client_auth` needs `tls_client_auth_subject_dn`, and there is none."))
}
