//! A new arrangement put under the stalls that are there: they move to the nearest places and stay who they
//! are, with their id, number, zone and outlet.
//!
//! Says what becomes of each stall; does not choose the places.

use super::place::Place;
use super::{Layout, Stall};
use crate::geometry::{Footprint, Point};
use crate::map::Set;
use crate::order::Order;
use crate::{Refusal, StallId};

/// What becomes of a layout.
#[derive(Clone, PartialEq, Debug)]
pub struct Settled {
    /// As it stands then.
    pub layout: Layout,
    /// New stalls in it.
    pub added: usize,
    /// Stalls that nobody uses and that have no place: they are gone.
    pub removed: usize,
    /// Stalls in use for which there is no place: they stay where they are.
    pub left: Vec<StallId>,
}

/// Moves the stalls that are not locked to `places`. Those `in_use` choose first, each the nearest that is
/// free; places that are left get new stalls with ids from `fresh`, in the slogan zone of the nearest stall,
/// or else in `zone`.
pub fn settle(
    layout: &Layout,
    places: &[Place],
    in_use: &Set<StallId>,
    zone: &str,
    mut fresh: impl FnMut() -> StallId,
) -> Result<Settled, Refusal> {
    let mut open: Vec<Place> = places.to_vec();
    let (mut next, mut removed, mut left) = (layout.clone(), 0, Vec::new());
    let free = layout.stalls().values().filter(|stall| !stall.locked);
    let (used, idle): (Vec<&Stall>, Vec<&Stall>) = free.partition(|stall| in_use.contains(&stall.id));
    for stall in in_turn(used, places).into_iter().chain(in_turn(idle, places)) {
        match nearest(&open, stall.centre()) {
            Some(at) => {
                next.stalls.insert(stall.id, moved(stall, open.swap_remove(at)).sound()?);
            }
            None if in_use.contains(&stall.id) => left.push(stall.id),
            None => {
                next.stalls.remove(&stall.id);
                removed += 1;
            }
        }
    }
    // What is left in the order in which it came, so that numbers follow the rows.
    let rest: Vec<Place> = places.iter().filter(|place| open.contains(place)).copied().collect();
    let mut series = layout.series();
    for place in &rest {
        let zone = zone_near(layout, place.footprint.centre).unwrap_or(zone).to_owned();
        let stall = Stall {
            id: fresh(),
            no: series.after(""),
            zone,
            x: 0.0,
            y: 0.0,
            w: 1.0,
            d: 1.0,
            angle: 0.0,
            facing: 0.0,
            outlet: None,
            locked: false,
            group: None,
        };
        let stall = moved(&stall, *place).sound()?;
        if next.stalls.insert(stall.id, stall).is_some() {
            return Err(Refusal::Taken("stall id"));
        }
    }
    next.refuse_twins()?;
    Ok(Settled { layout: next, added: rest.len(), removed, left })
}

/// Whoever has the shortest way goes first.
fn in_turn<'a>(stalls: Vec<&'a Stall>, places: &[Place]) -> Vec<&'a Stall> {
    let way = |stall: &Stall| {
        let ways = places.iter().map(|place| place.footprint.centre.minus(stall.centre()).length());
        ways.fold(f64::INFINITY, f64::min)
    };
    let mut ways: Vec<(f64, &Stall)> = stalls.into_iter().map(|stall| (way(stall), stall)).collect();
    ways.order_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
    ways.into_iter().map(|(_, stall)| stall).collect()
}

fn nearest(places: &[Place], at: Point) -> Option<usize> {
    let far = |place: &Place| place.footprint.centre.minus(at).length();
    let all = places.iter().enumerate();
    all.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|(index, _)| index)
}

fn moved(stall: &Stall, place: Place) -> Stall {
    let Footprint { centre, w, d, angle } = place.footprint;
    Stall { x: centre.x, y: centre.y, w, d, angle, facing: place.facing, ..stall.clone() }
}

fn zone_near(layout: &Layout, at: Point) -> Option<&str> {
    let far = |stall: &&Stall| stall.centre().minus(at).length();
    let stalls = layout.stalls().values();
    stalls.min_by(|a, b| far(a).total_cmp(&far(b))).map(|stall| stall.zone.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::stall;
    use super::*;

    fn place(x: f64, y: f64) -> Place {
        Place { footprint: Footprint { centre: Point::new(x, y), w: 3.0, d: 3.0, angle: 0.0 }, facing: 270.0 }
    }

    fn ids(first: u8) -> impl FnMut() -> StallId {
        let mut next = first;
        move || {
            next += 1;
            stall(next, 0.0, 0.0).id
        }
    }

    #[test]
    fn stalls_go_to_the_nearest_places_and_the_rest_is_new() {
        let layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 10.0, 0.0)]).unwrap();
        let places = [place(11.0, 0.0), place(20.0, 0.0), place(1.0, 0.0)];
        let settled = settle(&layout, &places, &Set::new(), "A", ids(9)).unwrap();
        let east = |no: &str| settled.layout.numbered(no).unwrap().x.to_string();
        assert_eq!([east("1"), east("2"), east("3")], ["1", "11", "20"]);
        assert_eq!((settled.added, settled.removed, settled.left), (1, 0, vec![]));
    }

    #[test]
    fn who_is_in_use_chooses_first_and_is_never_taken_away() {
        let layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 5.0, 0.0), stall(3, 9.0, 0.0)]).unwrap();
        let used = [2, 3].map(|n| stall(n, 0.0, 0.0).id);
        let settled = settle(&layout, &[place(0.0, 1.0)], &used.into(), "A", ids(9)).unwrap();
        assert_eq!(settled.layout.stall(used[0]).unwrap().y.to_string(), "1");
        assert_eq!(settled.left, vec![used[1]]);
        assert_eq!(settled.removed, 1);
        assert!(settled.layout.numbered("1").is_none());
    }

    #[test]
    fn a_locked_stall_stays() {
        let locked = Stall { locked: true, ..stall(1, 0.0, 0.0) };
        let layout = Layout::of([locked.clone()]).unwrap();
        let settled = settle(&layout, &[place(4.0, 0.0)], &Set::new(), "A", ids(9)).unwrap();
        assert_eq!(settled.layout.stall(locked.id), Some(&locked));
        assert_eq!(settled.layout.stalls().len(), 2);
    }

    proptest! {
        #[test]
        fn nobody_in_use_is_lost_and_every_place_is_taken_once(
            stalls in 0_u8..12, places in 0_u8..12, used in proptest::collection::vec(any::<bool>(), 12),
        ) {
            let layout = Layout::of((1..=stalls).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap();
            let in_use: Set<StallId> =
                (1..=stalls).filter(|n| used[usize::from(n - 1)]).map(|n| stall(n, 0.0, 0.0).id).collect();
            let spots: Vec<Place> = (0..places).map(|n| place(f64::from(n) * 5.0, 8.0)).collect();
            let settled = settle(&layout, &spots, &in_use, "A", ids(100)).unwrap();
            for id in &in_use {
                prop_assert!(settled.layout.stall(*id).is_some());
            }
            for spot in &spots {
                let here = |one: &&Stall| one.centre() == spot.footprint.centre;
                prop_assert_eq!(settled.layout.stalls().values().filter(here).count(), 1);
            }
            prop_assert_eq!(settled.layout.stalls().len(), usize::from(places) + settled.left.len());
        }
    }
}
