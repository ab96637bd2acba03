//! Places for new stalls: a row between two points, and an area filled with rows.
//!
//! Says only where stalls could stand; `Layout::stand` makes the step that adds them. A row goes where it is
//! drawn, a filled area keeps off what is barred. Choosing patterns for a whole ground is not done here.

use super::check::TOUCH;
use super::stall::{centimetre, degrees};
use super::{Edit, Layout, MOST_STALLS, Stall};
use crate::StallId;
use crate::geometry::{Bounds, Footprint, Point, Polygon, clip, extent, signed_area};
use crate::ground::{Facility, Ground, Size};

/// Where a stall could stand, to the centimetre.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    /// What it would cover.
    pub footprint: Footprint,
    /// Where its counter would look, in degrees counter-clockwise from east.
    pub facing: f64,
}

impl Place {
    fn new(centre: Point, size: Size, along: f64, facing: f64) -> Self {
        let centre = Point::new(centimetre(centre.x), centimetre(centre.y));
        // Never upside down: the number is written along the stall.
        let angle = degrees(if Point::toward(along).x < -1e-9 { along + 180.0 } else { along });
        Self { footprint: Footprint { centre, w: size.w, d: size.d, angle }, facing: degrees(facing) }
    }

    /// Whether the two share ground.
    fn meets(&self, other: &Self) -> bool {
        let (here, there) = (self.footprint.corners(), other.footprint.corners());
        signed_area(&clip(&here, &there)) > TOUCH
    }
}

/// A side of somebody who walks from the first point to the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A row of stalls along a line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Row {
    /// Where the first stall begins; the line runs through the stalls' middles.
    pub from: Point,
    /// Where the row ends at the latest.
    pub to: Point,
    /// Of each stall.
    pub size: Size,
    /// Metres between neighbours.
    pub gap: f64,
    /// On which side the counters are.
    pub counters: Hand,
}

impl Row {
    /// As many places as fit, at least one: a press without a drag is one stall.
    pub fn places(&self) -> Vec<Place> {
        let way = self.to.minus(self.from);
        let along = if way.length() > 0.01 { way.y.atan2(way.x).to_degrees() } else { 0.0 };
        let facing = match self.counters {
            Hand::Left => along + 90.0,
            Hand::Right => along - 90.0,
        };
        let place = |begin: f64| {
            let middle = self.from.plus(Point::toward(along).times(begin + self.size.w / 2.0));
            Place::new(middle, self.size, along, facing)
        };
        let mut places = vec![place(0.0)];
        let mut begin = self.size.w + self.gap.max(0.0);
        while begin + self.size.w <= way.length() + 1e-6 && places.len() < MOST_STALLS {
            let next = place(begin);
            // Whole centimetres may bring neighbours of a slanting row together.
            if places.last().is_some_and(|last| last.meets(&next)) {
                begin += 0.005;
                continue;
            }
            places.push(next);
            begin += self.size.w + self.gap.max(0.0);
        }
        places
    }
}

/// Rows of stalls in an area.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fill {
    /// Of each stall.
    pub size: Size,
    /// Metres between neighbours.
    pub gap: f64,
    /// Metres before the counters.
    pub aisle: f64,
    /// Where the counters of the first row look, in degrees counter-clockwise from east.
    pub facing: f64,
    /// Every other row looks the other way over a shared aisle; so many metres between backs.
    pub back: Option<f64>,
}

/// What keeps stalls off a place.
struct Room<'a> {
    area: Vec<Point>,
    zones: Vec<Vec<Point>>,
    barred: Vec<(Vec<Point>, Bounds)>,
    ground: &'a Ground,
}

impl<'a> Room<'a> {
    fn new(ground: &'a Ground, layout: &Layout, area: &Polygon) -> Self {
        let lanes = ground.keep_clear.iter().map(|part| part.polygon.wound());
        let obstacles = ground.obstacles.iter().map(|obstacle| obstacle.polygon.grown(obstacle.clear));
        let facilities = ground.facilities.iter().filter_map(Facility::surround);
        let stalls = layout.stalls().values().map(|stall| stall.footprint().corners().to_vec());
        let barred = lanes.chain(obstacles).chain(facilities).chain(stalls);
        Self {
            area: area.wound(),
            zones: ground.zones.iter().map(|zone| zone.polygon.wound()).collect(),
            barred: barred
                .filter_map(|part| Some((Bounds::of(part.iter().copied())?, part)))
                .filter(|(bounds, _)| bounds.meets(area.bounds()))
                .map(|(bounds, part)| (part, bounds))
                .collect(),
            ground,
        }
    }

