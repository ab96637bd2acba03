//! Fingers and mice on the canvas: which gesture a press begins, one step of it a frame, when it ends.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::time::Duration;

use kaishi_domain::StallId;
use kaishi_domain::map::Set;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::{request_animation_frame, set_timeout_with_handle};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, MouseEvent, PointerEvent};

use super::browser::corner;
use super::gesture::{Click, Gesture, Step};
use super::menu::Menu;
use super::model::{Model, Tool};
use super::overlay::HANDLES;
use crate::islands::canvas::span;
use crate::islands::live::Live;
use kaishi_domain::order::Gather;

/// A finger that rests for so long opens the menu.
const LONG: Duration = Duration::from_millis(550);

/// The state of all fingers on one canvas; there is one canvas.
#[derive(Clone, Copy)]
pub(super) struct Fingers(&'static Hands);

impl Deref for Fingers {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        self.0
    }
}

/// What a canvas knows of the fingers on it.
pub(super) struct Hands {
    model: Model,
    gesture: RefCell<Gesture>,
    /// Where each finger is that is down.
    down: RefCell<Vec<(i32, (f64, f64))>>,
    /// Where the canvas begins on the page: measured at a press, because it stays while fingers are down.
    corner: Cell<(f64, f64)>,
    /// The newest place of each finger that no frame has shown.
    latest: RefCell<Vec<Step>>,
    awaited: Cell<bool>,
    rest: Cell<Option<TimeoutHandle>>,
    /// The space bar is held: every press pans.
    pub(super) space: Live<bool>,
}

impl Fingers {
    pub(super) fn new(model: Model) -> Self {
        Self(Box::leak(Box::new(Hands {
            model,
            gesture: RefCell::new(Gesture::Idle),
            down: RefCell::default(),
            corner: Cell::default(),
            latest: RefCell::default(),
            awaited: Cell::default(),
            rest: Cell::default(),
            space: Live::default(),
        })))
    }

    fn within(self, event: &MouseEvent) -> (f64, f64) {
        let (left, top) = self.corner.get();
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    pub(super) fn press(self, event: &PointerEvent, canvas: &Element) {
        self.corner.set(corner(canvas));
        self.model.menu.set(None);
        let touch = event.pointer_type() == "touch";
        self.model.touch.renew(touch);
        if event.button() == 2 {
            return;
        }
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let at = self.within(event);
        self.lift(event.pointer_id());
        self.down.borrow_mut().push((event.pointer_id(), at));
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
        self.gesture.replace(gesture);
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
            let beside = if event.shift_key() { model.selected.get_untracked() } else { Set::new() };
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
        match self.down.borrow()[..] {
            [(_, one), (_, other), ..] => Some((one, other)),
            _ => None,
        }
    }

    /// A finger is down no more; whether it was.
    fn lift(self, id: i32) -> bool {
        let mut down = self.down.borrow_mut();
        let before = down.len();
        down.retain(|(other, _)| *other != id);
        down.len() != before
    }

    /// A finger has moved: the next frame shows it.
    pub(super) fn travel(self, event: &PointerEvent, canvas: &Element) {
        if self.down.borrow().is_empty() && !self.awaited.get() {
            self.corner.set(corner(canvas));
        }
        let at = self.within(event);
        let step = Step { id: event.pointer_id(), at, shift: event.shift_key(), free: event.alt_key() };
        let mut latest = self.latest.borrow_mut();
        latest.retain(|other| other.id != step.id);
        latest.push(step);
        if !self.awaited.replace(true) {
            request_animation_frame(move || self.frame());
        }
    }

    /// Shows where the fingers are.
    fn frame(self) {
        self.awaited.set(false);
        let steps = self.latest.take();
        let (Some(step), Some(camera)) = (steps.last().copied(), self.model.camera.get_untracked()) else {
            return;
        };
        self.model.cursor.set(Some(camera.ground(step.at)));
        let mut held = None;
        for step in &steps {
            let mut down = self.down.borrow_mut();
            let Some((_, at)) = down.iter_mut().find(|(id, _)| *id == step.id) else { continue };
            let from = std::mem::replace(at, step.at);
            held = Some(*step);
            if (step.at.0 - from.0).hypot(step.at.1 - from.1) > 2.0 {
                self.rest_no_longer();
            }
        }
        let Some(step) = held else { return };
        let two = self.two();
        let gesture = &mut *self.gesture.borrow_mut();
        match (&*gesture, two) {
            (Gesture::Pinch { apart, middle, start }, Some((one, other))) => {
                let (now, centre) = span(one, other);
                let by = (centre.0 - middle.0, centre.1 - middle.1);
                self.model.camera.set(Some(start.zoomed(now / apart.max(1.0), *middle).panned(by)));
            }
            _ => self.model.step(gesture, step, camera),
        }
    }

    pub(super) fn release(self, event: &PointerEvent) {
        self.frame();
        self.rest_no_longer();
        if self.lift(event.pointer_id()) {
            self.model.finish(self.take());
        }
    }

    /// Lets go without moving anything: the browser took the finger away, or a second one came.
    pub(super) fn cancel(self, event: &PointerEvent) {
        self.rest_no_longer();
        self.lift(event.pointer_id());
        self.drop_held();
    }

    /// The pointer has left the map.
    pub(super) fn leave(self) {
        if self.down.borrow().is_empty() {
            self.latest.borrow_mut().clear();
            self.model.cursor.set(None);
        }
    }

    /// Whether something is on its way.
    pub(super) fn busy(self) -> bool {
        !matches!(*self.gesture.borrow(), Gesture::Idle)
    }

    /// Puts back what is on its way.
    pub(super) fn drop_held(self) {
        let was = self.take();
        self.model.let_be(was);
    }

    fn take(self) -> Gesture {
        self.gesture.replace(Gesture::Idle)
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
        self.corner.set(corner(canvas));
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
                self.down.borrow_mut().clear();
                self.menu(stall, at);
            };
            self.rest.set(set_timeout_with_handle(open, LONG).ok());
        }
    }

    fn rest_no_longer(self) {
        if let Some(rest) = self.rest.take() {
            rest.clear();
        }
    }
}

/// The stall whose plate a press landed on.
fn stall_under(target: &Element) -> Option<StallId> {
    target.closest("[data-stall]").ok()??.get_attribute("data-stall")?.parse().ok()
}
