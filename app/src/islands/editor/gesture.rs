//! What fingers do on the canvas, step by step, once a frame: drag, turn, resize, choose, draw. What of it is shown
//! meanwhile is in `carry`.

use kaishi_domain::StallId;
use kaishi_domain::geometry::{Bounds, Point};
use kaishi_domain::layout::snap::Snapper;
use kaishi_domain::layout::{Edit, Layout, Stall};
use kaishi_domain::map::Set;

use super::held::{Held, Hint};
use super::model::{Model, Tool};
use crate::islands::canvas::Camera;
use crate::islands::live::aside;

/// Pixels that a mouse may tremble before a press becomes a drag; a finger may twice as far.
pub(super) const SLACK: f64 = 3.0;

/// What the fingers are doing.
pub(super) enum Gesture {
    Idle,
    /// Chosen stalls follow the finger.
    Drag {
        from: Point,
        ids: Vec<StallId>,
        /// The one that snaps; the others keep their distance from it.
        lead: Box<Stall>,
        /// What they cover together where they stand.
        bounds: Bounds,
        /// What they can come to rest beside; made ready at the first step.
        snapper: Option<Box<Snapper>>,
        by: Point,
        /// What a press without a move does to the choice.
        click: Click,
        moved: bool,
    },
    /// Chosen stalls turn about their common centre.
    Turn {
        centre: Point,
        from: f64,
        /// The angle of the only one, or 0.
        start: f64,
        scratch: Layout,
        by: f64,
    },
    /// A side or a corner of a stall follows the finger; the opposite one stays.
    Size {
        was: Box<Stall>,
        from: Point,
        east: f64,
        north: f64,
        is: Box<Stall>,
    },
    /// A rubber band.
    Band {
        from: Point,
        beside: Set<StallId>,
        moved: bool,
    },
    /// A line or a rectangle of a drawing tool.
    Draw {
        from: Point,
        to: Point,
        moved: bool,
    },
    Pan {
        from: (f64, f64),
        start: Camera,
    },
    Pinch {
        apart: f64,
        middle: (f64, f64),
        start: Camera,
    },
}

/// What a press without a move does to the choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Click {
    Keep,
    /// Only this one.
    Alone(StallId),
    /// All but this one.
    Out(StallId),
}

/// Where a finger is and which keys are held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) id: i32,
    pub(super) at: (f64, f64),
    pub(super) shift: bool,
    /// Snapping is suspended.
    pub(super) free: bool,
}

impl Model {
    /// Takes up the chosen stalls that are not locked.
    pub(super) fn drag(self, from: Point, under: StallId, click: Click) -> Gesture {
        if !self.may_change || !self.is_chosen(under) {
            return Gesture::Idle;
        }
        let chosen = self.chosen();
        let layout = self.layout.read_untracked();
        let free = |id: &StallId| layout.stall(*id).filter(|stall| !stall.locked);
        let ids: Vec<StallId> = chosen.iter().copied().filter(|id| free(id).is_some()).collect();
        let Some(lead) = free(&under).or_else(|| ids.first().and_then(free)) else { return Gesture::Idle };
        let corners = ids.iter().filter_map(free).flat_map(|stall| stall.footprint().corners());
        let bounds = Bounds::of(corners).unwrap_or_else(|| lead.footprint().bounds());
        let (lead, by) = (Box::new(lead.clone()), Point::default());
        Gesture::Drag { from, ids, lead, bounds, snapper: None, by, click, moved: false }
    }

    /// Takes the turning knob.
    pub(super) fn grip(self, at: Point) -> Gesture {
        let stalls: Vec<Stall> = self.chosen_stalls().into_iter().filter(|stall| !stall.locked).collect();
        let (Some(first), Ok(scratch)) = (stalls.first(), Layout::of(stalls.iter().cloned())) else {
            return Gesture::Idle;
        };
        let sum = stalls.iter().fold(Point::default(), |sum, stall| sum.plus(stall.centre()));
        let centre = sum.times(1.0 / stalls.len() as f64);
        let start = if stalls.len() == 1 { first.angle } else { 0.0 };
        Gesture::Turn { centre, from: heading(at.minus(centre)), start, scratch, by: 0.0 }
    }

    /// Takes a handle of the only chosen stall.
    pub(super) fn stretch(self, from: Point, east: f64, north: f64) -> Gesture {
        match aside(|| self.only()) {
            Some(stall) if self.may_change && !stall.locked => {
                Gesture::Size { was: Box::new(stall.clone()), from, east, north, is: Box::new(stall) }
            }
            _ => Gesture::Idle,
        }
    }