    /// Whether a stall has its place wholly in the area and in one zone, and nothing is in its way.
    fn takes(&self, place: &Place) -> bool {
        let (corners, bounds) = (place.footprint.corners(), place.footprint.bounds());
        let shared = |outline: &[Point]| signed_area(&clip(outline, &corners));
        let within = |outline: &[Point]| shared(outline) >= place.footprint.area() - TOUCH;
        within(&self.area)
            && self.zones.iter().any(|zone| within(zone))
            && !self.barred.iter().any(|(part, there)| there.meets(bounds) && shared(part) > TOUCH)
    }

    /// The places of one row: `begin` and `end` along it, `back` its farther edge.
    fn row(
        &self,
        fill: &Fill,
        along: Point,
        turn: f64,
        (begin, end): (f64, f64),
        middle: Point,
    ) -> Vec<Place> {
        let Fill { size, gap, facing, .. } = *fill;
        let rules = &self.ground.rules;
        let (mut places, mut run, mut at): (Vec<Place>, u32, f64) = (Vec::new(), 0, begin);
        while at + size.w <= end + 1e-6 && places.len() < MOST_STALLS {
            let centre = middle.plus(along.times(at + size.w / 2.0));
            let place = Place::new(centre, size, facing + 90.0, facing + turn);
            let crowded = places.last().is_some_and(|last| last.meets(&place));
            if crowded || !self.takes(&place) {
                at += if crowded { 0.005 } else { 0.1 };
                run = if crowded { run } else { 0 };
                continue;
            }
            places.push(place);
            run += 1;
            let rest = if run == rules.max_run { rules.run_gap.max(gap) } else { gap };
            run %= rules.max_run.max(1);
            at += size.w + rest.max(0.0);
        }
        places
    }
}

impl Fill {
    /// Places for rows from the back of the area to its front, in reading order of rows.
    pub fn places(&self, ground: &Ground, layout: &Layout, area: &Polygon) -> Vec<Place> {
        let room = Room::new(ground, layout, area);
        let (front, along) = (Point::toward(self.facing), Point::toward(self.facing + 90.0));
        let (begin, end) = extent(area.points(), along);
        let (back, edge) = extent(area.points(), front);
        let (mut places, mut at, mut turned) = (Vec::new(), back, false);
        while at + self.size.d <= edge + 1e-6 && places.len() < MOST_STALLS {
            let middle = front.times(at + self.size.d / 2.0);
            let turn = if turned { 180.0 } else { 0.0 };
            places.extend(room.row(self, along, turn, (begin, end), middle));
            let way = match self.back.filter(|_| turned) {
                Some(back) => back,
                None => self.aisle,
            };
            turned = self.back.is_some() && !turned;
            at += self.size.d + way.max(0.0);
        }
        places.truncate(MOST_STALLS);
        places
    }
}

