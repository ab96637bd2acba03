//! What the drawing board knows. Every change of the ground goes through here.

use kaishi_domain::GroundId;
use kaishi_domain::geometry::{Bounds, Point};
use kaishi_domain::ground::{Edit, Flaw, Ground, History, KeepClear, Kind, Part, Spot, flaws};
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{self, Drawing, Labels};
use leptos::prelude::*;

use super::brush;
use super::save::Keeping;
use crate::calls::ground::Opened;
use crate::islands::canvas::Camera;
use crate::words::Lang;
use crate::words::ground::Board as Words;

/// What a press on the canvas does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tool {
    Select,
    Pan,
    Rectangle,
    Polygon,
    Point,
    Lane,
    Scale,
}

#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) words: Words,
    pub(super) id: GroundId,
    pub(super) may_change: bool,
    pub(super) ground: RwSignal<Ground>,
    /// As the server has it, with its revision.
    pub(super) base: RwSignal<(i64, Ground)>,
    pub(super) history: RwSignal<History>,
    pub(super) chosen: RwSignal<Option<Spot>>,
    /// The corner of the chosen part that the arrow keys move.
    pub(super) corner: RwSignal<Option<usize>>,
    pub(super) tool: RwSignal<Tool>,
    /// What outlines become, and what points become.
    pub(super) area: RwSignal<&'static str>,
    pub(super) mark: RwSignal<&'static str>,
    pub(super) lane_width: RwSignal<f64>,
    /// Corners drawn so far.
    pub(super) sketch: RwSignal<Vec<Point>>,
    /// Where the finger is while something is drawn.
    pub(super) hover: RwSignal<Option<Point>>,
    /// The chosen part as it will be when the finger lets go.
    pub(super) held: RwSignal<Option<Part>>,
    pub(super) camera: RwSignal<Option<Camera>>,
    pub(super) flaws: Memo<Vec<Flaw>>,
    pub(super) drawing: Memo<Drawing>,
    pub(super) dirty: Memo<bool>,
    pub(super) keeping: RwSignal<Keeping>,
    /// What became of the last photo.
    pub(super) news: RwSignal<Option<String>>,
}

impl Model {
    pub(super) fn new(opened: Opened, id: GroundId, lang: Lang) -> Self {
        let Opened { ground, revision, may_change } = opened;
        let lane = ground.rules.fire_lane.max(kaishi_domain::ground::FIRE_LANE);
        let base = RwSignal::new((revision, ground.clone()));
        let ground = RwSignal::new(ground);
        let labels = Labels { english: lang == Lang::En, ..Labels::default() };
        Self {
            words: Words(lang),
            id,
            may_change,
            ground,
            base,
            history: RwSignal::new(History::default()),
            chosen: RwSignal::new(None),
            corner: RwSignal::new(None),
            tool: RwSignal::new(Tool::Select),
            area: RwSignal::new("zone"),
            mark: RwSignal::new("gate_in"),
            lane_width: RwSignal::new(lane),
            sketch: RwSignal::new(Vec::new()),
            hover: RwSignal::new(None),
            held: RwSignal::new(None),
            camera: RwSignal::new(None),
            flaws: Memo::new(move |_| ground.with(flaws)),
            drawing: Memo::new(move |_| {
                ground.with(|ground| drawing::draw(ground, &Layout::default(), &labels))
            }),
            dirty: Memo::new(move |_| ground.with(|ground| base.with(|(_, base)| base != ground))),
            keeping: RwSignal::new(Keeping::Still),
            news: RwSignal::new(None),
        }
    }

    pub(super) const fn lang(self) -> Lang {
        self.words.0
    }

    /// Does one edit as one mark; a refused one changes nothing. While a save is on its way nothing changes.
    pub(super) fn edit(self, edit: Edit) -> bool {
        if !self.may_change || self.keeping.with_untracked(|keeping| *keeping == Keeping::Saving) {
            return false;
        }
        let mut mark = None;
        self.ground.update(|ground| mark = ground.apply(edit).ok());
        let Some(diff) = mark else { return false };
        self.history.update(|history| history.mark(diff));
        self.keeping.update(Keeping::touch);
        true
    }

    /// Adds a part and chooses it.
    pub(super) fn add(self, part: Part) {
        let kind = part.kind();
        if self.edit(Edit::Add(part)) {
            let index = self.ground.with_untracked(|ground| ground.count(kind)).saturating_sub(1);
            self.choose(Some(Spot { kind, index }));
        }
    }

    pub(super) fn choose(self, spot: Option<Spot>) {
        self.corner.set(None);
        self.chosen.set(spot);
    }

    pub(super) fn undo(self) {
        self.travel(History::undo);
    }

    pub(super) fn redo(self) {
        self.travel(History::redo);
    }

    fn travel(self, step: impl FnOnce(&mut History, &mut Ground) -> bool) {
        if !self.may_change || self.keeping.with_untracked(|keeping| *keeping == Keeping::Saving) {
            return;
        }
        self.history.update(|history| {
            self.ground.update(|ground| {
                step(history, ground);
            });
        });
        self.keeping.update(Keeping::touch);
        self.forget_gone();
    }

    /// What is no longer there is no longer chosen.
    pub(super) fn forget_gone(self) {
        let part = untrack(|| self.part());
        let corners = part.as_ref().and_then(Part::polygon).map_or(0, |polygon| polygon.points().len());
        if part.is_none() {
            self.choose(None);
        } else if self.corner.get_untracked().is_some_and(|corner| corner >= corners) {
            self.corner.set(None);
        }
    }

