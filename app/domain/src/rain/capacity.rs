//! What a layout offers in all, to say in numbers what a second one lacks.

use serde::{Deserialize, Serialize};

use crate::assignment::spots;
use crate::ground::Ground;
use crate::layout::Layout;

/// Figures of one layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Capacity {
    /// Stalls.
    pub stalls: i64,
    /// Counter in all, in centimetres.
    pub counter_cm: i64,
    /// Stalls with an outlet in reach.
    pub powered: i64,
    /// Watts of the outlets in reach of any stall, no more than their circuits carry.
    pub power_w: i64,
    /// Stalls under a roof.
    pub sheltered: i64,
}

impl Capacity {
    /// Counts a layout.
    pub fn of(ground: &Ground, layout: &Layout) -> Self {
        let spots = spots(ground, layout);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let reached = |id: &str| {
            spots.iter().any(|spot| spot.outlets.iter().any(|outlet| outlet.id == id && outlet.reaches()))
        };
        let used: Vec<_> = ground.outlets.iter().filter(|outlet| reached(&outlet.id)).collect();
        let own = |circuit: Option<&str>| -> i64 {
            let fed = used.iter().filter(|outlet| outlet.circuit.as_deref() == circuit);
            fed.map(|outlet| i64::from(outlet.cap_w)).sum()
        };
        let shared: i64 =
            ground.circuits.iter().map(|circuit| own(Some(&circuit.id)).min(i64::from(circuit.cap_w))).sum();
        let powered = spots.iter().filter(|spot| spot.outlets.iter().any(crate::assignment::Outlet::reaches));
        Self {
            stalls: count(spots.len()),
            counter_cm: spots.iter().map(|spot| spot.width_cm).sum(),
            powered: count(powered.count()),
            power_w: own(None) + shared,
            sheltered: count(spots.iter().filter(|spot| spot.sheltered).count()),
        }
    }
}
