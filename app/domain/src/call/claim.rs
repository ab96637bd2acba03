//! One answer to a call: which way, with what, and how it stands.

use serde::{Deserialize, Serialize};

use super::State;
use crate::entry::{Entry, Needs, Way};
use crate::text::short_or_empty;
use crate::{ClaimId, EntryId, Moment, Refusal, StallId, UnitId, WantId};

/// What a unit asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// 揭榜: one of the places of a posted want.
    Bid(WantId),
    /// 认领: this open stall.
    Take(StallId),
    /// 请缨: some stall for a service of its own.
    Offer,
}

impl Ask {
    /// The way in.
    pub const fn way(self) -> Way {
        match self {
            Self::Bid(_) => Way::Bid,
            Self::Take(_) => Way::Take,
            Self::Offer => Way::Offer,
        }
    }
}

/// What a unit would bring.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pitch {
    /// What would stand on the sign.
    pub name: String,
    /// The slogan zone's letter; empty for any.
    pub zone: String,
    /// What it would do.
    pub services: Vec<String>,
    /// What its stall must have.
    pub needs: Needs,
    /// A word to the organizers.
    pub note: String,
}

impl Pitch {
    /// The presence that this would become.
    pub fn entry(&self, id: EntryId, unit: UnitId, way: Way, wishes: Vec<String>) -> Result<Entry, Refusal> {
        Entry {
            id,
            unit: Some(unit),
            unit_name: String::new(),
            name: self.name.clone(),
            zone: self.zone.clone(),
            services: self.services.clone(),
            needs: self.needs.clone(),
            wishes,
            way,
            arrived: false,
        }
        .sound()
    }

    /// This pitch with its texts trimmed, if it makes sense as a presence.
    pub fn sound(mut self, unit: UnitId, way: Way) -> Result<Self, Refusal> {
        let nobody = EntryId::new(Moment::from_millis(0), [0; 10]);
        let Entry { name, zone, services, needs, .. } = self.entry(nobody, unit, way, Vec::new())?;
        self.note = short_or_empty(&self.note, 300, "note")?;
        Ok(Self { name, zone, services, needs, note: self.note })
    }
}

/// One answer to a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Which.
    pub id: ClaimId,
    /// Whose.
    pub unit: UnitId,
    /// Its name, for reading.
    pub unit_name: String,
    /// What it asks for.
    pub ask: Ask,
    /// What it would bring.
    pub pitch: Pitch,
    /// How it stands.
    pub state: State,
    /// When it came in; who came first moves up first.
    pub made: Moment,
}
