//! How much of a lifetime is over: of a token, a secret, a session.

/// How much of a lifetime is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Life {
    /// The part that is over, from 0 to 1.
    Running(f64),
    /// It is over.
    Expired,
    /// It has no end.
    Never,
}

impl Life {
    /// From Unix seconds. Without an end, or with the end 0 of a Keycloak registration access token, it never ends.
    #[must_use]
    pub fn at(start: i64, end: Option<i64>, now: i64) -> Self {
        match end {
            None | Some(0) => Self::Never,
            Some(end) if now >= end => Self::Expired,
            Some(end) => {
                let whole = end.saturating_sub(start).max(1);
                let past = now.saturating_sub(start).clamp(0, whole);
                #[allow(clippy::cast_precision_loss, reason = "a place on a ruler of 60 ticks")]
                let part = past as f64 / whole as f64;
                Self::Running(part)
            }
        }
    }

    /// The part that is over, from 0 to 1.
    #[must_use]
    pub fn past(self) -> f64 {
        match self {
            Self::Running(past) => past.clamp(0.0, 1.0),
            Self::Expired => 1.0,
            Self::Never => 0.0,
        }
    }

    /// The state in a word, as the style sheet knows it.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            // The last fifth is amber.
            Self::Running(past) if past >= 0.8 => "late",
            Self::Running(_) => "running",
            Self::Expired => "expired",
            Self::Never => "never",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_and_nothing_never_end() {
        assert_eq!(Life::at(10, None, 20), Life::Never);
        assert_eq!(Life::at(10, Some(0), 20), Life::Never);
    }

    #[test]
    fn the_end_itself_is_expired() {
        assert_eq!(Life::at(0, Some(300), 300), Life::Expired);
        assert_eq!(Life::at(0, Some(300), 150), Life::Running(0.5));
        assert_eq!(Life::at(100, Some(300), 50), Life::Running(0.0));
    }
}
