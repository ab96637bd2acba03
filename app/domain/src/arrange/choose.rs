//! The best so many of the stalls that fit, and the order in which people read them.

use super::Place;
use crate::geometry::Point;
use crate::ground::Ground;

/// What being out of the shelter costs, in metres of walk.
const WET: f64 = 30.0;
/// What being out of reach of power costs.
const DARK: f64 = 20.0;
/// What a hole in a row costs.
const HOLE: f64 = 40.0;
/// What standing alone costs.
const ALONE: f64 = 10.0;

/// Leaves so many: sheltered ones first, near power and near an entrance, in rows without holes.
pub(super) fn best(ground: &Ground, mut places: Vec<Place>, most: usize) -> Vec<Place> {
    while places.len() > most {
        let over = places.len() - most;
        let costs: Vec<f64> = places.iter().map(|place| cost(ground, place, &places)).collect();
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|a, b| costs[*b].total_cmp(&costs[*a]).then(a.cmp(b)));
        // A few at a time, because each that goes makes another the end of its row.
        let go = &order[..over.min(1 + places.len() / 40)];
        let mut at = 0;
        places.retain(|_| {
            at += 1;
            !go.contains(&(at - 1))
        });
    }
    places
}

fn cost(ground: &Ground, place: &Place, places: &[Place]) -> f64 {
    let at = Point::new(place.x, place.y);
    let walk = ground.entrances.iter().map(|way| way.minus(at).length()).fold(f64::INFINITY, f64::min);
    let walk = if walk.is_finite() { walk } else { 0.0 };
    let wet = ground.zones.iter().any(|area| area.id == place.area && !area.shelter);
    let dark = !ground.outlets.iter().any(|outlet| outlet.at.minus(at).length() <= outlet.reach);
    let beside = places.iter().filter(|other| beside(place, other)).count();
    let held = match beside {
        0 => ALONE,
        1 => 0.0,
        _ => -HOLE,
    };
    walk + held + if wet { WET } else { 0.0 } + if dark { DARK } else { 0.0 }
}

/// Whether two stalls touch side by side and look the same way.
fn beside(one: &Place, other: &Place) -> bool {
    let by = Point::new(other.x - one.x, other.y - one.y);
    let along = Point::new(1.0, 0.0).turned(Point::default(), one.angle);
    let sideways = (by.x * along.x + by.y * along.y).abs();
    let off = (by.y * along.x - by.x * along.y).abs();
    let turn = (one.facing - other.facing).rem_euclid(360.0);
    turn.min(360.0 - turn) < 0.05 && sideways > 0.1 && sideways < one.w + 0.1 && off < one.d / 2.0
}

/// Area by area as the ground lists them, in each row by row from the north, each row from the west.
pub(super) fn reading_order(ground: &Ground, mut places: Vec<Place>) -> Vec<Place> {
    let area = |place: &Place| ground.zones.iter().position(|area| area.id == place.area);
    // Rows of slanted areas are read along their own slope.
    let turned = |place: &Place| {
        let slope = (place.facing + 45.0).rem_euclid(90.0) - 45.0;
        Point::new(place.x, place.y).turned(Point::default(), -slope)
    };
    places.sort_by(|a, b| {
        let ((at, to), deep) = ((turned(a), turned(b)), a.d.min(a.w) / 2.0);
        let row = |p: Point| (-p.y / deep).round() as i64;
        area(a)
            .cmp(&area(b))
            .then(row(at).cmp(&row(to)))
            .then(at.x.total_cmp(&to.x))
            .then(at.y.total_cmp(&to.y))
    });
    places
}
