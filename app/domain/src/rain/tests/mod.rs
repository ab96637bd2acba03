//! The rain plan on the demo's market, and stalls made for one question each.

mod property;

use super::r#match::Matching;
use super::*;
use crate::assignment::Held;
use crate::entry::{Entry, Needs, Way};
use crate::layout::{Diff, Layout, Spot, Stall, check};
use crate::{EntryId, Moment, StallId};

fn ground() -> Ground {
    Ground::parse(include_str!("../../../../../server/demo/ground.json")).unwrap()
}

fn demo() -> (Layout, Layout) {
    let id = |n: usize| StallId::new(Moment::from_millis(1), [n as u8; 10]);
    let read = |json: &str| {
        let spots = Spot::parse_all(json).unwrap();
        Layout::of(spots.into_iter().enumerate().map(|(n, spot)| spot.stall(id(n)).unwrap())).unwrap()
    };
    let fair = read(include_str!("../../../../../server/demo/layout-fair.json"));
    (fair, read(include_str!("../../../../../server/demo/layout-rain.json")))
}

fn entry(n: usize, needs: Needs) -> Entry {
    Entry {
        id: EntryId::new(Moment::from_millis(2), [n as u8; 10]),
        unit: None,
        unit_name: String::new(),
        name: format!("参市{n}"),
        zone: String::new(),
        services: vec![],
        needs,
        wishes: vec![],
        way: Way::Take,
        arrived: false,
    }
}

/// Entries on the first stalls of a layout, in the order of the numbers.
fn roster(layout: &Layout, needs: &[Needs]) -> (Vec<Entry>, Vec<Held>) {
    let entries: Vec<Entry> = needs.iter().enumerate().map(|(n, needs)| entry(n, needs.clone())).collect();
    let held = layout.in_order().into_iter().zip(&entries);
    let held = held.map(|(stall, entry)| Held { entry: entry.id, stall: stall.id, pinned: false }).collect();
    (entries, held)
}

fn places_of(layout: &Layout) -> Vec<Place> {
    layout.in_order().into_iter().map(Place::of).collect()
}

