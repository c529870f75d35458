//! Words of the pages of one application.

mod credentials;
mod page;
mod registered;
mod token;

pub use credentials::*;
pub use page::*;
pub use registered::*;
pub use token::*;
