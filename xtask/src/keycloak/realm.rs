//! The realm: a client scope for each product, the role that calls need, an initial access token.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::admin::Admin;

/// The realm's name: the BIC-like name that ISO 20022 platforms give theirs.
pub const NAME: &str = "BBBBCAXXXXX";

/// The role that calls of the registry platform need. It comes with the scope.
const INVOKER: &str = "trembita-invoker";
/// The role that payments need. An operator gives it to a client's service account.
const INITIATOR: &str = "payment-initiator";

struct Product {
    scope: &'static str,
    description: &'static str,
    audience: &'static str,
    role: Role,
}

/// The role that calls of a product need.
enum Role {
    /// None.
    Unneeded,
    /// It comes with the scope.
    Included(&'static str),
    /// An operator gives it to a client's service account.
    Granted,
}

const PRODUCTS: [Product; 4] = [
    Product {
        scope: "registry:start-bp",
        description: "Start a business process of the registry",
        audience: "registry",
        role: Role::Included(INVOKER),
    },
    Product {
        scope: "registry:data-factory",
        description: "Read the data of the registry",
        audience: "registry",
        role: Role::Included(INVOKER),
    },
    Product {
        scope: "cash-accounts:balances.read",
        description: "Read the balances of cash accounts",
        audience: "cash-accounts",
        role: Role::Unneeded,
    },
    Product {
        scope: "payments:initiate",
        description: "Initiate payments",
        audience: "payments",
        role: Role::Granted,
    },
];

/// Makes what is missing and leaves what is there.
///
/// # Errors
/// When Keycloak does not take something.
pub fn ensure(admin: &mut Admin) -> Result<()> {
    if admin.get(&path(""))?.is_none() {
        admin.post("", &json!({ "realm": NAME, "enabled": true, "sslRequired": "external" }))?;
    }
    for (role, description) in [(INVOKER, "May call the registry"), (INITIATOR, "May initiate payments")] {
        if admin.get(&path(&format!("/roles/{role}")))?.is_none() {
            admin.post(&path("/roles"), &json!({ "name": role, "description": description }))?;
        }
    }
    PRODUCTS.iter().try_for_each(|product| ensure_scope(admin, product))
}

/// Makes an initial access token, for a page of these origins to register clients with for a day.
///
/// # Errors
/// When Keycloak refuses.
pub fn initial_access_token(admin: &mut Admin, origins: &[&str]) -> Result<String> {
    let wish = json!({ "count": 100, "expiration": 86_400, "webOrigins": origins });
    let answer = admin.post(&path("/clients-initial-access"), &wish)?;
    let token = answer.get("token").and_then(Value::as_str);
    token.map(str::to_owned).context("Keycloak's answer holds no initial access token")
}

fn ensure_scope(admin: &mut Admin, product: &Product) -> Result<()> {
    let (all, optional) = (path("/client-scopes"), path("/default-optional-client-scopes"));
    if id_in(admin, &all, product)?.is_none() {
        admin.post(&all, &representation(product))?;
    }
    // Optional, and of the realm: then the policy "Allowed Client Scopes" lets a registration ask for it.
    if id_in(admin, &optional, product)?.is_none() {
        let id = id_in(admin, &all, product)?;
        let id = id.with_context(|| format!("{} was made but is not there", product.scope))?;
        admin.put(&format!("{optional}/{id}"))?;
    }
    Ok(())
}

/// The id of the product's scope in one of Keycloak's lists of scopes.
fn id_in(admin: &mut Admin, list: &str, product: &Product) -> Result<Option<String>> {
    let scopes = admin.get(list)?.unwrap_or_default();
    let named = |scope: &&Value| scope.get("name").and_then(Value::as_str) == Some(product.scope);
    let found = scopes.as_array().and_then(|scopes| scopes.iter().find(named));
    Ok(found.and_then(|scope| scope.get("id")).and_then(Value::as_str).map(str::to_owned))
}

fn representation(product: &Product) -> Value {
    json!({
        "name": product.scope,
        "description": product.description,
        "protocol": "openid-connect",
        "attributes": {
            "include.in.token.scope": "true",
            "include.in.openid.provider.metadata": "true",
            "display.on.consent.screen": "false",
        },
        "protocolMappers": mappers(product),
    })
}

fn mappers(product: &Product) -> Vec<Value> {
    let mut all = vec![mapper(
        "audience",
        "oidc-audience-mapper",
        in_token(json!({ "included.custom.audience": product.audience })),
    )];
    if let Role::Included(role) = product.role {
        all.push(mapper("role of the product", "oidc-hardcoded-role-mapper", json!({ "role": role })));
    }
    if !matches!(product.role, Role::Unneeded) {
        // A registration that names its scopes gets no other one, so not the realm's `roles` scope either:
        // without this mapper the token would hold no role at all.
        let claim =
            json!({ "claim.name": "realm_access.roles", "jsonType.label": "String", "multivalued": "true" });
        all.push(mapper("realm roles", "oidc-usermodel-realm-role-mapper", in_token(claim)));
    }
    all
}

fn mapper(name: &str, kind: &str, config: Value) -> Value {
    json!({ "name": name, "protocol": "openid-connect", "protocolMapper": kind, "config": config })
}

/// The configuration of a mapper that writes into the token and into what introspection answers.
fn in_token(mut config: Value) -> Value {
    if let Some(members) = config.as_object_mut() {
        members.extend(
            ["access.token.claim", "introspection.token.claim"].map(|name| (name.to_owned(), json!("true"))),
        );
    }
    config
}

fn path(rest: &str) -> String {
    format!("/{NAME}{rest}")
}