    /// The chosen part.
    pub(super) fn part(self) -> Option<Part> {
        let spot = self.chosen.get()?;
        self.ground.with(|ground| ground.part(spot))
    }

    pub(super) fn remove(self) {
        let Some(at) = self.chosen.get_untracked() else { return };
        let edit = match self.corner.get_untracked() {
            Some(corner) => Edit::RemoveCorner { at, corner },
            None => Edit::Remove { at },
        };
        if self.edit(edit) {
            if self.corner.get_untracked().is_none() {
                self.choose(None);
            }
            self.forget_gone();
        }
    }

    /// Moves the chosen corner, or else the whole part.
    pub(super) fn nudge(self, dx: f64, dy: f64) {
        let Some(at) = self.chosen.get_untracked() else { return };
        let Some(part) = untrack(|| self.part()) else { return };
        let corner = self.corner.get_untracked();
        let place = corner.and_then(|corner| part.polygon()?.points().get(corner).copied());
        match (corner, place) {
            (Some(corner), Some(place)) => {
                self.edit(Edit::Corner { at, corner, to: place.plus(Point::new(dx, dy)) });
            }
            _ => {
                self.edit(Edit::Move { at, dx, dy });
            }
        }
    }

    /// To the tenth of a metre, or to the centimetre while `free`.
    pub(super) fn snapped(at: Point, free: bool) -> Point {
        let step = if free { 100.0 } else { 10.0 };
        Point::new((at.x * step).round() / step, (at.y * step).round() / step)
    }

    /// A tap with a tool that draws.
    pub(super) fn tap(self, at: Point, near: f64) {
        match self.tool.get_untracked() {
            Tool::Point => {
                let mark = self.mark.get_untracked();
                self.add(self.ground.with_untracked(|ground| brush::mark(ground, mark, at)));
                self.tool.set(Tool::Select);
            }
            Tool::Polygon => {
                let first = self.sketch.with_untracked(|sketch| sketch.first().copied());
                let closes = first.is_some_and(|first| first.minus(at).length() <= near);
                if closes && self.sketch.with_untracked(Vec::len) >= 3 {
                    self.finish();
                } else {
                    self.sketch.update(|sketch| sketch.push(at));
                }
            }
            Tool::Lane | Tool::Scale => {
                self.sketch.update(|sketch| {
                    sketch.truncate(1);
                    sketch.push(at);
                });
                let ends = self.sketch.get_untracked();
                if let (Tool::Lane, [from, to]) = (self.tool.get_untracked(), ends.as_slice()) {
                    self.lane(*from, *to);
                }
            }
            _ => {}
        }
    }

    fn lane(self, from: Point, to: Point) {
        if let Ok(lane) = KeepClear::lane(from, to, self.lane_width.get_untracked()) {
            self.add(Part::KeepClear(lane));
            self.stop();
        }
    }

    /// Makes the polygon of the corners drawn so far.
    pub(super) fn finish(self) {
        let corners = self.sketch.get_untracked();
        self.outline(corners);
    }

    /// Makes what outlines become of some corners and goes back to choosing.
    pub(super) fn outline(self, corners: Vec<Point>) {
        let area = self.area.get_untracked();
        let part = self.ground.with_untracked(|ground| brush::area(ground, area, corners));
        if let Some(part) = part {
            self.add(part);
            self.stop();
        }
    }

    /// Nothing is being drawn any more.
    pub(super) fn stop(self) {
        self.sketch.set(Vec::new());
        self.hover.set(None);
        self.held.set(None);
        self.tool.set(Tool::Select);
    }

    pub(super) fn take(self, tool: Tool) {
        self.stop();
        self.tool.set(tool);
    }

    /// Adds what the tool draws in the middle of what is to be seen: the way without dragging.
    pub(super) fn add_here(self) {
        let middle = self.camera.get_untracked().map_or_else(Point::default, |camera| {
            let (w, h) = camera.size();
            camera.ground((w / 2.0, h / 2.0))
        });
        let at = Self::snapped(middle, false);
        if self.tool.get_untracked() == Tool::Point {
            self.tap(at, 0.0);
            return;
        }
        if self.tool.get_untracked() == Tool::Lane {
            self.lane(at, at.plus(Point::new(0.0, 10.0)));
            return;
        }
        if let Some(corners) = brush::rectangle(at, at.plus(Point::new(6.0, 4.0))) {
            self.outline(corners);
        }
    }

    /// Everything that is drawn, with some room round it, in map units.
    pub(super) fn view(self) -> [f64; 4] {
        let bounds = self.ground.with_untracked(|ground| {
            let corners = ground.all_parts().flat_map(|(_, part)| match (part.polygon(), part.point()) {
                (Some(polygon), _) => polygon.points().to_vec(),
                (None, Some(at)) => vec![at],
                (None, None) => Vec::new(),
            });
            Bounds::of(corners).unwrap_or_else(|| ground.bounds())
        });
        drawing::view(bounds.grown(3.0))
    }

    /// Looks at a place.
    pub(super) fn look_at(self, at: Point) {
        self.camera.update(|camera| *camera = camera.map(|camera| camera.centred(at)));
    }

    pub(super) fn warn_before_leaving(self) {
        let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.dirty.get_untracked() {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// The circuits that an outlet can hang on.
    pub(super) fn circuits(self) -> Vec<String> {
        self.ground.with(|ground| ground.circuits.iter().map(|circuit| circuit.id.clone()).collect())
    }

    pub(super) fn count(self, kind: Kind) -> usize {
        self.ground.with(|ground| ground.count(kind))
    }
}
