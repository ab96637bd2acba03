//! Fingers and mice on the drawing: choose, drag corners and parts, draw, pan, pinch.

use std::collections::BTreeMap;

use kaishi_domain::geometry::Point;
use kaishi_domain::ground::{Edit, Part, Spot};
use kaishi_domain::layout::drawing::SCALE;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::model::{Model, Tool};
use super::{brush, hit};
use crate::islands::canvas::{Camera, span, within};

/// What the fingers are doing.
#[derive(Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "one at a time, and never kept in numbers; the sizes differ by platform"
)]
enum Gesture {
    Idle,
    /// A change of the chosen part that is on its way; it happens when the finger lets go.
    Shape {
        at: Spot,
        part: Part,
        grip: Grip,
        from: Point,
        edit: Option<Edit>,
    },
    Rectangle {
        from: Point,
    },
    /// A tap of a drawing tool, unless it moves on.
    Tap {
        from: (f64, f64),
        start: Camera,
        moved: bool,
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

/// By what a part is held.
#[derive(Clone, Copy)]
enum Grip {
    Corner(usize),
    Middle(usize),
    Whole,
}

/// The state of all fingers on one canvas.
#[derive(Clone, Copy)]
pub(super) struct Fingers {
    model: Model,
    gesture: StoredValue<Gesture>,
    down: StoredValue<BTreeMap<i32, (f64, f64)>>,
    /// The space bar is held: every press pans.
    pub(super) space: RwSignal<bool>,
}

impl Fingers {
    pub(super) fn new(model: Model) -> Self {
        Self {
            model,
            gesture: StoredValue::new(Gesture::Idle),
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
        let Some(start) = self.model.camera.get_untracked() else { return };
        if let Some((one, other)) = self.two() {
            self.let_go();
            let (apart, middle) = span(one, other);
            self.gesture.set_value(Gesture::Pinch { apart, middle, start });
            return;
        }
        let tool = self.model.tool.get_untracked();
        let pans = self.space.get_untracked() || tool == Tool::Pan || event.button() == 1;
        let place = start.ground(at);
        let gesture = match tool {
            _ if pans => Gesture::Pan { from: at, start, moved: true },
            Tool::Select => self.grasp(event, place, start, at),
            Tool::Rectangle => Gesture::Rectangle { from: Model::snapped(place, event.alt_key()) },
            _ => Gesture::Tap { from: at, start, moved: false },
        };
        self.gesture.set_value(gesture);
    }

    /// What is under the finger: a corner of the chosen part, the part itself, another part, or nothing.
    fn grasp(self, event: &PointerEvent, place: Point, start: Camera, at: (f64, f64)) -> Gesture {
        let model = self.model;
        let near = reach(event, &start);
        let chosen = model.chosen.get_untracked().zip(untrack(|| model.part()));
        if let Some((spot, part)) = chosen.filter(|_| model.may_change) {
            let corner = hit::corner(&part, place, near).map(Grip::Corner);
            if let Some(grip) = corner.or_else(|| hit::middle(&part, place, near).map(Grip::Middle)) {
                model.corner.set(if let Grip::Corner(corner) = grip { Some(corner) } else { None });
                return Gesture::Shape { at: spot, part, grip, from: place, edit: None };
            }
        }
        let under = model.ground.with_untracked(|ground| hit::part(ground, place, near));
        let known = under.is_some() && under == model.chosen.get_untracked();
        let part = under.and_then(|spot| model.ground.with_untracked(|ground| ground.part(spot)));
        match under.zip(part) {
            Some((spot, part)) => {
                model.choose(Some(spot));
                // A large part is not dragged along by whoever only wants to look at it.
                if model.may_change && (known || part.point().is_some()) {
                    Gesture::Shape { at: spot, part, grip: Grip::Whole, from: place, edit: None }
                } else {
                    Gesture::Pan { from: at, start, moved: true }
                }
            }
            None => Gesture::Pan { from: at, start, moved: false },
        }
    }

    fn two(self) -> Option<((f64, f64), (f64, f64))> {
        self.down.with_value(|down| {
            let mut fingers = down.values().copied();
            Some((fingers.next()?, fingers.next()?))
        })
    }

    pub(super) fn travel(self, event: &PointerEvent, canvas: &Element) {
        let at = within(canvas, event.client_x(), event.client_y());
        let Some(camera) = self.model.camera.get_untracked() else { return };
        let place = Model::snapped(camera.ground(at), event.alt_key());
        if self.model.sketch.with_untracked(|sketch| !sketch.is_empty()) {
            self.model.hover.set(Some(place));
        }
        let known = self.down.try_update_value(|down| down.get_mut(&event.pointer_id()).map(|old| *old = at));
        if known.flatten().is_none() {
            return;
        }
        let two = self.two();
        let model = self.model;
        self.gesture.update_value(|gesture| match gesture {
            Gesture::Idle => {}
            Gesture::Shape { at: spot, part, grip, from, edit } => {
                let next = shape(*spot, *grip, *from, camera.ground(at), event.alt_key());
                let held = model.ground.with_untracked(|ground| next.clone().diff(ground)).ok();
                let held = held.and_then(|diff| diff.steps().first().and_then(|step| step.is.clone()));
                model.held.set(Some(held.unwrap_or_else(|| part.clone())));
                *edit = Some(next);
            }
            Gesture::Rectangle { from } => {
                model.sketch.set(brush::rectangle(*from, place).unwrap_or_default());
                model.hover.set(Some(*from));
            }
            Gesture::Tap { from, start, moved } | Gesture::Pan { from, start, moved } => {
                let by = (at.0 - from.0, at.1 - from.1);
                *moved |= by.0.hypot(by.1) > 6.0;
                if *moved {
                    model.camera.set(Some(start.panned(by)));
                }
            }
            Gesture::Pinch { apart, middle, start } => {
                if let Some((now, centre)) = two.map(|(one, other)| span(one, other)) {
                    let by = (centre.0 - middle.0, centre.1 - middle.1);
                    model.camera.set(Some(start.zoomed(now / apart.max(1.0), *middle).panned(by)));
                }
            }
        });
    }

    pub(super) fn release(self, event: &PointerEvent, canvas: &Element) {
        self.down.update_value(|down| {
            down.remove(&event.pointer_id());
        });
        let model = self.model;
        let done = self.gesture.try_update_value(|gesture| std::mem::replace(gesture, Gesture::Idle));
        let Some(camera) = model.camera.get_untracked() else { return };
        let at = camera.ground(within(canvas, event.client_x(), event.client_y()));
        match done.unwrap_or(Gesture::Idle) {
            Gesture::Shape { edit: Some(edit), grip, .. } => {
                if model.edit(edit)
                    && let Grip::Middle(edge) = grip
                {
                    model.corner.set(Some(edge + 1));
                }
            }
            Gesture::Rectangle { .. } => {
                let corners = model.sketch.get_untracked();
                model.sketch.set(Vec::new());
                model.hover.set(None);
                model.outline(corners);
            }
            Gesture::Tap { moved: false, .. } => {
                model.tap(Model::snapped(at, event.alt_key()), reach(event, &camera));
            }
            Gesture::Pan { moved: false, .. } => model.choose(None),
            _ => {}
        }
        model.held.set(None);
    }

    /// Lets go without changing anything: the browser took the finger away, or a second one came.
    pub(super) fn cancel(self, event: &PointerEvent) {
        self.down.update_value(|down| {
            down.remove(&event.pointer_id());
        });
        self.let_go();
    }

    /// Whether something is on its way.
    pub(super) fn busy(self) -> bool {
        self.model.held.with_untracked(Option::is_some)
    }

    pub(super) fn let_go(self) {
        self.gesture.set_value(Gesture::Idle);
        self.model.held.set(None);
    }
}

/// What a drag of a part does by now.
fn shape(at: Spot, grip: Grip, from: Point, to: Point, free: bool) -> Edit {
    match grip {
        Grip::Corner(corner) => Edit::Corner { at, corner, to: Model::snapped(to, free) },
        Grip::Middle(after) => Edit::AddCorner { at, after, to: Model::snapped(to, free) },
        Grip::Whole => {
            let by = Model::snapped(to.minus(from), free);
            Edit::Move { at, dx: by.x, dy: by.y }
        }
    }
}

/// How far a finger or a mouse reaches, in metres.
fn reach(event: &PointerEvent, camera: &Camera) -> f64 {
    let pixels = if event.pointer_type() == "mouse" { 9.0 } else { 22.0 };
    pixels / (camera.zoom() * SCALE)
}
