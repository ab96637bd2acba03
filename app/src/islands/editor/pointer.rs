//! Fingers and mice on the canvas: press, drag, turn, pan, pinch. While a stall is dragged only its own
//! transform changes; the layout changes once, when it is let go.

use std::collections::BTreeMap;

use kaishi_domain::geometry::Point;
use kaishi_domain::layout::drawing::SCALE;
use kaishi_domain::layout::{Edit, Stall, check_stall};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::model::{Held, Model, Tool};
use crate::islands::canvas::{Camera, span, within};
use crate::parts::map::turned;

/// What the fingers are doing.
enum Gesture {
    Idle,
    /// Stalls follow the finger; each with its node and where it stood.
    Drag {
        from: Point,
        moving: Vec<(Stall, Option<Element>)>,
        moved: bool,
    },
    /// A stall turns about its middle.
    Turn {
        stall: Box<Stall>,
        node: Option<Element>,
        from: f64,
        by: f64,
    },
    Pan {
        from: (f64, f64),
        start: Camera,
        moved: bool,
    },
    Pinch {
        apart: f64,
        middle: (f64, f64),
        start: Camera,
    },
}

/// The state of all fingers on one canvas.
#[derive(Clone, Copy)]
pub(super) struct Fingers {
    model: Model,
    gesture: StoredValue<Gesture, LocalStorage>,
    down: StoredValue<BTreeMap<i32, (f64, f64)>>,
    /// The space bar is held: every press pans.
    pub(super) space: RwSignal<bool>,
}

impl Fingers {
    pub(super) fn new(model: Model) -> Self {
        Self {
            model,
            gesture: StoredValue::new_local(Gesture::Idle),
            down: StoredValue::new(BTreeMap::new()),
            space: RwSignal::new(false),
        }
    }

