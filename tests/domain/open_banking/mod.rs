//! Open banking: what is sent, what is found before it is sent, what is read.

// Tokens are taken apart and damaged; they are ASCII.
#![allow(clippy::string_slice)]

mod answers;
mod checks;
mod form;
mod requests;
mod tampered;

use portico::domain::{
    form::Draft,
    jose::from_base64url,
    registration::{
        Dialect, Document, Software, Stamp, dialect,
        open_banking::{SoftwareStatement, prefill},
    },
};
use serde_json::{Map, Value};

use crate::support::{catalogue, shipped, wso2};

fn open_banking() -> &'static dyn Dialect {
    dialect("open_banking").unwrap()
}

/// A part of a compact token as JSON, its order kept.
fn part(token: &str, number: usize) -> Map<String, Value> {
    let bytes = from_base64url(token.trim().split('.').nth(number).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Names and values in the order in which they stand.
fn in_order(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    members.iter().collect()
}

/// A draft that begins with a statement.
fn started(statement: &str) -> Draft {
    let statement = SoftwareStatement::read(statement).unwrap();
    prefill::draft(Draft::default(), &statement, &shipped("openbank"), &catalogue())
}

fn software(draft: &mut Draft) -> &mut Software {
    draft.software.as_mut().unwrap()
}

/// The moment that a fixture was made in.
fn stamp_of(claims: &Map<String, Value>) -> Stamp {
    Stamp {
        issued_at: claims["iat"].as_i64().unwrap(),
        expires_at: claims["exp"].as_i64().unwrap(),
        id: claims["jti"].as_str().unwrap().to_owned(),
        audience: claims["aud"].as_str().unwrap().to_owned(),
        form: portico::domain::config::RequestForm::Jwt,
    }
}

fn claims(document: &Document) -> Map<String, Value> {
    document.shown().as_object().unwrap().clone()
}
