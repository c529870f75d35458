//! Words of the catalogue.

use crate::domain::catalogue::{Approval, Product};

/// Title of the page.
pub const TITLE: &str = "Products";
/// What the filter looks at.
pub const FILTER: &str = "Filter by name, scope, message";
/// The way back to the list on a narrow screen.
pub const BACK: &str = "All products";
/// What was searched.
pub const SEARCHED: &str = "Names, standards, scopes and summaries were searched.";
/// The way back from a list with nothing in it.
pub const CLEAR: &str = "Clear the filter";
/// When the catalogue has nothing for this environment.
pub const NONE: &str = "There are no products here yet";
/// What to do then.
pub const NONE_TEXT: &str = "The operator lists them in catalogue.json. An application can be registered without one, if the server allows it.";
/// When an address names a product that there is not.
pub const UNKNOWN: &str = "There is no such product";
/// When a product has no call with an answer.
pub const NO_SAMPLE: &str = "The catalogue has no sample answer for this product.";
/// When nobody uses it yet.
pub const NOT_USED: &str = "None of your applications uses it yet.";

/// How many products the chosen environment offers.
#[must_use]
pub fn lead(count: usize, environment: &str) -> String {
    let products = super::count(count, "product", "products");
    match count {
        0 => format!("{products} in {environment}."),
        1 => format!("{products} in {environment}: a set of calls that share a scope and an approval."),
        _ => {
            format!("{products} in {environment}. Each is a set of calls that share a scope and an approval.")
        }
    }
}

/// What the address said.
#[must_use]
pub fn unknown(id: &str) -> String {
    format!("The catalogue has no product “{id}”. The operator may have renamed it or taken it out.")
}

/// When the chosen environment does not offer what is open.
#[must_use]
pub fn not_offered(product: &str, environment: &str) -> String {
    format!("{environment} does not offer {product}.")
}

/// The button that goes where it is offered.
#[must_use]
pub fn switch_to(environment: &str) -> String {
    format!("Switch to {environment}")
}

/// Who approves.
#[must_use]
pub fn approval(product: &Product) -> &'static str {
    match product.approval {
        Approval::Automatic => "Automatic",
        Approval::Operator => "Operator approves",
    }
}

/// How many applications use a product.
#[must_use]
pub fn used_by(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 application of yours".to_owned(),
        _ => format!("{} applications of yours", super::number(count)),
    }
}

/// When nothing matches.
#[must_use]
pub fn nothing_found(filter: &str) -> String {
    format!("No product matches “{}”", filter.trim())
}

/// The one primary button.
#[must_use]
pub fn new_with(product: &str) -> String {
    format!("New application with {product}")
}

/// The reference elsewhere.
#[must_use]
pub fn reference(host: &str) -> String {
    format!("Full reference on {host}")
}
