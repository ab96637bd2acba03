//! What may go wrong and what has gone wrong, as one loop: 事前预警—事中处置—事后回访.
//!
//! A hazard is warned of, handled, and looked at again; something that happened is handled and looked at again.
//! Nobody's name is asked for, neither of who was hurt nor of who helped: roles and counts suffice.

mod state;

use serde::{Deserialize, Serialize};

pub use state::{Deed, Promise, State, Step};

use crate::cell::Point;
use crate::text::short;
use crate::unit::codes;
use crate::{CellId, IncidentId, Moment, Refusal, StallId};

codes! {
    /// What it is.
    Kind "incident kind" {
        /// 通道堵塞
        Passage "passage",
        /// 用电
        Electric "electric",
        /// 燃气明火
        Gas "gas",
        /// 篷架、器材
        Structure "structure",
        /// 施工装修
        Building "building",
        /// 游乐设施
        Ride "ride",
        /// 跌倒受伤
        Injury "injury",
        /// 身体不适
        Illness "illness",
        /// 走失
        Lost "lost",
        /// 拥挤
        Crowd "crowd",
        /// 纠纷
        Dispute "dispute",
        /// 天气
        Weather "weather",
        /// 协助救援 (K10): counted apart.
        Rescue "rescue",
        /// 其他
        Other "other",
    }
}

codes! {
    /// How bad it is.
    Severity "severity" {
        /// 轻微
        Minor "minor",
        /// 一般
        Serious "serious",
        /// 严重
        Grave "grave",
    }
}

codes! {
    /// Who came from outside.
    Help "help" {
        /// 110
        Police "110",
        /// 119
        Fire "119",
        /// 120
        Ambulance "120",
    }
}

impl From<Point> for Kind {
    /// What an unmet point of the opening checklist is.
    fn from(point: Point) -> Self {
        match point {
            Point::FireLane => Self::Passage,
            Point::Extinguisher | Point::Aed => Self::Other,
            Point::Cable => Self::Electric,
            Point::Canopy => Self::Structure,
            Point::Gas => Self::Gas,
            Point::Building => Self::Building,
            Point::Ride => Self::Ride,
        }
    }
}

/// Where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// At a stall.
    Stall(StallId),
    /// In a cell.
    Cell(CellId),
    /// In words.
    Elsewhere(String),
}

/// One thing that may go wrong or went wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incident {
    /// Which.
    pub id: IncidentId,
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub spot: Spot,
    /// How bad.
    pub severity: Severity,
    /// What was seen, without names.
    pub words: String,
    /// The point of an opening checklist that was not met, if it comes from one.
    pub point: Option<Point>,
    /// When it happened or was seen.
    pub happened: Moment,
    /// When it was written down.
    pub written: Moment,
    /// Where it stands.
    pub state: State,
}

impl Incident {
    /// This incident with its texts trimmed, if it makes sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.words = short(&self.words, 200, "words")?;
        if let Spot::Elsewhere(place) = &self.spot {
            self.spot = Spot::Elsewhere(short(place, 40, "place")?);
        }
        // A clock may be a minute ahead; nothing is written down before it happens.
        if self.happened > self.written.plus(crate::moment::MINUTE) {
            return Err(Refusal::Malformed("time"));
        }
        Ok(self)
    }
}

/// How many there are, help given counted apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Warned of or being handled.
    pub open: i64,
    /// Handled, to be looked at again.
    pub visits: i64,
    /// Settled for good.
    pub settled: i64,
    /// 协助救援, wherever they stand; in none of the others.
    pub rescues: i64,
}

/// Adds them up.
pub fn figures(incidents: &[Incident]) -> Figures {
    incidents.iter().fold(Figures::default(), |mut sum, one| {
        match (one.kind, &one.state) {
            (Kind::Rescue, _) => sum.rescues += 1,
            (_, State::Warned | State::Handling) => sum.open += 1,
            (_, State::Visit { .. }) => sum.visits += 1,
            (_, State::Settled { .. }) => sum.settled += 1,
        }
        sum
    })
}

#[cfg(test)]
mod tests;
