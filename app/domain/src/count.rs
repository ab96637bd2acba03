//! The counts snapshot: what a screen shows, whole, each time. Its shape is a promise to the outside.

mod small;

use serde::{Deserialize, Serialize};

use crate::crowd::{Estimate, Gauge};
use crate::device::Missing;
use crate::moment::MINUTE;
use crate::{MarketRef, Moment};

pub use small::{FEW, Shown, shown};

/// What counts as just now at a stall, in milliseconds.
pub const RECENT: i64 = 15 * MINUTE;

/// Everything a screen needs, as of one moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which market.
    pub market: MarketRef,
    /// True at this moment.
    pub as_of: Moment,
    /// Grows with every change of the market's counts.
    pub version: i64,
    /// Which map is in force, `rain-3`. A screen that shows another one loads itself again.
    pub map: String,
    /// People served.
    pub encounters: Encounters,
    /// Heads at talks; outside the total.
    pub talks: i64,
    /// Different phones, roughly. Never called persons.
    pub devices_about: i64,
    /// Appeals.
    pub appeals: Appeals,
    /// Each stall that has a number.
    pub stalls: Vec<StallCount>,
    /// The morning, a point a bucket, not summed up.
    pub curve: Vec<Point>,
    /// What everybody is told now, latest first.
    #[serde(default)]
    pub announcements: Vec<String>,
    /// Staff phones whose records are not all in, and at most how many records.
    #[serde(default)]
    pub devices_missing: Missing,
    /// How many people came, by the most exact method that was used; an estimate, never added to encounters.
    #[serde(default)]
    pub crowd: Option<Estimate>,
    /// The market is open now.
    #[serde(default)]
    pub open: bool,
    /// How full the place is, where gates are counted.
    #[serde(default)]
    pub gauge: Option<Gauge>,
}

/// People served, by source. `total = scan + staff + paper`, always.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Encounters {
    /// The headline.
    pub total: i64,
    /// Scanned by residents.
    pub scan: i64,
    /// Tapped by staff.
    pub staff: i64,
    /// Keyed in from paper.
    pub paper: i64,
    /// In the ledger, not in the total.
    pub pending_review: i64,
    /// Part of the total that arrived more than two minutes after it happened.
    pub late: i64,
    /// Taken out of the total again by counter-entries; the total is what is left.
    #[serde(default)]
    pub corrected: i64,
}

/// Appeals by how far they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Appeals {
    /// Heard.
    pub raised: i64,
    /// Settled at the stall.
    pub settled_on_spot: i64,
    /// Settled, as the unit says (on the spot or later).
    pub settled_by_unit: i64,
    /// Settled, as the resident confirms.
    pub confirmed: i64,
    /// Past their time.
    pub overdue: i64,
}

/// One stall's figures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StallCount {
    /// Printed number.
    pub no: String,
    /// Name on the sign.
    pub name: String,
    /// The unit that runs it.
    pub unit: String,
    /// Zone letter.
    pub zone: String,
    /// People served there, in the total.
    pub encounters: i64,
    /// Of these in the last fifteen minutes.
    pub last_15_min: i64,
    /// Whether the unit has come.
    pub arrived: bool,
    /// Numbers that wait in its queue; `None` where it has none.
    #[serde(default)]
    pub waiting: Option<i64>,
    /// Nobody came in the last fifteen minutes, although the market is open and somebody stands there.
    #[serde(default)]
    pub quiet: bool,
}

/// People served in one bucket of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Point {
    /// Beginning of the bucket.
    pub at: Moment,
    /// In that bucket.
    pub n: i64,
}
