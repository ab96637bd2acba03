//! What is shown of a gesture while it lasts: stalls on their way, what they snap to, what they would break.

use kaishi_domain::StallId;
use kaishi_domain::geometry::{Bounds, Footprint, Point};
use kaishi_domain::layout::snap::{Grid, Snapper};
use kaishi_domain::layout::{Edit, Layout, Stall};

use super::held::{Held, Hint};
use super::model::Model;
use crate::islands::canvas::Camera;

/// So many pixels away a thing still draws a dragged stall to itself.
const REACH: f64 = 7.0;

impl Model {
    /// Everything on the screen that stays while some stalls are held.
    pub(super) fn snapper(self, ids: &[StallId], camera: &Camera) -> Snapper {
        let (wide, high) = camera.size();
        let seen = super::held::between(camera.ground((0.0, 0.0)), camera.ground((wide, high)));
        Snapper::new(&self.ground, &self.layout.read_untracked(), ids, Some(seen))
    }

    /// Where the held stalls come to rest, with the lines that show why.
    pub(super) fn rest(
        self,
        beside: &Snapper,
        lead: &Stall,
        bounds: Bounds,
        shift: Point,
        camera: &Camera,
    ) -> Point {
        let there = Bounds { low: bounds.low.plus(shift), high: bounds.high.plus(shift) };
        let grid = Grid { step: 0.1, point: lead.centre().plus(shift) };
        let foot = lead.footprint();
        let foot = Footprint { centre: foot.centre.plus(shift), ..foot };
        let snapped = beside.rest(&foot, there, REACH / camera.metre(), Some(grid));
        self.guides.renew(snapped.guides);
        shift.plus(snapped.shift)
    }

    /// Moves the nodes of the dragged stalls and says how far they are, to the centimetre.
    pub(super) fn carry(self, ids: &[StallId], lead: &Stall, shift: Point) -> Point {
        let to = |metres: f64| (metres * 100.0).round() / 100.0;
        let by = Point::new(to(lead.x + shift.x) - lead.x, to(lead.y + shift.y) - lead.y);
        if self.held.with_untracked(|held| *held == Held::Moved(by)) {
            return by;
        }
        self.sheet.borrow().shift(ids, by);
        self.held.set(Held::Moved(by));
        if ids.len() == 1 {
            let moved = Stall { x: lead.x + by.x, y: lead.y + by.y, ..lead.clone() };
            self.warn(&moved, None);
        }
        by
    }

    pub(super) fn turning(self, scratch: &Layout, by: f64) {
        let mut turned = scratch.clone();
        let stalls = turned.stalls().keys().copied().collect();
        if turned.apply(Edit::Rotate { stalls, by }).is_err() {
            return;
        }
        let mut sheet = self.sheet.borrow_mut();
        turned.stalls().values().for_each(|stall| sheet.show(stall, &self.labels));
        self.held.set(Held::Turned(by));
    }

    /// A stall with one side or corner moved by `shift`; what lies opposite stays.
    pub(super) fn stretched(was: &Stall, shift: Point, (east, north): (f64, f64), snap: bool) -> Stall {
        let own = shift.turned(Point::default(), -was.angle);
        let step = if snap { 10.0 } else { 100.0 };
        let side = |length: f64, by: f64| (((length + by) * step).round() / step).clamp(0.5, 50.0);
        let w = if east == 0.0 { was.w } else { side(was.w, east * own.x) };
        let d = if north == 0.0 { was.d } else { side(was.d, north * own.y) };
        let push = Point::new(east * (w - was.w) / 2.0, north * (d - was.d) / 2.0);
        let at = was.centre().plus(push.turned(Point::default(), was.angle));
        Stall { w, d, x: at.x, y: at.y, ..was.clone() }
    }

    /// What a stall would break there, or else what there is to say.
    pub(super) fn warn(self, stall: &Stall, else_say: Option<String>) {
        let breach = self.with_site(|site| site.check_stall(stall).into_iter().next());
        let alarm = breach.is_some();
        let text = breach.map(|breach| self.words.what(&breach)).or(else_say);
        let low = stall.footprint().bounds().low.y;
        let hint = text.map(|text| Hint { at: Point::new(stall.x, low), text, alarm });
        self.hint.renew(hint);
    }

    /// Shows stalls where the layout has them.
    pub(super) fn settle(self, ids: &[StallId]) {
        let layout = self.layout.read_untracked();
        let stalls = ids.iter().filter_map(|id| layout.stall(*id));
        self.sheet.borrow_mut().settle(stalls, &self.labels);
    }
}
