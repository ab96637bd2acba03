//! Where a stall is, told to somebody who stands before it: the nearest way in, the neighbours, the AED.

use super::{Layout, Stall};
use crate::StallId;
use crate::geometry::Point;
use crate::ground::{Facility, Ground};
use crate::order::Order;

/// From one place to another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Way {
    /// Metres as the crow flies.
    pub metres: f64,
    /// Degrees counter-clockwise from east.
    pub toward: f64,
}

impl Way {
    fn between(from: Point, to: Point) -> Self {
        let step = to.minus(from);
        Self { metres: step.length(), toward: step.y.atan2(step.x).to_degrees().rem_euclid(360.0) }
    }
}

/// What is near a stall.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Around {
    /// The nearest entrance.
    pub entrance: Option<Way>,
    /// The stalls beside it, nearest first, three at most.
    pub neighbours: Vec<(StallId, Way)>,
    /// The nearest AED with what people are told of it.
    pub aed: Option<(String, Way)>,
}

/// Stalls farther away than this are no neighbours, in metres.
const NEXT_DOOR: f64 = 12.0;

/// What is near a stall of a layout.
pub fn around(ground: &Ground, layout: &Layout, stall: &Stall) -> Around {
    let here = stall.centre();
    let nearest = |a: &Way, b: &Way| a.metres.total_cmp(&b.metres);
    let entrances = ground.entrances.iter().map(|at| Way::between(here, *at));
    let mut neighbours: Vec<(StallId, Way)> = layout
        .in_order()
        .into_iter()
        .filter(|other| other.id != stall.id)
        .map(|other| (other.id, Way::between(here, other.centre())))
        .filter(|(_, way)| way.metres <= NEXT_DOOR)
        .collect();
    neighbours.order_by(|(_, a), (_, b)| nearest(a, b));
    neighbours.truncate(3);
    let defibrillators = aeds(ground).map(|one| (one.label.clone(), Way::between(here, one.at)));
    Around {
        entrance: entrances.min_by(nearest),
        neighbours,
        aed: defibrillators.min_by(|(_, a), (_, b)| nearest(a, b)),
    }
}

/// Every AED on a ground.
pub fn aeds(ground: &Ground) -> impl Iterator<Item = &Facility> {
    ground.facilities.iter().filter(|one| one.kind == "aed")
}

#[cfg(test)]
mod tests {
    use super::super::tests::stall;
    use super::*;

    fn ground() -> Ground {
        let mut ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        let aed =
            |x, label: &str| Facility { kind: "aed".into(), at: Point::new(x, 5.0), label: label.into() };
        ground.facilities = vec![aed(40.0, "far"), aed(20.0, "near")];
        ground
    }

    #[test]
    fn whoever_stands_before_a_stall_is_told_what_is_near() {
        let layout =
            Layout::of([stall(1, 21.0, 5.0), stall(2, 25.0, 5.0), stall(3, 21.0, 9.5), stall(4, 40.0, 30.0)])
                .unwrap();
        let found = around(&ground(), &layout, layout.numbered("1").unwrap());
        assert_eq!(found.entrance, Some(Way { metres: 5.0, toward: 270.0 }));
        let numbers: Vec<_> =
            found.neighbours.iter().map(|(id, way)| (layout.stall(*id).unwrap().no.as_str(), *way)).collect();
        assert_eq!(
            numbers,
            [("2", Way { metres: 4.0, toward: 0.0 }), ("3", Way { metres: 4.5, toward: 90.0 })]
        );
        assert_eq!(found.aed, Some(("near".into(), Way { metres: 1.0, toward: 180.0 })));
    }

    #[test]
    fn an_empty_ground_has_nothing_near() {
        let mut bare = ground();
        (bare.entrances, bare.facilities) = (Vec::new(), Vec::new());
        let layout = Layout::of([stall(1, 21.0, 5.0)]).unwrap();
        assert_eq!(around(&bare, &layout, layout.numbered("1").unwrap()), Around::default());
    }
}