#[test]
fn the_demo_moves_under_the_roof_and_nobody_is_lost() {
    let (ground, (fair, rain)) = (ground(), demo());
    let mut needs = vec![Needs::default(); 14];
    needs[8].power_w = 900;
    needs[9] = Needs { power_w: 2200, water: true, ..Needs::default() };
    let (entries, held) = roster(&fair, &needs);
    let places = candidates(&ground, &fair, &rain, &[], Cover::Rain);
    assert_eq!(places.len(), 14);
    let task = Task {
        ground: &ground,
        fair: &fair,
        rain: &rain,
        entries: &entries,
        held: &held,
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!((proposal.moves.len(), proposal.left.len()), (14, 0));
    assert_eq!(check(&ground, &proposal.layout, &crate::layout::Uses::new()), vec![]);
    assert!(proposal.moves.iter().all(|m| m.to.is_under(Cover::Rain, &ground) && m.walk_cm > 1_000));
    let ten = proposal.layout.numbered("10").unwrap();
    assert!(ground.outlet(ten.outlet.as_deref().unwrap()).unwrap().cap_w >= 2200);
    let by_hand = pairs(&ground, (&fair, &rain), &entries, &held, Cover::Rain);
    let walked: i64 = by_hand.iter().filter_map(|pair| pair.walk_cm).sum();
    assert!(
        proposal.walk_cm + proposal.apart_cm <= walked + parted(&task, &rain),
        "{} {walked}",
        proposal.walk_cm
    );
}

/// What the neighbours of the fair layout come apart by in a layout on the task's own places.
fn parted(task: &Task<'_>, layout: &Layout) -> i64 {
    let matching = Matching::new(task);
    let site = |stall: &&Stall| {
        let at = layout.stall(stall.id)?.centre();
        task.places.iter().position(|place| place.centre() == at)
    };
    matching.parted(&matching.stalls.iter().map(site).collect())
}

#[test]
fn what_no_longer_fits_is_named_with_its_numbers() {
    let (ground, (fair, rain)) = (ground(), demo());
    let mut needs = vec![Needs::default(); 14];
    needs[0].power_w = 9_000;
    needs[1].width_cm = 400;
    let (entries, held) = roster(&fair, &needs);
    let places: Vec<Place> = places_of(&rain).into_iter().take(12).collect();
    let task = Task {
        ground: &ground,
        fair: &fair,
        rain: &rain,
        entries: &entries,
        held: &held,
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!((proposal.moves.len(), proposal.left.len()), (12, 2));
    assert_eq!(proposal.left[0].lacks, [Lack::NoPower { needs_w: 9_000, most_w: Some(7_000) }]);
    assert_eq!(proposal.left[1].lacks, [Lack::TooNarrow { needs_cm: 400, widest_cm: 300 }]);

    let (entries, held) = roster(&fair, &vec![Needs::default(); 13]);
    let task = Task { entries: &entries, held: &held, ..task };
    let proposal = propose(&task);
    assert_eq!(proposal.left.len(), 2);
    assert!(proposal.left.iter().any(|left| left.entry.is_none()), "an empty stall goes first");
    assert!(proposal.left.iter().all(|left| left.lacks == [Lack::NoRoom { stalls: 14, places: 12 }]));
}

#[test]
fn an_outlet_feeds_no_more_than_it_carries() {
    let (ground, (fair, rain)) = (ground(), demo());
    let needs = vec![Needs { power_w: 3_000, ..Needs::default() }; 7];
    let (entries, held) = roster(&fair, &needs);
    let places = places_of(&rain);
    let task = Task {
        ground: &ground,
        fair: &fair,
        rain: &rain,
        entries: &entries,
        held: &held,
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    // Two on each of the large ones, one on the small one of the corridor.
    assert_eq!(proposal.left.iter().filter(|left| left.entry.is_some()).count(), 2);
    for left in proposal.left.iter().filter(|left| left.entry.is_some()) {
        assert_eq!(left.lacks, [Lack::PowerTaken { needs_w: 3_000, left_w: 1_400 }]);
    }
}

#[test]
fn a_stall_that_is_dry_already_stays() {
    let (ground, (_, rain)) = (ground(), demo());
    let places = candidates(&ground, &rain, &Layout::default(), &[], Cover::Rain);
    let task = Task {
        ground: &ground,
        fair: &rain,
        rain: &Layout::default(),
        entries: &[],
        held: &[],
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!((proposal.walk_cm, proposal.layout), (0, rain));
}

#[test]
fn nothing_of_the_rain_layout_alone_is_touched() {
    let (ground, (fair, rain)) = (ground(), demo());
    let mut less = fair.clone();
    let fourteen = fair.numbered("14").unwrap().id;
    less.apply(crate::layout::Edit::Remove { stalls: vec![fourteen] }).unwrap();
    let places = candidates(&ground, &less, &rain, &[], Cover::Rain);
    assert_eq!(places.len(), 13);
    let task = Task {
        ground: &ground,
        fair: &less,
        rain: &rain,
        entries: &[],
        held: &[],
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!(proposal.layout.stall(fourteen), rain.stall(fourteen));
    assert!(Diff::between(&rain, &proposal.layout).removed.is_empty());
}

#[test]
fn a_stall_that_is_locked_under_the_roof_stays_there() {
    let (ground, (fair, mut rain)) = (ground(), demo());
    let one = rain.numbered("1").unwrap().id;
    rain.apply(crate::layout::Edit::Lock { stalls: vec![one], locked: true }).unwrap();
    let places = candidates(&ground, &fair, &rain, &[], Cover::Rain);
    assert_eq!(places.len(), 13);
    let task = Task {
        ground: &ground,
        fair: &fair,
        rain: &rain,
        entries: &[],
        held: &[],
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!((proposal.moves.len(), proposal.left.len()), (14, 0));
    assert_eq!(proposal.moves[0].no, "1");
    assert_eq!(proposal.layout.stall(one), rain.stall(one));
}

#[test]
fn an_empty_rain_map_is_made_from_the_fair_one() {
    let (ground, (fair, _)) = (ground(), demo());
    let none = Layout::default();
    let room = shelters(&ground, &fair, &none, Cover::Rain);
    let places = candidates(&ground, &fair, &none, &room, Cover::Rain);
    let mut needs = vec![Needs::default(); 14];
    needs[9] = Needs { power_w: 2_200, water: true, ..Needs::default() };
    let (entries, held) = roster(&fair, &needs);
    let task = Task {
        ground: &ground,
        fair: &fair,
        rain: &none,
        entries: &entries,
        held: &held,
        places: &places,
        cover: Cover::Rain,
    };
    let proposal = propose(&task);
    assert_eq!((proposal.moves.len(), proposal.left.len()), (14, 0));
    let wrong = check(&ground, &proposal.layout, &crate::layout::Uses::new());
    assert!(wrong.iter().all(|breach| breach.severity != crate::layout::Severity::Error), "{wrong:?}");
}

#[test]
fn heat_is_escaped_under_trees_too() {
    let mut ground = ground();
    ground.patches.push(crate::ground::Patch {
        kind: "shade".into(),
        polygon: vec![
            Point::new(0.0, 16.0),
            Point::new(20.0, 16.0),
            Point::new(20.0, 22.0),
            Point::new(0.0, 22.0),
        ]
        .try_into()
        .unwrap(),
    });
    let (fair, _) = demo();
    assert!(candidates(&ground, &fair, &Layout::default(), &[], Cover::Rain).is_empty());
    assert_eq!(candidates(&ground, &fair, &Layout::default(), &[], Cover::Heat).len(), 4);
}

#[test]
fn places_are_said_in_words_and_with_their_neighbours() {
    let (ground, (_, rain)) = (ground(), demo());
    let side = |no: &str| whereabouts(&ground, rain.numbered(no).unwrap().centre()).unwrap();
    assert_eq!(side("1"), Whereabouts { area: "连廊".into(), side: Side::West });
    assert_eq!(side("14").side, Side::East);
    assert_eq!(side("4").side, Side::Middle);
    assert_eq!(whereabouts(&ground, Point::new(4.0, 18.5)).unwrap().side, Side::NorthWest);
    assert_eq!(whereabouts(&ground, Point::new(-9.0, 0.0)), None);
    assert_eq!(neighbours(&rain, rain.numbered("4").unwrap().id), ["3", "9"]);
}

#[test]
fn the_way_leads_round_what_stands_there() {
    let ground = ground();
    let walk = Walk::new(&ground);
    let at = Point::new;
    assert_eq!(walk.from(at(2.0, 1.0)).to(at(30.0, 1.0)), 2_800);
    let across = walk.from(at(2.0, 10.0)).to(at(10.0, 10.0));
    assert!(across > 900, "round the planter: {across}");
    let up = walk.from(at(2.0, 18.0)).to(at(2.0, 36.0));
    assert!(up > 3_000, "only the link leads to the corridor: {up}");
}

#[test]
fn the_figures_say_what_the_corridor_lacks() {
    let (ground, (fair, rain)) = (ground(), demo());
    let (sun, roof) = (Capacity::of(&ground, &fair), Capacity::of(&ground, &rain));
    assert_eq!((sun.stalls, roof.stalls, sun.sheltered, roof.sheltered), (14, 14, 0, 14));
    assert_eq!((sun.counter_cm, roof.counter_cm), (4_300, 4_200));
    assert_eq!((sun.power_w, roof.power_w), (3_500, 18_400));
}
