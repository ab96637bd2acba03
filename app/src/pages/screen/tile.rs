//! Where names and figures stand on the screen's map, so that none lies on a stall or on another.
//! Greedy, in the order of the stalls: right, left, below, above, then none.

use kaishi_domain::layout::drawing::{Plate, fit};

/// Where a stall's name and figure stand.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Anchor {
    /// To the right of this point.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

/// A stall on the screen's map, in map units.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tile {
    /// Printed number.
    pub no: String,
    /// Its name, as much of it as has room.
    pub name: String,
    /// Middle.
    pub x: f64,
    /// Middle.
    pub y: f64,
    /// Degrees clockwise.
    pub turn: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// The point beside which name and figure stand, and how; `None` where there is no room.
    pub label: Option<(f64, f64, Anchor)>,
}

/// The map's room on a stage 1920 pixels wide, while an announcement stands below it.
const ROOM: (f64, f64) = (1823.0, 302.0);
/// The room's height while there is none.
const TALL: f64 = 343.0;
/// A label in pixels of that stage: a letter wide, a name and a figure high.
const LABEL: (f64, f64) = (28.0, 72.0);
/// A figure of three digits with `静` beside it, and with a queue of two digits.
const FIGURE: (f64, f64) = (112.0, 152.0);
/// A name has at most so many letters.
const LETTERS: usize = 5;
/// Between a stall and its label.
const GAP: f64 = 10.0;

/// A rectangle by its edges.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    pub(super) fn around(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { left: x - w / 2.0, top: y - h / 2.0, right: x + w / 2.0, bottom: y + h / 2.0 }
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn lies_in(self, view: [f64; 4]) -> bool {
        let [x, y, w, h] = view;
        self.left >= x && self.top >= y && self.right <= x + w && self.bottom <= y + h
    }
}

/// Map units in a pixel of the stage, when the view is fitted into its room.
pub(super) fn pixel(view: [f64; 4]) -> f64 {
    (view[2] / ROOM.0).max(view[3] / ROOM.1)
}

/// What is seen of the map at all times: the view, and what lies beside it where its room is wider or higher, be it
/// with an announcement below or without.
fn seen(view: [f64; 4]) -> [f64; 4] {
    let [x, y, w, h] = view;
    let shown = |room: (f64, f64)| {
        let pixel = (w / room.0).max(h / room.1);
        (room.0 * pixel, room.1 * pixel)
    };
    let (low, tall) = (shown(ROOM), shown((ROOM.0, TALL)));
    let (wide, high) = (low.0.min(tall.0), low.1.min(tall.1));
    [x - (wide - w) / 2.0, y - (high - h) / 2.0, wide, high]
}

/// The stalls of a drawing with a place for each label that has one, and the room that the labels take. `told` is a
/// stall's name, and whether it has a queue.
pub(super) fn tiles(
    plates: &[Plate],
    view: [f64; 4],
    told: impl Fn(&str) -> (String, bool),
) -> (Vec<Tile>, Vec<Rect>) {
    let (pixel, seen) = (pixel(view), seen(view));
    let bodies: Vec<Rect> = plates.iter().map(body).collect();
    let mut labels: Vec<Rect> = Vec::new();
    let tiles = plates.iter().map(|plate| {
        let own = body(plate);
        let free = |(_, _, _, rect): &(f64, f64, Anchor, Rect)| {
            rect.lies_in(seen)
                && !bodies.iter().any(|other| *other != own && rect.meets(*other))
                && !labels.iter().any(|other| rect.meets(*other))
        };
        let (name, queue) = told(&plate.no);
        let name = fit(&name, LETTERS);
        let letters = name.chars().count();
        let width = (letters as f64 * LABEL.0).max(if queue { FIGURE.1 } else { FIGURE.0 });
        let label = candidates(own, width, pixel).into_iter().find(free).map(|(x, y, anchor, rect)| {
            labels.push(rect);
            (x, y, anchor)
        });
        let (no, x, y) = (plate.no.clone(), plate.x, plate.y);
        Tile { no, name, x, y, turn: plate.turn, w: plate.w, h: plate.h, label }
    });
    let tiles = tiles.collect();
    (tiles, labels)
}

fn body(plate: &Plate) -> Rect {
    let (sin, cos) = plate.turn.to_radians().sin_cos();
    let w = plate.w * cos.abs() + plate.h * sin.abs();
    let h = plate.w * sin.abs() + plate.h * cos.abs();
    Rect::around(plate.x, plate.y, w, h)
}

fn candidates(own: Rect, width: f64, pixel: f64) -> [(f64, f64, Anchor, Rect); 4] {
    let (w, h, gap) = (width * pixel, LABEL.1 * pixel, GAP * pixel);
    let (x, y) = (f64::midpoint(own.left, own.right), f64::midpoint(own.top, own.bottom));
    let beside = |left: f64| Rect { left, top: y - h / 2.0, right: left + w, bottom: y + h / 2.0 };
    let (below, above) = (own.bottom + gap / 2.0 + h / 2.0, own.top - gap / 2.0 - h / 2.0);
    [
        (own.right + gap, y, Anchor::Start, beside(own.right + gap)),
        (own.left - gap, y, Anchor::End, beside(own.left - gap - w)),
        (x, below, Anchor::Middle, Rect::around(x, below, w, h)),
        (x, above, Anchor::Middle, Rect::around(x, above, w, h)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaishi_domain::layout::drawing::{self, Labels};
    use kaishi_domain::layout::{Layout, Spot};
    use kaishi_domain::{Moment, StallId, ground::Ground};

    fn placed(layout: &str) -> (Vec<Tile>, Vec<Rect>, [f64; 4]) {
        let ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        let spots = Spot::parse_all(layout).unwrap();
        let stalls = spots.into_iter().enumerate().map(|(nth, spot)| {
            spot.stall(StallId::new(Moment::from_millis(nth as i64), [nth as u8; 10])).unwrap()
        });
        let layout = Layout::of(stalls).unwrap();
        let view = drawing::view(drawing::focus(&ground, &layout));
        let plates = drawing::draw(&ground, &layout, &Labels::default()).plates;
        let (tiles, labels) = tiles(&plates, view, |_| ("网格有约".into(), false));
        (tiles, labels, view)
    }

    #[test]
    fn every_stall_of_the_corridor_has_its_name_and_nothing_collides() {
        let (tiles, labels, view) = placed(include_str!("../../../../server/demo/layout-rain.json"));
        assert_eq!((tiles.len(), labels.len()), (14, 14), "{tiles:?}");
        assert!(tiles.iter().all(|tile| tile.label.is_some()));
        for (nth, one) in labels.iter().enumerate() {
            assert!(one.lies_in(seen(view)));
            assert!(labels[nth + 1..].iter().all(|other| !one.meets(*other)));
        }
    }

    #[test]
    fn a_crowded_square_keeps_its_numbers_when_names_have_no_room() {
        let (tiles, labels, _) = placed(include_str!("../../../../server/demo/layout-fair.json"));
        assert_eq!(tiles.len(), 14);
        assert!(!labels.is_empty() && labels.len() <= 14);
    }
}
