//! An independent judge of layouts: plain sampling and brute force, nothing shared with `arrange`.

use super::super::Place;
use crate::geometry::{Footprint, Point, Polygon, edges};
use crate::ground::Ground;

/// Metres that do not count.
const SLACK: f64 = 0.02;

fn distance(polygon: &Polygon, at: Point) -> f64 {
    if polygon.contains(at) { 0.0 } else { polygon.distance_to_edge(at) }
}

fn samples(foot: &Footprint, step: f64) -> Vec<Point> {
    let count = |size: f64| ((size / step).ceil() as usize).max(1);
    let (columns, rows) = (count(foot.w), count(foot.d));
    let mut all = Vec::new();
    for i in 0..=columns {
        for j in 0..=rows {
            let share = |k: usize, of: usize, size: f64| (size - 2.0 * SLACK) * (k as f64 / of as f64 - 0.5);
            let at = Point::new(share(i, columns, foot.w), share(j, rows, foot.d));
            all.push(at.turned(Point::default(), foot.angle).plus(foot.centre));
        }
    }
    all
}

/// How far two rectangles are apart along their best separating axis; negative when they overlap.
fn apart(one: &Footprint, other: &Footprint) -> f64 {
    let (a, b) = (one.corners(), other.corners());
    let axes = edges(&a).chain(edges(&b)).map(|(p, q)| q.minus(p)).collect::<Vec<_>>();
    axes.into_iter()
        .map(|axis| {
            let axis = axis.times(1.0 / axis.length());
            let reach = |points: &[Point; 4]| {
                let on = points.map(|p| p.x * axis.x + p.y * axis.y);
                (
                    on.iter().copied().fold(f64::INFINITY, f64::min),
                    on.iter().copied().fold(-f64::INFINITY, f64::max),
                )
            };
            let (one, other) = (reach(&a), reach(&b));
            (other.0 - one.1).max(one.0 - other.1)
        })
        .fold(-f64::INFINITY, f64::max)
}

fn is_walk(ground: &Ground, at: Point) -> bool {
    let zones = ground.zones.iter().map(|area| &area.polygon);
    let keep = ground.keep_clear.iter().map(|part| &part.polygon);
    zones.chain(&ground.walk).chain(keep).any(|part| distance(part, at) < 0.005)
        && !ground
            .obstacles
            .iter()
            .any(|one| one.polygon.contains(at) && one.polygon.distance_to_edge(at) > SLACK)
}

/// Everything that is wrong.
pub(super) fn faults(ground: &Ground, places: &[Place]) -> Vec<String> {
    let mut faults = Vec::new();
    let area = |place: &Place| ground.zones.iter().find(|area| area.id == place.area).unwrap();
    for (i, place) in places.iter().enumerate() {
        let (home, foot) = (area(place), place.footprint());
        for at in samples(&foot, 0.3) {
            if !home.polygon.contains(at) {
                faults.push(format!("{i} leaves its area at {at:?}"));
            }
            if ground.keep_clear.iter().any(|part| part.polygon.contains(at)) {
                faults.push(format!("{i} stands on a part to keep clear at {at:?}"));
            }
            for thing in
                ground.facilities.iter().filter(|one| at.minus(one.at).length() < one.clear() - SLACK)
            {
                faults.push(format!("{i} stands too near a {} at {at:?}", thing.kind));
            }
            if ground
                .obstacles
                .iter()
                .any(|one| distance(&one.polygon, at) < one.clear - SLACK || one.polygon.contains(at))
            {
                faults.push(format!("{i} stands too near an obstacle at {at:?}"));
            }
        }
        let front = place.front(home.aisle);
        if home.aisle > 0.1 && samples(&front, 0.3).into_iter().any(|at| !is_walk(ground, at)) {
            faults.push(format!("nobody can stand before {i}"));
        }
        for (j, other) in places.iter().enumerate().filter(|(j, _)| *j != i) {
            if apart(&foot, &other.footprint()) < -SLACK {
                faults.push(format!("{i} and {j} overlap"));
            }
            if apart(&front, &other.footprint()) < -SLACK {
                faults.push(format!("{j} stands before {i}"));
            }
        }
    }
    faults.extend(rows(ground, places));
    faults.extend(unreached(ground, places));
    faults
}

