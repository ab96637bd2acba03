//! A turned pair of axes in which the stalls of one zone stand straight.
//!
//! Sine and cosine come from a short series, so that every machine gives the same digits.

use crate::geometry::Point;

/// Axes that are turned counter-clockwise by less than a quarter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    /// Tenths of a degree, 0 to 899: what a stall's angle is kept to.
    pub(super) tenths: u16,
    sin: f64,
    cos: f64,
}

impl Frame {
    pub(super) fn new(tenths: u16) -> Self {
        let (sin, cos) = series(f64::from(tenths) * std::f64::consts::PI / 1800.0);
        Self { tenths, sin, cos }
    }

    /// Whether centimetres on the ground are centimetres on these axes.
    pub(super) const fn is_straight(self) -> bool {
        self.tenths == 0
    }

    /// From the ground to these axes.
    pub(super) fn local(self, p: Point) -> Point {
        if self.is_straight() {
            return p;
        }
        Point::new(p.x * self.cos + p.y * self.sin, p.y * self.cos - p.x * self.sin)
    }

    /// From these axes to the ground.
    pub(super) fn world(self, p: Point) -> Point {
        if self.is_straight() {
            return p;
        }
        Point::new(p.x * self.cos - p.y * self.sin, p.x * self.sin + p.y * self.cos)
    }

    pub(super) fn local_all(self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|p| self.local(*p)).collect()
    }
}

/// Sine and cosine of less than a quarter turn (Taylor, to the last digits).
fn series(angle: f64) -> (f64, f64) {
    let square = angle * angle;
    let (mut sin, mut cos, mut odd, mut even) = (0.0, 0.0, angle, 1.0);
    for n in 0..14_u32 {
        sin += odd;
        cos += even;
        let step = f64::from(2 * n);
        odd *= -square / ((step + 2.0) * (step + 3.0));
        even *= -square / ((step + 1.0) * (step + 2.0));
    }
    (sin, cos)
}

/// The directions worth trying for an outline: those of its edges, longest in sum first, and straight.
pub(super) fn directions(outline: &[Point], most: usize) -> Vec<u16> {
    let mut sums: Vec<(u16, f64)> = Vec::new();
    for (a, b) in crate::geometry::edges(outline) {
        let along = b.minus(a);
        let tenths = (along.y.atan2(along.x).to_degrees() * 10.0).round().rem_euclid(900.0) as u16;
        match sums.iter_mut().find(|(known, _)| *known == tenths) {
            Some((_, sum)) => *sum += along.length(),
            None => sums.push((tenths, along.length())),
        }
    }
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let total: f64 = sums.iter().map(|(_, length)| length).sum();
    sums.into_iter()
        .filter(|(_, length)| *length > total / 12.0)
        .take(most)
        .map(|(tenths, _)| tenths)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_there_and_back_changes_nothing() {
        for tenths in [0, 1, 125, 300, 450, 899] {
            let frame = Frame::new(tenths);
            let p = Point::new(12.5, -3.25);
            let back = frame.world(frame.local(p));
            assert!((back.x - p.x).abs() < 1e-12 && (back.y - p.y).abs() < 1e-12, "{tenths}");
            let turned = p.turned(Point::default(), -f64::from(tenths) / 10.0);
            assert!((frame.local(p).x - turned.x).abs() < 1e-12, "{tenths}");
        }
    }

    #[test]
    fn an_outline_is_tried_along_its_longest_edges() {
        let outline = [[0.0, 0.0], [40.0, 0.0], [40.0, 20.0], [30.0, 30.0], [0.0, 30.0]].map(Point::from);
        assert_eq!(directions(&outline, 3), vec![0, 450]);
    }
}
