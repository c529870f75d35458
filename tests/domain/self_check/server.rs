//! A bank in miniature: registers, gives tokens, manages, as Open Banking DCR asks; and breaks one rule when told to.
//! Its signatures are digests with the name of the signer in front.

use std::collections::{HashMap, HashSet};

use portico::domain::{
    http::{Method, Request, Response},
    jose::{base64url, from_base64url},
    url::percent_decode,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::support::answer;

pub const BANK: &str = "https://bank.example";
pub const DIRECTORY: &str = "Example Directory";
pub const KEY: &str = "key";

#[derive(Clone)]
struct Client {
    claims: Map<String, Value>,
    deleted: bool,
}

/// The bank, and the directory it trusts.
#[derive(Default)]
pub struct Server {
    /// The rule that is not kept.
    pub fault: &'static str,
    /// Answers 405 to this method at a registration.
    refuses: Option<Method>,
    clients: HashMap<String, Client>,
    tokens: HashMap<String, String>,
    seen: HashSet<String>,
    made: usize,
    /// Everything that was sent, method and address.
    pub log: Vec<(Method, String)>,
    pub now: i64,
}

pub fn sign(who: &str, input: &str) -> Vec<u8> {
    Sha256::digest(format!("{who}|{input}")).to_vec()
}

fn token_of(who: &str, claims: &Value) -> String {
    let header = base64url(json!({ "alg": "PS256", "kid": who }).to_string().as_bytes());
    let input = format!("{header}.{}", base64url(claims.to_string().as_bytes()));
    format!("{input}.{}", base64url(&sign(who, &input)))
}

/// A statement, as a directory writes it.
pub fn statement(directory: &str, software: &str, id: &str) -> String {
    let claims = json!({
        "iss": directory, "iat": 1_700_000_000, "jti": id, "software_id": software,
        "software_redirect_uris": ["https://app.example/callback"],
        "software_roles": ["AISP", "PISP"],
    });
    token_of(directory, &claims)
}

fn claims(token: &str, signer: Option<&str>) -> Option<Map<String, Value>> {
    let (input, signature) = token.rsplit_once('.')?;
    if signer.is_some_and(|who| from_base64url(signature) != Some(sign(who, input))) {
        return None;
    }
    serde_json::from_slice(&from_base64url(input.split_once('.')?.1)?).ok()
}

fn refused(error: &str) -> Response {
    answer(400, &json!({ "error": error, "error_description": "No." }).to_string())
}

fn header(request: &Request, name: &str) -> String {
    let found = request.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.reveal().expose().to_owned()).unwrap_or_default()
}

impl Server {
    pub fn new(fault: &'static str) -> Self {
        Self { fault, now: 1_700_000_100, ..Self::default() }
    }

    /// A bank that answers 405 to this method at a registration.
    pub fn refusing(method: Method, fault: &'static str) -> Self {
        Self { refuses: Some(method), ..Self::new(fault) }
    }

    /// Clients that are registered now.
    pub fn left(&self) -> usize {
        self.clients.values().filter(|client| !client.deleted).count()
    }

    pub fn take(&mut self, request: &Request) -> Response {
        self.log.push((request.method, request.url.clone()));
        let body = request.body.as_ref().map(|body| body.reveal().expose().to_owned()).unwrap_or_default();
        let path = request.url.strip_prefix(BANK).unwrap_or_else(|| panic!("{}", request.url)).to_owned();
        if let Some(software) = path.strip_prefix("/directory/") {
            self.made += 1;
            let directory = if software == "foreign" { "Other Directory" } else { DIRECTORY };
            return answer(200, &statement(directory, software, &format!("s{}", self.made)));
        }
        match (request.method, path.as_str()) {
            (Method::Get, "/.well-known/openid-configuration") => answer(200, &self.discovery()),
            (Method::Post, "/register") => {
                assert_eq!(header(request, "Content-Type"), "application/jwt");
                self.register(&body)
            }
            (Method::Post, "/token") => self.token(&body),
            (method, _) => {
                let id = path.strip_prefix("/register/").expect("an address of a registration").to_owned();
                self.manage(
                    method,
                    &id,
                    header(request, "Authorization").trim_start_matches("Bearer "),
                    &body,
                )
            }
        }
    }

    fn discovery(&self) -> String {
        let endpoint = if self.fault == "plain-http" {
            "http://bank.example/register".into()
        } else {
            format!("{BANK}/register")
        };
        json!({ "issuer": BANK, "registration_endpoint": endpoint, "token_endpoint": format!("{BANK}/token") })
            .to_string()
    }

    fn is(&self, fault: &str) -> bool {
        self.fault == fault
    }

