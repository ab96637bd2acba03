//! Why a stall has no place under cover, with the numbers that decide it.

use serde::{Deserialize, Serialize};

use super::solve::Rows;

/// One reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum Lack {
    /// There are fewer places than stalls.
    NoRoom {
        /// Stalls of the fair layout.
        stalls: i64,
        /// Places under cover.
        places: i64,
    },
    /// No outlet in reach of any place carries so much.
    NoPower {
        /// Watts wanted.
        needs_w: i64,
        /// The strongest outlet in reach of a place, in watts; `None`: no place has one.
        most_w: Option<i64>,
    },
    /// Outlets that could carry it are used by others.
    PowerTaken {
        /// Watts wanted.
        needs_w: i64,
        /// The most that is left on an outlet in reach, in watts.
        left_w: i64,
    },
    /// Every place is too far from a tap.
    NoWater {
        /// The nearest, in centimetres; `None`: the ground has no tap.
        nearest_cm: Option<i64>,
        /// As far as water may be carried.
        limit_cm: i64,
    },
    /// Every place is too narrow.
    TooNarrow {
        /// Wanted, in centimetres.
        needs_cm: i64,
        /// The widest place.
        widest_cm: i64,
    },
    /// No place is under a roof.
    NoRoof,
    /// Each demand is met somewhere, but no place meets all of them.
    NotTogether,
    /// The places that would do have gone to others.
    FitTaken {
        /// How many would do.
        fitting: i64,
    },
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Why a row is left out of a placing; never empty. Feeds are the outlets in use.
pub(super) fn lacks(rows: &Rows<'_>, row: usize, left_w: impl Fn(usize) -> i64) -> Vec<Lack> {
    let Some(entry) = rows.entry(row) else { return vec![no_room(rows)] };
    let (sites, needs) = (rows.sites(), &entry.needs);
    let mut lacks = Vec::new();
    if sites.is_empty() {
        return vec![no_room(rows)];
    }
    if needs.power_w > 0 && !sites.iter().any(|site| site.feed(needs.power_w).is_some()) {
        let reached = sites.iter().flat_map(|site| &site.outlets).filter(|outlet| outlet.reaches());
        let most_w = reached.map(|outlet| outlet.capacity_w).max();
        lacks.push(Lack::NoPower { needs_w: needs.power_w, most_w });
    }
    let (limit_cm, nearest_cm) = (rows.water_max_cm(), sites.iter().filter_map(|site| site.water_cm).min());
    if needs.water && nearest_cm.is_none_or(|nearest| nearest > limit_cm) {
        lacks.push(Lack::NoWater { nearest_cm, limit_cm });
    }
    let widest_cm = sites.iter().map(|site| site.width_cm).max().unwrap_or(0);
    if needs.width_cm > widest_cm {
        lacks.push(Lack::TooNarrow { needs_cm: needs.width_cm, widest_cm });
    }
    if needs.shelter && rows.in_rain() && !sites.iter().any(|site| site.sheltered) {
        lacks.push(Lack::NoRoof);
    }
    if lacks.is_empty() {
        lacks.push(taken(rows, row, needs.power_w, left_w));
    }
    lacks
}

fn no_room(rows: &Rows<'_>) -> Lack {
    Lack::NoRoom { stalls: count(rows.len()), places: count(rows.sites().len()) }
}

/// Every single demand is met somewhere: what is missing is one place for all of them.
fn taken(rows: &Rows<'_>, row: usize, needs_w: i64, left_w: impl Fn(usize) -> i64) -> Lack {
    let fitting: Vec<usize> = (0..rows.sites().len()).filter(|site| rows.fits(row, *site)).collect();
    if fitting.is_empty() {
        return Lack::NotTogether;
    }
    if needs_w > 0 {
        let outlets = fitting.iter().flat_map(|site| rows.feeds(row, *site));
        let left = outlets.map(left_w).max().unwrap_or(0).max(0);
        if left < needs_w {
            return Lack::PowerTaken { needs_w, left_w: left };
        }
    }
    if rows.len() > rows.sites().len() && fitting.len() == rows.sites().len() {
        return no_room(rows);
    }
    Lack::FitTaken { fitting: count(fitting.len()) }
}
