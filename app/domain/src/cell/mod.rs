//! Cells of stalls (十邻铺): about ten neighbours with a head (邻铺长) and the partners who keep them safe.
//!
//! The smallest unit for an emergency. Each signs a checklist before the market opens. Knows nothing of the
//! map's drawing and of who reads what.

mod check;
mod group;

pub use check::{Answer, Check, Point, Signature};
pub use group::{MOST, group};

use serde::{Deserialize, Serialize};

use crate::text::{short, short_or_empty};
use crate::unit::codes;
use crate::{CellId, LinkId, Refusal, StallId, UnitId};

codes! {
    /// Who stands by a cell's head: the N of 邻铺长+N.
    Partner "partner" {
        /// 物业
        Property "property",
        /// 治安
        Security "security",
        /// 消防
        Fire "fire",
    }
}

/// Who leads a cell: a unit of the register, or a role in words. Never a person's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lead {
    /// Nobody yet.
    Open,
    /// `保安队长`
    Role(String),
    /// One of the units that stand in it.
    Unit(UnitId),
}

impl Lead {
    /// The lead that a form means: a unit if one is chosen, else the role, else nobody.
    pub fn of(unit: Option<UnitId>, role: &str) -> Result<Self, Refusal> {
        Ok(match unit {
            Some(unit) => Self::Unit(unit),
            None if role.trim().is_empty() => Self::Open,
            None => Self::Role(short(role, 20, "lead")?),
        })
    }
}

/// One cell of a market.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Which.
    pub id: CellId,
    /// Its place among the market's cells, from 1.
    pub no: i64,
    /// `第1邻`, or what the organizers call it.
    pub name: String,
    /// 邻铺长
    pub lead: Lead,
    /// The name of the leading unit, for reading.
    pub lead_unit: String,
    /// N.
    pub partners: Vec<Partner>,
    /// Its signed link.
    pub link: LinkId,
    /// Its stalls.
    pub stalls: Vec<StallId>,
    /// The checklist as it was signed last.
    pub signed: Option<Signature>,
}

impl Cell {
    /// Whether the last signature covers every stall that is in it now.
    pub fn is_signed(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| self.stalls.iter().all(|stall| signed.covers(*stall)))
    }
}

/// What an organizer writes of a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Described {
    /// What it is called.
    pub name: String,
    /// Who leads it.
    pub lead: Lead,
    /// Who stands by.
    pub partners: Vec<Partner>,
}

impl Described {
    /// With its texts trimmed.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.name = short(&self.name, 12, "cell name")?;
        self.partners.sort_unstable();
        self.partners.dedup();
        Ok(self)
    }
}

/// The role under which somebody signs; empty is the cell's head itself.
pub fn signer(text: &str) -> Result<String, Refusal> {
    short_or_empty(text, 20, "signer")
}
