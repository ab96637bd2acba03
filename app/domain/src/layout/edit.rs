//! What a person does to a layout in one step.

mod align;
mod copy;
mod hold;
mod number;

use serde::{Deserialize, Serialize};

pub use align::{Align, Axis};
pub use copy::Clipping;
pub use number::{Prefix, Reading, Scheme, Series};

use super::{Diff, Layout, Stall};
use crate::geometry::Point;
use crate::{Refusal, StallId};

/// One step; applying it yields the diff that saves, undoes and explains it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Moves some stalls together, in metres.
    Move {
        /// Which.
        stalls: Vec<StallId>,
        /// East.
        dx: f64,
        /// North.
        dy: f64,
    },
    /// Gives a stall another size round the same centre, in metres.
    Resize {
        /// Which.
        stall: StallId,
        /// Along the counter.
        w: f64,
        /// From the counter to the back.
        d: f64,
    },
    /// Turns some stalls about their common centre, counters included, in degrees counter-clockwise.
    Rotate {
        /// Which.
        stalls: Vec<StallId>,
        /// By how much.
        by: f64,
    },
    /// Turns each stall about its own middle until it stands at an angle, its counter with it.
    TurnTo {
        /// Which.
        stalls: Vec<StallId>,
        /// Degrees counter-clockwise.
        angle: f64,
    },
    /// Puts each counter on the opposite side.
    Flip {
        /// Which.
        stalls: Vec<StallId>,
    },
    /// Brings some stalls to one line.
    Align {
        /// Which.
        stalls: Vec<StallId>,
        /// Which line.
        to: Align,
    },
    /// Spaces some stalls.
    Distribute {
        /// Which.
        stalls: Vec<StallId>,
        /// West to east or south to north.
        axis: Axis,
        /// Metres between neighbours; none: even between the first and the last.
        gap: Option<f64>,
    },
    /// Puts the counter on the side that looks this way, in degrees counter-clockwise from east.
    Face {
        /// Which.
        stall: StallId,
        /// Where it looks.
        facing: f64,
    },
    /// Gives a stall another printed number; its id stays.
    Renumber {
        /// Which.
        stall: StallId,
        /// The new number.
        no: String,
    },
    /// Numbers some stalls anew.
    Number {
        /// Which.
        stalls: Vec<StallId>,
        /// How.
        scheme: Scheme,
    },
    /// Puts some stalls into a slogan zone.
    SetZone {
        /// Which.
        stalls: Vec<StallId>,
        /// Its letter.
        zone: String,
    },
    /// Wires a stall to an outlet, or to none.
    SetOutlet {
        /// Which.
        stall: StallId,
        /// The outlet's id.
        outlet: Option<String>,
    },
    /// A new stall.
    Add(Stall),
    /// New stalls in one step: copies, a row, a filled area.
    AddAll(Vec<Stall>),
    /// Takes some stalls away.
    Remove {
        /// Which.
        stalls: Vec<StallId>,
    },
    /// Keeps some stalls where they are, or lets them go again.
    Lock {
        /// Which.
        stalls: Vec<StallId>,
        /// Whether they stay.
        locked: bool,
    },
    /// Makes one group of some stalls; they leave the groups that they were in.
    Group {
        /// Which, at least two.
        stalls: Vec<StallId>,
    },
    /// Lets some stalls go out of their groups.
    Ungroup {
        /// Which.
        stalls: Vec<StallId>,
    },
}

impl Layout {
    /// Does one step and says what it changed; on a refusal nothing has changed.
    pub fn apply(&mut self, edit: Edit) -> Result<Diff, Refusal> {
        let after = self.after(edit)?;
        let diff = Diff::between(self, &after);
        *self = after;
        Ok(diff)
    }

    /// The layout as it would be after one step.
    fn after(&self, edit: Edit) -> Result<Self, Refusal> {
        let mut next = self.clone();
        match edit {
            Edit::Move { stalls, dx, dy } => next.shift(&self.free(&stalls)?, Point::new(dx, dy))?,
            Edit::Resize { stall, w, d } => {
                next.each(&self.free(&[stall])?, |stall| (stall.w, stall.d) = (w, d))?;
            }
            Edit::Rotate { stalls, by } => {
                let stalls = self.free(&stalls)?;
                let centre = next.common_centre(&stalls)?;
                next.each(&stalls, |stall| turn(stall, centre, by))?;
            }
            Edit::TurnTo { stalls, angle } => next.each(&self.free(&stalls)?, |stall| {
                stall.facing += angle - stall.angle;
                stall.angle = angle;
            })?,
            Edit::Flip { stalls } => next.each(&self.free(&stalls)?, |stall| stall.facing += 180.0)?,
            Edit::Align { stalls, to } => next.align(&stalls, to)?,
            Edit::Distribute { stalls, axis, gap } => next.distribute(&stalls, axis, gap)?,
            Edit::Face { stall, facing } => {
                next.each(&self.free(&[stall])?, |stall| stall.facing = facing)?;
            }
            Edit::Renumber { stall, no } => next.each(&[stall], |stall| stall.no.clone_from(&no))?,
            Edit::Number { stalls, scheme } => next.number(&stalls, &scheme)?,
            Edit::SetZone { stalls, zone } => next.each(&stalls, |stall| stall.zone.clone_from(&zone))?,
            Edit::SetOutlet { stall, outlet } => {
                next.each(&[stall], |stall| stall.outlet.clone_from(&outlet))?;
            }
            Edit::Add(stall) => next.add(stall)?,
            Edit::AddAll(stalls) => stalls.into_iter().try_for_each(|stall| next.add(stall))?,
            Edit::Remove { stalls } => {
                for id in self.free(&stalls)? {
                    next.stalls.remove(&id);
                }
            }
            Edit::Lock { stalls, locked } => next.each(&stalls, |stall| stall.locked = locked)?,
            Edit::Group { stalls } => next.bind(&stalls)?,
            Edit::Ungroup { stalls } => next.each(&stalls, |stall| stall.group = None)?,
        }
        next.refuse_twins()?;
        Ok(next)
    }

    fn add(&mut self, stall: Stall) -> Result<(), Refusal> {
        if self.stalls.contains_key(&stall.id) {
            return Err(Refusal::Taken("stall id"));
        }
        self.stalls.insert(stall.id, stall.sound()?);
        Ok(())
    }

    fn each(&mut self, ids: &[StallId], mut change: impl FnMut(&mut Stall)) -> Result<(), Refusal> {
        for id in ids {
            let mut stall = self.stalls.get(id).cloned().ok_or(Refusal::Missing("stall"))?;
            change(&mut stall);
            self.stalls.insert(*id, stall.sound()?);
        }
        Ok(())
    }

    /// The mean of some stalls' centres.
    fn common_centre(&self, ids: &[StallId]) -> Result<Point, Refusal> {
        let mut sum = Point::default();
        for id in ids {
            sum = sum.plus(self.stalls.get(id).ok_or(Refusal::Missing("stall"))?.centre());
        }
        Ok(sum.times(1.0 / ids.len().max(1) as f64))
    }
}

fn turn(stall: &mut Stall, centre: Point, by: f64) {
    let at = stall.centre().turned(centre, by);
    (stall.x, stall.y) = (at.x, at.y);
    stall.angle += by;
    stall.facing += by;
}

#[cfg(test)]
mod tests;
