//! Words of the pages of one application.

mod access;
mod credentials;
mod page;
mod registered;
mod statement;
mod token;

pub use access::*;
pub use credentials::*;
pub use page::*;
pub use registered::*;
pub use statement::*;
pub use token::*;
