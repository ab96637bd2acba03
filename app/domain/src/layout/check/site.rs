//! A layout on its ground, indexed, so that every question looks only at what is near.

use super::super::{Diff, Layout, Stall, number_order};
use super::floor::Floor;
use super::grid::Grid;
use super::{Breach, Cause, Use, Uses, way};
use crate::StallId;
use crate::geometry::{Bounds, Footprint, Point};
use crate::ground::Ground;
use crate::map::Map;
use crate::order::{Gather, Order};

/// A ground with a layout and its uses, made ready for many questions. It owns what it knows: keep it as long as
/// the map is open and tell it every edit with [`Site::follow`].
#[derive(Clone, Debug)]
pub struct Site {
    pub(super) floor: Floor,
    pub(super) uses: Uses,
    stalls: Vec<Option<Placed>>,
    by_id: Map<StallId, u32>,
    grid: Grid,
}

/// A stall with everything that follows from its place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) stall: Stall,
    pub(super) usage: Use,
    pub(super) foot: Footprint,
    /// Counter-clockwise.
    pub(super) corners: [Point; 4],
    pub(super) bounds: Bounds,
    /// The index of the area it belongs to.
    pub(super) area: usize,
    /// Square metres of it that lie in that area.
    pub(super) inside: f64,
    /// Where the counter looks.
    pub(super) toward: Point,
    /// The middle of the counter.
    pub(super) counter: Point,
    /// Metres along the counter.
    pub(super) width: f64,
    /// Metres that must stay free before it.
    pub(super) aisle: f64,
    /// The same between two that face each other.
    pub(super) facing_aisle: f64,
    /// The room before it, counter-clockwise.
    pub(super) front: [Point; 4],
    /// The rectangle round it and the room before it.
    pub(super) reach: Bounds,
    order: (u32, String),
}

impl Placed {
    /// The outline of so many metres before the counter, counter-clockwise.
    pub(super) fn strip(&self, metres: f64) -> [Point; 4] {
        let left = Point::new(-self.toward.y, self.toward.x).times(self.width / 2.0);
        let far = self.counter.plus(self.toward.times(metres));
        [self.counter.minus(left), far.minus(left), far.plus(left), self.counter.plus(left)]
    }

    pub(super) fn comes_before(&self, other: &Self) -> bool {
        (&self.order, self.stall.id) < (&other.order, other.stall.id)
    }
}

/// The ids of two stalls in the order of their numbers.
pub(super) fn pair(one: &Placed, other: &Placed) -> Vec<StallId> {
    let (one, other) = if one.comes_before(other) { (one, other) } else { (other, one) };
    vec![one.stall.id, other.stall.id]
}

impl Site {
    /// Indexes a layout.
    pub fn new(ground: &Ground, layout: &Layout, uses: &Uses) -> Self {
        let floor = Floor::new(ground);
        let grid = Grid::new(floor.bounds());
        let mut site = Self { floor, uses: uses.clone(), stalls: Vec::new(), by_id: Map::new(), grid };
        for stall in layout.stalls().values() {
            site.put(stall);
        }
        site
    }

    /// Follows an edit of the layout, however it came: by hand, by undo, from somebody else.
    pub fn follow(&mut self, diff: &Diff) {
        for (id, _, is) in diff.steps() {
            self.take(id);
            if let Some(stall) = is {
                self.put(stall);
            }
        }
    }

    /// Says anew what stands at the stalls.
    pub fn assign(&mut self, uses: &Uses) {
        self.uses.clone_from(uses);
        for placed in self.stalls.iter_mut().flatten() {
            placed.usage = uses.get(&placed.stall.id).copied().unwrap_or_default();
        }
    }

    fn put(&mut self, stall: &Stall) {
        let placed = self.placed(stall.clone());
        let number = self.stalls.len() as u32;
        self.grid.insert(number, placed.reach);
        self.by_id.insert(stall.id, number);
        self.stalls.push(Some(placed));
    }

    fn take(&mut self, id: StallId) {
        let Some(number) = self.by_id.remove(&id) else { return };
        if let Some(placed) = self.stalls[number as usize].take() {
            self.grid.remove(number, placed.reach);
        }
    }

