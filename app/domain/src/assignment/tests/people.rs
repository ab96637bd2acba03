//! Wheelchairs, old people, crowds, who goes from whom to whom, and too many for too few.

use super::*;

#[test]
fn a_stall_behind_steps_is_refused_to_who_needs_a_way_without_and_counts_as_farther_for_the_rest() {
    let mut board = board(2, 2);
    for spot in &mut board.spots {
        spot.entrance_cm = Some(1000);
    }
    board.spots[0].step_free = false;
    needs(&mut board, 1).step_free = true;
    assert_eq!(rule::blocks(&board, &board.entries[0], &board.spots[0]), [Block::NotStepFree]);
    assert_eq!(rule::passes(&board, &board.entries[0], &board.spots[1]), [Pass::StepFree]);
    let steps = |board: &Board| {
        let instance = market::instance(board);
        let terms = Sight::new(board, &instance).terms(entry_id(2), stall_id(1), &[]);
        terms.iter().find_map(|term| match term.reason {
            Reason::Entrance { distance_cm: 1000, steps: true } => Some(term.points),
            _ => None,
        })
    };
    assert_eq!(steps(&board), Some(-6));
    board.elders = vec![entry_id(2)];
    assert_eq!(steps(&board), Some(-12), "twice for those whose visitors are old");

    board.elders.clear();
    board.spots.remove(1);
    let filled = fill(&board);
    assert_eq!(filled.unplaced[0].entry, entry_id(1));
    assert_eq!(filled.unplaced[0].help.hall, None, "no stall would do: nobody competes");
}

#[test]
fn those_between_whom_visitors_go_stand_near_each_other() {
    let mut board = board(2, 5);
    board.held = vec![pin(1, 5)];
    board.affinity = vec![(entry_id(1), entry_id(2), 5), (entry_id(1), entry_id(9), 5)];
    let filled = fill(&board);
    let other = filled.placements.iter().find(|at| at.entry == entry_id(2)).unwrap();
    assert_eq!(other.stall, stall_id(4));
    let near = Reason::Affine { other: entry_id(1), distance_cm: 400 };
    assert!(other.terms.iter().any(|term| term.reason == near && term.points == -4), "{:?}", other.terms);
}

#[test]
fn crowds_are_shared_among_the_zones() {
    let mut board = board(2, 4);
    for spot in &mut board.spots[2..] {
        spot.zone = "B".to_owned();
    }
    for entry in &mut board.entries {
        entry.zone = String::new();
        entry.needs.visitors = 400;
    }
    board.held = vec![pin(1, 1)];
    let filled = fill(&board);
    let other = filled.placements.iter().find(|at| at.entry == entry_id(2)).unwrap();
    assert!(other.stall >= stall_id(3), "{other:?}");
    let crowd = Reason::Crowd { zone: "B".to_owned() };
    assert!(other.terms.iter().any(|term| term.reason == crowd && term.points == 40), "{:?}", other.terms);
}

#[test]
fn too_many_for_too_few_are_named_with_their_stalls_and_what_closes_the_rest() {
    let mut board = board(5, 5);
    board.rain = true;
    for spot in &mut board.spots[..2] {
        spot.sheltered = true;
    }
    for n in 1..=3 {
        needs(&mut board, n).shelter = true;
    }
    let filled = fill(&board);
    let [out] = &filled.unplaced[..] else { panic!("{:?}", filled.unplaced) };
    let hall = out.help.hall.clone().unwrap();
    assert_eq!(hall.entries, [1, 2, 3].map(entry_id));
    assert_eq!(hall.stalls, [1, 2].map(stall_id));
    assert_eq!(hall.codes, ["no_shelter_in_rain"]);

    // A pin takes one of the two away: two are left for one.
    board.held = vec![pin(4, 1)];
    let hall = fill(&board).unplaced[0].help.hall.clone().unwrap();
    assert_eq!((hall.entries.len(), hall.stalls), (2, vec![stall_id(2)]));
    // Where all stalls are given out nothing closes the others.
    let full = super::board(3, 2);
    let hall = fill(&full).unplaced[0].help.hall.clone().unwrap();
    assert_eq!((hall.entries.len(), hall.stalls.len(), hall.codes.len()), (3, 2, 0));
}
