//! Registrations at a bank: managed with a token of the application, by a user of the server, or by other hands.

mod calls;
mod portal;
mod registration;
mod user;
