//! What holds for every market that is moved, not for one alone.

use proptest::prelude::*;

use super::*;

/// All ways to give rows places, for small cases.
fn every(
    matching: &Matching<'_>,
    row: usize,
    placing: &mut Vec<Option<usize>>,
    best: &mut Option<(i64, i64, i64)>,
) {
    if row == matching.stalls.len() {
        if matching.rows.wired(placing).is_some() {
            let (somebody, all, _) = matching.worth(placing);
            let found = (somebody, all, matching.walked(placing));
            *best = Some(best.map_or(found, |best| best.min(found)));
        }
        return;
    }
    for site in std::iter::once(None).chain((0..matching.rows.sites().len()).map(Some)) {
        if site.is_none_or(|site| matching.rows.fits(row, site) && !placing.contains(&Some(site))) {
            placing[row] = site;
            every(matching, row + 1, placing, best);
            placing[row] = None;
        }
    }
}

fn any_needs() -> impl Strategy<Value = Needs> {
    (0_u8..6, any::<bool>(), 0_u8..4).prop_map(|(power, water, width)| Needs {
        power_w: [0, 0, 0, 1_200, 2_500, 4_000][usize::from(power)],
        water: water && width == 0,
        width_cm: if width == 3 { 320 } else { 0 },
        ..Needs::default()
    })
}

/// A row of stalls on the square and places along the corridor, in any order.
fn any_case(most: usize) -> impl Strategy<Value = (Layout, Vec<Place>, Vec<Needs>)> {
    let stalls = prop::collection::vec((0_u8..10, 0_u8..5, 0_u8..3), 1..=most);
    let places = prop::collection::vec((0_u16..57, any::<bool>(), any::<bool>()), 0..=most + 1);
    (stalls, places, prop::collection::vec(any_needs(), 0..=most)).prop_map(|(stalls, places, needs)| {
        let stalls = stalls.into_iter().enumerate().map(|(n, (x, y, zone))| Stall {
            id: StallId::new(Moment::from_millis(1), [n as u8; 10]),
            no: (n + 1).to_string(),
            zone: ["A", "B", "C"][usize::from(zone)].into(),
            x: 2.0 + f64::from(x) * 4.0,
            y: 2.0 + f64::from(y) * 4.0,
            w: 3.0,
            d: 3.0,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
            locked: false,
            group: None,
        });
        let places = places.into_iter().map(|(x, up, wide)| Place {
            x: 1.8 + f64::from(x),
            y: if up { 43.65 } else { 35.35 },
            w: if wide { 3.4 } else { 3.0 },
            d: 2.5,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
        });
        (Layout::of(stalls).unwrap(), places.collect(), needs)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_stall_is_placed_once_or_named(case in any_case(12)) {
        let ((fair, more, needs), ground) = (case, ground());
        let (entries, held) = roster(&fair, &needs);
        let places = candidates(&ground, &fair, &Layout::default(), &more, Cover::Rain);
        let task = Task { ground: &ground, fair: &fair, rain: &Layout::default(), entries: &entries, held: &held, places: &places, cover: Cover::Rain };
        let proposal = propose(&task);
        let mut told: Vec<_> = proposal.moves.iter().map(|m| m.stall).chain(proposal.left.iter().map(|l| l.stall)).collect();
        told.sort();
        prop_assert_eq!(told, fair.stalls().keys().copied().collect::<Vec<_>>(), "nothing lost, nothing twice");
        let mut taken: Vec<_> = proposal.moves.iter().map(|m| (m.to.x.to_bits(), m.to.y.to_bits())).collect();
        taken.sort_unstable();
        taken.dedup();
        prop_assert_eq!(taken.len(), proposal.moves.len(), "no place twice");
        prop_assert!(proposal.left.iter().all(|left| !left.lacks.is_empty()));
        prop_assert_eq!(proposal.layout.stalls().len(), proposal.moves.len());
        for placed in &proposal.moves {
            let (was, is) = (fair.stall(placed.stall).unwrap(), proposal.layout.stall(placed.stall).unwrap());
            prop_assert_eq!((&was.no, &was.zone), (&is.no, &is.zone));
        }
        let lacking = pairs(&ground, (&fair, &proposal.layout), &entries, &held, Cover::Rain);
        prop_assert!(lacking.iter().all(|pair| pair.lacks.is_empty()), "{:?}", lacking);
        prop_assert_eq!(propose(&task), proposal, "the same again");
    }

    #[test]
    fn it_is_never_worse_than_a_list_on_paper(case in any_case(12)) {
        let ((fair, places, needs), ground) = (case, ground());
        let (entries, held) = roster(&fair, &needs);
        let places = candidates(&ground, &fair, &Layout::default(), &places, Cover::Rain);
        let task = Task { ground: &ground, fair: &fair, rain: &Layout::default(), entries: &entries, held: &held, places: &places, cover: Cover::Rain };
        let matching = Matching::new(&task);
        let (placing, _) = matching.best();
        prop_assert!(matching.worth(&placing) <= matching.worth(&matching.in_order()));
        prop_assert!(matching.worth(&placing) <= matching.worth(&matching.nearest()));
    }

    #[test]
    fn the_least_walking_is_what_trying_everything_finds(case in any_case(5)) {
        let ((fair, places, needs), ground) = (case, ground());
        let (entries, held) = roster(&fair, &needs);
        let places = candidates(&ground, &fair, &Layout::default(), &places, Cover::Rain);
        let task = Task { ground: &ground, fair: &fair, rain: &Layout::default(), entries: &entries, held: &held, places: &places, cover: Cover::Rain };
        let matching = Matching::new(&task);
        let nearest = matching.nearest();
        let (somebody, all, _) = matching.worth(&nearest);
        let mut best = None;
        every(&matching, 0, &mut vec![None; matching.stalls.len()], &mut best);
        prop_assert_eq!(Some((somebody, all, matching.walked(&nearest))), best);
    }
}
