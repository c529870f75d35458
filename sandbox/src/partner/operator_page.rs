//! The administrator's page of the partner portal: plain HTML and forms, without a script.

use axum::http::{Method, StatusCode};
use axum::response::Response;

use super::app::{App, Key, KeyProduct, Status};
use super::decisions::{Decision, REASON, Subject};
use super::{Outcome, Partner, certificates, fault, products, refusal};
use crate::call::Call;
use crate::html::{self, escaped, moment};
use crate::realm::{cors, operator_page};

/// Where it is.
pub const PATH: &str = "/partner/operator";

impl Partner {
    /// The page; a POST first does what its form says.
    pub fn operator_page(&self, call: &Call) -> Response {
        match self.try_page(call) {
            Ok(response) | Err(response) => response,
        }
    }

    fn try_page(&self, call: &Call) -> Outcome {
        let done = if call.method == Method::POST { Some(self.obey(call)?) } else { None };
        let mut apps = self.store.partner_apps(None).map_err(fault)?;
        // What waits comes first; otherwise the newest.
        apps.reverse();
        apps.sort_by_key(|app| !waits(app));
        Ok(html::answer(StatusCode::OK, page(&apps, done.as_deref()), ""))
    }

    /// Does what a form says, and tells it in a sentence.
    fn obey(&self, call: &Call) -> Result<String, Response> {
        cors::check(call, &[])?;
        let form = call.form();
        let field = |name: &str| {
            form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let (key, product) = (field("key").to_owned(), field("product").to_owned());
        let subject = match (key.is_empty(), product.is_empty()) {
            (true, _) => Subject::App,
            (false, true) => Subject::Key(key),
            (false, false) => Subject::Product(key, product),
        };
        let decision = Decision::named(field("action")).ok_or_else(|| refusal::invalid("Which action?"))?;
        self.decide(field("developer"), field("app"), &subject, decision, Some(field("reason")))?;
        let what = match &subject {
            Subject::App => "The application".to_owned(),
            Subject::Key(key) => format!("The key {key}"),
            Subject::Product(_, product) => format!("The product {product}"),
        };
        let word = if decision == Decision::Approve { "approved" } else { "revoked" };
        Ok(format!("{what} of {} is {word}. The partner was told.", field("app")))
    }
}

fn waits(app: &App) -> bool {
    app.keys.iter().flat_map(|key| &key.products).any(|product| product.status == Status::Pending)
}

fn page(apps: &[App], done: Option<&str>) -> String {
    let done =
        done.map(|done| format!("<p class=done role=status>{}</p>", escaped(done))).unwrap_or_default();
    let list: String = apps.iter().map(article).collect();
    let empty = if apps.is_empty() { "<p>No partner has an application yet.</p>" } else { "" };
    format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Administrator – partner portal</title><link rel=stylesheet href={}>\
         <h1>Administrator of the partner portal</h1><p>What a bank does when partners ask for products. This page is for \
         trying.</p>{done}<main>{list}{empty}</main></html>",
        operator_page::STYLE
    )
}

fn article(app: &App) -> String {
    let keys: String = app.keys.iter().map(|key| key_section(app, key)).collect();
    format!(
        "<article><h2>{}</h2><p>{}<br>Made {}<br><span class=state>Application {}</span></p>\
         <div class=actions>{}</div>{keys}</article>",
        escaped(&app.name),
        escaped(&app.developer),
        moment(app.created_at / 1000),
        app.status.word(),
        switch(app, app.status, None, None),
    )
}

fn key_section(app: &App, key: &Key) -> String {
    let products: String = key.products.iter().map(|product| product_section(app, key, product)).collect();
    let certificate = match key.attribute(certificates::ATTRIBUTE) {
        Some(_) => "with a certificate",
        None => "without a certificate",
    };
    let reason = key.attribute(REASON).map(|reason| format!("<br>Reason given: {}", escaped(reason)));
    format!(
        "<section><h3>Key <code>{}</code></h3><p>Made {}, {certificate}<br><span class=state>Key {}</span>{}</p>\
         <div class=actions>{}</div>{products}</section>",
        escaped(&key.consumer_key),
        moment(key.issued_at / 1000),
        key.status.word(),
        reason.unwrap_or_default(),
        switch(app, key.status, Some(key), None),
    )
}

fn product_section(app: &App, key: &Key, product: &KeyProduct) -> String {
    let name = products::named(&product.apiproduct).map_or("", |product| product.display_name);
    format!(
        "<section><h4>{name} <code>{}</code></h4><p><span class=state>Product {}</span></p>\
         <div class=actions>{}</div></section>",
        escaped(&product.apiproduct),
        product.status.word(),
        switch(app, product.status, Some(key), Some(product)),
    )
}

/// The forms that change a status.
fn switch(app: &App, status: Status, key: Option<&Key>, product: Option<&KeyProduct>) -> String {
    let key = key.map(|key| key.consumer_key.as_str()).unwrap_or_default();
    let product = product.map(|product| product.apiproduct.as_str()).unwrap_or_default();
    let hidden: String =
        [("developer", app.developer.as_str()), ("app", &app.name), ("key", key), ("product", product)]
            .iter()
            .map(|(name, value)| format!("<input type=hidden name={name} value=\"{}\">", escaped(value)))
            .collect();
    let approve = format!(
        "<form method=post action={PATH}>{hidden}<button name=action value=approve>Approve</button></form>"
    );
    let revoke = |word: &str, required: &str| {
        let id = escaped(&format!("reason-{}-{key}-{product}", app.app_id));
        format!(
            "<form method=post action={PATH}>{hidden}<label for=\"{id}\">Reason</label> \
             <input id=\"{id}\" name=reason{required}> <button name=action value=revoke>{word}</button></form>"
        )
    };
    match status {
        Status::Approved => revoke("Revoke", ""),
        Status::Pending => approve + &revoke("Reject", " required"),
        Status::Revoked => approve,
    }
}
