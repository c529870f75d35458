//! Times and lengths in words.

use portico::domain::time::*;
use proptest::prelude::*;

const REGISTERED: i64 = 1_666_016_078;

#[test]
fn the_formats_of_the_screens() {
    assert_eq!(date_time_seconds(REGISTERED), "17 Oct 2022, 14:14:38 UTC");
    assert_eq!(date_time(1_667_035_200), "29 Oct 2022, 09:20 UTC");
    assert_eq!(date(1_667_035_200), "29 Oct 2022");
    assert_eq!(clock(1_666_016_432), "14:20:32 UTC");
    assert_eq!(clock_bare(1_666_016_132), "14:15:32");
    assert_eq!(iso8601(REGISTERED), "2022-10-17T14:14:38Z");
}

#[test]
fn the_edges_of_the_calendar() {
    for (seconds, written) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (2_147_483_646, "2038-01-19T03:14:06Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(iso8601(seconds), written);
    }
    assert_eq!(date_time(253_402_300_800), "253402300800 (no date: outside the years 1 to 9999)");
    assert_eq!(clock(-62_135_596_801), "-62135596801 (no date: outside the years 1 to 9999)");
    assert_eq!(date(i64::MIN), format!("{} (no date: outside the years 1 to 9999)", i64::MIN));
}

/// Counts days by hand, through four centuries and all kinds of leap years.
#[test]
fn every_day_of_four_centuries() {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut year, mut month, mut day) = (1970_i64, 1_usize, 1_i64);
    for number in 0..146_097_i64 {
        assert!(
            iso8601(number * 86_400 + 86_399).starts_with(&format!("{year}-{month:02}-{day:02}T23:59:59"))
        );
        let february = if is_leap(year) { 29 } else { 28 };
        let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        day += 1;
        if day > days[month - 1] {
            (day, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    assert_eq!((year, month, day), (2370, 1, 1));
}

#[test]
fn lengths() {
    for (seconds, exact, agreed, left) in [
        (0, "0 s", "0 s", "0:00"),
        (50, "50 s", "50 s", "0:50"),
        (250, "4 min 10 s", "4 min 10 s", "4:10"),
        (300, "5 min", "5 minutes", "5:00"),
        (60, "1 min", "1 minute", "1:00"),
        (3_600, "1 h", "1 hour", "1:00:00"),
        (3_723, "1 h 2 min", "1 h 2 min", "1:02:03"),
        (83_640, "23 h 14 min", "23 h 14 min", "23:14:00"),
        (86_400, "1 day", "1 day", "1 day"),
        (1_036_800, "12 days", "12 days", "12 days"),
        (63_071_999, "729 days", "729 days", "729 days"),
        (451_396_800, "14 years", "14 years", "14 years"),
    ] {
        assert_eq!((duration(seconds).as_str(), length(seconds).as_str()), (exact, agreed), "{seconds}");
        assert_eq!(countdown(seconds), left);
        assert_eq!(duration(-seconds), exact);
    }
    assert_eq!(countdown(-5), "0:00");
}

#[test]
fn relative_up_to_a_day() {
    let now = REGISTERED;
    assert_eq!(relative(now, now), "now");
    assert_eq!(relative(now + 250, now), "in 4 min 10 s");
    assert_eq!(relative(now - 150, now), "2 min ago");
    assert_eq!(relative(now - 50, now), "50 s ago");
    assert_eq!(when(now - 7_300, now), "2 h ago");
    assert_eq!(when(now - 86_400, now), "16 Oct 2022, 14:14 UTC");
    assert_eq!(when_exactly(now + 83_640, now), "in 23 h 14 min, 18 Oct 2022, 13:28 UTC");
    assert_eq!(when_exactly(now + 86_400, now), "18 Oct 2022, 14:14 UTC");
}

#[test]
fn a_day_ends_at_midnight_of_utc() {
    assert!(is_same_day(0, 86_399) && is_same_day(-1, -86_400));
    assert!(!is_same_day(86_399, 86_400) && !is_same_day(-1, 0));
    assert!(!is_same_day(REGISTERED, REGISTERED + 86_400));
}

proptest! {
    #[test]
    fn no_number_is_too_large(at: i64, now: i64) {
        for write in [date, date_time, date_time_seconds, clock, clock_bare, iso8601, duration, length, countdown] {
            prop_assert!(!write(at).is_empty());
        }
        for write in [relative, when, when_exactly] {
            prop_assert!(!write(at, now).is_empty());
        }
    }

    #[test]
    fn later_dates_are_written_later(at in -62_135_596_800_i64..253_402_300_799, step in 1_i64..100_000) {
        let later = (at + step).min(253_402_300_799);
        prop_assert!(iso8601(at) < iso8601(later));
    }
}

#[test]
fn what_has_happened_is_never_ahead_of_the_clock_on_the_page() {
    assert_eq!(since(1_001, 1_000), "now");
    assert_eq!(since(880, 1_000), "2 min ago");
}
