//! The bank's partner portal as Apigee has it: API products, applications, keys, approval. Every partner sees its own.

pub mod app;
mod apps;
mod body;
pub mod certificates;
pub mod decisions;
mod keys;
mod mail;
pub mod operator_page;
pub mod products;
pub mod random;
pub mod refusal;

use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer;
use crate::call::Call;
use crate::clock::Clock;
use crate::identity::people::{self, Person};
use crate::identity::{Identity, Who};
use crate::store::{Change, Store, StoreError};
use app::App;
use decisions::Decision;
use products::PRODUCTS;

/// Where it is.
pub const PATH: &str = "/partner/v1";
/// The bank's name in the paths.
pub const ORGANIZATION: &str = "northbank";

/// The methods for a preflight.
const METHODS: &str = "GET, POST, PUT, DELETE, OPTIONS";

/// The portal.
#[derive(Debug)]
pub struct Partner {
    store: Store,
    clock: Clock,
}

/// What an operation comes to: an answer, or a refusal that is an answer too.
type Outcome = Result<Response, Response>;

/// A request about one developer's applications.
struct Ask<'a> {
    call: &'a Call,
    who: &'a Who,
    developer: &'static Person,
}

impl Partner {
    /// A portal over this store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Answers a request to the management API.
    pub fn answer(&self, identity: &Identity, call: &Call) -> Response {
        if call.method == Method::OPTIONS {
            return identity.origins().preflight(call, METHODS);
        }
        let response = match self.try_answer(identity, call) {
            Ok(response) | Err(response) => response,
        };
        identity.origins().readable(call, response)
    }

    fn try_answer(&self, identity: &Identity, call: &Call) -> Outcome {
        if !identity.origins().allow_call(call) {
            return Err(refusal::denied(
                "Pages of this origin are not the portal's. --portal-origin lets others in.",
            ));
        }
        let token = call.bearer().ok_or_else(refusal::unauthenticated)?;
        let who = identity.accepted(token, &call.base).map_err(|reason| refusal::unaccepted(&reason))?;
        let segments = segments(call);
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["organizations", organization, ..] if *organization != ORGANIZATION => Err(refusal::not_found(
                &format!("organization {organization} does not exist. Here it is {ORGANIZATION}."),
            )),
            [_, _, "apiproducts"] if is_get(call) => Ok(list_products(call)),
            [_, _, "apiproducts", name] if is_get(call) => one_product(name),
            [_, _, "developers", email, rest @ ..] => {
                let ask = Ask { call, who: &who, developer: developer(&who, email)? };
                self.of_developer(&ask, rest)
            }
            _ => Err(nowhere(call)),
        }
    }

    fn of_developer(&self, ask: &Ask<'_>, rest: &[&str]) -> Outcome {
        let method = match &ask.call.method {
            method if *method == Method::HEAD => &Method::GET,
            method => method,
        };
        match (method.as_str(), rest) {
            ("GET", ["mail"]) => self.list_mail(ask),
            ("GET", ["apps"]) => self.list_apps(ask),
            ("POST", ["apps"]) => self.create_app(ask),
            ("GET", ["apps", app]) => self.show_app(ask, app),
            ("PUT", ["apps", app]) => self.replace_app(ask, app),
            ("DELETE", ["apps", app]) => self.delete_app(ask, app),
            ("POST", ["apps", app]) => self.decide_app(ask, app),
            ("POST", ["apps", app, "attributes", name]) => self.set_app_attribute(ask, app, name),
            ("DELETE", ["apps", app, "attributes", name]) => self.remove_app_attribute(ask, app, name),
            ("POST", ["apps", app, "keys"]) => self.create_key(ask, app),
            ("GET", ["apps", app, "keys", key]) => self.show_key(ask, app, key),
            ("POST", ["apps", app, "keys", key]) => self.update_or_decide_key(ask, app, key),
            ("DELETE", ["apps", app, "keys", key]) => self.delete_key(ask, app, key),
            ("POST", ["apps", app, "keys", key, "apiproducts", product]) => {
                self.decide_product(ask, app, key, product)
            }
            ("DELETE", ["apps", app, "keys", key, "apiproducts", product]) => {
                self.remove_product(ask, app, key, product)
            }
            _ => Err(nowhere(ask.call)),
        }
    }

    fn now_ms(&self) -> i64 {
        self.clock.now().saturating_mul(1000)
    }

    /// Changes an application of the developer and notes when.
    fn change<T>(
        &self,
        developer: &str,
        app: &str,
        change: impl FnOnce(&mut App) -> Result<T, Response>,
    ) -> Result<T, Response> {
        let changed = self.store.change_partner_app(developer, app, |app| {
            app.modified_at = self.now_ms();
            change(app)
        });
        match changed.map_err(fault)? {
            Change::Done(done) => Ok(done),
            Change::Refused(refusal) => Err(refusal),
            Change::NoSuchApp => Err(no_app(developer, app)),
            Change::KeyTaken => Err(refusal::exists("A key with this consumerKey exists already.")),
        }
    }
}