impl Layout {
    /// The step that puts stalls on some places, in their order; their numbers go on from those here.
    /// `fresh` gives out ids.
    pub fn stand(&self, places: &[Place], zone: &str, mut fresh: impl FnMut() -> StallId) -> Edit {
        let mut series = self.series();
        let stalls = places.iter().map(|place| {
            let Footprint { centre, w, d, angle } = place.footprint;
            Stall {
                id: fresh(),
                no: series.after(""),
                zone: zone.to_owned(),
                x: centre.x,
                y: centre.y,
                w,
                d,
                angle,
                facing: place.facing,
                outlet: None,
                locked: false,
                group: None,
            }
        });
        Edit::AddAll(stalls.collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::stall;
    use super::super::{Kind, Uses, check};
    use super::*;

    const SIZE: Size = Size { w: 3.0, d: 3.0 };

    fn ground() -> Ground {
        Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap()
    }

    fn row(to: (f64, f64), counters: Hand) -> Vec<Place> {
        let (from, to) = (Point::new(10.0, 5.0), Point::new(to.0, to.1));
        Row { from, to, size: SIZE, gap: 0.5, counters }.places()
    }

    fn ids() -> impl FnMut() -> StallId {
        let mut next = 0;
        move || {
            next += 1;
            stall(next, 0.0, 0.0).id
        }
    }

    fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        Polygon::try_from(corners.map(|(x, y)| Point::new(x, y)).to_vec()).unwrap()
    }

    #[test]
    fn a_row_has_as_many_stalls_as_fit_and_a_press_makes_one() {
        let places = row((20.0, 5.0), Hand::Right);
        let middles: Vec<_> = places.iter().map(|place| place.footprint.centre).collect();
        assert_eq!(middles, [11.5, 15.0, 18.5].map(|x| Point::new(x, 5.0)));
        assert!(places.iter().all(|place| place.facing.to_string() == "270"));
        assert_eq!(row((10.0, 5.0), Hand::Right).len(), 1);
        assert_eq!(row((19.9, 5.0), Hand::Right).len(), 2);
    }

    #[test]
    fn a_row_drawn_backwards_is_not_upside_down() {
        let places = row((0.0, 5.0), Hand::Right);
        assert_eq!(places[0].footprint.angle.to_string(), "0");
        assert_eq!(places[0].facing.to_string(), "90");
    }

    #[test]
    fn new_stalls_go_on_with_the_numbers_in_one_step() {
        let mut layout = Layout::of([stall(90, 10.0, 20.0)]).unwrap();
        let places = row((20.0, 5.0), Hand::Left);
        let diff = layout.apply(layout.stand(&places, "B", ids())).unwrap();
        let numbers: Vec<_> = diff.added.values().map(|stall| stall.no.as_str()).collect();
        assert_eq!(numbers, ["91", "92", "93"]);
        assert!(diff.added.values().all(|stall| stall.counter() == 1 && stall.zone == "B"));
    }

    #[test]
    fn a_filled_area_keeps_its_aisles_and_the_way_out_of_a_run() {
        let mut ground = ground();
        (ground.rules.max_run, ground.rules.run_gap) = (2, 1.5);
        let fill = Fill { size: SIZE, gap: 0.2, aisle: 3.0, facing: 270.0, back: None };
        let places = fill.places(&ground, &Layout::default(), &rectangle(10.0, 7.5, 24.5, 16.5));
        let middles: Vec<_> =
            places.iter().map(|place| (place.footprint.centre.x, place.footprint.centre.y)).collect();
        assert_eq!(middles[..4], [(11.5, 15.0), (14.7, 15.0), (19.2, 15.0), (11.5, 9.0)]);
    }

    #[test]
    fn rows_back_to_back_look_at_each_other_over_the_aisle() {
        let fill = Fill { size: SIZE, gap: 0.5, aisle: 4.0, facing: 90.0, back: Some(0.5) };
        let places = fill.places(&ground(), &Layout::default(), &rectangle(9.0, 5.0, 12.5, 22.0));
        let rows: Vec<_> = places.iter().map(|place| (place.footprint.centre.y, place.facing)).collect();
        assert_eq!(rows, [(6.5, 90.0), (13.5, 270.0), (17.0, 90.0)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_filled_breaks_no_rule_of_the_ground(
            corners in prop::collection::vec((0.0..42.0f64, 0.0..26.0f64), 3..6),
            facing in prop_oneof![Just(270.0), 0.0..360.0f64], gap in 0.0..1.0f64, paired in any::<bool>(),
        ) {
            let area = Polygon::try_from(corners.iter().map(|(x, y)| Point::new(*x, *y)).collect::<Vec<_>>());
            prop_assume!(area.is_ok());
            let fill = Fill { size: SIZE, gap, aisle: 3.0, facing, back: paired.then_some(0.5) };
            let mut layout = Layout::of([stall(200, 20.0, 20.0)]).unwrap();
            let area = area.unwrap();
            // Corners in any order may cross; such an area has no inside to speak of.
            prop_assume!(area.area() > 9.0);
            let places = fill.places(&ground(), &layout, &area);
            layout.apply(layout.stand(&places, "A", ids())).unwrap();
            let basic = |kind: &Kind| matches!(
                kind,
                Kind::Overlap | Kind::OutOfZone | Kind::OnFireLane { .. } | Kind::Blocks(_) | Kind::OnObstacle { .. }
            );
            let old = stall(200, 0.0, 0.0).id;
            let found = check(&ground(), &layout, &Uses::new());
            let new = found.iter().filter(|breach| breach.stalls.iter().any(|id| *id != old));
            let bad: Vec<_> = new.filter(|breach| basic(&breach.kind)).collect();
            prop_assert!(bad.is_empty(), "{bad:?}");
        }

        #[test]
        fn a_slanting_row_does_not_run_into_itself(angle in 0.0..360.0f64, gap in 0.0..0.3f64) {
            let from = Point::new(20.0, 10.0);
            let to = from.plus(Point::toward(angle).times(30.0));
            let places = Row { from, to, size: SIZE, gap, counters: Hand::Left }.places();
            prop_assert!(places.len() >= 8);
            for pair in places.windows(2) {
                prop_assert!(!pair[0].meets(&pair[1]));
            }
        }
    }
}
