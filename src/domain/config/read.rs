//! Reads `portal.json` and reports every problem with its JSON path.

use serde_json::{Map, Value};

use super::{
    AssertionAudience, Branding, Contact, Endpoints, Environment, EnvironmentKind, InitialAccessToken, Link,
    MachineRedirectUri, Offer, OfferedProduct, Portal, ResponseTypes, SignIn, Via,
    reader::{Problem, Reader},
    statement,
};
use crate::domain::{json, registration, url};

/// Reads the file.
///
/// # Errors
/// All problems, in the order of the file.
pub fn read(text: &str) -> Result<Portal, Vec<Problem>> {
    let object = json::object(text).map_err(|text| vec![Problem { path: String::new(), text }])?;
    let mut problems: Vec<Problem> = object
        .doubled
        .into_iter()
        .map(|name| Problem { path: name, text: "This member stands there twice.".to_owned() })
        .collect();
    let mut root = Reader::root(&object.members, &mut problems);
    let portal = portal(&mut root);
    if problems.is_empty() { Ok(Portal { source: object.members, ..portal }) } else { Err(problems) }
}

/// Reads one environment, as it stands in the list of the file. The paths of the problems begin in it.
///
/// # Errors
/// All problems, in the order of its members.
pub fn read_environment(members: &Map<String, Value>) -> Result<Environment, Vec<Problem>> {
    let mut problems = Vec::new();
    let read = environment(&mut Reader::root(members, &mut problems));
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

fn portal(root: &mut Reader<'_>) -> Portal {
    root.known(&["$schema", "version", "branding", "contact", "links", "environments"]);
    root.version();
    let branding = root.object("branding", branding).unwrap_or_else(|| Branding {
        name: "Portico".to_owned(),
        operator: None,
        logo: None,
        accent_hue: None,
        accent_chroma: None,
    });
    let contact = root
        .object("contact", |reader| {
            reader.known(&["name", "email", "url"]);
            let contact = Contact {
                name: reader.optional("name"),
                email: reader.optional("email"),
                url: reader.optional("url"),
            };
            reader.address("url", contact.url.as_deref().unwrap_or_default());
            contact
        })
        .unwrap_or_default();
    let links = root.objects("links", |reader| {
        reader.known(&["label", "url"]);
        let link = Link { label: reader.required("label"), url: reader.required("url") };
        reader.address("url", &link.url);
        link
    });
    let environments = root.objects("environments", environment);
    if environments.is_empty() {
        root.problem(
            "environments",
            "List at least one environment: without one there is nothing to register at.",
        );
    }
    for (index, environment) in environments.iter().enumerate() {
        if environments.iter().take(index).any(|earlier| earlier.id == environment.id) {
            root.problem(&format!("environments[{index}].id"), "Another environment has this ID already.");
        }
    }
    Portal { branding, contact, links, environments, source: Map::new() }
}

fn branding(reader: &mut Reader<'_>) -> Branding {
    reader.known(&["name", "operator", "logo", "accent_hue", "accent_chroma"]);
    let logo = reader.optional("logo");
    if logo.as_ref().is_some_and(|path| !path.starts_with('/') || path.starts_with("//")) {
        reader
            .problem("logo", "Write a path on this site that starts with /: images come from nowhere else.");
    }
    Branding {
        name: reader.optional("name").unwrap_or_else(|| "Portico".to_owned()),
        operator: reader.optional("operator"),
        logo,
        accent_hue: reader.number("accent_hue", 0.0..=360.0),
        accent_chroma: reader.number("accent_chroma", 0.0..=0.16),
    }
}

/// The explicit type of client assertions (draft-ietf-oauth-rfc7523bis), which servers of every age take as yet.
const ASSERTION_TYP: &str = "client-authentication+jwt";
/// Long enough for two clocks that are not quite the same, short enough for a stolen assertion to be of no use.
const ASSERTION_LIFETIME: i64 = 60;

fn environment(reader: &mut Reader<'_>) -> Environment {
    const MEMBERS: [&str; 26] = [
        "id",
        "name",
        "kind",
        "dialect",
        "issuer",
        "endpoints",
        "discovery",
        "via",
        "auth_methods",
        "grant_types",
        "response_types",
        "machine_redirect_uri",
        "assertion_audience",
        "assertion_typ",
        "assertion_lifetime",
        "initial_access_token",
        "software_statement",
        "signed_request",
        "operations",
        "self_check",
        "client_certificate",
        "sign_in",
        "trial",
        "api",
        "products",
        "note",
    ];
    reader.known(&MEMBERS);
    let id = reader.required("id");
    let dialect = reader.required("dialect");
    let known = registration::DIALECT_IDS;
    if !dialect.is_empty() && !known.contains(&dialect.as_str()) {
        reader.problem(
            "dialect",
            format!("“{dialect}” is not a dialect of this portal. Known: {}.", known.join(", ")),
        );
    }
    let issuer = reader.required("issuer");
    reader.address("issuer", &issuer);
    let discovery = reader.flag("discovery", true);
    let endpoints = reader.object("endpoints", endpoints).unwrap_or_default();
    if !discovery && (endpoints.registration.is_none() || endpoints.token.is_none()) {
        reader.problem("endpoints", "Without discovery, registration and token endpoints must stand here.");
    }
    let name = reader.optional("name").unwrap_or_else(|| id.clone());
    let trial = reader.optional("trial");
    if trial.as_ref().is_some_and(|path| !path.starts_with('/')) {
        reader.problem("trial", "Write a path on this site that starts with /.");
    }
    let api = reader.optional("api").unwrap_or_default();
    reader.address("api", &api);
    let kind = reader.choice(
        "kind",
        &[("sandbox", EnvironmentKind::Sandbox), ("production", EnvironmentKind::Production)],
        EnvironmentKind::Production,
    );
    Environment {
        id,
        name,
        kind,
        dialect,
        issuer,
        endpoints,
        discovery,
        via: reader.object("via", via),
        auth_methods: statement::methods(reader),
        grant_types: reader.strings("grant_types").unwrap_or_else(|| vec!["client_credentials".to_owned()]),
        response_types: response_types(reader),
        machine_redirect_uri: reader.choice(
            "machine_redirect_uri",
            &[("none", MachineRedirectUri::None), ("portal", MachineRedirectUri::Portal)],
            MachineRedirectUri::None,
        ),
        assertion_audience: match reader.optional("assertion_audience").as_deref() {
            None | Some("issuer") => AssertionAudience::Issuer,
            Some("token_endpoint") => AssertionAudience::TokenEndpoint,
            Some(value) => AssertionAudience::Value(value.to_owned()),
        },
        assertion_typ: reader.optional("assertion_typ").unwrap_or_else(|| ASSERTION_TYP.to_owned()),
        assertion_lifetime: reader
            .number("assertion_lifetime", 10.0..=3_600.0)
            .map_or(ASSERTION_LIFETIME, |seconds| seconds as i64),
        initial_access_token: reader.choice(
            "initial_access_token",
            &[
                ("required", InitialAccessToken::Required),
                ("optional", InitialAccessToken::Optional),
                ("none", InitialAccessToken::None),
            ],
            InitialAccessToken::Required,
        ),
        software_statement: reader.object("software_statement", statement::rules),
        signed_request: reader.object("signed_request", statement::signed_request).unwrap_or_default(),
        operations: statement::operations(reader),
        self_check: statement::self_check(reader, kind),
        client_certificate: reader.flag("client_certificate", false),
        sign_in: reader.object("sign_in", sign_in),
        trial,
        api,
        products: offer(reader),
    }
}

fn endpoints(reader: &mut Reader<'_>) -> Endpoints {
    const NAMES: [&str; 4] = ["registration", "token", "jwks", "introspection"];
    reader.known(&NAMES);
    let [registration, token, jwks, introspection] = NAMES.map(|name| {
        let text = reader.optional(name);
        reader.address(name, text.as_deref().unwrap_or_default());
        text
    });
    Endpoints { registration, token, jwks, introspection }
}

fn via(reader: &mut Reader<'_>) -> Via {
    reader.known(&["prefix", "replaces"]);
    let via = Via { prefix: reader.required("prefix"), replaces: reader.required("replaces") };
    if !via.prefix.is_empty() && (!via.prefix.starts_with('/') || via.prefix.ends_with('/')) {
        reader.problem(
            "prefix",
            "Write a path that starts with / and does not end with one, for example /idp.",
        );
    }
    if !via.replaces.is_empty() && url::origin(&via.replaces).is_none() {
        reader.problem("replaces", "Write the http or https URL that the prefix stands for.");
    }
    via
}

fn sign_in(reader: &mut Reader<'_>) -> SignIn {
    reader.known(&["issuer", "client_id", "scope", "required"]);
    let issuer = reader.required("issuer");
    reader.address("issuer", &issuer);
    let scope = reader.optional("scope").unwrap_or_else(|| "openid email".to_owned());
    if !scope.split_whitespace().any(|word| word == "openid") {
        reader.problem("scope", "Name openid among the scopes: without it nobody says who signed in.");
    }
    let required = reader.flag("required", true);
    SignIn { issuer, client_id: reader.required("client_id"), scope, required }
}

fn response_types(reader: &mut Reader<'_>) -> ResponseTypes {
    match reader.get("response_types") {
        None => ResponseTypes::Omit,
        Some(Value::String(word)) if word == "omit" => ResponseTypes::Omit,
        Some(Value::Array(_)) => ResponseTypes::Send(reader.strings("response_types").unwrap_or_default()),
        Some(_) => {
            reader.problem("response_types", "Write \"omit\", or a list of strings such as [\"none\"].");
            ResponseTypes::Omit
        }
    }
}

fn offer(reader: &mut Reader<'_>) -> Offer {
    let plain = |id: &str| OfferedProduct { id: id.to_owned(), scopes: None, api: None };
    match reader.get("products") {
        None => Offer::All,
        Some(Value::Array(_)) => {
            Offer::Only(reader.strings("products").unwrap_or_default().iter().map(|id| plain(id)).collect())
        }
        Some(Value::Object(members)) => {
            let names: Vec<String> = members.keys().cloned().collect();
            let list = reader.object("products", |products| {
                names
                    .iter()
                    .map(|id| {
                        products
                            .object(id, |product| {
                                product.known(&["scopes", "api"]);
                                let api = product.optional("api");
                                product.address("api", api.as_deref().unwrap_or_default());
                                OfferedProduct { id: id.clone(), scopes: product.strings("scopes"), api }
                            })
                            .unwrap_or_else(|| plain(id))
                    })
                    .collect()
            });
            Offer::Only(list.unwrap_or_default())
        }
        Some(_) => {
            reader.problem(
                "products",
                "Write null for all, a list of product IDs, or an object with one per product.",
            );
            Offer::All
        }
    }
}
