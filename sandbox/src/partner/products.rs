//! The API products of the bank.

use serde_json::{Value, json};

use super::app::Status;

/// A product.
#[derive(Debug)]
pub struct Product {
    /// The name it is asked for by.
    pub name: &'static str,
    /// The name a person reads.
    pub display_name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Whether an administrator lets every application in by hand.
    pub is_manual: bool,
    /// The scopes it comes with.
    pub scopes: &'static [&'static str],
}

/// Loans of retail customers.
pub const RETAIL: &str = "pf.ap43239-connectone_retail.v1.product";
/// Payments and their limits.
pub const PAYMENTS: &str = "pf.ap43240-connectone_payments.v1.product";
/// Interest rates.
pub const RATES: &str = "pf.ap43241-connectone_rates.v1.product";

/// All of them.
pub const PRODUCTS: [Product; 3] = [
    Product {
        name: RETAIL,
        display_name: "ConnectOne Retail",
        description: "Loans of retail customers: state, instalments, outstanding amount.",
        is_manual: false,
        scopes: &["retail.loans.read"],
    },
    Product {
        name: PAYMENTS,
        display_name: "ConnectOne Payments",
        description: "Payment limits of a partner. An administrator looks at every application first.",
        is_manual: true,
        scopes: &["payments.limits.read"],
    },
    Product {
        name: RATES,
        display_name: "ConnectOne Rates",
        description: "Interest rates by product and term.",
        is_manual: false,
        scopes: &["rates.read"],
    },
];

/// A product by its name.
pub fn named(name: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.name == name)
}

impl Product {
    /// How it stands in a key it has just been added to.
    pub fn first_status(&self) -> Status {
        if self.is_manual { Status::Pending } else { Status::Approved }
    }

    /// How it is written in JSON (`organizations.apiproducts`).
    pub fn document(&self) -> Value {
        json!({
            "name": self.name,
            "displayName": self.display_name,
            "description": self.description,
            "approvalType": if self.is_manual { "manual" } else { "auto" },
            "scopes": self.scopes,
        })
    }
}
