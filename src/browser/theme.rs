//! Light, dark, and the operator's accent colour.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{js, local};
use crate::domain::json;

const ATTRIBUTE: &str = "data-theme";

/// What the person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Whatever the device says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As it is kept and as it stands in the attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what was kept; anything unknown is the system's choice.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or_default()
    }
}

/// What was chosen in this browser.
#[must_use]
pub fn current() -> Theme {
    local::get("theme").map_or(Theme::System, |kept| Theme::parse(&kept))
}

/// Shows a theme and keeps the choice. The attribute is absent for [`Theme::System`], so that the style sheet's
/// `color-scheme: light dark` decides.
pub fn set(theme: Theme) {
    show(theme);
    if theme == Theme::System {
        local::remove("theme");
    } else {
        local::set("theme", theme.as_str());
    }
}

/// Shows a theme without keeping it, for a choice made in another tab.
pub fn show(theme: Theme) {
    let Some(root) = js::root() else { return };
    let _ = match theme {
        Theme::System => root.remove_attribute(ATTRIBUTE),
        Theme::Light | Theme::Dark => root.set_attribute(ATTRIBUTE, theme.as_str()),
    };
}

/// Sets the operator's accent: hue in degrees and chroma, as `oklch()` takes them. By CSSOM, because the policy
/// of the page forbids `style` attributes.
pub fn set_accent(hue: f64, chroma: f64) {
    let Some(root) = js::root().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let _ = root.style().set_property("--accent-hue", &json::number(hue));
    let _ = root.style().set_property("--accent-chroma", &json::number(chroma));
}
