//! A server for registration that follows RFC 7591 and RFC 7592 in its own way: every oddity that was seen on real ones,
//! one issuer (a path) each. It remembers what it gave out, and counts tokens shown at the wrong address.

mod answers;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::stub::answer;
use answers::{CORS, html, json_answer, refusal, unauthorised};

/// A running server. It stops when this is dropped.
#[derive(Debug)]
pub struct Awkward {
    /// `http://127.0.0.1:PORT`; the issuer of an oddity is this and `/` and its name.
    pub origin: String,
    state: Arc<Mutex<State>>,
    listening: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    /// By `client_id`: the registration token that is valid, and the document.
    clients: HashMap<String, (String, Map<String, Value>)>,
    count: usize,
    strayed: usize,
}

impl Drop for Awkward {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// A request, taken apart.
struct Asked<'a> {
    method: &'a str,
    /// The oddity.
    odd: &'a str,
    /// What follows it: `reg`, `reg/c1`, `token`.
    rest: &'a str,
    bearer: &'a str,
    body: Map<String, Value>,
    origin: String,
}

impl Awkward {
    /// Starts one.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::default()));
        let listening = tokio::spawn({
            let (state, origin) = (Arc::clone(&state), origin.clone());
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let (state, origin) = (Arc::clone(&state), origin.clone());
                    // A browser that hangs up is no matter.
                    tokio::spawn(async move { serve(connection, &state, origin).await.ok() });
                }
            }
        });
        Ok(Self { origin, state, listening })
    }

    /// How often a registration token was shown at another client's address.
    #[must_use]
    pub fn strayed(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).strayed
    }
}

async fn serve(mut connection: TcpStream, state: &Mutex<State>, origin: String) -> Result<()> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let (head, body) = loop {
        let read = connection.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = header(head, "content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            break (head.to_owned(), body.to_owned());
        }
    };
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (odd, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path, ""));
    let bearer = header(&head, "authorization").unwrap_or_default();
    let asked = Asked {
        method,
        odd,
        rest,
        bearer: bearer.trim_start_matches("Bearer "),
        body: serde_json::from_str(&body).unwrap_or_default(),
        origin,
    };
    let answered = respond(&asked, &mut state.lock().unwrap_or_else(PoisonError::into_inner));
    connection.write_all(answered.as_bytes()).await?;
    Ok(connection.shutdown().await?)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(": ")?;
        known.eq_ignore_ascii_case(name).then_some(value)
    })
}

fn respond(asked: &Asked<'_>, state: &mut State) -> String {
    let Asked { method, odd, rest, .. } = asked;
    match (*method, *rest) {
        ("GET", ".well-known/openid-configuration") if *odd == "only-oauth-metadata" => {
            html("404 Not Found", "Not here")
        }
        ("GET", ".well-known/openid-configuration") => discovery(asked),
        ("GET", "oauth-authorization-server/only-oauth-metadata") => discovery(&Asked {
            odd: "only-oauth-metadata",
            body: Map::new(),
            origin: asked.origin.clone(),
            ..*asked
        }),
        ("POST", "token") => token(odd),
        ("POST", "reg") => create(asked, state),
        (_, rest) if rest.starts_with("reg/") => manage(asked, state),
        _ => html("404 Not Found", "Not here"),
    }
}

fn discovery(asked: &Asked<'_>) -> String {
    let issuer = format!("{}/{}", asked.origin, asked.odd);
    json_answer(
        "200 OK",
        &json!({ "issuer": issuer, "registration_endpoint": format!("{issuer}/reg"), "token_endpoint": format!("{issuer}/token") }),
    )
}

fn token(odd: &str) -> String {
    let token_type = match odd {
        "token-type-in-lower-case" => "bearer",
        "token-type-of-its-own" => "BearerToken",
        _ => "Bearer",
    };
    let expires_in = if odd == "numbers-as-strings" { json!("300") } else { json!(300) };
    let scope = (odd != "token-without-scope").then_some("cash-accounts:balances.read");
    let mut members = json!({ "access_token": "2YotnFZFEjr1zCsicMWpAA", "token_type": token_type, "expires_in": expires_in });
    if let (Some(members), Some(scope)) = (members.as_object_mut(), scope) {
        members.insert("scope".to_owned(), json!(scope));
    }
    json_answer("200 OK", &members)
}

