//! What the editor knows: the layout, what is selected, what can be undone. Every change goes through here.

use std::collections::BTreeSet;

use kaishi_domain::geometry::Point;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::drawing::{self, Drawing, Label, Labels};
use kaishi_domain::layout::{Breach, Diff, Edit, History, Layout, Severity, Stall, Uses, check};
use kaishi_domain::market::{Plan, Zone};
use kaishi_domain::{MarketRef, StallId};
use leptos::prelude::*;

use super::save::{Keeper, Keeping};
use crate::calls::layout::Opened;
use crate::islands::canvas::Camera;
use crate::words::Lang;
use crate::words::layout::Editor as Words;

/// What a press on the canvas does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tool {
    Select,
    Place,
    Pan,
}

/// Stalls on their way while a finger holds them: not in the layout before it lets go.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Held {
    pub(super) stalls: Vec<Stall>,
    /// What the first of them would break there.
    pub(super) breach: Option<String>,
}

#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) words: Words,
    pub(super) market: MarketRef,
    pub(super) plan: Plan,
    pub(super) may_change: bool,
    pub(super) ground: StoredValue<Ground>,
    pub(super) zones: StoredValue<Vec<Zone>>,
    pub(super) labels: StoredValue<Labels>,
    /// What will stand at each stall.
    pub(super) uses: StoredValue<Uses>,
    pub(super) layout: RwSignal<Layout>,
    pub(super) selected: RwSignal<BTreeSet<StallId>>,
    pub(super) history: RwSignal<History>,
    pub(super) breaches: Memo<Vec<Breach>>,
    pub(super) drawing: Memo<Drawing>,
    pub(super) camera: RwSignal<Option<Camera>>,
    pub(super) tool: RwSignal<Tool>,
    pub(super) snap: RwSignal<bool>,
    pub(super) held: RwSignal<Option<Held>>,
    pub(super) keeping: RwSignal<Keeping>,
    pub(super) keeper: StoredValue<Keeper>,
}

impl Model {
    pub(super) fn new(opened: Opened, market: MarketRef, plan: Plan, lang: Lang) -> Self {
        let Opened { ground, layout, revision, zones, signs, uses, may_change } = opened;
        let label =
            |sign: crate::calls::layout::Sign| (sign.stall, Label { name: sign.name, unit: sign.unit });
        let labels = Labels { stalls: signs.into_iter().map(label).collect(), english: lang == Lang::En };
        let (ground, labels) = (StoredValue::new(ground), StoredValue::new(labels));
        let (layout, uses) = (RwSignal::new(layout), StoredValue::new(uses));
        Self {
            words: Words(lang),
            market,
            plan,
            may_change,
            zones: StoredValue::new(zones),
            selected: RwSignal::new(BTreeSet::new()),
            history: RwSignal::new(History::default()),
            breaches: Memo::new(move |_| {
                layout.with(|layout| {
                    ground.with_value(|ground| uses.with_value(|uses| check(ground, layout, uses)))
                })
            }),
            drawing: Memo::new(move |_| {
                layout.with(|layout| {
                    ground.with_value(|ground| labels.with_value(|l| drawing::draw(ground, layout, l)))
                })
            }),
            ground,
            labels,
            uses,
            layout,
            camera: RwSignal::new(None),
            tool: RwSignal::new(Tool::Select),
            snap: RwSignal::new(true),
            held: RwSignal::new(None),
            keeping: RwSignal::new(Keeping::Still),
            keeper: StoredValue::new(Keeper::at(revision)),
        }
    }

    /// Does one edit as one mark and saves it. A refused edit changes nothing.
    pub(super) fn edit(self, edit: Edit) {
        let mut mark = None;
        if self.may_change {
            self.layout.update(|layout| mark = layout.apply(edit).ok());
        }
        if let Some(diff) = mark.filter(|diff| !diff.is_empty()) {
            self.history.update(|history| history.mark(diff.clone()));
            self.keep(&diff);
        }
    }

