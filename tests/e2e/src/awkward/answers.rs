//! Answers, and refusals of every shape.

use serde_json::{Value, json};

use crate::stub::answer;

pub(super) fn unauthorised(odd: &str) -> String {
    match odd {
        "401-without-a-body" => answer("401 Unauthorized", CORS, ""),
        "400-for-401" => json_answer("400 Bad Request", &json!({ "error": "invalid_token" })),
        _ => json_answer("401 Unauthorized", &json!({ "error": "invalid_token" })),
    }
}

/// What an oddity refuses. Its name says the operation and how.
pub(super) fn refusal(odd: &str, operation: &str) -> Option<String> {
    let how = odd.strip_prefix(operation)?.strip_prefix("-refused-")?;
    Some(match how {
        "403-without-a-body" => answer("403 Forbidden", CORS, ""),
        "404-as-html" => html("404 Not Found", "<h1>Not found</h1>"),
        "405-as-text" => {
            answer("405 Method Not Allowed", &with_cors(&["Content-Type: text/plain"]), "Method not allowed")
        }
        "415" => answer("415 Unsupported Media Type", CORS, ""),
        "429" => answer(
            "429 Too Many Requests",
            &with_cors(&["Access-Control-Expose-Headers: Retry-After", "Retry-After: 30"]),
            "",
        ),
        "500-with-a-stack-trace" => html(
            "500 Internal Server Error",
            "<pre>java.lang.NullPointerException\n at com.example.X(X.java:42)</pre>",
        ),
        "numeric-error" => {
            json_answer("400 Bad Request", &json!({ "error": 900_901, "message": "Invalid client" }))
        }
        "sentence-as-error" => {
            json_answer("400 Bad Request", &json!({ "error": "The name is taken already" }))
        }
        "several-lines" => json_answer(
            "400 Bad Request",
            &json!({ "error": "invalid_client_metadata", "error_description": "First line\nSecond line" }),
        ),
        "markup" => json_answer(
            "400 Bad Request",
            &json!({ "error": "invalid_client_metadata", "error_description": "<img src=x onerror=alert(1)>" }),
        ),
        _ => return None,
    })
}

pub(super) const CORS: &[&str] = &[
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Headers: authorization, content-type",
    "Access-Control-Allow-Methods: GET, POST, PUT, DELETE",
];

fn with_cors<'a>(more: &[&'a str]) -> Vec<&'a str> {
    CORS.iter().chain(more).copied().collect()
}

pub(super) fn json_answer(status: &str, body: &Value) -> String {
    answer(status, &with_cors(&["Content-Type: application/json"]), &body.to_string())
}

pub(super) fn html(status: &str, body: &str) -> String {
    let page = format!("<!DOCTYPE html><title>{status}</title>{body}");
    answer(status, &with_cors(&["Content-Type: text/html"]), &page)
}
