//! Icons: one path each on a grid of 16, drawn with a round stroke in the colour of the text.

use leptos::prelude::*;

/// What an icon shows. It never stands alone: words or an accessible name are beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name is what the drawing shows")]
pub enum Icon {
    Applications,
    Products,
    Inspect,
    Settings,
    Key,
    Copy,
    Check,
    Cross,
    Dash,
    Plus,
    ArrowRight,
    ChevronRight,
    ChevronDown,
    UpDown,
    Refresh,
    Eye,
    EyeOff,
    Download,
    Upload,
    Search,
    Info,
    Warning,
    Stopped,
    Terminal,
    Send,
    Lock,
    Unlock,
    More,
    Certificate,
    Secret,
    Sun,
    Moon,
    System,
    Trash,
    Globe,
    Shield,
    Calendar,
    External,
}

impl Icon {
    /// The path data of the drawing.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Applications => {
                "M3.5 2.5h2a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1zM10.5 2.5h2a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1zM3.5 9.5h2a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1zM10.5 9.5h2a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1z"
            }
            Self::Products => "M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
            Self::Inspect => "M11.3 6.8a4.5 4.5 0 1 1-9 0a4.5 4.5 0 0 1 9 0zM10.1 10.1l3.9 3.9M5.2 6.8h3.2",
            Self::Settings => {
                "M2 4.5h6.5M12.5 4.5H14M2 11.5h1.5M7.5 11.5H14M8.5 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3.5 11.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
            }
            Self::Key => "M2.3 11a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M7 9l6.5-6.5M10.8 5.2l2 2",
            Self::Copy => {
                "M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM2.5 10V3.5a1 1 0 0 1 1-1H10"
            }
            Self::Check => "M2.8 8.6l3.4 3.4 7-7.6",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Dash => "M4 8h8",
            Self::Plus => "M8 3v10M3 8h10",
            Self::ArrowRight => "M2.5 8h11M9.5 4l4 4-4 4",
            Self::ChevronRight => "M6 3.5L10.5 8 6 12.5",
            Self::ChevronDown => "M3.5 6L8 10.5 12.5 6",
            Self::UpDown => "M5 6l3-3 3 3M5 10l3 3 3-3",
            Self::Refresh => "M13.5 7A5.5 5.5 0 0 0 3.6 4.7M2.5 9a5.5 5.5 0 0 0 9.9 2.3M3 2v3h3M13 14v-3h-3",
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM6 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
            }
            Self::EyeOff => {
                "M6.2 3.8A6.6 6.6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a11 11 0 0 1-1.7 2.2M11 11.6a6.4 6.4 0 0 1-3 .9C4 12.5 1.5 8 1.5 8A11 11 0 0 1 4.7 4.6M6.6 6.6a2 2 0 0 0 2.8 2.8M2.5 2.5l11 11"
            }
            Self::Download => "M8 2.5V10M4.8 7L8 10.2 11.2 7M2.5 13.5h11",
            Self::Upload => "M8 10.5V3M4.8 5.8L8 2.6l3.2 3.2M2.5 13.5h11",
            Self::Search => "M11 6.8a4.2 4.2 0 1 1-8.4 0a4.2 4.2 0 0 1 8.4 0zM10 10l3.8 3.8",
            Self::Info => "M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12zM8 7.6V11M8 5.1v.1",
            Self::Warning => "M8 2.3l6.2 11H1.8zM8 6.6v3M8 11.4v.1",
            Self::Stopped => "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.4M8 10.9v.1",
            Self::Terminal => {
                "M3 3h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM5 6l2 2-2 2M8.5 10.2H11"
            }
            Self::Send => "M14 2L7 9M14 2L9.6 14 7 9 2 6.4z",
            Self::Lock => {
                "M4.5 7.5h7a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8.5a1 1 0 0 1 1-1zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"
            }
            Self::Unlock => {
                "M4.5 7.5h7a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8.5a1 1 0 0 1 1-1zM5.5 7.5V5a2.5 2.5 0 0 1 4.8-1"
            }
            Self::More => "M3.5 8v.1M8 8v.1M12.5 8v.1",
            Self::Certificate => {
                "M13.5 7.5V3h-11v8.5H8M5 5.7h6M5 8.2h3M9.6 10.4a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0M10.3 12v2.5l1.1-.8 1.1.8V12"
            }
            Self::Secret => {
                "M3 5h10a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM5 8v.1M8 8v.1M11 8v.1"
            }
            Self::Sun => {
                "M5.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9"
            }
            Self::Moon => "M13.5 9.3A5.8 5.8 0 0 1 6.7 2.5a5.8 5.8 0 1 0 6.8 6.8z",
            Self::System => {
                "M3 3h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM5.5 13.5h5"
            }
            Self::Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
            Self::Globe => {
                "M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12zM2 8h12M8 2c2 1.8 2.7 3.8 2.7 6S10 12.2 8 14c-2-1.8-2.7-3.8-2.7-6S6 3.8 8 2z"
            }
            Self::Shield => "M8 1.8l5 1.7v4c0 3.2-2 5.4-5 6.7-3-1.3-5-3.5-5-6.7v-4zM5.8 7.8L7.4 9.4l3-3.2",
            Self::Calendar => "M2.5 3.5h11v10h-11zM2.5 6.8h11M5.5 2v3M10.5 2v3",
            Self::External => "M9.5 2.5h4v4M13.5 2.5l-6 6M12 9.5v4H2.5V4h4",
        }
    }
}

/// Draws an icon, hidden from assistive technology.
#[component]
pub fn IconMark(
    /// Which one.
    icon: Icon,
    /// A further class, for example `turning`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() { "icon".to_owned() } else { format!("icon {class}") };
    view! { <svg class=class viewBox="0 0 16 16" aria-hidden="true"><path d=icon.path()/></svg> }.into_any()
}
