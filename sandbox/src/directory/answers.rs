//! What the directory answers, by path.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::software::{Unmade, Wish};
use super::{Directory, Software, keys};
use crate::answer;
use crate::call::Call;
use crate::identity::origins::Origins;

type Outcome = Result<Response, Response>;

impl Directory {
    /// Answers a call.
    pub fn answer(&self, origins: &Origins, call: &Call) -> Response {
        if call.method == Method::OPTIONS {
            return origins.preflight(call, "GET, POST, DELETE, OPTIONS");
        }
        let response = match origins.allow_call(call) {
            true => self.routed(call).unwrap_or_else(|refusal| refusal),
            false => answer::refusal(
                StatusCode::FORBIDDEN,
                "foreign_origin",
                "Only pages of the portal may use this directory.",
            ),
        };
        origins.readable(call, response)
    }

    fn routed(&self, call: &Call) -> Outcome {
        let path = call.uri.path().strip_prefix(self.place.path).unwrap_or_default();
        let segments: Vec<String> = path
            .split('/')
            .skip(1)
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let reads = matches!(call.method, Method::GET | Method::HEAD);
        match segments.as_slice() {
            ["keys", "directory.jwks"] if reads => Ok(answer::json(StatusCode::OK, &self.public_set())),
            ["keys", organisation, file] if reads => self.set(organisation, file, false),
            ["keys", organisation, "revoked", file] if reads => self.set(organisation, file, true),
            ["try", "software"] if call.method == Method::POST => self.make(call),
            ["organisations", organisation, "software", software, "statement"] if reads => {
                self.state(call, organisation, software)
            }
            ["organisations", organisation, "software", software, "keys"] if call.method == Method::POST => {
                self.found(organisation, software)?;
                self.add_key(call, software)
            }
            ["organisations", organisation, "software", software, "keys", kid]
                if call.method == Method::DELETE =>
            {
                self.found(organisation, software)?;
                self.revoke(software, kid)
            }
            ["organisations", organisation, "keys"] if call.method == Method::POST => {
                self.check_organisation(organisation)?;
                self.add_key(call, organisation)
            }
            ["organisations", organisation, "keys", kid] if call.method == Method::DELETE => {
                self.check_organisation(organisation)?;
                self.revoke(organisation, kid)
            }
            _ => Err(not_found("The directory has nothing at this path for this method.")),
        }
    }

    fn set(&self, organisation: &str, file: &str, revoked: bool) -> Outcome {
        let holder = file.strip_suffix(".jwks").ok_or_else(|| not_found("A set of keys ends in .jwks."))?;
        match holder == organisation {
            true => self.check_organisation(organisation)?,
            false => drop(self.found(organisation, holder)?),
        }
        let set = self.keys_of(holder, revoked).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::json(StatusCode::OK, &set))
    }

    fn make(&self, call: &Call) -> Outcome {
        let wish: Wish =
            serde_json::from_slice(&call.body).map_err(|reason| bad_request(&format!("{reason}.")))?;
        let software = wish.granted(self.place.organisation_id).map_err(|unmade| match unmade {
            Unmade::Wish(sentence) => bad_request(&sentence),
            Unmade::Crypto(reason) => answer::fault(&reason),
        })?;
        let key = wish.jwk.as_ref().map(keys::of_value).transpose().map_err(|reason| bad_request(&reason))?;
        let (directory, id) = (self.place.issuer, &software.software_id);
        self.store.add_software(directory, &software).map_err(|reason| answer::fault(&reason))?;
        if let Some((kid, jwk)) = key {
            self.store
                .add_directory_key(directory, id, &kid, &jwk)
                .map_err(|reason| answer::fault(&reason))?;
        }
        let statement = self.statement(&software, &call.base).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::json(
            StatusCode::CREATED,
            &json!({
                "organisation_id": software.organisation_id,
                "software_id": id,
                "software_statement": statement,
            }),
        ))
    }

    fn state(&self, call: &Call, organisation: &str, software: &str) -> Outcome {
        let software = self.found(organisation, software)?;
        let statement = self.statement(&software, &call.base).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::with_type(StatusCode::OK, "application/jwt", statement))
    }

    fn add_key(&self, call: &Call, holder: &str) -> Outcome {
        let (kid, jwk) = keys::taken(&call.body).map_err(|reason| bad_request(&reason))?;
        let added = self.store.add_directory_key(self.place.issuer, holder, &kid, &jwk);
        if !added.map_err(|reason| answer::fault(&reason))? {
            return Err(bad_request(&format!(
                "There is, or was, a key with the kid {kid} already. Give this one another kid."
            )));
        }
        let set = self.keys_of(holder, false).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::json(StatusCode::CREATED, &set))
    }

    fn revoke(&self, holder: &str, kid: &str) -> Outcome {
        let revoked = self.store.revoke_directory_key(self.place.issuer, holder, kid);
        if !revoked.map_err(|reason| answer::fault(&reason))? {
            return Err(not_found(&format!("There is no key in use with the kid {kid}.")));
        }
        let set = self.keys_of(holder, false).map_err(|reason| answer::fault(&reason))?;
        Ok(answer::json(StatusCode::OK, &set))
    }

    fn check_organisation(&self, organisation: &str) -> Result<(), Response> {
        match organisation == self.place.organisation_id {
            true => Ok(()),
            false => Err(not_found("The directory has no such organisation.")),
        }
    }

    fn found(&self, organisation: &str, software: &str) -> Result<Software, Response> {
        let found = self.software(software).map_err(|reason| answer::fault(&reason))?;
        found
            .filter(|software| software.organisation_id == organisation)
            .ok_or_else(|| not_found("The directory has no such software of this organisation."))
    }
}

fn bad_request(sentence: &str) -> Response {
    answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", sentence)
}

fn not_found(sentence: &str) -> Response {
    answer::refusal(StatusCode::NOT_FOUND, "not_found", sentence)
}
