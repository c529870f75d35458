//! What ends as a calendar file (iCalendar, RFC 5545), with alarms long enough before.

use super::{DAY, Ending, What};
use crate::domain::time;

/// So many days before the end an alarm sounds.
pub const ALARMS: [i64; 6] = [90, 60, 30, 15, 7, 1];
/// Longest line in octets, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The file. What has ended is left out, and so are alarms that would have sounded before `now` (seconds since 1970).
/// An event keeps its name from file to file, so that a calendar takes a later one in its place.
#[must_use]
pub fn file(endings: &[Ending], now: i64) -> String {
    let mut lines = Lines(String::new());
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put("PRODID:-//Portico//What ends when//EN");
    lines.put("CALSCALE:GREGORIAN");
    for ending in endings.iter().filter(|ending| ending.at > now) {
        if let (Some(at), Some(stamp)) = (utc(ending.at), utc(now)) {
            event(&mut lines, ending, &at, &stamp, now);
        }
    }
    lines.put("END:VCALENDAR");
    lines.0
}

/// Name of the file: `portico-2026-10-17.ics`.
#[must_use]
pub fn file_name(now: i64) -> String {
    let date: String = time::iso8601(now).chars().take_while(|c| *c != 'T').collect();
    format!("portico-{date}.ics")
}

fn event(lines: &mut Lines, ending: &Ending, at: &str, stamp: &str, now: i64) {
    let summary = format!("{} of {} ends", ending.what.words(), ending.name);
    lines.put("BEGIN:VEVENT");
    lines.put(&format!("UID:{}", escaped(&uid(ending))));
    lines.put(&format!("DTSTAMP:{stamp}"));
    lines.put(&format!("DTSTART:{at}"));
    lines.put(&format!("SUMMARY:{}", escaped(&summary)));
    let words = format!("{}\nEnvironment: {}", ending.what.advice(), ending.environment);
    lines.put(&format!("DESCRIPTION:{}", escaped(&words)));
    lines.put("TRANSP:TRANSPARENT");
    for days in ALARMS.into_iter().filter(|days| ending.at.saturating_sub(days * DAY) > now) {
        lines.put("BEGIN:VALARM");
        lines.put("ACTION:DISPLAY");
        lines.put(&format!("TRIGGER:-P{days}D"));
        let when = if days == 1 { "in a day".to_owned() } else { format!("in {days} days") };
        lines.put(&format!("DESCRIPTION:{}", escaped(&format!("{summary} {when}"))));
        lines.put("END:VALARM");
    }
    lines.put("END:VEVENT");
}

/// The same for the same thing, whenever it ends.
fn uid(ending: &Ending) -> String {
    let what = match &ending.what {
        What::ClientSecret => "client-secret".to_owned(),
        What::RegistrationAccessToken => "registration-access-token".to_owned(),
        What::Certificate(kid) => format!("certificate-{kid}"),
    };
    format!("{what}-{}@portico", ending.application)
}

/// `20221017T141438Z` (RFC 5545, 3.3.5); `None` for what has no such date.
fn utc(seconds: i64) -> Option<String> {
    let compact: String = time::iso8601(seconds).chars().filter(char::is_ascii_alphanumeric).collect();
    (compact.len() == 16).then_some(compact)
}

/// A TEXT (RFC 5545, 3.3.11). Other control characters than the line feed are not allowed in one.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

struct Lines(String);

impl Lines {
    /// A content line, folded: a line that goes on begins with a space, and no character is torn apart.
    fn put(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
