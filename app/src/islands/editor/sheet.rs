//! The stalls on the canvas: each plate is drawn once and moved by its transform; it is drawn anew only when
//! its words, its size or its colour have changed. Nothing else of the page follows a finger.

use kaishi_domain::StallId;
use kaishi_domain::geometry::Point;
use kaishi_domain::layout::drawing::{Label, Labels, Plate, SCALE, place};
use kaishi_domain::layout::{Diff, Layout, Stall};
use kaishi_domain::map::{Map, Set};
use leptos::web_sys::Element;

use crate::parts::{Markup, map};

/// One plate with its node.
struct Drawn {
    node: Element,
    plate: Plate,
}

/// Every plate.
#[derive(Default)]
pub(super) struct Sheet {
    root: Option<Element>,
    drawn: Map<StallId, Drawn>,
    chosen: Set<StallId>,
}

impl Sheet {
    /// Draws a whole layout below `root`.
    pub(super) fn open(&mut self, root: Element, layout: &Layout, labels: &Labels) {
        *self = Self { root: Some(root), ..Self::default() };
        for stall in layout.in_order() {
            self.show(stall, labels);
        }
    }

    /// Follows a change.
    pub(super) fn follow(&mut self, diff: &Diff, labels: &Labels) {
        for (id, was, is) in diff.steps() {
            match (was, is) {
                (Some(was), Some(is)) if only_moved(was, is) => self.move_to(is, labels),
                (_, Some(stall)) => self.show(stall, labels),
                (_, None) => self.drop(id),
            }
        }
    }

    /// Shows a stall as it stands.
    pub(super) fn show(&mut self, stall: &Stall, labels: &Labels) {
        let plate = match labels.stalls.get(&stall.id) {
            Some(label) => Plate::of(stall, label),
            None => Plate::of(stall, &Label::default()),
        };
        match self.drawn.get_mut(&stall.id) {
            Some(drawn) if alike(&drawn.plate, &plate) => {
                if map::frame(&drawn.plate) != map::frame(&plate) {
                    let _ = drawn.node.set_attribute("transform", &map::frame(&plate));
                }
                drawn.plate = plate;
            }
            Some(drawn) => {
                if let Some(node) = self.root.as_ref().and_then(|root| draw(root, &plate)) {
                    drawn.node.remove();
                    mark(&node, self.chosen.contains(&stall.id));
                    *drawn = Drawn { node, plate };
                }
            }
            None => {
                if let Some(node) = self.root.as_ref().and_then(|root| draw(root, &plate)) {
                    self.drawn.insert(stall.id, Drawn { node, plate });
                }
            }
        }
    }

    /// Shows a stall whose place is the only thing that changed.
    fn move_to(&mut self, stall: &Stall, labels: &Labels) {
        let Some(drawn) = self.drawn.get_mut(&stall.id) else { return self.show(stall, labels) };
        (drawn.plate.x, drawn.plate.y) = place(stall.centre());
        let _ = drawn.node.set_attribute("transform", &map::frame(&drawn.plate));
    }

    fn drop(&mut self, id: StallId) {
        if let Some(gone) = self.drawn.remove(&id) {
            gone.node.remove();
        }
    }

    /// Shows some stalls so many metres from where they stand, until they are shown again.
    pub(super) fn shift(&self, ids: &[StallId], by: Point) {
        let (dx, dy) = (by.x * SCALE, -by.y * SCALE);
        for drawn in ids.iter().filter_map(|id| self.drawn.get(id)) {
            let (x, y) = (drawn.plate.x + dx, drawn.plate.y + dy);
            let frame = map::frame_at(x, y, drawn.plate.turn);
            let _ = drawn.node.set_attribute("transform", &frame);
        }
    }

    /// Puts some stalls back to where they stand.
    pub(super) fn settle<'a>(&mut self, stalls: impl Iterator<Item = &'a Stall>, labels: &Labels) {
        for stall in stalls {
            if let Some(drawn) = self.drawn.get(&stall.id) {
                let _ = drawn.node.set_attribute("transform", &map::frame(&drawn.plate));
            }
            self.show(stall, labels);
        }
    }

    /// Marks the chosen stalls.
    pub(super) fn choose(&mut self, chosen: &Set<StallId>) {
        for id in self.chosen.symmetric_difference(chosen) {
            if let Some(drawn) = self.drawn.get(id) {
                mark(&drawn.node, chosen.contains(id));
            }
        }
        self.chosen.clone_from(chosen);
    }
}

/// Whether a step changed nothing but where a stall stands.
fn only_moved(was: &Stall, is: &Stall) -> bool {
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
    same(was.w, is.w)
        && same(was.d, is.d)
        && same(was.angle, is.angle)
        && same(was.facing, is.facing)
        && was.no == is.no
        && was.zone == is.zone
}

/// Whether two plates differ by their place only.
fn alike(one: &Plate, other: &Plate) -> bool {
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    one.no == other.no
        && one.zone == other.zone
        && one.name == other.name
        && one.unit == other.unit
        && one.counter == other.counter
        && same(one.w, other.w)
        && same(one.h, other.h)
}

fn draw(root: &Element, plate: &Plate) -> Option<Element> {
    let mut markup = Markup::default();
    map::plate(&mut markup, plate);
    markup.append(root)
}

fn mark(node: &Element, chosen: bool) {
    let _ = node.class_list().toggle_with_force("chosen", chosen);
}
