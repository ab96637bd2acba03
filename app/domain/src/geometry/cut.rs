//! Lines cut by outlines.

use super::{Point, distance, edges};
use crate::order::Order;

/// Closer than this to an edge is on it, in metres.
const ON: f64 = 1e-6;

/// Whether a point lies inside an outline (a point on the edge may count either way).
pub(crate) fn holds(outline: &[Point], at: Point) -> bool {
    edges(outline).fold(false, |inside, (a, b)| {
        let crosses = (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x;
        inside ^ crosses
    })
}

/// Where a straight line runs inside an outline or on its edge: from and to in metres along it, in order.
pub(crate) fn stretches(outline: &[Point], from: Point, to: Point) -> Vec<(f64, f64)> {
    let along = to.minus(from);
    let length = along.length();
    if length < ON {
        return Vec::new();
    }
    let mut cuts = vec![0.0, 1.0];
    for (a, b) in edges(outline) {
        let (edge, start) = (b.minus(a), a.minus(from));
        let turn = along.cross(edge);
        if turn.abs() > 1e-12 {
            let (here, there) = (start.cross(edge) / turn, start.cross(along) / turn);
            if (-1e-9..=1.0 + 1e-9).contains(&there) {
                cuts.push(here);
            }
        } else if start.cross(along).abs() < ON * length {
            cuts.extend([a, b].map(|end| end.minus(from).dot(along) / (length * length)));
        }
    }
    cuts.retain(|share| (0.0..=1.0).contains(share));
    cuts.order_by(f64::total_cmp);
    let mut inside: Vec<(f64, f64)> = Vec::new();
    for pair in cuts.windows(2).filter(|pair| pair[1] - pair[0] > 1e-9) {
        let middle = from.plus(along.times(f64::midpoint(pair[0], pair[1])));
        if holds(outline, middle) || edges(outline).any(|(a, b)| distance(middle, a, b) < ON) {
            let (start, end) = (pair[0] * length, pair[1] * length);
            match inside.last_mut().filter(|last| start - last.1 < ON) {
                Some(last) => last.1 = end,
                None => inside.push((start, end)),
            }
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(points: &[[f64; 2]]) -> Vec<Point> {
        points.iter().copied().map(Point::from).collect()
    }

    #[test]
    fn a_line_through_a_u_leaves_it_and_comes_back() {
        let u = outline(&[
            [0.0, 0.0],
            [6.0, 0.0],
            [6.0, 4.0],
            [4.0, 4.0],
            [4.0, 1.0],
            [2.0, 1.0],
            [2.0, 4.0],
            [0.0, 4.0],
        ]);
        let table = [
            ([-1.0, 3.0], [9.0, 3.0], vec![(1.0, 3.0), (5.0, 7.0)]),
            ([-1.0, 0.5], [9.0, 0.5], vec![(1.0, 7.0)]),
            ([1.0, 0.0], [5.0, 0.0], vec![(0.0, 4.0)]),
            ([2.5, 3.0], [3.5, 3.0], vec![]),
            ([1.0, 1.0], [1.0, 1.0], vec![]),
        ];
        for (from, to, want) in table {
            let got = stretches(&u, from.into(), to.into());
            assert_eq!(got.len(), want.len(), "{from:?} {to:?}: {got:?}");
            for (one, other) in got.iter().zip(&want) {
                assert!((one.0 - other.0).abs() < 1e-9 && (one.1 - other.1).abs() < 1e-9, "{got:?}");
            }
        }
    }
}
