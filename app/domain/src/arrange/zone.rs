//! One zone on its own axes: everything on the ground turned into them, and the lines worth standing on.

use super::floor::{Floor, Outline};
use super::frame::Frame;
use super::lattice::HAIR;
use crate::geometry::{Bounds, Footprint, Point};
use crate::ground::{Area, Ground, Rules};

/// A stall that stands already: a locked one, or one of another zone.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Standing {
    pub(super) foot: Footprint,
    /// The strip before its counter.
    pub(super) front: Footprint,
}

/// On slanted axes a stall is thought wider by so much on each side, because its centre is kept to the centimetre.
const ROUNDING: f64 = 0.0075;

/// The half circle before a door is drawn with corners by others: they reach farther than its radius by this.
const MOUTH: f64 = 1.02;

/// More lines than this on one axis make the search slow and not better.
const MOST_LINES: usize = 900;

/// A zone, turned.
pub(super) struct Zone {
    pub(super) frame: Frame,
    /// Of one stall with what rounding needs, along the counter and from it to the back.
    pub(super) w: f64,
    pub(super) d: f64,
    /// Of one stall as it stands.
    pub(super) true_size: (f64, f64),
    pub(super) aisle: f64,
    pub(super) rules: Rules,
    pub(super) outline: Outline,
    pub(super) walk: Vec<Outline>,
    pub(super) solid: Vec<Outline>,
    pub(super) barred: Vec<Outline>,
    pub(super) walls: Vec<(Point, Point)>,
    /// Seams across which no way is planned.
    pub(super) seams: Vec<(Point, Point)>,
    pub(super) entrances: Vec<Point>,
    /// Strips that must stay within reach: of stalls that stand already, and the ways out.
    pub(super) fronts: Vec<Vec<Point>>,
    /// The sides of stalls that stand already and are parallel to the axes.
    pub(super) sides: [Vec<f64>; 2],
}

/// To the centimetre.
fn cm(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}

impl Zone {
    pub(super) fn new(
        ground: &Ground,
        floor: &Floor,
        area: &Area,
        tenths: u16,
        standing: &[Standing],
    ) -> Self {
        let frame = Frame::new(tenths);
        let turn = |one: &Outline| Outline::new(frame.local_all(&one.points));
        let slack = if frame.is_straight() { 0.0 } else { 2.0 * ROUNDING };
        let (w, d) = (cm(area.stall.w), cm(area.stall.d));
        let outline = Outline::new(frame.local_all(&area.polygon.wound()));
        let reach = outline.bounds.grown(area.aisle + w + d);
        let near = |one: &Outline| one.bounds.meets(reach);
        let mut zone = Self {
            frame,
            w: w + slack,
            d: d + slack,
            true_size: (w, d),
            aisle: area.aisle,
            // Stalls that almost touch are one run to whoever looks.
            rules: Rules { run_gap: ground.rules.run_gap.max(0.05), ..ground.rules },
            walk: floor.walk.iter().map(turn).collect(),
            solid: floor.solid.iter().map(turn).filter(near).collect(),
            barred: floor.barred.iter().map(turn).filter(near).collect(),
            walls: floor.walls.iter().map(|(a, b)| (frame.local(*a), frame.local(*b))).collect(),
            seams: floor.seams.iter().map(|(a, b)| (frame.local(*a), frame.local(*b))).collect(),
            entrances: ground.entrances.iter().map(|p| frame.local(*p)).collect(),
            fronts: Vec::new(),
            sides: [Vec::new(), Vec::new()],
            outline,
        };
        for one in standing {
            zone.stand(one, reach);
        }
        // Nobody is met by a counter in the doorway, be it the way in or the way out.
        let half = ground.rules.min_aisle.max(1.0) / 2.0 * MOUTH;
        for at in ground.entrances.iter().chain(&ground.exits) {
            zone.barred.push(square(zone.frame.local(*at), half));
        }
        // Whoever comes as near to a way out as a way is wide gets through it; where people came nearer while
        // nothing stood there, they still do.
        let near = ground.rules.min_aisle.max(0.5);
        for at in &ground.exits {
            let at = zone.frame.local(*at);
            zone.fronts.extend([0.6, 0.8, 1.0, 1.05].map(|share| round(at, share * near)));
        }
        zone
    }

    /// Keeps clear of a stall that stands already, if it is within reach, and keeps the way to it.
    fn stand(&mut self, one: &Standing, reach: Bounds) {
        let gap = self.rules.run_gap.max(self.rules.back_gap);
        let corners = self.frame.local_all(&one.foot.corners());
        let front = self.frame.local_all(&one.front.corners());
        if (corners[0].y - corners[1].y).abs().min((corners[0].x - corners[1].x).abs()) < 0.002 {
            let half = self.rules.min_aisle / 2.0;
            for corner in &corners {
                self.sides[0].extend([corner.x - half, corner.x + half]);
                self.sides[1].extend([corner.y - half, corner.y + half]);
            }
        }
        let wider = Footprint { w: one.foot.w + 2.0 * gap, d: one.foot.d + 2.0 * gap, ..one.foot };
        let wider = Outline::new(self.frame.local_all(&wider.corners()));
        let before = Outline::new(front.clone());
        self.barred.extend([wider, before].into_iter().filter(|one| one.bounds.meets(reach)));
        self.walls.extend(crate::geometry::edges(&corners));
        self.solid.push(Outline::new(corners));
        self.fronts.push(front);
    }

