//! NumericDate (RFC 7519, 2) and the life of a token.

use crate::domain::time;

use super::Kind;
use super::json::{Document, Node, Value};

/// Clocks differ: so many seconds are forgiven ("usually no more than a few minutes", RFC 7519, 4.1.4).
pub const TOLERANCE: i64 = 60;

/// Claims that hold a NumericDate, in the order in which they are told.
pub(super) const NAMES: [&str; 5] = ["iat", "nbf", "exp", "auth_time", "updated_at"];

/// What stands where a NumericDate belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericDate {
    /// No such claim, or the token is cut off inside it.
    Absent,
    /// Unix seconds, a fraction rounded down.
    Seconds(i64),
    /// Another JSON type, which checkers refuse or overlook.
    WrongType(&'static str),
}

impl NumericDate {
    /// Reads the claim of that name.
    #[must_use]
    pub fn read(claims: &Document, name: &str) -> Self {
        match claims.get(name) {
            Some(node) if node.is_complete() => Self::of(node),
            _ => Self::Absent,
        }
    }

    pub(super) fn of(node: Node<'_>) -> Self {
        match node.value() {
            Value::Number(text) => Self::Seconds(seconds(text)),
            _ => Self::WrongType(node.type_name()),
        }
    }

    /// The seconds, if it is a number.
    #[must_use]
    pub fn seconds(self) -> Option<i64> {
        if let Self::Seconds(seconds) = self { Some(seconds) } else { None }
    }
}

/// Whole numbers exactly; anything else by way of a float, where `as` saturates (1e400 is the last moment there is).
fn seconds(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| text.parse::<f64>().map_or(0, |number| number.floor() as i64))
}

/// Later than the year 5138 in seconds, sooner in milliseconds.
#[must_use]
pub fn looks_like_milliseconds(seconds: i64) -> bool {
    (100_000_000_001..=99_999_999_999_999).contains(&seconds)
}

/// One time that the token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeClaim {
    /// Name of the claim.
    pub name: &'static str,
    /// Unix seconds.
    pub seconds: i64,
}

impl TimeClaim {
    /// `8 Jul 2022, 15:48:45 UTC`
    #[must_use]
    pub fn absolute(&self) -> String {
        time::date_time_seconds(self.seconds)
    }

    /// `in 4 min 10 s`, `2 min ago`, `12 days ago`
    #[must_use]
    pub fn relative(&self, now: i64) -> String {
        time::relative(self.seconds, now)
    }
}

/// All times that are numbers.
pub(super) fn times(claims: &Document) -> Vec<TimeClaim> {
    NAMES
        .into_iter()
        .filter_map(|name| Some(TimeClaim { name, seconds: NumericDate::read(claims, name).seconds()? }))
        .collect()
}

/// From when until when a token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Lifetime {
    /// `iat`, or `nbf` where there is none: the left end of the ruler.
    pub from: Option<i64>,
    /// `nbf`
    pub not_before: Option<i64>,
    /// `exp`, when it says a time.
    pub until: Option<i64>,
    /// Why there is no end, where there is none.
    pub no_end: NoEnd,
    /// It has no end on purpose: `exp` is 0 or absent in a Keycloak registration or initial access token.
    pub never: bool,
}

/// Why nobody can tell when a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NoEnd {
    /// There is no `exp`.
    #[default]
    Absent,
    /// `exp` is no number.
    NoTime,
    /// The claims are cut off before it, or inside it.
    CutOff,
}

/// Where in its life a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It names no end.
    Unknown(NoEnd),
    /// It has no end on purpose.
    Never,
    /// Its `nbf` lies ahead.
    NotYet {
        /// Seconds until it begins.
        begins_in: i64,
    },
    /// It can be used.
    Running {
        /// Seconds left.
        left: i64,
        /// Seconds from beginning to end, when the beginning is known.
        of: Option<i64>,
    },
    /// Its `exp` has passed.
    Expired {
        /// Seconds since.
        ago: i64,
    },
}

impl Lifetime {
    /// Reads the life from the claims; what `exp: 0` means depends on the kind of token.
    #[must_use]
    pub fn read(claims: &Document, kind: &Kind) -> Self {
        let not_before = NumericDate::read(claims, "nbf").seconds();
        let expiry = NumericDate::read(claims, "exp");
        let no_end = match expiry {
            NumericDate::WrongType(_) => NoEnd::NoTime,
            _ if claims.root().is_some_and(|root| !root.is_complete()) => NoEnd::CutOff,
            _ => NoEnd::Absent,
        };
        let is_absent = expiry == NumericDate::Absent && no_end == NoEnd::Absent;
        let never = kind.zero_is_never() && (is_absent || expiry == NumericDate::Seconds(0));
        Self {
            from: NumericDate::read(claims, "iat").seconds().or(not_before),
            not_before,
            until: if never { None } else { expiry.seconds() },
            no_end,
            never,
        }
    }

    /// Where in its life the token is at that moment.
    #[must_use]
    pub fn at(&self, now: i64) -> Life {
        if let Some(begin) = self.not_before.filter(|begin| *begin > now) {
            return Life::NotYet { begins_in: begin.saturating_sub(now) };
        }
        match self.until {
            None if self.never => Life::Never,
            None => Life::Unknown(self.no_end),
            Some(end) if end > now => Life::Running {
                left: end.saturating_sub(now),
                of: self.from.map(|from| end.saturating_sub(from)).filter(|length| *length > 0),
            },
            Some(end) => Life::Expired { ago: now.saturating_sub(end) },
        }
    }
}
