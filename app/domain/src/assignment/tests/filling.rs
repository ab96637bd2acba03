//! Fill-in: as many as possible, then the most points, around pins and within circuits.

use super::*;
use crate::Refusal;
use crate::unit::CredentialKind;

fn stall_of(filled: &Filled, entry: u8) -> Option<StallId> {
    filled.placements.iter().find(|at| at.entry == entry_id(entry)).map(|at| at.stall)
}

#[test]
fn one_more_placed_is_worth_more_than_any_points() {
    let mut board = board(2, 2);
    // Entry 1 would love stall 2, but entry 2 can stand nowhere else.
    board.entries[0].wishes = vec!["2".to_owned()];
    needs(&mut board, 2).width_cm = 400;
    board.spots[1].width_cm = 400;
    board.weights.terms.pref = 10_000;
    let filled = fill(&board);
    assert_eq!(stall_of(&filled, 1), Some(stall_id(1)));
    assert_eq!(stall_of(&filled, 2), Some(stall_id(2)));
    assert!(filled.optimal && filled.unplaced.is_empty());
}

#[test]
fn pins_are_kept_even_where_a_rule_says_no() {
    let mut board = board(3, 3);
    board.entries[1].wishes = vec!["1".to_owned()];
    needs(&mut board, 1).power_w = 900;
    board.held = vec![pin(1, 1), held(2, 3)];
    let filled = fill(&board);
    assert_eq!(stall_of(&filled, 1), Some(stall_id(1)));
    assert!(filled.placements.iter().any(|at| at.entry == entry_id(1) && at.pinned));
    assert_eq!(filled.placements.len(), 3);
}

#[test]
fn nobody_moves_for_less_than_the_move_tax() {
    let mut board = board(2, 3);
    board.spots[0].entrance_cm = Some(2000);
    board.spots[1].entrance_cm = Some(0);
    board.held = vec![held(1, 1)];
    assert_eq!(stall_of(&fill(&board), 1), Some(stall_id(1)));
    board.weights.terms.stay = 0;
    board.entries.truncate(1);
    assert_eq!(stall_of(&fill(&board), 1), Some(stall_id(2)));
}

#[test]
fn a_circuit_carries_only_what_it_can() {
    let mut board = board(3, 3);
    for spot in &mut board.spots {
        spot.outlets = vec![outlet("o4", 300, 3500)];
    }
    for (n, watts) in [(1, 2200), (2, 900), (3, 1500)] {
        needs(&mut board, n).power_w = watts;
    }
    let filled = fill(&board);
    // 2200 + 900 or 900 + 1500 fit, all three do not.
    assert_eq!(filled.placements.len(), 2);
    assert!(stall_of(&filled, 2).is_some());
    let out = &filled.unplaced[0];
    let mut codes: Vec<_> = out.blocks.iter().map(|(_, blocks)| blocks[0].code()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["circuit_overload", "circuit_overload", "taken"]);
    assert_eq!(out.help.relaxation, Relaxation::OwnPower);
    assert!(filled.overloads.is_empty());
}

#[test]
fn pins_that_overload_are_reported_and_nobody_joins_them() {
    let mut board = board(3, 3);
    for (n, spot) in (1..).zip(&mut board.spots) {
        spot.outlets = vec![outlet("o4", 300, 3500)];
        board.entries[n - 1].needs.power_w = 2000;
    }
    board.held = vec![pin(1, 1), pin(2, 2)];
    let filled = fill(&board);
    let over = Overload { outlet: "o4".to_owned(), load_w: 4000, capacity_w: 3500 };
    assert_eq!(filled.overloads, [over]);
    assert_eq!(filled.unplaced.len(), 1);
}

#[test]
fn outlets_on_one_circuit_share_what_it_carries() {
    let on = |id: &str, circuit: Option<i64>| {
        let circuit = circuit.map(|capacity_w| Circuit { id: "c1".to_owned(), capacity_w });
        Outlet { circuit, ..outlet(id, 300, 3500) }
    };
    for (capacity_w, placed) in
        [(None, 3), (Some(6_000), 3), (Some(5_999), 2), (Some(3_999), 1), (Some(1_999), 0)]
    {
        let mut board = board(3, 3);
        for (n, spot) in (1_u8..).zip(&mut board.spots) {
            spot.outlets = vec![on(&format!("o{n}"), capacity_w)];
            board.entries[usize::from(n) - 1].needs.power_w = 2000;
        }
        let filled = fill(&board);
        assert_eq!(filled.placements.len(), placed, "{capacity_w:?}");
        assert!(filled.overloads.is_empty());
        let codes: Vec<_> =
            filled.unplaced.iter().flat_map(|out| &out.blocks).map(|(_, b)| b[0].code()).collect();
        let full = if placed == 0 { "outlet_too_small" } else { "circuit_overload" };
        assert!(codes.iter().all(|code| *code == full || *code == "taken"), "{codes:?}");
        board.held = vec![pin(1, 1), pin(2, 2)];
        let pinned = fill(&board).overloads;
        let over = Overload { outlet: "c1".to_owned(), load_w: 4000, capacity_w: 3_999 };
        assert_eq!(pinned.contains(&over), capacity_w == Some(3_999));
    }
}

