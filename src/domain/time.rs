//! Points in time and lengths of time in the words of the portal: UTC, 24 hours, named months.
//!
//! Every function takes Unix seconds and accepts any `i64`: what has no date between the years 1 and 9999 is said
//! as the number that it is.

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;
/// From here on a length is said in years.
const TWO_YEARS: u64 = 730 * DAY;
/// A Gregorian year: 365.2425 days.
const YEAR: u64 = 31_556_952;

/// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const FIRST: i64 = -62_135_596_800;
const LAST: i64 = 253_402_300_799;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl Civil {
    /// Days to year, month and day by Howard Hinnant's `civil_from_days`.
    fn from_unix(seconds: i64) -> Option<Self> {
        if !(FIRST..=LAST).contains(&seconds) {
            return None;
        }
        let shifted = seconds.div_euclid(86_400) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        Some(Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            second_of_day: seconds.rem_euclid(86_400),
        })
    }

    fn date(&self) -> String {
        let month = usize::try_from(self.month - 1).ok().and_then(|index| MONTHS.get(index)).copied();
        format!("{} {} {}", self.day, month.unwrap_or_default(), self.year)
    }

    fn hours_minutes(&self) -> String {
        format!("{:02}:{:02}", self.second_of_day / 3_600, self.second_of_day / 60 % 60)
    }

    fn hours_minutes_seconds(&self) -> String {
        format!("{}:{:02}", self.hours_minutes(), self.second_of_day % 60)
    }
}

fn outside(seconds: i64) -> String {
    format!("{seconds} (no date: outside the years 1 to 9999)")
}

fn written(seconds: i64, write: impl Fn(&Civil) -> String) -> String {
    Civil::from_unix(seconds).map_or_else(|| outside(seconds), |civil| write(&civil))
}