    /// One frame of a gesture.
    pub(super) fn step(self, gesture: &mut Gesture, step: Step, camera: Camera) {
        let at = camera.ground(step.at);
        let snap = self.snap.get_untracked() && !step.free;
        let slack = if self.touch.get_untracked() { SLACK * 2.5 } else { SLACK };
        let far = |from: Point| at.minus(from).length() * camera.metre() > slack;
        match gesture {
            Gesture::Idle | Gesture::Pinch { .. } => {}
            Gesture::Drag { from, ids, lead, bounds, snapper, by, moved, .. } => {
                *moved |= far(*from);
                if *moved {
                    let shift = straight(at.minus(*from), step.shift);
                    let beside = snapper.get_or_insert_with(|| Box::new(self.snapper(ids, &camera)));
                    let shift = if snap {
                        self.rest(beside, lead, *bounds, shift, &camera)
                    } else {
                        self.guides.set(Vec::new());
                        shift
                    };
                    *by = self.carry(ids, lead, shift);
                }
            }
            Gesture::Turn { centre, from, start, scratch, by } => {
                let turn = heading(at.minus(*centre)) - *from;
                let grain = if step.shift {
                    15.0
                } else if snap {
                    5.0
                } else {
                    0.1
                };
                *by = ((*start + turn) / grain).round() * grain - *start;
                self.turning(scratch, *by);
                self.hint.set(Some(Hint {
                    at: *centre,
                    text: format!("{:.1}°", wound(*start + *by)),
                    alarm: false,
                }));
            }
            Gesture::Size { was, from, east, north, is } => {
                **is = Self::stretched(was, at.minus(*from), (*east, *north), snap);
                self.sheet.borrow_mut().show(is, &self.labels);
                self.held.set(Held::Shaped((**is).clone()));
                self.warn(is, Some(format!("{:.2} × {:.2} m", is.w, is.d)));
            }
            Gesture::Band { from, beside, moved } => {
                *moved |= far(*from);
                if *moved {
                    self.held.set(Held::Band(*from, at));
                    let mut these = self.within(*from, at);
                    these.extend(beside.iter().copied());
                    self.choose(these);
                }
            }
            Gesture::Draw { from, to, moved } => {
                *moved |= far(*from);
                let there = if snap { self.snapped_at(at) } else { at };
                let fills = self.tool.with_untracked(|tool| matches!(tool, Tool::Fill | Tool::Place));
                *to = if step.shift && !fills { along_axis(*from, there) } else { there };
                if *moved {
                    self.draw(*from, *to);
                }
            }
            Gesture::Pan { from, start } => {
                self.camera.set(Some(start.panned((step.at.0 - from.0, step.at.1 - from.1))));
            }
        }
    }

    /// Puts into the layout what a gesture has done.
    pub(super) fn finish(self, gesture: Gesture) {
        self.held.set(Held::Nothing);
        match gesture {
            Gesture::Drag { ids, by, moved: true, .. } => {
                if !self.edit(Edit::Move { stalls: ids.clone(), dx: by.x, dy: by.y }) {
                    self.settle(&ids);
                }
                self.tell_place();
            }
            Gesture::Drag { click, moved: false, .. } => match click {
                Click::Keep => {}
                Click::Alone(id) => self.choose(Set::from([id])),
                Click::Out(id) => self.select(id, true),
            },
            Gesture::Turn { scratch, by, .. } => {
                let ids: Vec<StallId> = scratch.stalls().keys().copied().collect();
                if by.abs() < 0.05 || !self.edit(Edit::Rotate { stalls: ids.clone(), by }) {
                    self.settle(&ids);
                }
                self.tell_place();
            }
            Gesture::Size { was, is, .. } => {
                let (dx, dy) = (is.x - was.x, is.y - was.y);
                let sized = Edit::Resize { stall: is.id, w: is.w, d: is.d };
                if !self.edits(vec![sized, Edit::Move { stalls: vec![is.id], dx, dy }]) {
                    self.settle(&[is.id]);
                }
            }
            Gesture::Band { beside, moved: false, .. } if beside.is_empty() => self.clear(),
            Gesture::Draw { from, to, moved } => self.drawn(from, to, moved),
            _ => {}
        }
        self.hint.set(None);
        self.guides.set(Vec::new());
    }

    /// Takes back what a gesture shows.
    pub(super) fn let_be(self, gesture: Gesture) {
        match gesture {
            Gesture::Drag { ids, moved: true, .. } => self.settle(&ids),
            Gesture::Turn { scratch, .. } => {
                self.settle(&scratch.stalls().keys().copied().collect::<Vec<_>>());
            }
            Gesture::Size { was, .. } => self.settle(&[was.id]),
            _ => {}
        }
        self.held.set(Held::Nothing);
        self.hint.set(None);
        self.guides.set(Vec::new());
    }
}

/// With shift a drag goes along one axis.
fn straight(shift: Point, held: bool) -> Point {
    match held {
        true if shift.x.abs() >= shift.y.abs() => Point::new(shift.x, 0.0),
        true => Point::new(0.0, shift.y),
        false => shift,
    }
}

/// The end of a line that is kept along one axis.
fn along_axis(from: Point, to: Point) -> Point {
    from.plus(straight(to.minus(from), true))
}

/// Degrees counter-clockwise from east.
fn heading(way: Point) -> f64 {
    way.y.atan2(way.x).to_degrees()
}

/// Within one turn.
fn wound(degrees: f64) -> f64 {
    ((degrees * 10.0).round() / 10.0).rem_euclid(360.0)
}