    /// Lines for the low edge of something that is `size` long, on the y axis or the x axis.
    /// `stacked`: rows stand one behind the other on this axis, otherwise stalls stand side by side.
    pub(super) fn lines(&self, upright: bool, size: f64, stacked: bool) -> Vec<f64> {
        let on = |p: Point| if upright { p.y } else { p.x };
        let (low, high) = (on(self.outline.bounds.low), on(self.outline.bounds.high) - size);
        if high < low - HAIR {
            return Vec::new();
        }
        let corners: Vec<f64> = self.outline.points.iter().flat_map(|p| [on(*p), on(*p) - size]).collect();
        let things: Vec<f64> =
            self.barred.iter().flat_map(|one| [on(one.bounds.high), on(one.bounds.low) - size]).collect();
        let (from_corners, from_things) = if stacked {
            (self.stack(), vec![self.aisle, self.d + self.rules.back_gap, self.d + self.aisle])
        } else {
            (self.side_by_side(size), self.side_by_side(size))
        };
        let along = |starts: &[f64], offsets: &[f64]| {
            starts
                .iter()
                .flat_map(|at| offsets.iter().flat_map(move |by| [at + by, at - by]))
                .collect::<Vec<_>>()
        };
        let step = self.step(size);
        let steps = (0..=((high - low) / step + HAIR) as usize).map(|i| step * i as f64);
        // What must be exact comes first; what only fills the room between keeps its distance.
        let tiers = [
            (5e-4, along(&corners, &from_corners)),
            (5e-4, things.clone()),
            (0.06, along(&things, &from_things)),
            (step * 0.45, steps.flat_map(|by| [low + by, high - by]).collect()),
        ];
        let mut lines: Vec<f64> = Vec::new();
        for (apart, tier) in tiers {
            let mut tier: Vec<f64> = tier.into_iter().flat_map(|at| self.snapped(at, size)).collect();
            tier.retain(|at| (low - HAIR..=high + HAIR).contains(at));
            tier.sort_by(f64::total_cmp);
            for at in tier {
                let next = lines.partition_point(|line| *line < at);
                let near = |line: Option<&f64>| line.is_some_and(|line| (line - at).abs() < apart);
                if lines.len() < MOST_LINES && !near(lines.get(next)) && !near(lines[..next].last()) {
                    lines.insert(next, at);
                }
            }
        }
        lines
    }

    /// About half a metre, a whole number of times in one stall; more on very large zones.
    fn step(&self, size: f64) -> f64 {
        let bounds = self.outline.bounds;
        let area = bounds.width() * bounds.height();
        let wish = if area > 3_000.0 { size } else { 0.5 };
        size / (size / wish).round().max(1.0)
    }

    /// How far rows stand from the first, when pairs back to back share their aisles.
    fn stack(&self) -> Vec<f64> {
        let (d, aisle, back) = (self.d, self.aisle, self.rules.back_gap);
        let period = 2.0 * d + back + aisle;
        let bounds = self.outline.bounds;
        let rounds = (bounds.width().max(bounds.height()) / period) as usize + 1;
        let within = [0.0, d + back, d + aisle, 2.0 * d + back, aisle];
        (0..rounds.min(12)).flat_map(|i| within.map(|by| by + period * i as f64)).collect()
    }

    /// How far stalls of a row stand from the first.
    fn side_by_side(&self, size: f64) -> Vec<f64> {
        let run = self.rules.max_run.clamp(1, 12) as usize;
        let gap = size * run as f64 + self.rules.run_gap;
        (0..run).map(|i| size * i as f64).chain((0..run / 2).map(|i| gap + size * i as f64)).collect()
    }

    /// A line on which the centre of a stall falls on a whole centimetre, on either side.
    fn snapped(&self, at: f64, size: f64) -> [f64; 2] {
        if !self.frame.is_straight() {
            return [at, at];
        }
        let hundredths = (at + size / 2.0) * 100.0;
        let to = |whole: f64| whole / 100.0 - size / 2.0;
        [to((hundredths - 1e-4).ceil()), to((hundredths + 1e-4).floor())]
    }
}

/// Points round a place, a little nearer than so far.
fn round(at: Point, far: f64) -> Vec<Point> {
    (0..12).map(|n| at.plus(Point::toward(f64::from(n) * 30.0).times(far))).collect()
}

fn square(at: Point, half: f64) -> Outline {
    let corner = |x: f64, y: f64| at.plus(Point::new(x * half, y * half));
    Outline::new(vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)])
}
