use super::Point;

/// Corners of the outline that stands for a circle.
const CORNERS: u32 = 16;

/// An outline that holds a whole circle, counter-clockwise.
pub fn disc(centre: Point, radius: f64) -> Vec<Point> {
    let step = 360.0 / f64::from(CORNERS);
    let far = radius / (step / 2.0).to_radians().cos();
    (0..CORNERS).map(|n| centre.plus(Point::toward(f64::from(n) * step + step / 2.0).times(far))).collect()
}
