//! The ground as an automatic layout sees it: where feet may walk, where nothing may stand.

use crate::geometry::{Bounds, Point, Polygon, edges};
use crate::ground::{Facility, Ground};

/// Parts of an edge shorter than this do not count, in metres.
const HAIR: f64 = 1e-6;

/// An outline with the rectangle round it.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub(super) points: Vec<Point>,
    pub(super) bounds: Bounds,
}

impl Outline {
    pub(super) fn new(points: Vec<Point>) -> Self {
        let bounds = Bounds::of(points.iter().copied())
            .unwrap_or(Bounds { low: Point::default(), high: Point::default() });
        Self { points, bounds }
    }

    pub(super) fn contains(&self, at: Point) -> bool {
        let box_ = self.bounds;
        if at.x < box_.low.x || at.x > box_.high.x || at.y < box_.low.y || at.y > box_.high.y {
            return false;
        }
        edges(&self.points).fold(false, |inside, (a, b)| {
            inside ^ ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
        })
    }
}

/// The fixed parts of a ground.
pub(super) struct Floor {
    /// Ground for walking; they overlap and touch.
    pub(super) walk: Vec<Outline>,
    /// What feet cannot cross.
    pub(super) solid: Vec<Outline>,
    /// What no stall may stand on: keep-clear parts, and obstacles with their clearance.
    pub(super) barred: Vec<Outline>,
    /// The edge of all walking ground together.
    pub(super) walls: Vec<(Point, Point)>,
    /// Slanted seams between parts that should touch, where figures that are kept to the last digit leave it
    /// open whether they do. No way is planned across them.
    pub(super) seams: Vec<(Point, Point)>,
}

impl Floor {
    pub(super) fn new(ground: &Ground) -> Self {
        let outline = |polygon: &Polygon| Outline::new(polygon.wound());
        let zones = ground.zones.iter().map(|area| outline(&area.polygon));
        let keep: Vec<Outline> = ground.keep_clear.iter().map(|part| outline(&part.polygon)).collect();
        let walk: Vec<Outline> =
            zones.chain(ground.walk.iter().map(outline)).chain(keep.iter().cloned()).collect();
        let solid: Vec<Outline> = ground.obstacles.iter().map(|o| outline(&o.polygon)).collect();
        let mut barred = keep;
        for obstacle in &ground.obstacles {
            barred.extend(cleared(&obstacle.polygon, obstacle.clear).into_iter().map(Outline::new));
        }
        barred.extend(ground.facilities.iter().filter_map(Facility::surround).map(Outline::new));
        let (mut walls, seams) = edge_of_all(&walk);
        walls.extend(solid.iter().flat_map(|one| edges(&one.points).collect::<Vec<_>>()));
        Self { walk, solid, barred, walls, seams }
    }
}

