//! The Fuzhong market itself, in fair weather and in rain.

use super::*;
use crate::entry::EntryLine;
use crate::ground::Ground;
use crate::layout::{self, Layout};
use crate::unit::UnitLine;
use crate::{UnitId, ground};

const FAIR: &str = include_str!("../../../../../server/demo/layout-fair.json");
const RAIN: &str = include_str!("../../../../../server/demo/layout-rain.json");

fn ground() -> Ground {
    ground::Ground::parse(include_str!("../../../../../server/demo/ground.json")).unwrap()
}

fn layout(json: &str) -> Layout {
    let lines = layout::Spot::parse_all(json).unwrap();
    Layout::of(lines.into_iter().zip(1_u8..).map(|(line, n)| line.stall(stall_id(n)).unwrap())).unwrap()
}

fn fuzhong(json: &str, rain: bool) -> Board {
    let units: Vec<_> = UnitLine::parse_all(include_str!("../../../../../server/demo/units.json"))
        .unwrap()
        .into_iter()
        .zip(1_u8..)
        .map(|(line, n)| line.unit(UnitId::new(Moment::from_millis(0), [n; 10])).unwrap())
        .collect();
    let entries = EntryLine::parse_all(include_str!("../../../../../server/demo/entries.json")).unwrap();
    Board {
        entries: entries
            .into_iter()
            .zip(1_u8..)
            .map(|(line, n)| line.entry(entry_id(n), &units).unwrap())
            .collect(),
        spots: spot::spots(&ground(), &layout(json)),
        rain,
        ..Board::default()
    }
}

#[test]
fn fill_in_gives_each_unit_the_stall_of_the_newspaper_account() {
    for (json, rain) in [(FAIR, false), (RAIN, true)] {
        let board = fuzhong(json, rain);
        let filled = fill(&board);
        assert!(filled.unplaced.is_empty() && filled.overloads.is_empty());
        for at in &filled.placements {
            let entry = board.entry(at.entry).unwrap();
            assert_eq!(board.spot(at.stall).unwrap().no, entry.wishes[0], "{}", entry.name);
        }
    }
}

#[test]
fn stalls_that_are_reached_over_steps_only_are_told_from_those_with_a_ramp() {
    let (ground, fair) = (ground(), layout(FAIR));
    assert!(spot::stepped(&ground, &fair).is_empty(), "the square has an entrance of its own");
    let mut cut = ground.clone();
    let steps: crate::ground::Patch = serde_json::from_value(serde_json::json!(
        {"kind": "steps", "polygon": [[-1.0, 0.0], [43.0, 0.0], [43.0, 4.0], [-1.0, 4.0]]}
    ))
    .unwrap();
    cut.patches.push(steps);
    cut.patches.retain(|patch| patch.kind != "step_free");
    let behind = spot::stepped(&cut, &fair);
    assert!(!behind.is_empty());
    let spots = spot::spots(&cut, &fair);
    assert!(spots.iter().all(|spot| spot.step_free != behind.contains(&spot.stall)));
}

#[test]
fn the_coffee_stall_stands_by_the_outlet_and_not_across_the_square() {
    let board = fuzhong(FAIR, false);
    let coffee = board.entries.iter().find(|entry| entry.needs.power_w == 2200).unwrap();
    let stall = |no: &str| board.spots.iter().find(|spot| spot.no == no).unwrap().stall;
    let here = why(&board, coffee.id, stall("10")).unwrap();
    let power = Pass::Power { needs_w: 2200, outlet: "o4".to_owned(), distance_cm: 364, left_w: 1300 };
    assert!(here.passes.contains(&power), "{:?}", here.passes);
    let there = why_not(&board, coffee.id, stall("12")).unwrap();
    let nearest = Some(("o4".to_owned(), 2762, 1200));
    assert_eq!(there.blocks, [Block::NoPower { needs_w: 2200, nearest }]);
    assert!(there.instead.contains(&stall("10")));
}

#[test]
fn in_rain_the_open_square_takes_no_paper_and_the_corridor_does() {
    let board = fuzhong(FAIR, true);
    let filled = fill(&board);
    let out: Vec<_> =
        filled.unplaced.iter().map(|out| board.entry(out.entry).unwrap().wishes[0].as_str()).collect();
    assert_eq!(out, ["1", "7"]);
    assert!(filled.unplaced.iter().all(|out| out.help.relaxation == Relaxation::WithoutShelter));
    assert!(board.spots.iter().all(|spot| !spot.sheltered));
    assert!(fuzhong(RAIN, true).spots.iter().all(|spot| spot.sheltered && !spot.closed));
}
