//! Fingers and mice on the canvas: which gesture a press begins, one step of it a frame, when it ends.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kaishi_domain::StallId;
use leptos::ev::{MouseEvent, PointerEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::browser::corner;
use super::gesture::{Click, Gesture, Step};
use super::menu::Menu;
use super::model::{Model, Tool};
use super::overlay::HANDLES;
use crate::islands::canvas::span;
use kaishi_domain::order::Gather;

/// A finger that rests for so long opens the menu.
const LONG: Duration = Duration::from_millis(550);

/// The state of all fingers on one canvas.
#[derive(Clone, Copy)]
pub(super) struct Fingers {
    model: Model,
    gesture: StoredValue<Gesture, LocalStorage>,
    down: StoredValue<BTreeMap<i32, (f64, f64)>>,
    /// Where the canvas begins on the page: measured at a press, because it stays while fingers are down.
    corner: StoredValue<(f64, f64)>,
    /// The newest place of each finger that no frame has shown.
    latest: StoredValue<Vec<Step>>,
    awaited: StoredValue<bool>,
    rest: StoredValue<Option<TimeoutHandle>>,
    /// The space bar is held: every press pans.
    pub(super) space: RwSignal<bool>,
}

impl Fingers {
    pub(super) fn new(model: Model) -> Self {
        Self {
            model,
            gesture: StoredValue::new_local(Gesture::Idle),
            down: StoredValue::new(BTreeMap::new()),
            corner: StoredValue::new((0.0, 0.0)),
            latest: StoredValue::new(Vec::new()),
            awaited: StoredValue::new(false),
            rest: StoredValue::new(None),
            space: RwSignal::new(false),
        }
    }

    fn within(self, event: &MouseEvent) -> (f64, f64) {
        let (left, top) = self.corner.get_value();
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    pub(super) fn press(self, event: &PointerEvent, canvas: &Element) {
        self.corner.set_value(corner(canvas));
        self.model.menu.set(None);
        let touch = event.pointer_type() == "touch";
        if self.model.touch.get_untracked() != touch {
            self.model.touch.set(touch);
        }
        if event.button() == 2 {
            return;
        }
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let at = self.within(event);
        self.down.update_value(|down| {
            down.insert(event.pointer_id(), at);
        });
        self.rest_no_longer();
        let gesture = match self.two() {
            Some((one, other)) => {
                self.drop_held();
                let Some(start) = self.model.camera.get_untracked() else { return };
                let (apart, middle) = span(one, other);
                Gesture::Pinch { apart, middle, start }
            }
            None => self.begin(event, at),
        };
        if touch && !matches!(gesture, Gesture::Pinch { .. }) {
            self.rest_begins(event);
        }
        self.gesture.set_value(gesture);
    }

    /// The gesture that one finger begins.
    fn begin(self, event: &PointerEvent, at: (f64, f64)) -> Gesture {
        let model = self.model;
        let Some(camera) = model.camera.get_untracked() else { return Gesture::Idle };
        let (place, tool) = (camera.ground(at), model.tool.get_untracked());
        if self.space.get_untracked() || tool == Tool::Pan || event.button() == 1 {
            return Gesture::Pan { from: at, start: camera };
        }
        if tool != Tool::Select {
            let from = if event.alt_key() { place } else { model.snapped_at(place) };
            return Gesture::Draw { from, to: from, moved: false };
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target else { return Gesture::Idle };
        if target.class_list().contains("knob") {
            return model.grip(place);
        }
        let handle = target.closest(".handle").ok().flatten().and_then(|it| it.get_attribute("data-handle"));
        if let Some((_, east, north)) =
            handle.and_then(|name| HANDLES.into_iter().find(|(known, ..)| *known == name))
        {
            return model.stretch(place, east, north);
        }
        let Some(id) = stall_under(&target) else {
            let beside = if event.shift_key() { model.selected.get_untracked() } else { BTreeSet::new() };
            return Gesture::Band { from: place, beside, moved: false };
        };
        let click = match (model.is_chosen(id), event.shift_key()) {
            (true, true) => Click::Out(id),
            (true, false) => Click::Alone(id),
            (false, beside) => {
                model.select(id, beside);
                Click::Keep
            }
        };
        model.drag(place, id, click)
    }

    fn two(self) -> Option<((f64, f64), (f64, f64))> {
        self.down.with_value(|down| {
            let mut fingers = down.values().copied();
            Some((fingers.next()?, fingers.next()?))
        })
    }

    /// A finger has moved: the next frame shows it.
    pub(super) fn travel(self, event: &PointerEvent, canvas: &Element) {
        if self.down.with_value(BTreeMap::is_empty) && !self.awaited.get_value() {
            self.corner.set_value(corner(canvas));
        }
        let at = self.within(event);
        let step = Step { id: event.pointer_id(), at, shift: event.shift_key(), free: event.alt_key() };
        self.latest.update_value(|latest| {
            latest.retain(|other| other.id != step.id);
            latest.push(step);
        });
        if !self.awaited.get_value() {
            self.awaited.set_value(true);
            request_animation_frame(move || self.frame());
        }
    }

    /// Shows where the fingers are.
    fn frame(self) {
        if self.awaited.try_update_value(|awaited| *awaited = false).is_none() {
            return;
        }
        let steps = self.latest.try_update_value(std::mem::take).unwrap_or_default();
        let (Some(step), Some(camera)) = (steps.last().copied(), self.model.camera.get_untracked()) else {
            return;
        };
        self.model.cursor.set(Some(camera.ground(step.at)));
        let mut held = None;
        for step in &steps {
            let from = self
                .down
                .try_update_value(|down| down.get_mut(&step.id).map(|at| std::mem::replace(at, step.at)));
            let Some(from) = from.flatten() else { continue };
            held = Some(*step);
            if (step.at.0 - from.0).hypot(step.at.1 - from.1) > 2.0 {
                self.rest_no_longer();
            }
        }
        let Some(step) = held else { return };
        let two = self.two();
        self.gesture.update_value(|gesture| match (&*gesture, two) {
            (Gesture::Pinch { apart, middle, start }, Some((one, other))) => {
                let (now, centre) = span(one, other);
                let by = (centre.0 - middle.0, centre.1 - middle.1);
                self.model.camera.set(Some(start.zoomed(now / apart.max(1.0), *middle).panned(by)));
            }
            _ => self.model.step(gesture, step, camera),
        });
    }

    pub(super) fn release(self, event: &PointerEvent) {
        self.frame();
        self.rest_no_longer();
        let known = self.down.try_update_value(|down| down.remove(&event.pointer_id())).flatten();
        if known.is_some() {
            self.model.finish(self.take());
        }
    }

    /// Lets go without moving anything: the browser took the finger away, or a second one came.
    pub(super) fn cancel(self, event: &PointerEvent) {
        self.rest_no_longer();
        self.down.update_value(|down| {
            down.remove(&event.pointer_id());
        });
        self.drop_held();
    }

    /// The pointer has left the map.
    pub(super) fn leave(self) {
        if self.down.with_value(BTreeMap::is_empty) {
            self.latest.update_value(Vec::clear);
            self.model.cursor.set(None);
        }
    }

    /// Whether something is on its way.
    pub(super) fn busy(self) -> bool {
        self.gesture.with_value(|gesture| !matches!(gesture, Gesture::Idle))
    }

    /// Puts back what is on its way.
    pub(super) fn drop_held(self) {
        let was = self.take();
        self.model.let_be(was);
    }

    fn take(self) -> Gesture {
        self.gesture
            .try_update_value(|gesture| std::mem::replace(gesture, Gesture::Idle))
            .unwrap_or(Gesture::Idle)
    }

    /// A double click takes one stall out of its group.
    pub(super) fn twice(self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(id) = target.as_ref().and_then(stall_under) {
            self.model.choose(std::iter::once(id).gather());
        }
    }

    /// The right mouse button or a key: the menu of what is under it.
    pub(super) fn ask(self, event: &MouseEvent, canvas: &Element) {
        event.prevent_default();
        self.corner.set_value(corner(canvas));
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        self.menu(target.as_ref().and_then(stall_under), self.within(event));
    }

    fn menu(self, stall: Option<StallId>, at: (f64, f64)) {
        self.drop_held();
        if let Some(id) = stall.filter(|id| !self.model.is_chosen(*id)) {
            self.model.select(id, false);
        }
        self.model.menu.set(Some(Menu { at }));
    }

    fn rest_begins(self, event: &PointerEvent) {
        let at = self.within(event);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let stall = target.as_ref().and_then(stall_under);
        if stall.is_some() || target.is_some_and(|it| it.closest(".frame").ok().flatten().is_some()) {
            let open = move || {
                self.down.update_value(BTreeMap::clear);
                self.menu(stall, at);
            };
            self.rest.set_value(set_timeout_with_handle(open, LONG).ok());
        }
    }

    fn rest_no_longer(self) {
        if let Some(rest) = self.rest.try_update_value(Option::take).flatten() {
            rest.clear();
        }
    }
}

/// The stall whose plate a press landed on.
fn stall_under(target: &Element) -> Option<StallId> {
    target.closest("[data-stall]").ok()??.get_attribute("data-stall")?.parse().ok()
}