impl Ask<'_> {
    /// The decision that the query asks for.
    fn decision(&self) -> Result<Option<Decision>, Response> {
        let Some(action) = query(self.call, "action") else { return Ok(None) };
        let refuse = || refusal::invalid(&format!("action is \"{action}\"; it is approve or revoke."));
        Decision::named(&action).map(Some).ok_or_else(refuse)
    }

    fn must_be_administrator(&self) -> Result<(), Response> {
        if self.who.is_administrator {
            return Ok(());
        }
        Err(refusal::denied(&format!("{} is not an administrator; only they do this.", self.who.email)))
    }
}

/// The developer of a path, when this person may see what belongs to it.
fn developer(who: &Who, email: &str) -> Result<&'static Person, Response> {
    if !who.is_administrator && !who.email.eq_ignore_ascii_case(email) {
        let message = format!("Permission denied on developer {email}: an app belongs to who made it.");
        return Err(refusal::denied(&message));
    }
    people::by_email(email).ok_or_else(|| refusal::not_found(&format!("developer {email} does not exist.")))
}

fn list_products(call: &Call) -> Response {
    let list: Vec<Value> = match expand(call) {
        true => PRODUCTS.iter().map(products::Product::document).collect(),
        false => PRODUCTS.iter().map(|product| json!({ "name": product.name })).collect(),
    };
    answer::json(StatusCode::OK, &json!({ "apiProduct": list }))
}

fn one_product(name: &str) -> Outcome {
    let found = products::named(name)
        .ok_or_else(|| refusal::not_found(&format!("API product {name} does not exist.")))?;
    Ok(answer::json(StatusCode::OK, &found.document()))
}

fn is_get(call: &Call) -> bool {
    matches!(call.method, Method::GET | Method::HEAD)
}

fn expand(call: &Call) -> bool {
    query(call, "expand").as_deref() == Some("true")
}

fn query(call: &Call, name: &str) -> Option<String> {
    let query = call.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The segments of the path below [`PATH`], percent-decoded.
fn segments(call: &Call) -> Vec<String> {
    let path = call.uri.path().strip_prefix(PATH).unwrap_or_default();
    let decoded = |segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    path.split('/').skip(1).map(decoded).collect()
}

fn nowhere(call: &Call) -> Response {
    refusal::not_found(&format!("{} {} leads nowhere.", call.method, call.uri.path()))
}

fn no_app(developer: &str, app: &str) -> Response {
    refusal::not_found(&format!("App {app} of developer {developer} does not exist."))
}

fn no_key(key: &str) -> Response {
    refusal::not_found(&format!("The app has no key {key}."))
}

fn fault(reason: StoreError) -> Response {
    refusal::internal(&reason)
}
