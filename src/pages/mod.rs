//! One file, or one folder, per route.

pub mod add_environment;
pub mod application;
pub mod broken;
pub mod endings;
pub mod home;
pub mod inspect;
pub mod keys;
pub mod new_application;
pub mod products;
pub mod refusable;
pub mod refused;
pub mod self_check;
pub mod server_user;
pub mod settings;
pub mod sign_in;
pub mod signed_in;
pub mod standing;
pub mod take_out;
pub mod trouble;
pub mod unknown;
pub mod unlock;
pub mod workshop;