/// Days since 1970 of a day of the Gregorian calendar, by Howard Hinnant's `days_from_civil`.
#[must_use]
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year.saturating_sub(1) } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Seconds since 1970 of a date in a header, `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate of RFC 9110, 5.6.7); `None`
/// for any other form.
#[must_use]
pub fn of_http_date(text: &str) -> Option<i64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let day: i64 = words.next()?.parse().ok()?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|known| *known == name)?;
    let year: i64 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.splitn(3, ':').map(|number| number.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let plausible = (1..=31).contains(&day)
        && (1..=9999).contains(&year)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    let ends = words.next() == Some("GMT") && words.next().is_none();
    let month = i64::try_from(month).ok()? + 1;
    (plausible && ends).then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// `29 Oct 2022`, in UTC.
#[must_use]
pub fn date(seconds: i64) -> String {
    written(seconds, Civil::date)
}

/// A day as documents write it, `2022-10-29`, in the words of the portal; `None` when it is no such day.
#[must_use]
pub fn day(iso8601: &str) -> Option<String> {
    let mut parts = iso8601.split('-');
    let (year, month, day) =
        (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<u8>().ok()?);
    let month = MONTHS.get(month.checked_sub(1)?)?;
    let plausible =
        year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && (1..=31).contains(&day);
    (plausible && parts.next().is_none()).then(|| format!("{day} {month} {year}"))
}

/// `29 Oct 2022, 09:20 UTC`.
#[must_use]
pub fn date_time(seconds: i64) -> String {
    written(seconds, |civil| format!("{}, {} UTC", civil.date(), civil.hours_minutes()))
}

/// `17 Oct 2022, 14:14:38 UTC`.
#[must_use]
pub fn date_time_seconds(seconds: i64) -> String {
    written(seconds, |civil| format!("{}, {} UTC", civil.date(), civil.hours_minutes_seconds()))
}

/// `14:20:32 UTC`.
#[must_use]
pub fn clock(seconds: i64) -> String {
    written(seconds, |civil| format!("{} UTC", civil.hours_minutes_seconds()))
}

/// `14:15:32`, for the first of two times of which the second names the zone.
#[must_use]
pub fn clock_bare(seconds: i64) -> String {
    written(seconds, Civil::hours_minutes_seconds)
}

/// `2022-10-17T14:14:38Z` (ISO 8601, RFC 3339).
#[must_use]
pub fn iso8601(seconds: i64) -> String {
    written(seconds, |civil| {
        let clock = civil.hours_minutes_seconds();
        format!("{:04}-{:02}-{:02}T{clock}Z", civil.year, civil.month, civil.day)
    })
}

fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn two_units(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    if small == 0 {
        format!("{large} {large_unit}")
    } else {
        format!("{large} {large_unit} {small} {small_unit}")
    }
}

/// A length in two units at most: `50 s`, `4 min 10 s`, `23 h 14 min`, `12 days`, `14 years`. The sign is ignored.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => two_units(seconds / MINUTE, "min", seconds % MINUTE, "s"),
        HOUR..DAY => two_units(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min"),
        _ => long_duration(seconds),
    }
}

/// A length as it is agreed on: `5 minutes`, `1 hour`, `90 days`; anything uneven as [`duration`] says it.
#[must_use]
pub fn length(seconds: i64) -> String {
    let whole = seconds.unsigned_abs();
    if whole >= DAY {
        long_duration(whole)
    } else if whole >= HOUR && whole.is_multiple_of(HOUR) {
        count(whole / HOUR, "hour", "hours")
    } else if (MINUTE..HOUR).contains(&whole) && whole.is_multiple_of(MINUTE) {
        count(whole / MINUTE, "minute", "minutes")
    } else {
        duration(seconds)
    }
}

fn long_duration(seconds: u64) -> String {
    if seconds < TWO_YEARS {
        count(seconds / DAY, "day", "days")
    } else {
        count(seconds / YEAR, "year", "years")
    }
}

/// A length in one unit, rounded down: `50 s`, `2 min`, `3 h`, `12 days`.
fn coarse(seconds: u64) -> String {
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => format!("{} h", seconds / HOUR),
        _ => long_duration(seconds),
    }
}

/// The big countdown: `4:12`, `1:02:03`; days in words; `0:00` when the time is over.
#[must_use]
pub fn countdown(left: i64) -> String {
    let left = u64::try_from(left).unwrap_or_default();
    match left {
        0..HOUR => format!("{}:{:02}", left / MINUTE, left % MINUTE),
        HOUR..DAY => format!("{}:{:02}:{:02}", left / HOUR, left % HOUR / MINUTE, left % MINUTE),
        _ => long_duration(left),
    }
}

/// `in 4 min 10 s`, `now`, `2 min ago`. What is past is said in one unit, what is to come in two.
#[must_use]
pub fn relative(at: i64, now: i64) -> String {
    let difference = at.saturating_sub(now);
    match difference {
        0 => "now".to_owned(),
        1.. => format!("in {}", duration(difference)),
        _ => format!("{} ago", coarse(difference.unsigned_abs())),
    }
}

/// Whether the two are less than a day apart: then a person counts, otherwise a person looks at a calendar.
#[must_use]
pub fn within_a_day(at: i64, now: i64) -> bool {
    at.saturating_sub(now).unsigned_abs() < DAY
}

/// Whether the two are on the same day of UTC.
#[must_use]
pub fn is_same_day(one: i64, other: i64) -> bool {
    let day = |at: i64| at.div_euclid(DAY.cast_signed());
    day(one) == day(other)
}

/// Relative up to a day, the date and time from there on: `2 min ago`, `29 Oct 2022, 09:20 UTC`.
#[must_use]
pub fn when(at: i64, now: i64) -> String {
    if within_a_day(at, now) { relative(at, now) } else { date_time(at) }
}

/// [`when`] for what has happened. The clock on a page ticks once a second, so that its `now` may lie before what was
/// just done: then it is now.
#[must_use]
pub fn since(at: i64, now: i64) -> String {
    when(at.min(now), now)
}

/// The relative time up to a day with the absolute one after it: `in 23 h 14 min, 18 Oct 2022, 13:27 UTC`;
/// beyond a day only `29 Oct 2022, 09:20 UTC`.
#[must_use]
pub fn when_exactly(at: i64, now: i64) -> String {
    if within_a_day(at, now) { format!("{}, {}", relative(at, now), date_time(at)) } else { date_time(at) }
}
