//! One Saturday: who calls it, when it is open, under which theme, in which weather.

use serde::{Deserialize, Serialize};

use crate::moment::{Day, MINUTE, Place};
use crate::text::{short, short_or_empty};
use crate::{GroundId, MarketId, Moment, OrgId, Refusal};

/// Scans count from so long before opening until so long after closing.
pub const GRACE: i64 = 30 * MINUTE;

/// Which of the two layouts is meant: one roster, two places for each stall.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// 晴
    #[default]
    Fair,
    /// 雨
    Rain,
}

impl Plan {
    /// The one for the other weather.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Fair => Self::Rain,
            Self::Rain => Self::Fair,
        }
    }

    /// The value of the `plan` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fair => "fair",
            Self::Rain => "rain",
        }
    }

    /// Reads the `plan` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "fair" => Ok(Self::Fair),
            "rain" => Ok(Self::Rain),
            _ => Err(Refusal::Malformed("plan")),
        }
    }
}

/// Where a Saturday stands, from draft to filed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Being planned.
    Draft,
    /// Units are being called.
    Calling,
    /// Market day.
    Open,
    /// Over; the bulletin is not signed yet.
    Closed,
    /// Signed and filed.
    Filed,
}

impl Stage {
    /// The value of the `stage` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Calling => "calling",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Filed => "filed",
        }
    }

    /// Reads the `stage` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Ok(match code {
            "draft" => Self::Draft,
            "calling" => Self::Calling,
            "open" => Self::Open,
            "closed" => Self::Closed,
            "filed" => Self::Filed,
            _ => return Err(Refusal::Malformed("stage")),
        })
    }
}

/// A slogan zone (民有所呼, 民有所需 …): every bulletin is organized by them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Zone {
    /// `A`, `B` …: printed beside the colour, so that colour is never the only sign.
    pub letter: String,
    /// `民有所呼，我有所应`
    pub name: String,
}

/// One Saturday of one organization.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Market {
    /// Whose.
    pub org: OrgId,
    /// Which.
    pub id: MarketId,
    /// `党员服务市集`
    pub name: String,
    /// `党群开市“服”满园，不拘一“格”应民声`
    pub theme: String,
    /// `党员摆摊，群众赶集`
    pub tagline: String,
    /// Calendar day at the place, `2023-05-13`.
    pub held_on: String,
    /// Opening.
    pub opens_at: Moment,
    /// Closing.
    pub closes_at: Moment,
    /// IANA time zone of the square.
    pub time_zone: String,
    /// Where it stands.
    pub stage: Stage,
    /// Which layout is in force.
    pub plan: Plan,
    /// `雨 22℃`, as the organizer wrote it.
    pub weather: String,
    /// The ground it is held on.
    pub ground: GroundId,
    /// 主办
    pub host: String,
    /// 承办
    pub organizer: String,
    /// 参办
    pub participants: String,
    /// Its slogan zones, in order.
    pub zones: Vec<Zone>,
    /// The how-manieth Saturday of the series.
    pub ordinal: i64,
}

/// Whether a scan counts at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// Too early; the page says from when.
    NotYet(Moment),
    /// Counts.
    Open,
    /// Over; appeals stay welcome.
    Over,
}

impl Market {
    /// Whether a scan counts at `now`: from half an hour before opening to half an hour after closing.
    pub const fn window(&self, now: Moment) -> Window {
        if now.millis() < self.opens_at.millis() - GRACE {
            Window::NotYet(self.opens_at.plus(-GRACE))
        } else if now.millis() > self.closes_at.millis() + GRACE {
            Window::Over
        } else {
            Window::Open
        }
    }

    /// The wall clock of its square.
    pub fn place(&self) -> Result<Place, Refusal> {
        Place::named(&self.time_zone)
    }

    /// When it opens and closes on the clock of its place, if that is within one day.
    fn hours_of_a_day(&self) -> Option<(String, String)> {
        let place = self.place().ok()?;
        let (opens, closes) = (place.clock(self.opens_at), place.clock(self.closes_at));
        let same = place.day(self.opens_at) == place.day(self.closes_at) && opens < closes;
        same.then_some((opens, closes))
    }