#[test]
fn who_finds_no_stall_learns_what_would_help() {
    type Case = (fn(&mut Board), Relaxation);
    let cases: [Case; 6] = [
        (|b| needs(b, 1).width_cm = 900, Relaxation::Narrower),
        (|b| needs(b, 1).water = true, Relaxation::OwnWater),
        (|b| needs(b, 1).power_w = 100, Relaxation::OwnPower),
        (
            |b| {
                needs(b, 1).shelter = true;
                b.rain = true;
            },
            Relaxation::WithoutShelter,
        ),
        (
            |b| {
                b.entries[0].zone = "C".to_owned();
                b.weights.strict_zones = true;
            },
            Relaxation::OtherZone,
        ),
        (
            |b| {
                needs(b, 1).power_w = 100;
                needs(b, 1).water = true;
            },
            Relaxation::AnotherStall,
        ),
    ];
    for (change, relaxation) in cases {
        let mut board = board(2, 3);
        change(&mut board);
        let filled = fill(&board);
        assert_eq!(filled.unplaced.len(), 1);
        assert_eq!(filled.unplaced[0].help.relaxation, relaxation);
    }
    assert_eq!(fill(&board(3, 2)).unplaced[0].help.relaxation, Relaxation::AnotherStall);
}

#[test]
fn a_longer_cable_helps_where_an_outlet_has_room() {
    let mut board = board(2, 3);
    for n in [1, 2] {
        needs(&mut board, n).power_w = 2200;
    }
    board.spots[0].outlets = vec![outlet("o1", 100, 3500), outlet("o2", 2400, 3500)];
    board.spots[1].outlets = vec![outlet("o1", 1900, 3500), outlet("o2", 2000, 3500)];
    board.spots[2].outlets = vec![outlet("o1", 2300, 3500), outlet("o2", 1800, 3500)];
    let out = &fill(&board).unplaced[0];
    let cable = Relaxation::LongerCable { outlet: "o2".to_owned(), distance_cm: 1800, reach_cm: 1200 };
    assert_eq!((&out.help.relaxation, out.help.stall), (&cable, Some(stall_id(3))));
    assert_eq!(out.help.hall.as_ref().unwrap().codes, ["no_power"]);
    let helped = cable.applied(&board, out.entry, out.help.stall);
    assert!(fill(&helped).unplaced.is_empty());
}

#[test]
fn a_pin_that_is_taken_off_lets_another_in() {
    let mut board = board(2, 2);
    needs(&mut board, 1).quiet = true;
    needs(&mut board, 2).loud = true;
    board.spots.push(spot(3));
    // The quiet one in the middle leaves no room for the loud one; at the end it does.
    board.held = vec![pin(1, 2)];
    let out = &fill(&board).unplaced[0];
    assert_eq!(out.entry, entry_id(2));
    let Help { relaxation: Relaxation::Unpin { other }, stall: Some(_), .. } = out.help else {
        panic!("{:?}", out.help);
    };
    assert_eq!(other, entry_id(1));
}

#[test]
fn whoever_had_poor_spots_has_a_turn_at_the_good_one() {
    let mut board = board(2, 2);
    (board.spots[0].entrance_cm, board.spots[1].entrance_cm) = (Some(0), Some(4_000));
    board.past = vec![past(1, 2, 200, None), past(2, 2, 40, None)];
    assert_eq!(stall_of(&fill(&board), 2), Some(stall_id(1)));
    board.past = vec![past(1, 2, 40, None), past(2, 2, 200, None)];
    assert_eq!(stall_of(&fill(&board), 1), Some(stall_id(1)));
}

#[test]
fn forty_stalls_on_four_circuits_are_filled_within_their_loads() {
    let mut board = board(40, 40);
    for n in 0..40_u8 {
        let at = usize::from(n);
        let circuit = format!("o{}", n / 10);
        board.spots[at].outlets = vec![outlet(&circuit, 100 + i64::from(n % 10) * 100, 7000)];
        board.spots[at].entrance_cm = Some(i64::from(n) * 90);
        board.entries[at].needs.power_w = i64::from(n) * 37 % 11 * 150;
        board.entries[at].wishes = vec![(u32::from(n) * 17 % 40 + 1).to_string()];
    }
    // 29 100 W are wanted. Four circuits of 7600 W carry all of it, of 7000 W all but one.
    for (capacity_w, placed) in [(9000, 40), (7600, 40), (7000, 39)] {
        for spot in &mut board.spots {
            spot.outlets[0].capacity_w = capacity_w;
        }
        let filled = fill(&board);
        assert_eq!(filled.placements.len(), placed);
        assert!(filled.overloads.is_empty());
        assert_eq!(filled, fill(&board));
    }
}

