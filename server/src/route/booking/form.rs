//! What the form of a resource sends, and what is wrong with it.

use kaishi_app::pages::booking::Fields;
use kaishi_app::words::booking::Resources as Words;
use kaishi_domain::Refusal;
use kaishi_domain::booking::{Described, Follows, Kind, NoShow, Opening, Terms, Week};
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Sent {
    seen: String,
    kind: String,
    name: String,
    place: String,
    capacity: String,
    minutes: String,
    ahead: String,
    each: String,
    cutoff: String,
    day0: String,
    day1: String,
    day2: String,
    day3: String,
    day4: String,
    day5: String,
    day6: String,
    follows: String,
    shut: String,
    times: String,
    within: String,
    pause: String,
}

impl Sent {
    /// As it stands in the fields of the page.
    pub fn fields(self) -> Fields {
        Fields {
            kind: self.kind,
            name: self.name,
            place: self.place,
            numbers: [self.capacity, self.minutes, self.ahead, self.each, self.cutoff],
            rule: [self.times, self.within, self.pause],
            week: [self.day0, self.day1, self.day2, self.day3, self.day4, self.day5, self.day6],
            work: self.follows == "work",
            shut: self.shut,
            seen: self.seen,
        }
    }
}

fn number(text: &str, what: &'static str) -> Result<i64, Refusal> {
    text.trim().parse().map_err(|_| Refusal::Malformed(what))
}

/// What the fields say, and how often it had been changed when they were shown.
pub fn read(fields: &Fields) -> Result<(Described, i64), Refusal> {
    let [capacity, minutes, ahead, each, cutoff] = &fields.numbers;
    let no_show = if fields.rule.iter().all(|field| field.trim().is_empty()) {
        None
    } else {
        let [times, within, pause] = &fields.rule;
        let rule = |text| number(text, "no-show rule");
        Some(NoShow::new(rule(times)?, rule(within)?, rule(pause)?)?)
    };
    let terms = Terms {
        capacity: number(capacity, "capacity")?,
        minutes: number(minutes, "minutes")?,
        ahead: number(ahead, "ahead")?,
        each: number(each, "each")?,
        cutoff: number(cutoff, "cutoff")?,
        no_show,
    };
    let opening = Opening {
        week: Week::parse(&fields.week)?,
        shut: Opening::days(&fields.shut)?,
        follows: if fields.work { Follows::Work } else { Follows::Weekday },
    };
    let kind = Kind::from_code(&fields.kind)?;
    let described =
        Described { kind, name: fields.name.clone(), place: fields.place.clone(), terms, opening };
    Ok((described.sound()?, number(&fields.seen, "seen").unwrap_or(0)))
}

/// What is wrong, as organizers read it.
pub const fn wrong(words: Words, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Missing(what) | Refusal::TooLong(what) | Refusal::Malformed(what) => match what.as_bytes() {
            b"name" | b"place" => words.wrong_name(),
            b"no-show rule" => words.wrong_rule(),
            b"window" | b"windows" | b"windows that meet" => words.wrong_week(),
            b"day" | b"days" => words.wrong_shut(),
            _ => words.wrong_number(),
        },
        _ => words.wrong_number(),
    }
}
