//! Saturdays as a calendar file (RFC 5545): times in UTC, names of events that stay the same from reading to reading.

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};
use kaishi_domain::Moment;

/// One event.
pub struct Entry {
    /// Stays the same while the event is the same.
    pub uid: String,
    /// From when to when.
    pub span: (Moment, Moment),
    /// Its title.
    pub title: String,
    /// Where.
    pub place: String,
    /// What else.
    pub words: String,
    /// The address of its page.
    pub page: String,
    /// Whether it is certain.
    pub certain: bool,
}

/// A line of a calendar holds no control characters; the library writes some values as they are.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect()
}

fn event(entry: Entry, now: Moment) -> Event {
    let status = if entry.certain { EventStatus::Confirmed } else { EventStatus::Tentative };
    let mut event = Event::with_uid(&format!("{}@kaishi", entry.uid));
    event
        .add_property("DTSTAMP", now.utc())
        .add_property("DTSTART", entry.span.0.utc())
        .add_property("DTEND", entry.span.1.utc())
        .summary(&plain(&entry.title).replace('\n', " "))
        .status(status);
    if !entry.place.is_empty() {
        event.location(&plain(&entry.place));
    }
    if !entry.words.is_empty() {
        event.description(&plain(&entry.words));
    }
    if !entry.page.is_empty() {
        event.url(&plain(&entry.page).replace('\n', ""));
    }
    event.done()
}

/// The whole file.
pub fn write(name: &str, entries: Vec<Entry>, now: Moment) -> String {
    let mut calendar = Calendar::new();
    // The name is written as it is: what parts values elsewhere is no part of it.
    let name = plain(name).replace(['\n', ',', ';', '\\'], " ");
    calendar.name(&name);
    for entry in entries {
        calendar.push(event(entry, now));
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn what_people_wrote_stays_inside_its_line() {
        let at = Moment::from_millis(1_683_945_720_000);
        let entry = Entry {
            uid: "0189".into(),
            span: (at, at.plus(3_600_000)),
            title: "市集, 7 号\r\nBEGIN:VEVENT".into(),
            place: "广场; 东".into(),
            words: "第一行\n第二行，".repeat(20),
            page: "https://ks.example.cn/u/ABC".into(),
            certain: true,
        };
        let text = write("福中社区,\r\nX-EVIL:1", vec![entry], at);
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
        assert!(!text.contains("\nX-EVIL"));
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("\r\nSUMMARY:市集\\, 7 号 BEGIN:VEVENT\r\n"), "{whole}");
        assert!(whole.contains("\r\nLOCATION:广场\\; 东\r\n") && whole.contains("第一行\\n第二行"));
        for line in [
            "DTSTAMP:20230513T024200Z",
            "DTSTART:20230513T024200Z",
            "DTEND:20230513T034200Z",
            "UID:0189@kaishi",
            "STATUS:CONFIRMED",
        ] {
            assert!(whole.contains(&format!("\r\n{line}\r\n")), "{line} in {whole}");
        }
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "RFC 5545, 3.1");
    }
}
