//! Fill-in: as many as possible, then the most points, around pins and within circuits.

use super::*;
use crate::unit::CredentialKind;
use proptest::prelude::*;

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
    assert_eq!(out.help, Help { relaxation: cable.clone(), stall: Some(stall_id(3)) });
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
    let Help { relaxation: Relaxation::Unpin { other }, stall: Some(_) } = out.help else {
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

/// Fewest left out, then least cost, by trying everything and asking the judge.
fn brute(sight: &Sight, row: usize, held: &mut Vec<Held>) -> (i64, i64) {
    let board = sight.board;
    let Some(entry) = board.entries.get(row) else {
        let worth = sight.model.evaluate(&market::plan(board, held));
        return if worth.violations.is_empty() { (worth.unplaced, worth.soft) } else { (i64::MAX, 0) };
    };
    if let Some(pinned) = board.held_by(entry.id).filter(|held| held.pinned) {
        held.push(pinned);
        let best = brute(sight, row + 1, held);
        held.pop();
        return best;
    }
    let mut best = brute(sight, row + 1, held);
    for spot in &board.spots {
        let pinned = board.held_at(spot.stall).is_some_and(|held| held.pinned);
        let taken = held.iter().any(|at| at.stall == spot.stall);
        if pinned || taken || !rule::lacks(entry, spot, board.rain, &board.weights).is_empty() {
            continue;
        }
        held.push(Held { entry: entry.id, stall: spot.stall, pinned: false });
        best = best.min(brute(sight, row + 1, held));
        held.pop();
    }
    best
}

fn any_needs() -> impl Strategy<Value = Needs> {
    let watts = prop_oneof![3 => Just(0), 1 => Just(900_i64), 1 => Just(2200_i64)];
    let width = prop_oneof![3 => Just(0), 1 => Just(400_i64)];
    let heard = (prop::bool::weighted(0.3), prop::bool::weighted(0.3), prop::bool::weighted(0.3));
    (watts, prop::bool::weighted(0.2), prop::bool::weighted(0.3), width, heard).prop_map(
        |(power_w, water, shelter, width_cm, (loud, quiet, queue))| Needs {
            power_w,
            water,
            shelter,
            quiet,
            loud,
            width_cm,
            queue,
            ..Needs::default()
        },
    )
}

type Place = (bool, bool, bool, u8, i64);

fn any_place() -> impl Strategy<Value = Place> {
    (any::<bool>(), prop::bool::weighted(0.1), any::<bool>(), 0_u8..3, 0_i64..2000)
}

prop_compose! {
    fn any_board()(
        wants in prop::collection::vec((any_needs(), 0_u8..5, any::<bool>()), 1..=4),
        places in prop::collection::vec(any_place(), 1..=4),
        rain in any::<bool>(),
        strict_zones in prop::bool::weighted(0.3),
        stands in prop::option::weighted(0.5, (0_usize..4, 0_usize..4, any::<bool>())),
        before in prop::option::of((0_usize..4, 0_i64..300, 1_u8..5)),
    ) -> Board {
        let mut made = board(wants.len() as u8, places.len() as u8);
        for (entry, (needs, wish, other_zone)) in made.entries.iter_mut().zip(wants) {
            entry.needs = needs;
            entry.wishes = vec![wish.to_string()];
            entry.zone = if other_zone { "B" } else { "A" }.to_owned();
        }
        for (spot, (sheltered, closed, wide, outlets, far)) in made.spots.iter_mut().zip(places) {
            spot.sheltered = sheltered;
            spot.closed = closed;
            spot.width_cm = if wide { 400 } else { 300 };
            spot.outlets = (0..outlets).map(|n| outlet(&format!("o{n}"), far, 2500)).collect();
            spot.water_cm = Some(far * 3);
            spot.entrance_cm = Some(far);
        }
        made.rain = rain;
        made.weights.strict_zones = strict_zones;
        if let Some((entry, spot, pinned)) = stands {
            let (entry, spot) = (made.entries.get(entry), made.spots.get(spot));
            if let (Some(entry), Some(spot)) = (entry, spot) {
                made.held = vec![Held { entry: entry.id, stall: spot.stall, pinned }];
                made.printed = vec![(entry.id, spot.stall)];
            }
        }
        if let Some((entry, quality, last)) = before {
            made.past = vec![past(entry as u8 + 1, 3, quality, Some(&last.to_string()))];
        }
        made
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
    board.held = vec![pin(1, 1)];
    assert_eq!(fill(&board).held(), [pin(1, 1), held(2, 2)], "the organizer's word");
}

proptest! {
    #[test]
    fn it_is_as_good_as_trying_everything(board in any_board()) {
        let instance = market::instance(&board);
        let model = plan::Model::new(&instance);
        let found = fill::solved(&board, &instance, &model);
        let best = brute(&Sight::new(&board, &instance), 0, &mut Vec::new());
        prop_assert_eq!((found.unplaced, found.soft), best);
        prop_assert!(plan::bound(&model).unwrap() <= best);
        let proposal = fill::propose(&board);
        prop_assert_eq!(&proposal.held, &market::holdings(&board, &found.plan));
        prop_assert!(fill::proved(&board, &proposal, 20.0));
        prop_assert_eq!(fill(&board).held(), proposal.held);
    }

    #[test]
    fn no_rule_is_broken_and_solver_and_judge_agree(board in any_board()) {
        let instance = market::instance(&board);
        let model = plan::Model::new(&instance);
        let found = fill::solved(&board, &instance, &model);
        let worth = model.evaluate(&found.plan);
        prop_assert_eq!(&worth.violations, &Vec::<&str>::new());
        prop_assert_eq!((worth.unplaced, worth.soft), (found.unplaced, found.soft));
        let held = market::holdings(&board, &found.plan);
        prop_assert_eq!(&market::plan(&board, &held), &found.plan);
        let after = Board { held, ..board.clone() };
        for held in after.held.iter().filter(|held| !held.pinned) {
            let (entry, spot) = (board.entry(held.entry).unwrap(), board.spot(held.stall).unwrap());
            prop_assert_eq!(rule::blocks(&after, entry, spot), []);
        }
    }

    #[test]
    fn the_core_refuses_for_the_reasons_that_people_read(board in any_board()) {
        let instance = market::instance(&Board { held: Vec::new(), ..board.clone() });
        let model = plan::Model::plain(&instance);
        for (unit, entry) in board.entries.iter().enumerate() {
            for (at, spot) in board.spots.iter().enumerate() {
                let mut plan = vec![None; board.entries.len()];
                plan[unit] = Some(vec![at]);
                let codes: Vec<_> =
                    rule::lacks(entry, spot, board.rain, &board.weights).iter().map(Block::code).collect();
                prop_assert_eq!(model.evaluate(&plan).violations, codes);
            }
        }
    }

    #[test]
    fn the_terms_of_a_placement_are_what_the_judge_would_miss(board in any_board()) {
        let held = fill(&board).held();
        let instance = market::instance(&board);
        let sight = Sight::new(&board, &instance);
        for at in &held {
            let without: Vec<Held> = held.iter().filter(|other| *other != at).copied().collect();
            let terms = sight.terms(at.entry, at.stall, &held);
            prop_assert_eq!(score::total(&terms), sight.total(&held) - sight.total(&without));
            for (code, points) in sight.effect(&without, &held) {
                let told = terms.iter().filter(|term| term.reason.code() == code).map(|term| term.points);
                prop_assert_eq!(told.sum::<i64>(), points, "{}", code);
            }
        }
    }

    #[test]
    fn every_placement_is_allowed_and_its_terms_add_up(board in any_board()) {
        let filled = fill(&board);
        for at in &filled.placements {
            prop_assert_eq!(at.points, at.terms.iter().map(|term| term.points).sum::<i64>());
            let (entry, spot) = (board.entry(at.entry).unwrap(), board.spot(at.stall).unwrap());
            prop_assert!(at.pinned || rule::lacks(entry, spot, board.rain, &board.weights).is_empty());
        }
        for held in board.held.iter().filter(|held| held.pinned) {
            prop_assert!(filled.held().contains(held));
        }
        let effect: i64 = filled.effect.iter().map(|(_, points)| points).sum();
        let instance = market::instance(&board);
        prop_assert_eq!(filled.points - Sight::new(&board, &instance).total(&board.held), effect);
        prop_assert_eq!(filled.placements.len() + filled.unplaced.len(), board.entries.len());
    }

    #[test]
    fn every_refusal_has_a_code_and_what_is_said_to_help_does(board in any_board()) {
        let filled = fill(&board);
        for out in &filled.unplaced {
            prop_assert_eq!(out.blocks.len(), board.spots.len());
            prop_assert!(out.blocks.iter().all(|(_, blocks)| !blocks.is_empty()));
            let mut helped = out.help.relaxation.applied(&board, out.entry, out.help.stall);
            if out.help.relaxation == Relaxation::AnotherStall {
                helped.spots.push(Spot {
                    width_cm: 400,
                    sheltered: true,
                    outlets: vec![outlet("new", 0, 2500)],
                    water_cm: Some(0),
                    zone: board.entry(out.entry).unwrap().zone.clone(),
                    ..spot(19)
                });
            }
            let again = fill(&helped);
            prop_assert!(again.placements.len() > filled.placements.len(), "{:?}", out.help);
        }
    }
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
