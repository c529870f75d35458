//! The registry platform: reads the registry's data, the way its data factory does. The records are samples.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::not_found;
use crate::answer;

/// The resources of the sample registry.
const RESOURCES: [&str; 2] = ["laboratories", "licences"];

/// All records of a resource.
pub fn list(resource: &str) -> Response {
    match records(resource) {
        Some(records) => answer::json(StatusCode::OK, &records),
        None => unknown(resource),
    }
}

/// One record.
pub fn one(resource: &str, id: &str) -> Response {
    let Some(records) = records(resource) else { return unknown(resource) };
    match records.into_iter().find(|record| record.get("id").and_then(Value::as_str) == Some(id)) {
        Some(record) => answer::json(StatusCode::OK, &record),
        None => not_found(&format!(
            "The resource \"{resource}\" has no record \"{id}\". Read the list for those it has."
        )),
    }
}

fn unknown(resource: &str) -> Response {
    not_found(&format!("There is no resource \"{resource}\". This registry has: {}.", RESOURCES.join(", ")))
}

fn records(resource: &str) -> Option<Vec<Value>> {
    match resource {
        "laboratories" => Some(vec![
            laboratory(
                "6a5c0b1e-0d5e-4f0a-9a3e-1f6f1c2d3e01",
                "Лабораторія «Еталон»",
                "40012345",
                "Київ",
                true,
            ),
            laboratory(
                "6a5c0b1e-0d5e-4f0a-9a3e-1f6f1c2d3e02",
                "Лабораторія якості води",
                "40023456",
                "Львів",
                true,
            ),
            laboratory(
                "6a5c0b1e-0d5e-4f0a-9a3e-1f6f1c2d3e03",
                "Лабораторія ґрунтів",
                "40034567",
                "Одеса",
                false,
            ),
        ]),
        "licences" => Some(vec![
            licence(
                "0f8d7c6b-5a49-4838-8271-605f4e3d2c01",
                "6a5c0b1e-0d5e-4f0a-9a3e-1f6f1c2d3e01",
                "2025-02-01",
                "2030-01-31",
            ),
            licence(
                "0f8d7c6b-5a49-4838-8271-605f4e3d2c02",
                "6a5c0b1e-0d5e-4f0a-9a3e-1f6f1c2d3e02",
                "2026-05-15",
                "2031-05-14",
            ),
        ]),
        _ => None,
    }
}

fn laboratory(id: &str, name: &str, edrpou: &str, city: &str, accredited: bool) -> Value {
    json!({ "id": id, "name": name, "edrpou": edrpou, "city": city, "accredited": accredited })
}

fn licence(id: &str, laboratory: &str, from: &str, to: &str) -> Value {
    json!({ "id": id, "laboratoryId": laboratory, "validFrom": from, "validTo": to })
}
