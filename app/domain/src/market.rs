//! One Saturday: who calls it, when it is open, under which theme, in which weather.

use serde::{Deserialize, Serialize};

use crate::moment::{MINUTE, Place};
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

    /// A zone by its letter.
    pub fn zone(&self, letter: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.letter == letter)
    }
}
