//! Positions: runs of stalls side by side, as one place each, and what powers a unit there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::instance::{Instance, Stall};

/// A run of stalls side by side, as one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Position {
    pub(super) stalls: Vec<usize>,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) quality: i64,
    pub(super) entrance: i64,
    pub(super) tap: i64,
    /// The one fuse of stalls that have no feeds, and the most that an outlet of theirs gives.
    circuit: Option<usize>,
    strongest: Option<i64>,
    feeds: Vec<Wire>,
    pub(super) zone: usize,
}

/// A feed with its fuses by number.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wire {
    power_w: i64,
    cable_cm: i64,
    fuses: Vec<usize>,
}

impl Position {
    /// The most that a unit alone may draw here; `None` without any outlet.
    pub(super) fn most_w(&self) -> Option<i64> {
        self.feeds.iter().map(|feed| feed.power_w).max().or(self.strongest)
    }

    fn feed(&self, watts: i64) -> Option<&Wire> {
        self.feeds.iter().find(|feed| watts > 0 && feed.power_w >= watts)
    }

    /// The fuses through which a unit of so many watts draws here.
    pub(super) fn fuses(&self, watts: i64) -> &[usize] {
        if watts == 0 {
            &[]
        } else if self.feeds.is_empty() {
            self.circuit.as_slice()
        } else {
            self.feed(watts).map_or(&[], |feed| &feed.fuses)
        }
    }

    /// Centimetres of cable to what feeds so many watts.
    pub(super) fn cable(&self, watts: i64) -> i64 {
        self.feed(watts).map_or(0, |feed| feed.cable_cm)
    }
}

fn powered(stall: &Stall) -> bool {
    stall.circuit.as_ref().is_some_and(|id| !id.is_empty())
}

/// Every run of stalls that some unit could want.
pub(super) fn positions(
    instance: &Instance,
    zones: &BTreeMap<&str, usize>,
    circuits: &HashMap<&str, usize>,
) -> Vec<Position> {
    let sizes: BTreeSet<usize> =
        instance.units.iter().flat_map(|unit| unit.slots_min..=unit.slots_max).collect();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in &instance.rows {
        for size in &sizes {
            for run in row.windows(*size) {
                let stalls: Vec<_> = run.iter().map(|stall| &instance.stalls[*stall]).collect();
                if stalls.iter().any(|stall| stall.blocked) || !seen.insert(run.to_vec()) {
                    continue;
                }
                let count = run.len() as i64;
                let mean = |sum: i64| sum.div_euclid(count);
                all.push(Position {
                    stalls: run.to_vec(),
                    x: mean(stalls.iter().map(|stall| stall.x_cm).sum()),
                    y: mean(stalls.iter().map(|stall| stall.y_cm).sum()),
                    quality: mean(stalls.iter().map(|stall| stall.quality).sum()),
                    entrance: stalls.iter().map(|stall| stall.entr_cm).min().unwrap_or(0),
                    tap: stalls
                        .iter()
                        .filter(|stall| stall.water)
                        .map(|stall| stall.tap_cm)
                        .min()
                        .unwrap_or(0),
                    circuit: stalls
                        .iter()
                        .find(|stall| powered(stall))
                        .and_then(|stall| circuits.get(stall.circuit.as_deref()?).copied()),
                    strongest: stalls.iter().filter(|stall| powered(stall)).map(|stall| stall.power_w).max(),
                    feeds: stalls.iter().flat_map(|stall| wires(stall, circuits)).collect(),
                    zone: zones[stalls[0].zone.as_str()],
                });
            }
        }
    }
    all
}

fn wires<'s>(stall: &'s Stall, circuits: &'s HashMap<&str, usize>) -> impl Iterator<Item = Wire> + 's {
    stall.feeds.iter().map(|feed| Wire {
        power_w: feed.power_w,
        cable_cm: feed.cable_cm,
        fuses: feed.circuits.iter().filter_map(|id| circuits.get(id.as_str()).copied()).collect(),
    })
}