    pub(super) fn undo(self) {
        self.travel(History::undo);
    }

    pub(super) fn redo(self) {
        self.travel(History::redo);
    }

    fn travel(
        self,
        step: impl FnOnce(&mut History, &mut Layout) -> Result<Option<Diff>, kaishi_domain::layout::Conflict>,
    ) {
        let mut done = None;
        self.history.update(|history| {
            self.layout.update(|layout| done = step(history, layout).ok().flatten());
        });
        if let Some(diff) = done {
            self.forget_gone();
            self.keep(&diff);
        }
    }

    /// Selected stalls that are no longer there are no longer selected.
    pub(super) fn forget_gone(self) {
        self.layout.with_untracked(|layout| {
            self.selected.update(|selected| selected.retain(|id| layout.stall(*id).is_some()));
        });
    }

    /// Selects a stall, alone or beside the others.
    pub(super) fn select(self, id: StallId, beside: bool) {
        self.selected.update(|selected| {
            if !beside {
                selected.clear();
            }
            if !selected.insert(id) {
                selected.remove(&id);
            }
        });
    }

    pub(super) fn chosen(self) -> Vec<StallId> {
        self.selected.with_untracked(|selected| selected.iter().copied().collect())
    }

    /// The stall when exactly one is selected.
    pub(super) fn only(self) -> Option<Stall> {
        let id =
            self.selected.with(|selected| (selected.len() == 1).then(|| selected.first().copied()))??;
        self.layout.with(|layout| layout.stall(id).cloned())
    }

    pub(super) fn nudge(self, dx: f64, dy: f64) {
        let stalls = self.chosen();
        if !stalls.is_empty() {
            self.edit(Edit::Move { stalls, dx, dy });
        }
    }

    pub(super) fn turn(self, by: f64) {
        let stalls = self.chosen();
        if !stalls.is_empty() {
            self.edit(Edit::Rotate { stalls, by });
        }
    }

    pub(super) fn remove(self) {
        let stalls = self.chosen();
        if !stalls.is_empty() {
            self.edit(Edit::Remove { stalls });
            self.forget_gone();
        }
    }

    /// A new stall of the area's usual size, looking south, selected.
    pub(super) fn place(self, at: Point) {
        let size = self
            .ground
            .with_value(|ground| ground.area_at(at).or(ground.zones.first()).map(|area| area.stall));
        let zone = self.zones.with_value(|zones| zones.first().map(|zone| zone.letter.clone()));
        let (Some(size), Some(zone)) = (size, zone) else { return };
        let no = self.layout.with_untracked(Layout::next_number);
        let (x, y) = (self.snapped(at.x), self.snapped(at.y));
        self.add(Stall {
            id: super::browser::stall_id(),
            no,
            zone,
            x,
            y,
            w: size.w,
            d: size.d,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
            locked: false,
            group: None,
        });
    }

    /// A second stall like the selected one, beside it.
    pub(super) fn duplicate(self) {
        let Some(stall) = untrack(|| self.only()) else { return };
        let no = self.layout.with_untracked(Layout::next_number);
        let step = Point::toward(stall.angle).times(stall.w + 1.0);
        let at = stall.centre().plus(step);
        self.add(Stall { id: super::browser::stall_id(), no, x: at.x, y: at.y, ..stall });
    }

    fn add(self, stall: Stall) {
        let id = stall.id;
        self.edit(Edit::Add(stall));
        if self.layout.with_untracked(|layout| layout.stall(id).is_some()) {
            self.selected.set(BTreeSet::from([id]));
        }
    }

    /// To the tenth of a metre while snapping is on.
    pub(super) fn snapped(self, metres: f64) -> f64 {
        let step = if self.snap.get_untracked() { 10.0 } else { 100.0 };
        (metres * step).round() / step
    }

    pub(super) fn errors(self) -> usize {
        self.breaches.with(|all| all.iter().filter(|breach| breach.severity == Severity::Error).count())
    }
}