    /// What follows from a stall's place.
    pub(super) fn placed(&self, stall: Stall) -> Placed {
        let foot = stall.footprint();
        let (corners, bounds) = (foot.corners(), foot.bounds());
        let (area, inside) = self.floor.home(&foot);
        let side = stall.counter();
        let toward = Point::new(1.0, 0.0).turned(Point::default(), stall.angle + f64::from(side) * 90.0);
        let (width, depth) = if side % 2 == 1 { (stall.w, stall.d) } else { (stall.d, stall.w) };
        let aisle = self.floor.area(area).aisle;
        let mut placed = Placed {
            usage: self.uses.get(&stall.id).copied().unwrap_or_default(),
            counter: foot.centre.plus(toward.times(depth / 2.0)),
            facing_aisle: aisle.max(self.floor.ground.rules.min_aisle),
            order: number_order(&stall.no),
            front: corners,
            reach: bounds,
            stall,
            foot,
            corners,
            bounds,
            area,
            inside,
            toward,
            width,
            aisle,
        };
        placed.front = placed.strip(aisle);
        let far = placed.strip(placed.facing_aisle);
        placed.reach = Bounds::of(corners.into_iter().chain(far)).unwrap_or(bounds);
        placed
    }

    /// Every stall, in no order.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Placed> {
        self.stalls.iter().flatten()
    }

    pub(super) fn of(&self, id: StallId) -> Option<&Placed> {
        self.stalls[*self.by_id.get(&id)? as usize].as_ref()
    }

    /// The other stalls whose footprint or front may touch a rectangle; `held` stand elsewhere than the layout
    /// has them.
    pub(super) fn others<'a>(
        &'a self,
        bounds: Bounds,
        me: StallId,
        held: &'a [Placed],
    ) -> impl Iterator<Item = &'a Placed> {
        let near =
            self.grid.near(bounds).into_iter().filter_map(|number| self.stalls[number as usize].as_ref());
        let moved = move |id: StallId| held.iter().any(|other| other.stall.id == id);
        let resting = near.filter(move |other| !moved(other.stall.id));
        resting.chain(held).filter(move |other| other.stall.id != me && other.reach.meets(bounds))
    }

    /// Everything that is wrong, errors first, each with a remedy where a short step cures it.
    pub fn check(&self) -> Vec<Breach> {
        self.with_remedies(self.found())
    }

    /// Everything that is wrong, errors first, with what it comes from.
    pub(super) fn found(&self) -> Vec<(Cause, Breach)> {
        let mut stalls: Vec<&Placed> = self.standing().collect();
        stalls.order_by(|a, b| (&a.order, a.stall.id).cmp(&(&b.order, b.stall.id)));
        let mut found: Vec<(Cause, Breach)> = Vec::new();
        for one in &stalls {
            // What two stalls do to each other is found from both sides: the lower number reports it.
            let mine = self.breaches(one, &[]).into_iter();
            found.extend(mine.filter(|(_, breach)| breach.stalls.first() == Some(&one.stall.id)));
        }
        let ways = way::breaches(self, &stalls, &found);
        found.extend(ways.into_iter().chain(self.overloads(&stalls)).map(|breach| (Cause::Whole, breach)));
        let place: Map<StallId, usize> = stalls.iter().map(|one| one.stall.id).zip(0..).gather();
        found.order_by_key(|(_, breach)| {
            let stalls: Vec<usize> = breach.stalls.iter().filter_map(|id| place.get(id).copied()).collect();
            (breach.severity, breach.kind.order(), stalls)
        });
        found
    }

    /// What would be wrong with a stall if it stood there instead of where the layout has it: the kinds that
    /// are local, worst first, without remedies. Quick enough for every step of a drag.
    pub fn check_stall(&self, stall: &Stall) -> Vec<Breach> {
        self.check_stalls(std::slice::from_ref(stall))
    }

    /// The same for several stalls that move together; what two of them do to each other is told once.
    pub fn check_stalls(&self, moved: &[Stall]) -> Vec<Breach> {
        let held: Vec<Placed> = moved.iter().map(|stall| self.placed(stall.clone())).collect();
        let mut found: Vec<Breach> = Vec::new();
        for one in &held {
            for (_, breach) in self.breaches(one, &held) {
                let told = breach.stalls.len() > 1 && held.len() > 1 && found.contains(&breach);
                if !told {
                    found.push(breach);
                }
            }
        }
        found.order_by_key(|breach| (breach.severity, breach.kind.order()));
        found
    }

    /// The local breaches of a stall with what they come from.
    pub(super) fn breaches(&self, one: &Placed, held: &[Placed]) -> Vec<(Cause, Breach)> {
        let mut found = self.misplaced(one, held);
        let astray = found.iter().any(|(cause, _)| matches!(cause, Cause::Edge | Cause::Barred(_)));
        found.extend(self.aisles(one, held, astray));
        found.extend(self.unmet(one, held));
        found.extend(self.cables(one, held));
        found
    }
}
