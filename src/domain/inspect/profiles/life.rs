//! Times by the rules of a profile, with the allowance for clocks said (RFC 7519, 4.1.4 to 4.1.6).

use crate::domain::inspect::findings::{Severity, with_article};
use crate::domain::inspect::json::Value;
use crate::domain::inspect::times::{NAMES, NumericDate, looks_like_milliseconds};
use crate::domain::time;

use super::facts::Facts;
use super::profile::End;
use super::verdict::{Answer, Said, Verdict};

/// The years 1 to 9999.
const DATES: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A time of the wrong JSON type: some checkers read it as no time at all (CVE-2026-25537).
pub(super) fn types(f: &Facts<'_>) -> Answer {
    let mut any = false;
    for name in NAMES {
        let Some(node) = f.claim(name)? else { continue };
        any = true;
        if let NumericDate::WrongType(written) = NumericDate::of(node) {
            let words = ["`", name, "` is ", &with_article(written), ", not a number."].concat();
            return Ok(f.on_claim(node, Verdict::error(words)));
        }
    }
    Ok(if any { Verdict::pass("Every time is a number.") } else { no_times() })
}

fn no_times() -> Said {
    Verdict::none("It names no times.")
}

/// Seconds since 1970, in a range that a server can hold.
pub(super) fn unit(f: &Facts<'_>) -> Answer {
    let mut any = false;
    for name in NAMES {
        let Some(node) = f.claim(name)? else { continue };
        let NumericDate::Seconds(at) = NumericDate::of(node) else { continue };
        any = true;
        let words = if looks_like_milliseconds(at) {
            let meant = time::date_time_seconds(at / 1_000);
            ["`", name, "` looks like milliseconds. Read so it is ", &meant, "."].concat()
        } else if !DATES.contains(&at) {
            ["`", name, "` is no date between the years 1 and 9999. Servers read it differently."].concat()
        } else if at < 0 {
            ["`", name, "` lies before 1970."].concat()
        } else if is_fraction(node.value()) {
            ["`", name, "` is not a whole number. Some servers refuse that."].concat()
        } else {
            continue;
        };
        return Ok(f.on_claim(node, Verdict::warning(words)));
    }
    Ok(if any { Verdict::pass("Every time counts whole seconds.") } else { no_times() })
}

fn is_fraction(value: Value<'_>) -> bool {
    matches!(value, Value::Number(digits) if digits.contains(['.', 'e', 'E']))
}

fn forgiven(f: &Facts<'_>) -> String {
    [&time::duration(f.known.skew), " of clock difference"].concat()
}

pub(super) fn expiry(f: &Facts<'_>) -> Answer {
    let end = f.profile.expects.end;
    let Some(at) = f.date("exp")? else {
        return Ok(match end {
            End::Needed => Verdict::error("`exp` is missing."),
            End::Optional => Verdict::none("It names no end."),
            End::ZeroIsNever => Verdict::pass("It never expires: there is no `exp`."),
        });
    };
    let now = f.known.now;
    let verdict = if at == 0 && end == End::ZeroIsNever {
        Verdict::pass("It never expires: that is what Keycloak means by `exp` 0.")
    } else if at == 0 {
        Verdict::error(
            "`exp` is 0, the first second of 1970: expired. Only Keycloak's own tokens mean \"never\" by it.",
        )
    } else if at > now {
        Verdict::pass(["It ends ", &time::when_exactly(at, now), "."].concat())
    } else if now.saturating_sub(at) < f.known.skew {
        let words = ["It ended ", &time::relative(at, now), ". Only a server that forgives ", &forgiven(f)];
        Verdict::warning([&words.concat(), " still takes it."].concat())
    } else {
        let ended = [&time::date_time_seconds(at), ", ", &time::relative(at, now)].concat();
        Verdict::error(["It ended ", &ended, ". ", &forgiven(f), " is not enough."].concat())
    };
    f.with("exp", verdict)
}

/// `nbf` and `iat`: neither may lie ahead of the clock.
fn ahead(f: &Facts<'_>, name: &'static str, severity: Severity) -> Answer {
    let Some(at) = f.date(name)? else {
        return Ok(Verdict::none(["There is no `", name, "`."].concat()));
    };
    let now = f.known.now;
    let when = time::when_exactly(at, now);
    let ahead = at.saturating_sub(now);
    let verdict = if ahead <= 0 {
        Verdict::pass(["`", name, "` is ", &when, "."].concat())
    } else if ahead <= f.known.skew {
        Verdict::warning(["`", name, "` is ", &when, ": less than ", &forgiven(f), " ahead."].concat())
    } else {
        Verdict::fail(severity, ["`", name, "` is ", &when, ": more than ", &forgiven(f), " ahead."].concat())
    };
    f.with(name, verdict)
}

pub(super) fn not_before(f: &Facts<'_>) -> Answer {
    ahead(f, "nbf", Severity::Error)
}

pub(super) fn issued_at(f: &Facts<'_>) -> Answer {
    ahead(f, "iat", Severity::Warning)
}

/// The end of a token that has one.
fn end(f: &Facts<'_>) -> Result<i64, Said> {
    f.date("exp")?
        .filter(|end| *end != 0 || f.profile.expects.end != End::ZeroIsNever)
        .ok_or_else(|| Verdict::none("It names no end."))
}

pub(super) fn order(f: &Facts<'_>) -> Answer {
    let end = end(f)?;
    for name in ["iat", "nbf"] {
        if f.date(name)?.is_some_and(|begin| end <= begin) {
            let words = ["`exp` is not after `", name, "`: it was never valid."].concat();
            return f.with("exp", Verdict::error(words));
        }
    }
    Ok(Verdict::pass("It ends after it begins."))
}

pub(super) fn length(f: &Facts<'_>) -> Answer {
    let end = end(f)?;
    // Without a beginning it lives from now on at least.
    let begin = f.date("iat")?.or(f.date("nbf")?).unwrap_or(f.known.now);
    let length = end.saturating_sub(begin);
    if length <= 0 {
        return Ok(Verdict::none("It has no life to measure."));
    }
    let (warning, error) = f.profile.expects.longest_life;
    let words = ["It lives ", &time::length(length), ", until ", &time::date_time_seconds(end), "."].concat();
    let verdict = if length > error {
        Verdict::error(words)
    } else if length > warning {
        Verdict::warning(words)
    } else {
        Verdict::pass(words)
    };
    f.with("exp", verdict)
}