    /// A zone by its letter.
    pub fn zone(&self, letter: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.letter == letter)
    }
}

/// A Saturday as somebody plans it, before it is checked.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Planned {
    /// `2023-05-13`
    pub held_on: String,
    /// `08:30`
    pub opens: String,
    /// `12:00`
    pub closes: String,
    /// `党员服务市集`
    pub name: String,
    /// Theme.
    pub theme: String,
    /// Tagline.
    pub tagline: String,
    /// Weather.
    pub weather: String,
    /// 主办
    pub host: String,
    /// 承办
    pub organizer: String,
    /// 参办
    pub participants: String,
    /// Slogan zones, one a line; they get the letters A, B, C …
    pub zones: String,
}

/// The most slogan zones: as many as there are colours that anybody can tell apart.
pub const MOST_ZONES: usize = 8;
const MOST_CHARACTERS: usize = 120;

/// When a Saturday opens and closes while no earlier one says otherwise.
pub const USUAL_HOURS: (&str, &str) = ("08:30", "12:00");

impl Planned {
    /// The next one after `last`: everything but the day and the weather. Hours that ran past midnight, as a
    /// demo's or a drill's may, are no hours of a Saturday: then it gets the usual ones.
    pub fn after(last: &Market) -> Self {
        let (opens, closes) = last.hours_of_a_day().unwrap_or_else(|| {
            let (opens, closes) = USUAL_HOURS;
            (opens.to_owned(), closes.to_owned())
        });
        let day = Day::parse(&last.held_on).map(|day| day.plus_days(7).to_string()).unwrap_or_default();
        Self {
            held_on: day,
            opens,
            closes,
            name: last.name.clone(),
            theme: last.theme.clone(),
            tagline: last.tagline.clone(),
            weather: String::new(),
            host: last.host.clone(),
            organizer: last.organizer.clone(),
            participants: last.participants.clone(),
            zones: last.zones.iter().map(|zone| zone.name.as_str()).collect::<Vec<_>>().join("\n"),
        }
    }

    /// The market, if day, hours and texts make sense.
    pub fn market(
        &self,
        org: OrgId,
        id: MarketId,
        ground: GroundId,
        ordinal: i64,
    ) -> Result<Market, Refusal> {
        const TIME_ZONE: &str = "Asia/Shanghai";
        let place = Place::named(TIME_ZONE)?;
        let day = Day::parse(self.held_on.trim())?;
        let (opens_at, closes_at) = (place.at_clock(day, &self.opens)?, place.at_clock(day, &self.closes)?);
        if closes_at <= opens_at {
            return Err(Refusal::Malformed("hours"));
        }
        let text = |value: &str, what| short_or_empty(value, MOST_CHARACTERS, what);
        let named = |value: &str, what| short(value, MOST_CHARACTERS, what);
        let lines: Vec<_> = self.zones.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.len() > MOST_ZONES {
            return Err(Refusal::TooLong("zones"));
        }
        let zones = ('A'..='H')
            .zip(lines)
            .map(|(letter, name)| Ok(Zone { letter: letter.to_string(), name: text(name, "zone")? }))
            .collect::<Result<Vec<_>, Refusal>>()?;
        Ok(Market {
            org,
            id,
            ordinal,
            name: named(&self.name, "name")?,
            theme: named(&self.theme, "theme")?,
            tagline: text(&self.tagline, "tagline")?,
            held_on: day.to_string(),
            opens_at,
            closes_at,
            time_zone: TIME_ZONE.into(),
            stage: Stage::Draft,
            plan: Plan::Fair,
            weather: text(&self.weather, "weather")?,
            ground,
            host: named(&self.host, "host")?,
            organizer: named(&self.organizer, "organizer")?,
            participants: text(&self.participants, "participants")?,
            zones,
        })
    }
}

#[cfg(test)]
mod tests;