#[test]
fn who_lacks_a_paper_stays_out_unless_pinned() {
    let mut board = board(2, 2);
    board.unlicensed = vec![(entry_id(1), CredentialKind::FreeClinic)];
    let filled = fill(&board);
    assert_eq!(filled.held().iter().map(|held| held.entry).collect::<Vec<_>>(), [entry_id(2)]);
    let out = &filled.unplaced[0];
    assert_eq!(out.entry, entry_id(1));
    let paper = Block::NoPaper { paper: CredentialKind::FreeClinic };
    assert!(out.blocks.iter().all(|(_, blocks)| blocks.contains(&paper)), "{:?}", out.blocks);
    let registered = Relaxation::Paper { paper: CredentialKind::FreeClinic };
    assert_eq!(out.help.relaxation, registered, "no further stall would help");
    assert!(out.help.stall.is_some());
    assert!(fill(&registered.applied(&board, out.entry, out.help.stall)).unplaced.is_empty());
    // Where it would still lack a stall the paper comes first all the same.
    needs(&mut board, 1).water = true;
    let out = &fill(&board).unplaced[0];
    assert_eq!((&out.help.relaxation, out.help.stall), (&registered, None));
    needs(&mut board, 1).water = false;
    board.held = vec![pin(1, 1)];
    assert_eq!(fill(&board).held(), [pin(1, 1), held(2, 2)], "the organizer's word");
}

#[test]
fn a_stall_that_is_kept_free_stays_empty_until_it_is_let_go() {
    let mut board = board(2, 2);
    board.entries[0].wishes = vec!["1".to_owned()];
    board.reserved = vec![Reserved { stall: stall_id(1), why: "贵宾".to_owned() }];
    let no = why_not(&board, entry_id(1), stall_id(1)).unwrap();
    assert_eq!(no.blocks, [Block::Reserved { why: "贵宾".to_owned() }]);
    assert_eq!(no.instead, [stall_id(2)]);
    assert_eq!(board.free().map(|spot| spot.stall).collect::<Vec<_>>(), [stall_id(2)]);
    let filled = fill(&board);
    assert_eq!(filled.placements.iter().map(|at| at.stall).collect::<Vec<_>>(), [stall_id(2)]);
    let out = &filled.unplaced[0];
    assert!(out.blocks.iter().all(|(_, blocks)| !blocks.is_empty()));
    let release = Relaxation::Release { stall: stall_id(1) };
    assert_eq!((&out.help.relaxation, out.help.stall), (&release, Some(stall_id(1))));
    assert!(fill(&release.applied(&board, out.entry, None)).unplaced.is_empty());
    // The organizer's pin is stronger, and whoever stands there by chance is moved.
    board.held = vec![pin(2, 1)];
    assert!(fill(&board).held().contains(&pin(2, 1)));
    board.held = vec![held(2, 1)];
    assert!(fill(&board).placements.iter().all(|at| at.stall == stall_id(2)));
}

#[test]
fn the_reason_of_a_stall_kept_free_is_short() {
    assert_eq!(Reserved::sound(" 留给街道 ").as_deref(), Ok("留给街道"));
    assert_eq!(Reserved::sound("").as_deref(), Ok(""));
    assert_eq!(Reserved::sound(&"长".repeat(Reserved::LONGEST + 1)), Err(Refusal::TooLong("reason")));
}

#[test]
fn a_plan_that_leaves_somebody_out_is_proved_as_well() {
    let mut board = board(3, 3);
    board.entries[0].zone = "B".to_owned();
    board.entries[0].wishes = vec!["2".to_owned()];
    needs(&mut board, 2).width_cm = 400;
    board.spots[2].width_cm = 400;
    for n in [1, 3] {
        needs(&mut board, n).queue = true;
    }
    board.held = vec![pin(3, 3)];
    board.printed = vec![(entry_id(3), stall_id(3))];
    let proposal = fill::propose(&board);
    assert!(proposal.held.contains(&pin(3, 3)) && proposal.left.len() == 1);
    assert!(fill::proved(&board, &proposal, 20.0));
}

#[test]
fn one_gives_way_where_two_can_stand_instead() {
    let mut board = board(3, 3);
    // The loud one fits only into the middle, and there it keeps both quiet ones out.
    needs(&mut board, 1).loud = true;
    needs(&mut board, 1).shelter = true;
    board.rain = true;
    board.spots[1].sheltered = true;
    for n in [2, 3] {
        needs(&mut board, n).quiet = true;
        needs(&mut board, n).water = true;
    }
    (board.spots[0].water_cm, board.spots[2].water_cm) = (Some(0), Some(0));
    let filled = fill(&board);
    assert_eq!(filled.placements.len(), 2);
    assert_eq!(filled.unplaced[0].entry, entry_id(1));
}
