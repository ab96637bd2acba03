//! What is on its way while a finger holds it. Not in the layout before the finger lets go.

use kaishi_domain::geometry::{Bounds, Footprint, Point};
use kaishi_domain::layout::Stall;

/// What a finger holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Held {
    /// Nothing.
    #[default]
    Nothing,
    /// The chosen stalls, so many metres from where they stand.
    Moved(Point),
    /// The only chosen stall, as it would stand.
    Shaped(Stall),
    /// The chosen stalls, turned by so many degrees about their common centre.
    Turned(f64),
    /// A rubber band round what is to be chosen.
    Band(Point, Point),
    /// A line that is measured.
    Line(Point, Point),
    /// Stalls that would come.
    Ghosts(Vec<Footprint>),
}

/// A word beside what is held.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Hint {
    /// Below this place.
    pub(super) at: Point,
    pub(super) text: String,
    pub(super) alarm: bool,
}

/// The frame round what is chosen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    pub(super) at: Point,
    pub(super) w: f64,
    pub(super) d: f64,
    pub(super) angle: f64,
}

impl Frame {
    /// Round one stall, turned with it.
    pub(super) const fn of(stall: &Stall) -> Self {
        Self { at: stall.centre(), w: stall.w, d: stall.d, angle: stall.angle }
    }

    /// Round several stalls, along the axes.
    pub(super) fn round<'a>(stalls: impl Iterator<Item = &'a Stall>) -> Option<Self> {
        let bounds = stalls.map(around).reduce(|a, b| Bounds {
            low: Point::new(a.low.x.min(b.low.x), a.low.y.min(b.low.y)),
            high: Point::new(a.high.x.max(b.high.x), a.high.y.max(b.high.y)),
        })?;
        Some(Self { at: bounds.centre(), w: bounds.width(), d: bounds.height(), angle: 0.0 })
    }

    /// This frame as it looks while something is held.
    pub(super) fn with(self, held: &Held) -> Self {
        match held {
            Held::Moved(by) => Self { at: self.at.plus(*by), ..self },
            Held::Shaped(stall) => Self::of(stall),
            Held::Turned(by) => Self { angle: self.angle + by, ..self },
            _ => self,
        }
    }
}

/// The rectangle round a stall, without a sine for those that stand straight: there may be a thousand.
fn around(stall: &Stall) -> Bounds {
    let (sin, cos) = if stall.angle == 0.0 { (0.0, 1.0) } else { stall.angle.to_radians().sin_cos() };
    let (w, d) = (stall.w / 2.0, stall.d / 2.0);
    let half = Point::new((w * cos).abs() + (d * sin).abs(), (w * sin).abs() + (d * cos).abs());
    Bounds { low: stall.centre().minus(half), high: stall.centre().plus(half) }
}

/// The rectangle between two corners.
pub(super) fn between(one: Point, other: Point) -> Bounds {
    Bounds {
        low: Point::new(one.x.min(other.x), one.y.min(other.y)),
        high: Point::new(one.x.max(other.x), one.y.max(other.y)),
    }
}
