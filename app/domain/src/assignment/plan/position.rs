//! Positions: runs of stalls side by side, as one place each, and what powers a unit there.

use super::instance::{Feed, Instance, Stall, Unit};

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

/// Names by number, in the order in which they are met.
pub(super) struct Names<'n>(pub(super) Vec<&'n str>);

impl<'n> Names<'n> {
    pub(super) fn of(all: impl Iterator<Item = &'n str>) -> Self {
        let mut names = Vec::new();
        for name in all {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Self(names)
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|one| *one == name)
    }
}

/// Every run of stalls that some unit could want; and for each stall, the runs that begin with it.
pub(super) fn positions(instance: &Instance, zones: &Names) -> (Vec<Position>, Vec<Vec<usize>>) {
    let longest = instance.units.iter().map(|unit| unit.slots_max).max().unwrap_or(0);
    let wanted = |size: &usize| {
        let wants = |unit: &Unit| (unit.slots_min..=unit.slots_max).contains(size);
        instance.units.iter().any(wants)
    };
    let sizes: Vec<usize> = (1..=longest).filter(wanted).collect();
    let mut starting = vec![Vec::new(); instance.stalls.len()];
    let mut all: Vec<Position> = Vec::new();
    for row in &instance.rows {
        for size in &sizes {
            for run in row.windows(*size) {
                let known = starting[run[0]].iter().any(|at: &usize| all[*at].stalls == run);
                if known || run.iter().any(|stall| instance.stalls[*stall].blocked) {
                    continue;
                }
                starting[run[0]].push(all.len());
                all.push(position(instance, zones, run));
            }
        }
    }
    (all, starting)
}

fn position(instance: &Instance, zones: &Names, run: &[usize]) -> Position {
    let stalls = || run.iter().map(|stall| &instance.stalls[*stall]);
    let circuit = |id: &str| instance.circuits.iter().position(|circuit| circuit.id == id);
    let wire = |feed: &Feed| Wire {
        power_w: feed.power_w,
        cable_cm: feed.cable_cm,
        fuses: feed.circuits.iter().filter_map(|id| circuit(id)).collect(),
    };
    let mean = |of: fn(&Stall) -> i64| stalls().map(of).sum::<i64>().div_euclid(run.len() as i64);
    Position {
        x: mean(|stall| stall.x_cm),
        y: mean(|stall| stall.y_cm),
        quality: mean(|stall| stall.quality),
        entrance: stalls().map(|stall| stall.entr_cm).min().unwrap_or(0),
        tap: stalls().filter(|stall| stall.water).map(|stall| stall.tap_cm).min().unwrap_or(0),
        circuit: stalls().find(|stall| powered(stall)).and_then(|stall| circuit(stall.circuit.as_deref()?)),
        strongest: stalls().filter(|stall| powered(stall)).map(|stall| stall.power_w).max(),
        feeds: stalls().flat_map(|stall| &stall.feeds).map(wire).collect(),
        zone: zones.number(&instance.stalls[run[0]].zone).unwrap_or(0),
        stalls: run.to_vec(),
    }
}