    /// The claims of a request, when every rule is kept.
    fn request(&mut self, body: &str) -> Result<Map<String, Value>, Response> {
        let signer = (!self.is("accepts-changed-signature")).then_some(KEY);
        let request = claims(body, signer).ok_or_else(|| refused("invalid_request"))?;
        let text = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let directory = if self.is("accepts-foreign-statement") { None } else { Some(DIRECTORY) };
        let statement = claims(&text("software_statement"), directory)
            .ok_or_else(|| refused("invalid_software_statement"))?;
        let issuer = text("iss");
        let known = Some(issuer.as_str()) == statement["software_id"].as_str();
        let tolerated = match issuer.as_str() {
            "" => self.is("accepts-empty-issuer"),
            long if long.len() > 22 => self.is("accepts-long-issuer"),
            _ => self.is("accepts-unknown-issuer"),
        };
        if !known && !tolerated {
            return Err(refused("invalid_client_metadata"));
        }
        if request["exp"].as_i64() < Some(self.now) && !self.is("accepts-expired") {
            return Err(refused("invalid_request"));
        }
        if !self.seen.insert(text("jti")) && !self.is("accepts-replayed-jti") {
            return Err(refused("invalid_request"));
        }
        if !self.seen.insert(statement["jti"].as_str().unwrap().to_owned()) {
            return Err(refused("invalid_software_statement"));
        }
        if text("token_endpoint_auth_method") != "private_key_jwt" && !self.is("accepts-bad-method") {
            return Err(refused("invalid_client_metadata"));
        }
        if request["response_types"] != json!(["code id_token"]) && !self.is("accepts-bad-response-type") {
            return Err(refused("invalid_client_metadata"));
        }
        let allowed = statement["software_redirect_uris"].as_array().unwrap();
        let subset = request["redirect_uris"].as_array().unwrap().iter().all(|uri| allowed.contains(uri));
        if !subset && !self.is("accepts-foreign-redirect") {
            return Err(refused("invalid_redirect_uri"));
        }
        Ok(request)
    }

    fn register(&mut self, body: &str) -> Response {
        let claims = match self.request(body) {
            Ok(claims) => claims,
            Err(refusal) => return refusal,
        };
        self.made += 1;
        let id = format!("client {}", self.made);
        self.clients.insert(id.clone(), Client { claims, deleted: false });
        answer(if self.is("wrong-create-status") { 200 } else { 201 }, &self.registration(&id))
    }

    fn registration(&self, id: &str) -> String {
        let mut members = self.clients[id].claims.clone();
        for name in ["iss", "iat", "exp", "jti", "aud"] {
            members.remove(name);
        }
        members.insert("client_id".to_owned(), id.into());
        members.insert("client_secret".to_owned(), "s3cr3t-of-the-bank".into());
        let issued_at = if self.is("string-numbers") { "1700000100".into() } else { json!(1_700_000_100) };
        members.insert("client_id_issued_at".to_owned(), issued_at);
        let text = Value::Object(members).to_string();
        if self.is("stray-quote") { text.replacen("\",\"client_id\"", "\"\",\"client_id\"", 1) } else { text }
    }

    fn token(&mut self, body: &str) -> Response {
        let form: HashMap<&str, String> = body
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name, percent_decode(value).unwrap()))
            .collect();
        assert_eq!(form["grant_type"], "client_credentials");
        let Some(assertion) = claims(&form["client_assertion"], Some(KEY)) else {
            return refused("invalid_client");
        };
        let id = form["client_id"].clone();
        let known = self.clients.get(&id).is_some_and(|client| !client.deleted);
        if !known || assertion["sub"] != id || assertion["aud"] != format!("{BANK}/token") {
            return answer(401, r#"{"error":"invalid_client"}"#);
        }
        self.made += 1;
        let token = format!("opaque-token-number-{}", self.made);
        self.tokens.insert(token.clone(), id);
        answer(200, &json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 }).to_string())
    }

    fn manage(&mut self, method: Method, id: &str, token: &str, body: &str) -> Response {
        if self.refuses == Some(method) {
            return answer(405, "<html>no</html>");
        }
        let id = percent_decode(id).unwrap();
        let unauthorized = || answer(401, r#"{"error":"unauthorized_request"}"#);
        let bound = match self.tokens.get(token) {
            Some(owner) => *owner == id || self.is("accepts-other-clients-token") && method == Method::Get,
            None => self.is("accepts-any-token"),
        };
        let Some(client) = self.clients.get(&id).filter(|_| bound) else { return unauthorized() };
        let tolerated = match method {
            Method::Get => self.is("keeps-deleted"),
            Method::Put => self.is("update-after-delete"),
            _ => false,
        };
        if client.deleted && !tolerated {
            self.tokens.remove(token);
            return unauthorized();
        }
        match method {
            Method::Get => answer(200, &self.registration(&id)),
            Method::Put => match self.request(body) {
                Ok(_) => answer(200, &self.registration(&id)),
                Err(refusal) => refusal,
            },
            _ => {
                self.clients.get_mut(&id).unwrap().deleted = true;
                answer(204, "")
            }
        }
    }
}
