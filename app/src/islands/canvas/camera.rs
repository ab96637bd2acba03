//! Which part of the ground the canvas shows. Pure: map units in, pixels out.

use kaishi_domain::geometry::Point;
use kaishi_domain::layout::drawing::SCALE;

/// Pixels to a map unit: from a hall of 200 m on a phone to a centimetre's care.
const ZOOM: std::ops::RangeInclusive<f64> = 0.08..=5.0;

/// Left, top, width and height of the part that is shown, in map units, and the canvas in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::islands) struct Camera {
    pub(in crate::islands) view: [f64; 4],
    size: (f64, f64),
}

#[allow(dead_code, reason = "a bundle holds one family of islands, and not every family asks for everything")]
impl Camera {
    /// All of `view` as large as it fits a canvas of so many pixels.
    pub(in crate::islands) fn fit(view: [f64; 4], size: (f64, f64)) -> Self {
        let size = (size.0.max(1.0), size.1.max(1.0));
        let [x, y, w, h] = view;
        let zoom = (size.0 / w.max(1.0)).min(size.1 / h.max(1.0));
        let (wide, high) = (size.0 / zoom, size.1 / zoom);
        Self { view: [x - (wide - w) / 2.0, y - (high - h) / 2.0, wide, high], size }
    }

    /// Pixels to a map unit.
    pub(in crate::islands) fn zoom(&self) -> f64 {
        self.size.0 / self.view[2].max(1e-6)
    }

    /// The canvas in pixels.
    pub(in crate::islands) fn size(&self) -> (f64, f64) {
        self.size
    }

    /// The map units under a pixel of the canvas.
    pub(in crate::islands) fn unit(&self, (px, py): (f64, f64)) -> (f64, f64) {
        (self.view[0] + px / self.zoom(), self.view[1] + py / self.zoom())
    }

    /// The place on the ground under a pixel of the canvas, in metres.
    pub(in crate::islands) fn ground(&self, pixel: (f64, f64)) -> Point {
        let (x, y) = self.unit(pixel);
        Point::new(x / SCALE, -y / SCALE)
    }

    /// Nearer by `factor`, with the ground under `pixel` staying where it is.
    pub(in crate::islands) fn zoomed(&self, factor: f64, pixel: (f64, f64)) -> Self {
        let zoom = (self.zoom() * factor).clamp(*ZOOM.start(), *ZOOM.end());
        let (x, y) = self.unit(pixel);
        let (w, h) = (self.size.0 / zoom, self.size.1 / zoom);
        Self { view: [x - pixel.0 / zoom, y - pixel.1 / zoom, w, h], size: self.size }
    }

    /// Nearer by `factor` about the middle.
    pub(in crate::islands) fn stepped(&self, factor: f64) -> Self {
        self.zoomed(factor, (self.size.0 / 2.0, self.size.1 / 2.0))
    }

    /// Moved along with a finger by so many pixels.
    pub(in crate::islands) fn panned(&self, (dx, dy): (f64, f64)) -> Self {
        let [x, y, w, h] = self.view;
        Self { view: [x - dx / self.zoom(), y - dy / self.zoom(), w, h], size: self.size }
    }

    /// The same zoom on a canvas of another size; what is under a pixel stays under it.
    pub(in crate::islands) fn resized(&self, size: (f64, f64)) -> Self {
        let (zoom, [x, y, ..]) = (self.zoom(), self.view);
        let size = (size.0.max(1.0), size.1.max(1.0));
        Self { view: [x, y, size.0 / zoom, size.1 / zoom], size }
    }

    /// The pixel of the canvas over a place on the ground.
    pub(in crate::islands) fn pixel(&self, at: Point) -> (f64, f64) {
        let zoom = self.zoom();
        ((at.x * SCALE - self.view[0]) * zoom, (-at.y * SCALE - self.view[1]) * zoom)
    }

    /// What brings pixels of the canvas onto the map, as a transform.
    pub(in crate::islands) fn upright(&self) -> String {
        let [x, y, ..] = self.view;
        format!("translate({x} {y}) scale({})", 1.0 / self.zoom())
    }

    /// Pixels to a metre.
    pub(in crate::islands) fn metre(&self) -> f64 {
        self.zoom() * SCALE
    }

    /// Whether all of `view`, in map units, is to be seen.
    pub(in crate::islands) fn shows(&self, [x, y, w, h]: [f64; 4]) -> bool {
        let [left, top, wide, high] = self.view;
        x >= left && y >= top && x + w <= left + wide && y + h <= top + high
    }

    /// The same zoom with a place of the ground in the middle.
    pub(in crate::islands) fn centred(&self, at: Point) -> Self {
        let [_, _, w, h] = self.view;
        Self { view: [at.x * SCALE - w / 2.0, -at.y * SCALE - h / 2.0, w, h], size: self.size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_fitted_whole_and_in_the_middle() {
        let camera = Camera::fit([0.0, 0.0, 100.0, 50.0], (400.0, 400.0));
        assert!((camera.zoom() - 4.0).abs() < 1e-9);
        assert_eq!(camera.unit((200.0, 200.0)), (50.0, 25.0));
    }

    #[test]
    fn the_ground_under_the_cursor_stays_there() {
        let camera = Camera::fit([0.0, -200.0, 100.0, 200.0], (300.0, 300.0));
        for factor in [0.5, 1.25, 3.0] {
            let (was, is) =
                (camera.ground((40.0, 70.0)), camera.zoomed(factor, (40.0, 70.0)).ground((40.0, 70.0)));
            assert!(was.minus(is).length() < 1e-9);
        }
        let wider = camera.resized((500.0, 200.0));
        assert!(wider.ground((40.0, 70.0)).minus(camera.ground((40.0, 70.0))).length() < 1e-9);
        let there = camera.pixel(camera.ground((40.0, 70.0)));
        assert!((there.0 - 40.0).abs() < 1e-9 && (there.1 - 70.0).abs() < 1e-9);
        let moved = camera.panned((30.0, -10.0));
        assert!(camera.ground((40.0, 70.0)).minus(moved.ground((70.0, 60.0))).length() < 1e-9);
    }
}
