//! Components: small, without fetching and without looking anything up. What they show is handed in.
//!
//! They depend on each other, on the words of the domain (routes, code segments, lifetimes) and on the few things
//! of the browser a control needs: the clipboard, the focus, a file, a timer.

pub mod announcer;
pub mod button;
pub mod chip;
pub mod choice;
pub mod code;
pub mod copy;
pub mod dialog;
pub mod diff;
pub mod drop;
pub mod environment;
pub mod facts;
pub mod field;
pub mod filter;
pub mod icon;
pub mod lamp;
pub mod link;
pub mod marked;
pub mod menu;
pub mod note;
pub mod page;
pub mod panel;
pub mod product;
pub mod rows;
pub mod ruler;
pub mod secret_field;
pub mod select;
pub mod shell;
pub mod steps;
pub mod summary;
pub mod table;
pub mod tabs;
pub mod timeline;
pub mod toast;
pub mod token;
pub mod waiting;

/// Everything a page needs, in one line.
pub mod prelude {
    pub use super::announcer::*;
    pub use super::button::*;
    pub use super::chip::*;
    pub use super::choice::*;
    pub use super::code::*;
    pub use super::copy::*;
    pub use super::dialog::*;
    pub use super::diff::*;
    pub use super::drop::*;
    pub use super::environment::*;
    pub use super::facts::*;
    pub use super::field::*;
    pub use super::filter::*;
    pub use super::icon::*;
    pub use super::lamp::*;
    pub use super::link::*;
    pub use super::marked::*;
    pub use super::menu::*;
    pub use super::note::*;
    pub use super::page::*;
    pub use super::panel::*;
    pub use super::product::*;
    pub use super::rows::*;
    pub use super::ruler::*;
    pub use super::secret_field::*;
    pub use super::select::*;
    pub use super::shell::*;
    pub use super::steps::*;
    pub use super::summary::*;
    pub use super::table::*;
    pub use super::tabs::*;
    pub use super::timeline::*;
    pub use super::toast::*;
    pub use super::token::*;
    pub use super::waiting::*;
    pub use crate::domain::life::Life;
}