    pub(super) fn press(self, event: &PointerEvent, canvas: &Element) {
        let at = within(canvas, event.client_x(), event.client_y());
        let _ = canvas.set_pointer_capture(event.pointer_id());
        self.down.update_value(|down| {
            down.insert(event.pointer_id(), at);
        });
        let Some(camera) = self.model.camera.get_untracked() else { return };
        if let Some((one, other)) = self.two() {
            self.drop_held();
            let (apart, middle) = span(one, other);
            self.gesture.set_value(Gesture::Pinch { apart, middle, start: camera });
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let tool = self.model.tool.get_untracked();
        let stall = target.as_ref().and_then(stall_under).filter(|_| tool == Tool::Select);
        let knob = target.as_ref().is_some_and(|target| target.class_list().contains("knob"));
        let pans = self.space.get_untracked() || tool == Tool::Pan || event.button() == 1;
        let gesture = if pans {
            Gesture::Pan { from: at, start: camera, moved: true }
        } else if tool == Tool::Place {
            self.model.place(camera.ground(at));
            self.model.tool.set(Tool::Select);
            Gesture::Idle
        } else if knob {
            self.turn(camera.ground(at), canvas)
        } else if let Some(id) = stall {
            let known = self.model.selected.with_untracked(|selected| selected.contains(&id));
            if !known || event.shift_key() {
                self.model.select(id, event.shift_key());
            }
            self.drag(camera.ground(at), canvas)
        } else {
            Gesture::Pan { from: at, start: camera, moved: false }
        };
        self.gesture.set_value(gesture);
    }

    fn two(self) -> Option<((f64, f64), (f64, f64))> {
        self.down.with_value(|down| {
            let mut fingers = down.values().copied();
            Some((fingers.next()?, fingers.next()?))
        })
    }

    fn drag(self, from: Point, canvas: &Element) -> Gesture {
        if !self.model.may_change {
            return Gesture::Idle;
        }
        let ids = self.model.chosen();
        let moving = self.model.layout.with_untracked(|layout| {
            let stalls = ids.iter().filter_map(|id| layout.stall(*id).cloned());
            stalls.map(|stall| (stall.clone(), node(canvas, &stall))).collect()
        });
        Gesture::Drag { from, moving, moved: false }
    }

    fn turn(self, at: Point, canvas: &Element) -> Gesture {
        match untrack(|| self.model.only()).filter(|_| self.model.may_change) {
            Some(stall) => {
                let node = node(canvas, &stall);
                Gesture::Turn {
                    from: heading(at.minus(stall.centre())),
                    node,
                    stall: Box::new(stall),
                    by: 0.0,
                }
            }
            None => Gesture::Idle,
        }
    }

    pub(super) fn travel(self, event: &PointerEvent, canvas: &Element) {
        let at = within(canvas, event.client_x(), event.client_y());
        let known = self.down.try_update_value(|down| down.get_mut(&event.pointer_id()).map(|old| *old = at));
        let Some(camera) = self.model.camera.get_untracked().filter(|_| known.flatten().is_some()) else {
            return;
        };
        let two = self.two();
        let snap = self.model.snap.get_untracked() && !event.alt_key();
        self.gesture.update_value(|gesture| match gesture {
            Gesture::Idle => {}
            Gesture::Drag { from, moving, moved } => {
                let shift = camera.ground(at).minus(*from);
                *moved |= shift.length() * camera.zoom() * SCALE > 3.0;
                if *moved {
                    self.follow(moving, shift, snap);
                }
            }
            Gesture::Turn { stall, node, from, by } => {
                let step = if snap { 5.0 } else { 0.1 };
                let turn = heading(camera.ground(at).minus(stall.centre())) - *from;
                let angle = ((stall.angle + turn) / step).round() * step;
                *by = angle - stall.angle;
                let held = Stall { angle, facing: stall.facing + *by, ..(**stall).clone() };
                if let Some(node) = node {
                    let _ = node.set_attribute("transform", &turned(stall, *by));
                }
                self.hold(vec![held]);
            }
            Gesture::Pan { from, start, moved } => {
                let by = (at.0 - from.0, at.1 - from.1);
                *moved |= by.0.hypot(by.1) > 3.0;
                self.model.camera.set(Some(start.panned(by)));
            }
            Gesture::Pinch { apart, middle, start } => {
                if let Some((now, centre)) = two.map(|(one, other)| span(one, other)) {
                    let by = (centre.0 - middle.0, centre.1 - middle.1);
                    self.model.camera.set(Some(start.zoomed(now / apart.max(1.0), *middle).panned(by)));
                }
            }
        });
    }

    /// Moves the nodes of the dragged stalls; the first one snaps and the others keep their distance.
    fn follow(self, moving: &[(Stall, Option<Element>)], shift: Point, snap: bool) {
        let Some((first, _)) = moving.first() else { return };
        let step = if snap { 10.0 } else { 100.0 };
        let to = |metres: f64| (metres * step).round() / step;
        let by = Point::new(to(first.x + shift.x) - first.x, to(first.y + shift.y) - first.y);
        let mut held = Vec::with_capacity(moving.len());
        for (stall, node) in moving {
            let moved = Stall { x: stall.x + by.x, y: stall.y + by.y, ..stall.clone() };
            if let Some(node) = node {
                let _ = node.set_attribute("transform", &turned(&moved, 0.0));
            }
            held.push(moved);
        }
        self.hold(held);
    }

    /// Shows where the stalls would stand and what the only one would break there.
    fn hold(self, stalls: Vec<Stall>) {
        let model = self.model;
        let breach = (stalls.len() == 1)
            .then(|| {
                let layout = model.layout.read_untracked();
                let told = model.ground.with_value(|ground| {
                    model.uses.with_value(|uses| check_stall(ground, &layout, uses, &stalls[0]))
                });
                told.into_iter().next()
            })
            .flatten()
            .map(|breach| model.words.what(&breach));
        model.held.set(Some(Held { stalls, breach }));
    }

    pub(super) fn release(self, event: &PointerEvent) {
        self.down.update_value(|down| {
            down.remove(&event.pointer_id());
        });
        let done = self.gesture.try_update_value(|gesture| std::mem::replace(gesture, Gesture::Idle));
        let held = self.model.held.get_untracked();
        match done.unwrap_or(Gesture::Idle) {
            Gesture::Drag { moving, moved: true, .. } => {
                if let (Some((was, _)), Some(is)) =
                    (moving.first(), held.and_then(|held| held.stalls.into_iter().next()))
                {
                    let stalls = moving.iter().map(|(stall, _)| stall.id).collect();
                    self.model.edit(Edit::Move { stalls, dx: is.x - was.x, dy: is.y - was.y });
                }
            }
            Gesture::Turn { stall, by, .. } if by.abs() > 0.05 => {
                self.model.edit(Edit::Rotate { stalls: vec![stall.id], by });
            }
            Gesture::Pan { moved: false, .. } if !event.shift_key() => {
                self.model.selected.update(std::collections::BTreeSet::clear);
            }
            _ => {}
        }
        self.model.held.set(None);
    }

    /// Lets go without moving anything: the browser took the finger away, or a second one came.
    pub(super) fn cancel(self, event: &PointerEvent) {
        self.down.update_value(|down| {
            down.remove(&event.pointer_id());
        });
        self.drop_held();
    }

    /// Whether something is on its way.
    pub(super) fn busy(self) -> bool {
        self.model.held.with_untracked(Option::is_some)
    }

    /// Puts back what is on its way.
    pub(super) fn drop_held(self) {
        let was = self.gesture.try_update_value(|gesture| std::mem::replace(gesture, Gesture::Idle));
        let put_back = |stall: &Stall, node: Option<Element>| {
            if let Some(node) = node {
                let _ = node.set_attribute("transform", &turned(stall, 0.0));
            }
        };
        match was {
            Some(Gesture::Drag { moving, .. }) => {
                for (stall, node) in moving {
                    put_back(&stall, node);
                }
            }
            Some(Gesture::Turn { stall, node, .. }) => put_back(&stall, node),
            _ => {}
        }
        self.model.held.set(None);
    }
}

/// The stall whose plate a press landed on.
fn stall_under(target: &Element) -> Option<kaishi_domain::StallId> {
    target.closest("[data-stall]").ok()??.get_attribute("data-stall")?.parse().ok()
}

fn node(canvas: &Element, stall: &Stall) -> Option<Element> {
    canvas.query_selector(&format!("[data-stall=\"{}\"]", stall.id)).ok().flatten()
}

/// Degrees counter-clockwise from east.
fn heading(way: Point) -> f64 {
    way.y.atan2(way.x).to_degrees()
}
