//! What will stand at a stall, as far as the layout has to care. Knows nothing of names and units.

use serde::{Deserialize, Serialize};

use crate::StallId;
use crate::entry::Needs;
use crate::map::Map;
use crate::market::Plan;

/// People in a queue of which nobody has said how long it gets.
const QUEUE: u32 = 12;

/// What stands at one stall on the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "independent demands, not a state")]
pub struct Use {
    /// Watts; 0 for none.
    pub watts: u32,
    /// Running water nearby.
    pub water: bool,
    /// A roof, on a day of rain.
    pub shelter: bool,
    /// Suffers from noise next door.
    pub quiet: bool,
    /// Makes noise.
    pub loud: bool,
    /// People who wait before it at the busiest hour; 0 for none.
    pub queue: u32,
    /// A wheelchair must get to its counter.
    pub step_free: bool,
}

/// What stands at each stall of a layout; a stall without a use asks for nothing.
pub type Uses = Map<StallId, Use>;

impl Use {
    /// What an entry with such needs asks of its stall in fair weather or in rain.
    pub fn of(needs: &Needs, plan: Plan) -> Self {
        let people = u32::try_from(needs.waiting).unwrap_or(0);
        Self {
            watts: u32::try_from(needs.power_w).unwrap_or(0),
            water: needs.water,
            shelter: needs.shelter && plan == Plan::Rain,
            quiet: needs.quiet,
            loud: needs.loud,
            queue: if needs.queue && people == 0 { QUEUE } else { people },
            step_free: needs.step_free,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roof_is_asked_for_only_in_the_rain_and_a_queue_has_a_usual_length() {
        let needs = Needs { shelter: true, queue: true, power_w: 900, ..Needs::default() };
        let fair = Use::of(&needs, Plan::Fair);
        assert_eq!(fair, Use { watts: 900, queue: 12, ..Use::default() });
        assert!(Use::of(&needs, Plan::Rain).shelter);
        let told = Needs { waiting: 5, power_w: -3, ..needs };
        assert_eq!(Use::of(&told, Plan::Fair), Use { queue: 5, ..Use::default() });
    }
}
