//! The operator's page: plain HTML and forms, without a script.

use axum::http::StatusCode;
use axum::response::Response;

use super::operator::{Action, Policy};
use super::{Outcome, Realm, cors, either, fault};
use crate::answer;
use crate::call::Call;
use crate::html::{self, escaped, moment};
use crate::store::Client;

/// Where it is.
pub const PATH: &str = "/operator";
/// Its style sheet.
pub const STYLE: &str = "/operator.css";

const CSS: &str = "
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
article, form.policy { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
h2 { margin: 0; font-size: 1.05rem; }
code, .token { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.actions, .actions form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.actions { gap: .5rem 1.5rem; margin-top: .75rem; }
button, input:not([type=checkbox]) { font: inherit; padding: .35rem .75rem; height: 2.25rem; box-sizing: border-box; }
.state { font-weight: 600; }
.done { border-inline-start: .25rem solid; padding: .5rem 1rem; }
";

impl Realm {
    /// The page; a POST first does what its form says.
    pub fn operator_page(&self, call: &Call) -> Response {
        either(self.try_page(call))
    }

    fn try_page(&self, call: &Call) -> Outcome {
        let done = if call.method == axum::http::Method::POST { Some(self.obey(call)?) } else { None };
        let clients = self.clients().map_err(fault)?;
        let html = page(&clients, self.policy(), done.as_deref());
        Ok(html::answer(StatusCode::OK, html, ""))
    }

    /// Does what a form says, and tells it in a sentence.
    fn obey(&self, call: &Call) -> Result<String, Response> {
        cors::check(call, &[])?;
        let form = call.form();
        let field = |name: &str| {
            form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        if field("action") == "policy" {
            let client_disabled = field("client_disabled") == "on";
            self.set_policy(Policy { client_disabled, ..self.policy() });
            return Ok(if client_disabled {
                "New clients wait for approval."
            } else {
                "New clients are let in at once."
            }
            .to_owned());
        }
        let refuse = |sentence| answer::refusal(StatusCode::BAD_REQUEST, "invalid_request", sentence);
        let action =
            Action::named(field("action"), field("reason")).ok_or_else(|| refuse("Which action?"))?;
        let token = self
            .act(&call.base, field("client_id"), &action)
            .map_err(fault)?
            .ok_or_else(|| refuse("There is no client with this client_id."))?;
        Ok(match action {
            Action::Enable => "The client is let in.".to_owned(),
            Action::Disable => "The client is switched off.".to_owned(),
            Action::Reject(_) => "The client is rejected.".to_owned(),
            Action::Delete => "The client is deleted.".to_owned(),
            Action::Regenerate => format!("The new registration access token, shown once: {token}"),
        })
    }
}

/// The style sheet.
pub fn style() -> Response {
    html::style(CSS)
}

fn page(clients: &[Client], policy: Policy, done: Option<&str>) -> String {
    let done =
        done.map(|done| format!("<p class=done role=status><span class=token>{}</span></p>", escaped(done)));
    let checked = if policy.client_disabled { " checked" } else { "" };
    let list: String = clients.iter().map(article).collect();
    let empty = if clients.is_empty() { "<p>Nobody has registered yet.</p>" } else { "" };
    format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Operator – sandbox</title><link rel=stylesheet href={STYLE}>\
         <h1>Operator of the sandbox</h1><p>What an administrator does at a real server. This page is for trying.</p>{}\
         <form class=policy method=post action={PATH}><input type=hidden name=action value=policy>\
         <label><input type=checkbox name=client_disabled{checked}> New clients wait for approval</label> \
         <button>Save</button></form><main>{list}{empty}</main></html>",
        done.unwrap_or_default()
    )
}

fn article(client: &Client) -> String {
    let id = escaped(&client.client_id);
    let name =
        client.metadata.get("client_name").and_then(serde_json::Value::as_str).unwrap_or("Without a name");
    let state = match (client.enabled, &client.reason) {
        (true, _) => "Let in".to_owned(),
        (false, None) => "Waits for approval, or was switched off".to_owned(),
        (false, Some(reason)) => format!("Rejected: {}", escaped(reason)),
    };
    let button = |action: &str, words: &str| {
        format!(
            "<form method=post action={PATH}><input type=hidden name=client_id value=\"{id}\">\
             <button name=action value={action}>{words}</button></form>"
        )
    };
    let switch = if client.enabled { button("disable", "Revoke") } else { button("enable", "Approve") };
    let reject = format!(
        "<form method=post action={PATH}><input type=hidden name=client_id value=\"{id}\">\
         <label for=\"reason-{id}\">Reason</label> <input id=\"reason-{id}\" name=reason required> <button name=action value=reject>Reject</button></form>"
    );
    format!(
        "<article><h2>{}</h2><p><code>{id}</code><br>Registered {}<br><span class=state>{state}</span></p>\
         <div class=actions>{switch}{reject}{}{}</div></article>",
        escaped(name),
        moment(client.issued_at),
        button("regenerate", "Regenerate registration access token"),
        button("delete", "Delete"),
    )
}
