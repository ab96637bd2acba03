//! What a person does to a ground in one gesture, and the diff that it is.

use super::diff::{Diff, Step};
use super::{Ground, KeepClear, Kind, Outlet, Part, Spot};
use crate::Refusal;
use crate::geometry::{Point, Polygon};

/// One gesture.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// A new part, at the end of its list.
    Add(Part),
    /// Another part of the same kind in its place.
    Set {
        /// Which.
        at: Spot,
        /// What it becomes.
        to: Part,
    },
    /// Gone; outlets on a circuit that goes keep their own fuse.
    Remove {
        /// Which.
        at: Spot,
    },
    /// The whole part, by so many metres.
    Move {
        /// Which.
        at: Spot,
        /// East.
        dx: f64,
        /// North.
        dy: f64,
    },
    /// One corner of an outline, or the place of a point.
    Corner {
        /// Which part.
        at: Spot,
        /// Which corner; 0 for a point.
        corner: usize,
        /// Where to.
        to: Point,
    },
    /// A new corner on the edge after a corner.
    AddCorner {
        /// Which part.
        at: Spot,
        /// The corner before it.
        after: usize,
        /// Where.
        to: Point,
    },
    /// One corner less; three remain at least.
    RemoveCorner {
        /// Which part.
        at: Spot,
        /// Which corner.
        corner: usize,
    },
}

/// To the centimetre.
pub(super) fn tidy(at: Point) -> Point {
    let to = |metres: f64| (metres * 100.0).round() / 100.0 + 0.0;
    Point::new(to(at.x), to(at.y))
}

impl Edit {
    /// What it changes on a ground.
    pub fn diff(self, ground: &Ground) -> Result<Diff, Refusal> {
        let part = |at: Spot| ground.part(at).ok_or(Refusal::Missing("part"));
        match self {
            Self::Add(part) => {
                let kind = part.kind();
                let was = ground.part(Spot { kind, index: 0 }).filter(|_| !kind.is_list());
                let index = if kind.is_list() { ground.count(kind) } else { 0 };
                Ok(Diff::of(vec![Step { index, was, is: Some(part) }]))
            }
            Self::Set { at, to } if at.kind == to.kind() => Ok(step(at, part(at)?, to)),
            Self::Set { .. } => Err(Refusal::Malformed("part")),
            Self::Remove { at } => remove(ground, at, part(at)?),
            Self::Move { at, dx, dy } => {
                let (was, by) = (part(at)?, Point::new(dx, dy));
                let is = match (was.polygon(), was.point()) {
                    (Some(polygon), _) => {
                        was.with_corners(polygon.points().iter().map(|p| tidy(p.plus(by))).collect())?
                    }
                    (None, Some(place)) => was.with_place(tidy(place.plus(by)))?,
                    (None, None) => return Err(Refusal::Malformed("place")),
                };
                Ok(step(at, was, is))
            }
            Self::Corner { at, corner, to } => {
                let was = part(at)?;
                let is = match was.polygon() {
                    None => was.with_place(tidy(to))?,
                    Some(polygon) => {
                        let mut corners = polygon.points().to_vec();
                        *corners.get_mut(corner).ok_or(Refusal::Missing("corner"))? = tidy(to);
                        was.with_corners(corners)?
                    }
                };
                Ok(step(at, was, is))
            }
            Self::AddCorner { at, after, to } => reshape(at, part(at)?, |corners| {
                if after >= corners.len() {
                    return Err(Refusal::Missing("corner"));
                }
                corners.insert(after + 1, tidy(to));
                Ok(())
            }),
            Self::RemoveCorner { at, corner } => reshape(at, part(at)?, |corners| {
                if corner >= corners.len() {
                    return Err(Refusal::Missing("corner"));
                }
                corners.remove(corner);
                Ok(())
            }),
        }
    }
}

fn step(at: Spot, was: Part, is: Part) -> Diff {
    let same = was == is;
    let step = Step { index: at.index, was: Some(was), is: Some(is) };
    Diff::of(if same { Vec::new() } else { vec![step] })
}

fn reshape(
    at: Spot,
    was: Part,
    change: impl FnOnce(&mut Vec<Point>) -> Result<(), Refusal>,
) -> Result<Diff, Refusal> {
    let mut corners = was.polygon().ok_or(Refusal::Malformed("polygon"))?.points().to_vec();
    change(&mut corners)?;
    let is = was.with_corners(corners)?;
    Ok(step(at, was, is))
}

fn remove(ground: &Ground, at: Spot, was: Part) -> Result<Diff, Refusal> {
    if matches!(at.kind, Kind::Heading | Kind::Rules) {
        return Err(Refusal::Malformed("part"));
    }
    let mut steps = Vec::new();
    if let Part::Circuit(circuit) = &was {
        for (spot, part) in ground.parts(Kind::Outlet) {
            if let Part::Outlet(outlet) = &part
                && outlet.circuit.as_ref() == Some(&circuit.id)
            {
                let free = Part::Outlet(Outlet { circuit: None, ..outlet.clone() });
                steps.push(Step { index: spot.index, was: Some(part), is: Some(free) });
            }
        }
    }
    steps.push(Step { index: at.index, was: Some(was), is: None });
    Ok(Diff::of(steps))
}

impl Ground {
    /// Does one gesture and says what it changed; a refused one changes nothing.
    pub fn apply(&mut self, edit: Edit) -> Result<Diff, Refusal> {
        let diff = edit.diff(self)?;
        match diff.apply(self) {
            Ok(()) => Ok(diff),
            Err(super::Misfit::Refused(refusal)) => Err(refusal),
            Err(super::Misfit::Clashes(_)) => Err(Refusal::Taken("part")),
        }
    }
}

impl KeepClear {
    /// A fire lane of so many metres along a line.
    pub fn lane(from: Point, to: Point, width: f64) -> Result<Self, Refusal> {
        let along = to.minus(from);
        if along.length() < 0.5 || !(0.5..=50.0).contains(&width) {
            return Err(Refusal::Malformed("lane"));
        }
        let side = Point::new(-along.y, along.x).times(width / 2.0 / along.length());
        let corners = [from.minus(side), to.minus(side), to.plus(side), from.plus(side)].map(tidy).to_vec();
        Ok(Self { kind: "fire_lane".into(), polygon: Polygon::try_from(corners)?, width: Some(width) })
    }
}
