//! What pages share. Data flows one way: a page makes a valid value, a pure request is built from it, sent, its
//! answer read by a pure reader, stored, and only then shown.

pub mod added;
pub mod app_keys;
pub mod backend;
pub mod backup;
pub mod certificate;
pub mod creating;
pub mod diagnosis;
pub mod directory;
pub mod draft;
pub mod environments;
pub mod finding;
pub mod key_sets;
pub mod keys;
pub mod lock;
pub mod lookup;
pub mod manage;
pub mod registering;
pub mod rotation;
pub mod self_check;
pub mod sending;
pub mod session;
pub mod sign_in;
pub mod signed_request;
pub mod trial;
pub mod trouble;
pub mod upkeep;
pub mod used_ids;
pub mod vault;
pub mod work;

pub use session::{Session, use_session};
pub use trouble::Trouble;
