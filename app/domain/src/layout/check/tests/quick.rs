//! The index that an editor keeps: it says what a full check says, and follows every edit.

use super::*;
use crate::layout::Diff;

fn crowd() -> impl Strategy<Value = Vec<(f64, f64, f64, u8)>> {
    prop::collection::vec((0.0..44.0f64, 0.0..46.0f64, 0.0..360.0f64, 0..32_u8), 2..14)
}

fn placed(places: &[(f64, f64, f64, u8)]) -> (Vec<Stall>, Uses) {
    let stalls: Vec<Stall> = places
        .iter()
        .zip(1..)
        .map(|((x, y, angle, _), n)| Stall { angle: *angle, facing: *angle + 90.0, ..stall(n, *x, *y) })
        .collect();
    let uses = stalls.iter().zip(places).map(|(one, place)| {
        let bit = |n: u8| place.3 & (1 << n) != 0;
        let watts = if bit(0) { 1_500 } else { 0 };
        let queue = if bit(3) { 9 } else { 0 };
        (
            one.id,
            Use {
                watts,
                queue,
                water: bit(1),
                quiet: bit(2),
                loud: !bit(2),
                shelter: bit(4),
                step_free: bit(1),
            },
        )
    });
    let uses = uses.collect();
    (stalls, uses)
}

fn told(site: &Site) -> Vec<Breach> {
    site.found().into_iter().map(|(_, breach)| breach).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn one_stall_is_told_what_the_whole_check_says_of_it(places in crowd()) {
        let (stalls, uses) = placed(&places);
        let layout = layout(&stalls);
        let site = Site::new(&ground(), &layout, &uses);
        let all = told(&site);
        for stall in layout.stalls().values() {
            let mine = site.check_stall(stall);
            let local: Vec<Breach> =
                all.iter().filter(|b| b.kind.is_local() && b.stalls.contains(&stall.id)).cloned().collect();
            prop_assert_eq!(mine.len(), local.len(), "{:?} {:?}", mine, local);
            prop_assert!(local.iter().all(|breach| mine.contains(breach)), "{:?} {:?}", mine, local);
        }
    }

    #[test]
    fn stalls_held_in_the_air_are_judged_where_they_would_stand(places in crowd(), dx in -9.0..9.0f64, dy in -9.0..9.0f64) {
        let (stalls, uses) = placed(&places);
        let layout = layout(&stalls);
        let site = Site::new(&ground(), &layout, &uses);
        let moved: Vec<Stall> = layout.in_order().into_iter().take(2)
            .map(|one| Stall { x: one.x + dx, y: one.y + dy, ..one.clone() }.sound().unwrap()).collect();
        let now = site.check_stalls(&moved);
        let mut there = layout.clone();
        for one in &moved {
            there.apply(Edit::Remove { stalls: vec![one.id] }).unwrap();
            there.apply(Edit::Add(one.clone())).unwrap();
        }
        let all = told(&Site::new(&ground(), &there, &uses));
        let local: Vec<&Breach> = all.iter()
            .filter(|b| b.kind.is_local() && moved.iter().any(|one| b.stalls.contains(&one.id))).collect();
        prop_assert_eq!(now.len(), local.len(), "{:?} {:?}", now, local);
        prop_assert!(local.iter().all(|breach| now.contains(breach)));
    }

    #[test]
    fn a_site_that_followed_every_edit_is_as_good_as_a_new_one(places in crowd(), other in crowd()) {
        let ((stalls, uses), (next, _)) = (placed(&places), placed(&other));
        let (before, after) = (layout(&stalls), layout(&next));
        let mut site = Site::new(&ground(), &before, &Uses::new());
        site.follow(&Diff::between(&before, &after));
        site.assign(&uses);
        prop_assert_eq!(told(&site), told(&Site::new(&ground(), &after, &uses)));
    }
}