fn create(asked: &Asked<'_>, state: &mut State) -> String {
    if let Some(refusal) = refusal(asked.odd, "create") {
        return refusal;
    }
    if asked.odd == "wants-a-redirect-uri" && asked.body.get("redirect_uris") == Some(&json!([])) {
        let words = "redirect_uris must contain members";
        return json_answer(
            "400 Bad Request",
            &json!({ "error": "invalid_redirect_uri", "error_description": words }),
        );
    }
    state.count += 1;
    let id = format!("c{}", state.count);
    let token = format!("rat-{id}-1");
    let mut document = asked.body.clone();
    let mut put = |name: &str, value: Value| drop(document.insert(name.to_owned(), value));
    put("client_id", json!(id));
    put("client_secret", json!(format!("secret-of-{id}-which-is-long-enough")));
    put("client_secret_expires_at", json!(0));
    put("client_id_issued_at", json!(1_666_016_078));
    put("registration_access_token", json!(token));
    put("registration_client_uri", json!(uri(asked, &id)));
    match asked.odd {
        "numbers-as-strings" => put("client_id_issued_at", json!("1666016078")),
        "secret-ends-in-thirty-days" => put("client_secret_expires_at", json!(1_900_000_000)),
        "method-as-a-list" => put("token_endpoint_auth_method", json!(["client_secret_basic"])),
        "twenty-nulls" => (0..20).for_each(|number| put(&format!("nothing_{number}"), Value::Null)),
        _ => {}
    }
    state.clients.insert(id, (token, document.clone()));
    let left_out: &[&str] = match asked.odd {
        "no-registration-token" => &["registration_access_token"],
        "no-registration-uri" => &["registration_client_uri"],
        "neither-token-nor-uri" => &["registration_access_token", "registration_client_uri"],
        "no-secret-expiry" => &["client_secret_expires_at"],
        "no-issue-time" => &["client_id_issued_at"],
        _ => &[],
    };
    for name in left_out {
        document.shift_remove(*name);
    }
    let status = if asked.odd == "200-for-201" { "200 OK" } else { "201 Created" };
    json_answer(status, &Value::Object(document))
}

/// The registration URI, which is used as it is given.
fn uri(asked: &Asked<'_>, id: &str) -> String {
    let base = format!("{}/{}/reg/{id}", asked.origin, asked.odd);
    match asked.odd {
        "uri-with-a-query" => format!("{base}?client_id={id}"),
        "uri-with-a-slash" => format!("{base}/"),
        _ => base,
    }
}

fn manage(asked: &Asked<'_>, state: &mut State) -> String {
    let place = asked.rest.trim_start_matches("reg/");
    let id = place.split(['?', '/']).next().unwrap_or_default().to_owned();
    let expected = uri(asked, &id);
    let called = format!("{}/{}/{}", asked.origin, asked.odd, asked.rest);
    let Some((valid, document)) = state.clients.get_mut(&id) else { return unauthorised(asked.odd) };
    if called != expected {
        return html("404 Not Found", "The registration URI has to be used as it was given");
    }
    if asked.bearer != valid {
        // Some servers destroy a token that is shown at the address of another client.
        if asked.bearer.starts_with("rat-") && !asked.bearer.starts_with(&format!("rat-{id}-")) {
            state.strayed += 1;
        }
        return unauthorised(asked.odd);
    }
    let what = match asked.method {
        "GET" => "read",
        "PUT" => "update",
        _ => "delete",
    };
    if let Some(refusal) = refusal(asked.odd, what) {
        return refusal;
    }
    let next = || {
        format!("rat-{id}-{}", valid.rsplit('-').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0) + 1)
    };
    match asked.method {
        "GET" => {
            if asked.odd == "read-rotates" {
                *valid = next();
                document.insert("registration_access_token".to_owned(), json!(*valid));
            }
            let mut shown = document.clone();
            if asked.odd == "read-leaves-out" {
                for name in ["client_secret", "registration_access_token", "registration_client_uri", "scope"]
                {
                    shown.shift_remove(name);
                }
            }
            json_answer("200 OK", &Value::Object(shown))
        }
        "PUT" => {
            if asked.odd != "update-keeps-the-token" && asked.odd != "update-without-a-token" {
                *valid = next();
            }
            for (name, value) in &asked.body {
                document.insert(name.clone(), value.clone());
            }
            document.insert("registration_access_token".to_owned(), json!(*valid));
            if asked.odd == "update-brings-a-new-secret" {
                document.insert("client_secret".to_owned(), json!(format!("another-secret-of-{id}-as-long")));
            }
            let mut shown = document.clone();
            if asked.odd == "update-without-a-token" {
                shown.shift_remove("registration_access_token");
            }
            json_answer("200 OK", &Value::Object(shown))
        }
        _ => {
            state.clients.remove(&id);
            if asked.odd == "delete-says-200" {
                json_answer("200 OK", &json!({}))
            } else {
                answer("204 No Content", CORS, "")
            }
        }
    }
}