/// Outlines that together cover an obstacle with its clearance, mitred corners included.
fn cleared(polygon: &Polygon, clear: f64) -> Vec<Vec<Point>> {
    let points = polygon.wound();
    let count = points.len();
    let turn = |i: usize| {
        let (a, b, c) = (points[(i + count - 1) % count], points[i], points[(i + 1) % count]);
        (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
    };
    if clear <= 0.0 || (0..count).all(|i| turn(i) >= 0.0) {
        return vec![polygon.grown(clear.max(0.0))];
    }
    // A bent outline cannot be pushed outward in one piece: a box along each edge and a tip at each corner.
    let mut all = vec![points.clone()];
    let normal = |a: Point, b: Point| {
        let along = b.minus(a);
        let length = along.length().max(1e-9);
        (along.times(clear / length), Point::new(along.y, -along.x).times(clear / length))
    };
    for i in 0..count {
        let (a, b, c) = (points[i], points[(i + 1) % count], points[(i + 2) % count]);
        let (along, out) = normal(a, b);
        let (from, to) = (a.minus(along), b.plus(along));
        all.push(vec![from.minus(out), to.minus(out), to.plus(out), from.plus(out)]);
        let (_, next) = normal(b, c);
        let share = 1.0 + (out.x * next.x + out.y * next.y) / (clear * clear);
        if turn((i + 1) % count) > 0.0 && share > 0.05 {
            all.push(vec![b, b.plus(out), b.plus(out.plus(next).times(1.0 / share)), b.plus(next)]);
        }
    }
    all
}

type Stretches = Vec<(Point, Point)>;

/// The stretches of all edges that have walking ground on one side only, and the doubtful seams.
fn edge_of_all(walk: &[Outline]) -> (Stretches, Stretches) {
    let (mut walls, mut seams) = (Vec::new(), Vec::new());
    for (index, outline) in walk.iter().enumerate() {
        for (a, b) in edges(&outline.points) {
            let along = b.minus(a);
            let length = along.length();
            if length < HAIR {
                continue;
            }
            let near = Bounds::of([a, b]).map_or(outline.bounds, |bounds| bounds.grown(0.01));
            let others: Vec<&Outline> = walk
                .iter()
                .enumerate()
                .filter(|(at, one)| *at != index && one.bounds.meets(near))
                .map(|(_, one)| one)
                .collect();
            let mut cuts = vec![0.0, 1.0];
            for other in &others {
                cuts.extend(edges(&other.points).flat_map(|(c, d)| cuts_of(a, along, c, d)).flatten());
            }
            cuts.retain(|cut| (0.0..=1.0).contains(cut));
            cuts.sort_by(f64::total_cmp);
            let whole = cuts.iter().all(|cut| *cut * length < HAIR || (1.0 - *cut) * length < HAIR);
            let side = Point::new(-along.y, along.x).times(HAIR / length);
            for pair in cuts.windows(2).filter(|pair| (pair[1] - pair[0]) * length > HAIR) {
                let middle = a.plus(along.times(f64::midpoint(pair[0], pair[1])));
                let open = |at: Point| outline.contains(at) || others.iter().any(|one| one.contains(at));
                let stretch = (a.plus(along.times(pair[0])), a.plus(along.times(pair[1])));
                if !(open(middle.plus(side)) && open(middle.minus(side))) {
                    walls.push(stretch);
                } else if !whole && is_slanted(along) && !covered(&others, middle) {
                    seams.push(stretch);
                }
            }
        }
    }
    (walls, seams)
}

fn is_slanted(along: Point) -> bool {
    along.x.abs() > HAIR && along.y.abs() > HAIR
}

/// Whether a point lies truly inside one of some outlines.
fn covered(outlines: &[&Outline], at: Point) -> bool {
    let from_edge = |one: &Outline| {
        edges(&one.points)
            .map(|(a, b)| {
                let along = b.minus(a);
                let by = at.minus(a);
                let share =
                    (by.x * along.x + by.y * along.y) / (along.x * along.x + along.y * along.y).max(1e-12);
                at.minus(a.plus(along.times(share.clamp(0.0, 1.0)))).length()
            })
            .fold(f64::INFINITY, f64::min)
    };
    outlines.iter().any(|one| one.contains(at) && from_edge(one) > 2e-5)
}

/// Where an edge may change sides: at its crossing with `c d`, and abreast of corners that lie on it.
fn cuts_of(a: Point, along: Point, c: Point, d: Point) -> [Option<f64>; 2] {
    let cross = |p: Point, q: Point| p.x * q.y - p.y * q.x;
    let length = along.length();
    let (to_c, to_d) = (cross(along, c.minus(a)) / length, cross(along, d.minus(a)) / length);
    let share = |p: Point| {
        let by = p.minus(a);
        (by.x * along.x + by.y * along.y) / (length * length)
    };
    let at_corner = (to_c.abs() < 1e-5).then(|| share(c));
    let crossing = (to_c * to_d < 0.0).then(|| share(c.plus(d.minus(c).times(to_c / (to_c - to_d)))));
    [at_corner, crossing]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIYUAN: &str = include_str!("../../../../server/demo/ground.json");

    fn length(walls: &[(Point, Point)]) -> f64 {
        walls.iter().map(|(a, b)| b.minus(*a).length()).sum()
    }

    #[test]
    fn the_seam_between_two_areas_is_no_wall() {
        let square = |x: f64| {
            Outline::new([[x, 0.0], [x + 2.0, 0.0], [x + 2.0, 2.0], [x, 2.0]].map(Point::from).to_vec())
        };
        assert!((length(&edge_of_all(&[square(0.0)]).0) - 8.0).abs() < 1e-9);
        assert!((length(&edge_of_all(&[square(0.0), square(2.0)]).0) - 12.0).abs() < 1e-9);
        // Where they share an edge it counts for both.
        assert!((length(&edge_of_all(&[square(0.0), square(1.0)]).0) - 12.0).abs() < 1e-4);
        assert!((length(&edge_of_all(&[square(0.0), square(2.01)]).0) - 16.0).abs() < 1e-9);
    }

    #[test]
    fn feet_go_from_the_square_through_the_link_to_the_corridor() {
        let floor = Floor::new(&Ground::parse(SHIYUAN).unwrap());
        let blocks = |at: Point| {
            floor.walls.iter().any(|(a, b)| {
                let (low, high) = (a.x.min(b.x) - 1e-9, a.x.max(b.x) + 1e-9);
                (a.y - b.y).abs() < 1e-9 && (a.y - at.y).abs() < 1e-9 && (low..=high).contains(&at.x)
            })
        };
        assert!(!blocks(Point::new(20.0, 26.0)) && !blocks(Point::new(20.0, 34.0)));
        assert!(blocks(Point::new(12.0, 26.0)) && blocks(Point::new(40.0, 34.0)));
    }

    #[test]
    fn a_bent_planter_keeps_its_distance_all_round() {
        let bent = [[0.0, 0.0], [6.0, 0.0], [6.0, 1.0], [1.0, 1.0], [1.0, 6.0], [0.0, 6.0]].map(Point::from);
        let parts = cleared(&Polygon::try_from(bent.to_vec()).unwrap(), 0.5);
        let covered =
            |x: f64, y: f64| parts.iter().any(|p| Outline::new(p.clone()).contains(Point::new(x, y)));
        assert!(covered(-0.49, -0.49) && covered(6.49, 1.49) && covered(3.0, 1.49) && covered(0.5, 3.0));
        assert!(!covered(3.0, 1.51) && !covered(-0.51, 3.0) && !covered(2.0, 2.0));
    }
}