/// Runs that are too long and backs that are too near.
fn rows(ground: &Ground, places: &[Place]) -> Vec<String> {
    let rules = &ground.rules;
    let mut run: Vec<usize> = (0..places.len()).collect();
    let mut faults = Vec::new();
    for (i, one) in places.iter().enumerate() {
        for (j, other) in places.iter().enumerate().skip(i + 1) {
            let turn = (one.facing - other.facing).rem_euclid(180.0);
            if turn.min(180.0 - turn) > 0.05 {
                continue;
            }
            let by = Point::new(other.x - one.x, other.y - one.y).turned(Point::default(), -one.facing);
            let (ahead, aside) =
                (by.x.abs() - f64::midpoint(one.d, other.d), by.y.abs() - f64::midpoint(one.w, other.w));
            if ahead < -SLACK && aside < (rules.run_gap - SLACK).max(SLACK) {
                let (from, to) = (run[i], run[j]);
                run.iter_mut().filter(|known| **known == from).for_each(|known| *known = to);
            }
            let opposite = (one.facing - other.facing).rem_euclid(360.0);
            if (opposite - 180.0).abs() < 0.05
                && by.x < 0.0
                && aside < -SLACK
                && ahead < rules.back_gap - SLACK
            {
                faults.push(format!("the backs of {i} and {j} are {ahead} apart"));
            }
        }
    }
    for name in 0..places.len() {
        let length = run.iter().filter(|known| **known == name).count();
        if length > rules.max_run.max(1) as usize {
            faults.push(format!("{length} stalls in one run"));
        }
    }
    faults
}

/// Counters that nobody reaches on a way as wide as the rule says: a fine raster, eroded and flooded.
fn unreached(ground: &Ground, places: &[Place]) -> Vec<String> {
    const STEP: f64 = 0.1;
    if ground.entrances.is_empty() {
        return Vec::new();
    }
    let half = ground.rules.min_aisle / 2.0 - STEP * 0.8;
    let parts = ground.zones.iter().map(|area| &area.polygon).chain(&ground.walk);
    let parts = parts.chain(ground.keep_clear.iter().map(|part| &part.polygon));
    let bounds = crate::geometry::Bounds::of(parts.flat_map(|part| part.points().iter().copied())).unwrap();
    let (columns, rows) = ((bounds.width() / STEP) as usize + 3, (bounds.height() / STEP) as usize + 3);
    let at = |i: usize, j: usize| bounds.low.plus(Point::new(i as f64 - 1.0, j as f64 - 1.0).times(STEP));
    let feet: Vec<Footprint> = places.iter().map(Place::footprint).collect();
    let mut shut = vec![false; columns * rows];
    for j in 0..rows {
        for i in 0..columns {
            let p = at(i, j);
            shut[j * columns + i] = !is_walk(ground, p)
                || feet.iter().any(|foot| {
                    let by = p.minus(foot.centre).turned(Point::default(), -foot.angle);
                    by.x.abs() < foot.w / 2.0 - 1e-6 && by.y.abs() < foot.d / 2.0 - 1e-6
                });
        }
    }
    let reach = (half / STEP).floor().max(0.0) as isize;
    let disc: Vec<(isize, isize)> = (-reach..=reach)
        .flat_map(|i| (-reach..=reach).map(move |j| (i, j)))
        .filter(|(i, j)| ((i * i + j * j) as f64).sqrt() * STEP <= half)
        .collect();
    let edge: Vec<(usize, usize)> =
        (0..columns * rows).filter(|at| shut[*at]).map(|at| (at % columns, at / columns)).collect();
    let mut eroded = shut.clone();
    for (i, j) in edge {
        for (di, dj) in &disc {
            let (i, j) = (i as isize + di, j as isize + dj);
            if (0..columns as isize).contains(&i) && (0..rows as isize).contains(&j) {
                eroded[j as usize * columns + i as usize] = true;
            }
        }
    }
    let mut flooded = vec![false; columns * rows];
    let mut next: Vec<(usize, usize)> = (0..columns * rows)
        .map(|index| (index % columns, index / columns))
        .filter(|(i, j)| {
            let near = |way: &Point| way.minus(at(*i, *j)).length() <= ground.rules.min_aisle;
            !eroded[j * columns + i] && ground.entrances.iter().any(near)
        })
        .collect();
    while let Some((i, j)) = next.pop() {
        if eroded[j * columns + i] || std::mem::replace(&mut flooded[j * columns + i], true) {
            continue;
        }
        for (di, dj) in (-1..=1).flat_map(|di| (-1..=1).map(move |dj| (di, dj))) {
            let (i, j) = (i as isize + di, j as isize + dj);
            if (0..columns as isize).contains(&i) && (0..rows as isize).contains(&j) {
                next.push((i as usize, j as usize));
            }
        }
    }
    let reached = |place: &Place| {
        let aisle = ground.zones.iter().find(|area| area.id == place.area).unwrap().aisle;
        let front = place.front(aisle);
        let wide = ground.rules.min_aisle / 2.0;
        (0..columns * rows).filter(|index| flooded[*index]).any(|index| {
            let by = at(index % columns, index / columns)
                .minus(front.centre)
                .turned(Point::default(), -front.angle);
            by.x.abs() < front.w / 2.0 + wide && by.y.abs() < front.d / 2.0 + wide
        })
    };
    places
        .iter()
        .enumerate()
        .filter(|(_, place)| !reached(place))
        .map(|(i, _)| format!("nobody gets to {i}"))
        .collect()
}
