//! The readers that are fed, each with the promises it has to keep.

mod form;
mod json;
mod keys;
mod paste;
mod profiles;
mod promises;
mod show;
mod verify;
mod workshop;

use std::borrow::Cow;

use crate::corpus;
use crate::mutate::Form;
use crate::outcome::Outcome;

/// One reader.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// How its inputs are built.
    pub form: Form,
    /// What it is fed with first.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Reads one input and checks what must hold for any.
    pub read: fn(&[u8]) -> Outcome,
}

const fn target(
    name: &'static str,
    form: Form,
    seeds: fn() -> Vec<Vec<u8>>,
    read: fn(&[u8]) -> Outcome,
) -> Target {
    Target { name, form, seeds, read }
}

/// All of them.
pub static ALL: &[Target] = &[
    target("base64url", Form::Token, corpus::tokens, form::base64url),
    target("json", Form::Json, corpus::json, json::read),
    target("paste", Form::Token, corpus::tokens, paste::read),
    target("inspect", Form::Token, corpus::tokens, form::inspect),
    target("claims", Form::Json, corpus::json, form::claims),
    target("show", Form::Token, corpus::tokens, show::read),
    target("places", Form::Token, corpus::tokens, show::places),
    target("facts", Form::Token, corpus::tokens, show::facts),
    target("profiles", Form::Token, corpus::tokens, profiles::read),
    target("profiles-claims", Form::Json, corpus::json, profiles::claims),
    target("gate", Form::Token, corpus::tokens, verify::gate),
    target("keys", Form::Json, corpus::keys, keys::read),
    target("spki", Form::Der, corpus::ders, keys::spki),
    target("expiry", Form::Der, corpus::ders, keys::expiry),
    target("private-key", Form::Pem, corpus::pems, workshop::private_key),
    target("private-key-der", Form::Der, corpus::ders, workshop::private_key_der),
    target("public-key", Form::Pem, corpus::pems, workshop::public_key),
    target("describe", Form::Pem, corpus::pems, workshop::describe),
    target("describe-der", Form::Der, corpus::ders, workshop::describe_der),
];

/// The input as text; bytes that are none become U+FFFD.
fn text(input: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(input)
}
