//! `catalogue.json`: the API products a partner can pick.

use serde_json::Value;

use crate::domain::{
    config::{Problem, reader::Reader},
    http::Method,
    json,
};

/// One API product.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Stable ID: records and addresses name it.
    pub id: String,
    /// For people.
    pub name: String,
    /// Message or standard it follows, for example `camt.052`.
    pub standard: Option<String>,
    /// One sentence.
    pub summary: String,
    /// A paragraph.
    pub description: String,
    /// What a token must carry.
    pub scopes: Vec<Scope>,
    /// `aud` that the API expects (RFC 9068, 2.2).
    pub audience: Option<String>,
    /// Whether somebody at the operator has to agree.
    pub approval: Approval,
    /// Words of the operator about approval.
    pub approval_note: Option<String>,
    /// Rate limit in words.
    pub limit: Option<String>,
    /// Version of the API in words.
    pub api_version: Option<String>,
    /// Full reference elsewhere.
    pub reference: Option<String>,
    /// Sample requests.
    pub calls: Vec<Call>,
}

/// A scope (RFC 6749, 3.3) and what it allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// As it stands in `scope`.
    pub name: String,
    /// In words.
    pub meaning: String,
}

/// Whether a product works at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// At once.
    Automatic,
    /// After somebody at the operator agreed.
    Operator,
}

/// A sample request.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What it does, in a few words.
    pub name: String,
    /// GET, POST, PUT or DELETE.
    pub method: Method,
    /// Path below the environment's `api`.
    pub path: String,
    /// JSON body, if the call has one.
    pub body: Option<Value>,
    /// An answer as it may look.
    pub answer: Option<Value>,
}

/// Reads the file.
///
/// # Errors
/// All problems with their JSON paths.
pub fn read(text: &str) -> Result<Vec<Product>, Vec<Problem>> {
    let object = json::object(text).map_err(|text| vec![Problem { path: String::new(), text }])?;
    let mut problems = Vec::new();
    let mut root = Reader::root(&object.members, &mut problems);
    root.known(&["$schema", "version", "products"]);
    root.version();
    let products = root.objects("products", product);
    for (index, product) in products.iter().enumerate() {
        if products.iter().take(index).any(|earlier| earlier.id == product.id) {
            root.problem(&format!("products[{index}].id"), "Another product has this ID already.");
        }
    }
    if problems.is_empty() { Ok(products) } else { Err(problems) }
}

fn product(reader: &mut Reader<'_>) -> Product {
    reader.known(&[
        "id",
        "name",
        "standard",
        "summary",
        "description",
        "scopes",
        "audience",
        "approval",
        "approval_note",
        "limit",
        "api_version",
        "reference",
        "calls",
    ]);
    Product {
        id: reader.required("id"),
        name: reader.required("name"),
        standard: reader.optional("standard"),
        summary: reader.required("summary"),
        description: reader.optional("description").unwrap_or_default(),
        scopes: reader.objects("scopes", |scope| {
            scope.known(&["name", "meaning"]);
            Scope { name: scope.required("name"), meaning: scope.optional("meaning").unwrap_or_default() }
        }),
        audience: reader.optional("audience"),
        approval: reader.choice(
            "approval",
            &[("automatic", Approval::Automatic), ("operator", Approval::Operator)],
            Approval::Automatic,
        ),
        approval_note: reader.optional("approval_note"),
        limit: reader.optional("limit"),
        api_version: reader.optional("api_version"),
        reference: reader.optional("reference"),
        calls: reader.objects("calls", call),
    }
}

fn call(reader: &mut Reader<'_>) -> Call {
    reader.known(&["name", "method", "path", "body", "answer"]);
    let path = reader.required("path");
    if !path.is_empty() && !path.starts_with('/') {
        reader.problem("path", "Write a path that starts with /; its host comes from the environment.");
    }
    Call {
        name: reader.required("name"),
        method: reader.choice(
            "method",
            &[("GET", Method::Get), ("POST", Method::Post), ("PUT", Method::Put), ("DELETE", Method::Delete)],
            Method::Get,
        ),
        path,
        body: reader.get("body").cloned(),
        answer: reader.get("answer").cloned(),
    }
}
