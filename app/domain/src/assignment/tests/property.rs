//! What holds for every board: fill-in against trying everything, the solver against the judge, words against codes.

use super::*;
use proptest::prelude::*;

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
    let people = (prop::bool::weighted(0.2), prop_oneof![Just(0), 0_i64..400]);
    (watts, prop::bool::weighted(0.2), prop::bool::weighted(0.3), width, heard, people).prop_map(
        |(power_w, water, shelter, width_cm, (loud, quiet, queue), (step_free, visitors))| Needs {
            power_w,
            water,
            shelter,
            quiet,
            loud,
            width_cm,
            queue,
            step_free,
            visitors,
            ..Needs::default()
        },
    )
}

type Place = (bool, bool, bool, u8, i64, bool);

fn any_place() -> impl Strategy<Value = Place> {
    (any::<bool>(), prop::bool::weighted(0.1), any::<bool>(), 0_u8..3, 0_i64..2000, prop::bool::weighted(0.7))
}

prop_compose! {
    fn any_board()(
        wants in prop::collection::vec((any_needs(), 0_u8..5, any::<bool>()), 1..=4),
        places in prop::collection::vec(any_place(), 1..=4),
        rain in any::<bool>(),
        strict_zones in prop::bool::weighted(0.3),
        stands in prop::option::weighted(0.5, (0_usize..4, 0_usize..4, any::<bool>())),
        before in prop::option::of((0_usize..4, 0_i64..300, 1_u8..5)),
        (elder, tie, other) in (1_u8..5, 0_i64..6, 2_u8..5),
    ) -> Board {
        let mut made = board(wants.len() as u8, places.len() as u8);
        for (entry, (needs, wish, other_zone)) in made.entries.iter_mut().zip(wants) {
            entry.needs = needs;
            entry.wishes = vec![wish.to_string()];
            entry.zone = if other_zone { "B" } else { "A" }.to_owned();
        }
        for (spot, (sheltered, closed, wide, outlets, far, step_free)) in made.spots.iter_mut().zip(places) {
            spot.sheltered = sheltered;
            spot.closed = closed;
            spot.step_free = step_free;
            spot.zone = if far % 3 == 0 { "B" } else { "A" }.to_owned();
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
        made.elders = vec![entry_id(elder)];
        made.affinity = vec![(entry_id(1), entry_id(other), tie)];
        if let Some((entry, quality, last)) = before {
            made.past = vec![past(entry as u8 + 1, 3, quality, Some(&last.to_string()))];
        }
        made
    }
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
    fn who_competes_for_too_few_stalls_is_named_exactly(board in any_board()) {
        let filled = fill(&board);
        let after = Board { held: filled.held(), ..board.clone() };
        for out in &filled.unplaced {
            let Some(Hall { entries, stalls, .. }) = &out.help.hall else { continue };
            prop_assert!(entries.contains(&out.entry));
            prop_assert_eq!(entries.len(), stalls.len() + 1);
            prop_assert!(stalls.iter().all(|stall| after.held_at(*stall).is_some_and(|at| entries.contains(&at.entry))));
            for spot in after.spots.iter().filter(|spot| !stalls.contains(&spot.stall)) {
                let lacks = |who: &Entry| !rule::lacks(who, spot, board.rain, &board.weights).is_empty();
                let pinned = after.held_at(spot.stall).is_some_and(|held| held.pinned);
                prop_assert!(entries.iter().all(|id| pinned || lacks(board.entry(*id).unwrap())));
            }
        }
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
